// Takes new messages out of a mailbox point: node fetch.mjs PROFILE FOLDER
//
// Each attachment becomes a file in FOLDER; without one, the message itself does. What was taken is marked as read.

import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ImapFlow } from 'imapflow';
import { ask, run } from './signet.mjs';

function client({ host, port, encryption, authentication, login, mailbox, password, access_token }) {
  const auth =
    authentication === 'password' ? { user: login, pass: password } : { user: mailbox, accessToken: access_token };
  const doSTARTTLS = encryption === 'tls' ? undefined : encryption === 'starttls';
  return new ImapFlow({ host, port, secure: encryption === 'tls', doSTARTTLS, auth, logger: false });
}

/** The parts of a message that are attachments. */
const attachments = (part) =>
  part.disposition === 'attachment' ? [part] : (part.childNodes ?? []).flatMap(attachments);

/** A name from outside is no path. */
const named = ({ dispositionParameters, parameters }) =>
  path.posix.basename((dispositionParameters?.filename ?? parameters?.name ?? 'attachment').replaceAll('\\', '/'));

async function take(imap, uid, bodyStructure, folder) {
  const parts = attachments(bodyStructure);
  const files = parts.map((part) => [part.part, `${uid}-${named(part)}`]);
  for (const [part, name] of files.length ? files : [[undefined, `${uid}.eml`]]) {
    const { content } = await imap.download(uid, part, { uid: true });
    await pipeline(content, createWriteStream(path.join(folder, name)));
  }
  return parts.length || 1;
}

run(async (profile, folder) => {
  const credential = await ask('credential.get', { profile, min_valid_seconds: 300 });
  const imap = client(credential);
  await imap.connect();
  try {
    await imap.mailboxOpen(credential.folder ?? 'INBOX');
    for (const uid of (await imap.search({ seen: false }, { uid: true })) || []) {
      const { envelope, bodyStructure } = await imap.fetchOne(uid, { envelope: true, bodyStructure: true }, { uid: true });
      const [from] = envelope.from;
      const taken = await take(imap, uid, bodyStructure, folder);
      console.log([`${from.name} <${from.address}>`, envelope.subject, taken].join('\t'));
      // Only now: whatever goes wrong before leaves it to be taken the next time.
      await imap.messageFlagsAdd(uid, ['\\Seen'], { uid: true });
    }
  } finally {
    await imap.logout();
  }
});
