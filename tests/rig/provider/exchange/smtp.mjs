// Exchange Online's SMTP submission before login: STARTTLS only, no challenge after a refusal, LOGIN switched off.

const HOST = 'RIG0001.EURPRD01.prod.outlook.com';

export async function smtp(session) {
  const { client, server } = session;
  let greeted = false;
  client.say(`220 ${HOST} Microsoft ESMTP MAIL Service ready at ${new Date().toUTCString()} [rig]`);
  for (let line; (line = await client.line()) !== null; ) {
    const [command, ...words] = line.split(' ');
    const verb = command.toUpperCase();
    if (verb === 'EHLO' || verb === 'HELO') {
      server.say(line);
      await lastLine(server);
      greeted = true;
      client.say(...extensions(session.secure));
    } else if (verb === 'STARTTLS' && !session.secure) {
      await session.startTls('220 2.0.0 SMTP server ready');
      greeted = false;
    } else if (verb === 'AUTH' && greeted) {
      if (await authenticate(session, words)) return session.splice();
    } else if (verb === 'AUTH' || verb === 'STARTTLS') {
      client.say('503 5.5.2 Send hello first');
    } else if (verb === 'MAIL') {
      client.say('530 5.7.57 Client not authenticated to send mail.');
    } else if (verb === 'NOOP' || verb === 'RSET') {
      client.say('250 2.0.0 OK');
    } else if (verb === 'QUIT') {
      client.say('221 2.0.0 Service closing transmission channel');
      break;
    } else {
      client.say('500 5.3.3 Unrecognized command');
    }
  }
  return session.part();
}

function extensions(secure) {
  const more = ['SIZE 157286400', 'PIPELINING', 'DSN', 'ENHANCEDSTATUSCODES', '8BITMIME', 'CHUNKING'];
  const names = [`${HOST} Hello [127.0.0.1]`, secure ? 'AUTH LOGIN XOAUTH2' : 'STARTTLS', ...more];
  return [...names.map((name) => `250-${name}`), '250 SMTPUTF8'];
}

async function lastLine(server) {
  for (;;) {
    const line = await server.line();
    if (line === null || line[3] !== '-') return line;
  }
}

async function authenticate(session, [mechanism = '', initial]) {
  const { client, secure } = session;
  const refusal = await refusedOutright(client, secure, mechanism.toUpperCase());
  if (refusal) {
    client.say(refusal);
    return false;
  }
  if (!initial) client.say('334 ');
  const response = initial ?? (await client.line());
  if (response === null || (await session.faulted(response))) return false;
  const answer = await session.authenticateBehind(
    `AUTH XOAUTH2 ${response}`,
    (line) => line.startsWith('334'),
    (line) => !line.startsWith('334'),
  );
  const done = answer.startsWith('235');
  if (done) client.say('235 2.7.0 Authentication successful');
  else if (answer.startsWith('4')) client.say('454 4.7.0 Temporary authentication failure.');
  else client.say(`535 5.7.3 Authentication unsuccessful [${HOST}]`);
  return done;
}

async function refusedOutright(client, secure, mechanism) {
  if (!secure) return '530 5.7.57 Client not authenticated to send mail.';
  if (mechanism === 'XOAUTH2') return undefined;
  if (mechanism !== 'LOGIN') return '504 5.7.4 Unrecognized authentication type';
  for (const question of ['334 VXNlcm5hbWU6', '334 UGFzc3dvcmQ6']) {
    client.say(question);
    await client.line();
  }
  return `535 5.7.139 Authentication unsuccessful, basic authentication is disabled. [${HOST}]`;
}
