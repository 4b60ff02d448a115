// Exchange Online's POP3 before login: XOAUTH2 in two lines only, no challenge after a refusal, PASS switched off.

const REFUSED = '-ERR Authentication failure: unknown user name or bad password.';
const LONGEST_COMMAND = 255; // octets, RFC 2449 section 4; Exchange hangs up on more

const SIMPLE = {
  CAPA: ({ secure }) => ['+OK', 'TOP', 'UIDL', ...(secure ? ['SASL PLAIN XOAUTH2', 'USER'] : ['STLS']), '.'],
  USER: () => ['+OK'],
  PASS: () => ['-ERR Logon failure: unknown user name or bad password.'],
};

export async function pop3(session) {
  const { client } = session;
  client.say('+OK The Microsoft Exchange POP3 service is ready. [cmln]');
  for (let line; (line = await client.line()) !== null; ) {
    const [command, ...words] = line.split(' ');
    const verb = command.toUpperCase();
    if (line.length > LONGEST_COMMAND) return session.part('-ERR Protocol error. Connection is closed. 10');
    if (SIMPLE[verb]) {
      client.say(...SIMPLE[verb](session));
    } else if (verb === 'STLS' && !session.secure) {
      await session.startTls('+OK Begin TLS negotiation.');
    } else if (verb === 'AUTH') {
      if (await authenticate(session, words)) return session.splice();
    } else if (verb === 'QUIT') {
      client.say('+OK Microsoft Exchange Server POP3 server signing off.');
      break;
    } else {
      client.say('-ERR Command is not valid in this state.');
    }
  }
  return session.part();
}

async function authenticate(session, [mechanism = '']) {
  const { client, secure } = session;
  if (!secure || mechanism.toUpperCase() !== 'XOAUTH2') {
    client.say(REFUSED);
    return false;
  }
  client.say('+ ');
  const response = await client.line();
  if (response === null || (await session.faulted(response))) return false;
  const answer = await session.authenticateBehind(
    `AUTH XOAUTH2 ${response}`,
    (line) => line.startsWith('+ '),
    (line) => /^(\+OK|-ERR)/.test(line),
  );
  const done = answer.startsWith('+OK');
  if (done) client.say('+OK User successfully authenticated.');
  else client.say(answer.includes('SYS') ? '-ERR Server Unavailable. 21' : REFUSED);
  return done;
}
