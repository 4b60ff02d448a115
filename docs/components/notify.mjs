// Sends a notification by the mail server's profile: node notify.mjs RECIPIENT SUBJECT [ATTACHMENT...] < text

import { text } from 'node:stream/consumers';
import nodemailer from 'nodemailer';
import { ask, run } from './signet.mjs';

function transport({ host, port, encryption, authentication, login, password, access_token }) {
  const auth =
    authentication === 'password'
      ? { user: login, pass: password }
      : { type: 'OAuth2', user: login, accessToken: access_token };
  return nodemailer.createTransport({
    host,
    port,
    secure: encryption === 'tls',
    requireTLS: encryption === 'starttls',
    ignoreTLS: encryption === 'none',
    auth,
  });
}

run(async (recipient, subject, ...attachments) => {
  // Asked for before each connection: Signet has a fresh one at hand.
  const credential = await ask('credential.get', { profile: 'mail_server', min_valid_seconds: 300 });
  const { email, display_name, reply_to } = credential.sender;
  await transport(credential).sendMail({
    from: { name: display_name ?? '', address: email },
    to: recipient,
    replyTo: reply_to,
    subject,
    text: await text(process.stdin),
    attachments: attachments.map((path) => ({ path })),
  });
});
