// Exchange Online's IMAP before login: no OAUTHBEARER, no challenge after a refusal, LOGIN switched off.

import { isBase64 } from './session.mjs';

const capabilities = (secure) =>
  `IMAP4 IMAP4rev1${secure ? ' AUTH=PLAIN AUTH=XOAUTH2 SASL-IR' : ' LOGINDISABLED STARTTLS'}` +
  ' UIDPLUS MOVE ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+';

const SIMPLE = {
  CAPABILITY: ({ secure }) => [`* CAPABILITY ${capabilities(secure)}`, '%t OK CAPABILITY completed.'],
  LOGIN: () => ['%t NO LOGIN failed.'],
  NOOP: () => ['%t OK NOOP completed.'],
  ID: () => ['* ID ("name" "Microsoft.Exchange.Imap4.Imap4Server" "version" "15.20")', '%t OK ID completed'],
};

export async function imap(session) {
  const { client } = session;
  client.say('* OK The Microsoft Exchange IMAP4 service is ready. [cmln]');
  for (let line; (line = await client.line()) !== null; ) {
    const [tag, command = '', ...words] = line.split(' ');
    const verb = command.toUpperCase();
    if (SIMPLE[verb]) {
      client.say(...SIMPLE[verb](session).map((answer) => answer.replace('%t', tag)));
    } else if (verb === 'STARTTLS' && !session.secure) {
      await session.startTls(`${tag} OK Begin TLS negotiation now.`);
    } else if (verb === 'AUTHENTICATE') {
      if (await authenticate(session, tag, words)) return session.splice();
    } else if (verb === 'LOGOUT') {
      client.say('* BYE Microsoft Exchange Server IMAP4 server signing off.', `${tag} OK LOGOUT completed.`);
      break;
    } else {
      client.say(`${tag} BAD Command received in Invalid state.`);
    }
  }
  return session.part();
}

async function authenticate(session, tag, [mechanism = '', initial]) {
  const { client, secure } = session;
  const refused = `${tag} NO AUTHENTICATE failed.`;
  if (!secure || mechanism.toUpperCase() !== 'XOAUTH2') {
    client.say(refused);
    return false;
  }
  if (!initial) client.say('+ ');
  const response = initial ?? (await client.line());
  if (response === null || (await session.faulted(response, tag))) return false;
  if (!isBase64(response)) {
    client.say(`${tag} BAD Command Argument Error. 12`);
    return false;
  }
  const answer = await session.authenticateBehind(
    `${tag} AUTHENTICATE XOAUTH2 ${response}`,
    (line) => line.startsWith('+ '),
    (line) => line.startsWith(`${tag} `),
  );
  const done = answer.startsWith(`${tag} OK`);
  if (done) client.say(`${tag} OK AUTHENTICATE completed.`);
  else client.say(answer.includes('[UNAVAILABLE]') ? `${tag} NO Server Unavailable. 15` : refused);
  return done;
}
