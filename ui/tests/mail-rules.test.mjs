// What is wrong with mail settings and what is proposed for them, without a browser.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { sources } from './sources.mjs';

const load = await sources();
const { host, port, address, idOf, pointId, wrongs, doubts } = await load('lib/mail-rules.ts');
const { proposal, reproposed, isPersonal } = await load('lib/proposals.ts');
const { judgePoints } = await load('lib/point-list.ts');

const WHOLE = {
  id: '',
  kind: 'mail_server',
  send_with: 'mail_component',
  sql_profile: '',
  email: 'biuro@firma.pl',
  reply_to: '',
  protocol: 'smtp',
  server: 'smtp.office365.com',
  port: '587',
  encryption: 'automatic',
  authentication: 'oauth2',
  login: 'biuro@firma.pl',
  mailbox: '',
};

test('a server is a name in any alphabet or an address, and nothing else', () => {
  for (const good of [
    'smtp.Office365.com',
    ' poczta.żółw.pl ',
    '10.0.0.7',
    '[::1]',
    'localhost',
    'firma.pl.',
  ])
    assert.equal(host(good), undefined, good);
  for (const [bad, wrong] of [
    ['', 'profile-missing'],
    ['smtp://smtp.office365.com', 'profile-scheme'],
    ['smtp office365', 'profile-no-host'],
    ['smtp.office365.com:587', 'profile-no-host'],
    ['smtp.office365.com/', 'profile-no-host'],
    ['a@b.pl', 'profile-no-host'],
    ['a..pl', 'profile-no-host'],
  ])
    assert.equal(host(bad), wrong, bad);
});

test('a port is a number from 1 to 65535', () => {
  for (const good of ['1', '587', '65535', ' 993 ']) assert.equal(port(good), undefined, good);
  for (const bad of ['0', '65536', '-1', '5.5', 'smtp', '1e3']) assert.equal(port(bad), 'profile-port', bad);
  assert.equal(port(' '), 'profile-missing');
});

test('an address has a name and a domain of any alphabet', () => {
  for (const good of ['biuro@firma.pl', 'księgowość@żółw.pl']) assert.equal(address(good), undefined, good);
  for (const bad of ['biuro', 'biuro@', '@firma.pl', 'biuro@firma', 'a@b.pl,c@d.pl'])
    assert.equal(address(bad), 'profile-no-address', bad);
});

test('all that is wrong with a form is found at once', () => {
  assert.deepEqual(wrongs(WHOLE), {});
  const bad = {
    ...WHOLE,
    email: '',
    reply_to: 'x',
    server: '',
    port: '0',
    encryption: 'none',
    login: 'anna',
  };
  assert.deepEqual(Object.keys(wrongs(bad)), ['email', 'reply_to', 'server', 'port', 'encryption', 'login']);
  const byPassword = { ...bad, authentication: 'password' };
  assert.deepEqual(Object.keys(wrongs(byPassword)), ['email', 'reply_to', 'server', 'port']);
  assert.deepEqual(wrongs({ ...bad, send_with: 'sql_profile' }), { sql_profile: 'profile-missing' });
  const point = { ...WHOLE, kind: 'documents', protocol: 'imap', email: '', mailbox: 'faktury' };
  assert.deepEqual(wrongs(point), { mailbox: 'profile-no-address' });
});

test('what may not be meant is told', () => {
  assert.deepEqual(doubts(WHOLE), {});
  const ids = (change) =>
    Object.fromEntries(Object.entries(doubts({ ...WHOLE, ...change })).map(([field, { id }]) => [field, id]));
  assert.deepEqual(ids({ port: '993' }), { port: 'profile-port-of' });
  assert.deepEqual(ids({ port: '465' }), { port: 'profile-not-at-exchange' });
  assert.deepEqual(ids({ email: 'faktury@firma.pl' }), { email: 'profile-send-as' });
  assert.deepEqual(ids({ encryption: 'none', authentication: 'password' }), {
    encryption: 'form-not-encrypted',
  });
});

test('an id is made of a name and is nobody else\u2019s', () => {
  assert.equal(idOf('Faktury Żółw / 2', []), 'faktury-zolw-2');
  assert.equal(idOf('Faktury', ['faktury', 'faktury-2']), 'faktury-3');
  assert.equal(idOf('mail_server', []), 'mail_server-2');
  assert.equal(idOf('…', []), '');
  assert.equal(pointId('zły id', []), 'points-id-wrong');
  assert.equal(pointId('faktury', ['faktury']), 'points-id-known');
});

test('each cloud and a person\u2019s own mailbox have their servers, those that the agent knows', () => {
  const of = (protocol, cloud = 'global', login = 'biuro@firma.pl') =>
    proposal({ protocol, authentication: 'oauth2', login, cloud });
  assert.deepEqual(of('smtp'), { server: 'smtp.office365.com', port: '587', encryption: 'automatic' });
  assert.deepEqual(of('imap'), { server: 'outlook.office365.com', port: '993', encryption: 'automatic' });
  assert.equal(of('pop').port, '995');
  assert.equal(of('smtp', 'global', 'anna@outlook.com').server, 'smtp-mail.outlook.com');
  assert.equal(of('imap', 'global', 'anna@hotmail.co.uk').server, 'imap-mail.outlook.com');
  assert.ok(!isPersonal('anna@live.firma.pl') && !isPersonal('anna@outlook.com.firma.pl'));
  const known = readFileSync(new URL('../../crates/mail/src/office365.rs', import.meta.url), 'utf8');
  for (const cloud of ['global', 'us-government', 'china'])
    for (const protocol of ['smtp', 'imap', 'pop'])
      assert.ok(known.includes(`"${of(protocol, cloud).server}"`));
});

test('a proposal gives way to the next one and what was typed does not', () => {
  const byPassword = proposal({ protocol: 'smtp', authentication: 'password', login: '', cloud: 'global' });
  const byToken = proposal({ protocol: 'smtp', authentication: 'oauth2', login: '', cloud: 'global' });
  assert.deepEqual(reproposed({ ...byPassword }, byPassword, byToken), byToken);
  const typed = { server: 'poczta.firma.pl', port: '2525', encryption: 'tls' };
  assert.deepEqual(reproposed(typed, byPassword, byToken), typed);
  assert.deepEqual(reproposed(byToken, byToken, byPassword), byPassword);
});

const judged = (text, { known = [], delegate = '' } = {}) =>
  judgePoints(text, known, { delegate, cloud: 'global' }).map(({ verdict }) => verdict);
const kinds = (text, options) => judged(text, options).map(({ kind }) => kind);

test('a point is read by the protocol that it names or that its port is of', () => {
  const heading = 'Login;Typ konta;Port';
  const protocols = (row, first = heading) => {
    const verdict = judged(`${first}\n${row}`).at(-1);
    return [
      verdict.wanted?.profile.protocol ?? verdict.wrong,
      Object.values(verdict.doubts ?? {}).map(({ id }) => id),
    ];
  };
  assert.deepEqual(protocols('a@firma.pl;;'), ['imap', []]);
  assert.deepEqual(protocols('a@firma.pl;POP3;'), ['pop', []]);
  assert.deepEqual(protocols('a@firma.pl;;110'), ['pop', []]);
  assert.deepEqual(protocols('a@firma.pl;;995'), ['pop', []]);
  assert.deepEqual(protocols('a@firma.pl;imap;995'), ['imap', ['profile-port-of']]);
  assert.deepEqual(protocols('a@firma.pl;;587'), ['imap', ['profile-port-of']]);
  assert.deepEqual(protocols('a@firma.pl;SMTP;'), ['points-paste-protocol', []]);
  assert.deepEqual(protocols('a@firma.pl;pop;', 'Login,Account type,Port'), ['pop', []]);
});

test('a list of points is read by its heading or by its order, with any separator', () => {
  const wanted = { id: 'faktury', login: 'anna@firma.pl', mailbox: 'faktury@firma.pl', kind: 'attachments' };
  for (const list of [
    'Faktury;anna@firma.pl;faktury@firma.pl;załączniki',
    'Faktury\tanna@firma.pl\tfaktury@firma.pl\tattachments',
    '"Faktury",anna@firma.pl,faktury@firma.pl,attachments',
    'Tryb;Skrzynka;Login;Nazwa\nzałączniki;faktury@firma.pl;anna@firma.pl;Faktury',
  ]) {
    const verdict = judged(list).at(-1);
    assert.equal(verdict.kind, 'fine', list);
    const { id, profile } = verdict.wanted;
    assert.deepEqual(
      { id, login: profile.login, mailbox: profile.mailbox, kind: profile.kind },
      wanted,
      list,
    );
    assert.deepEqual([profile.server, profile.port], ['outlook.office365.com', 993]);
  }
  const [bare] = judged('biuro@firma.pl');
  assert.deepEqual([bare.wanted.id, bare.wanted.profile.mailbox], ['biuro', undefined]);
});

test('one delegate reads every mailbox of the list', () => {
  const [one, own] = judged('faktury@firma.pl\nanna@firma.pl', { delegate: 'anna@firma.pl' });
  assert.deepEqual(
    [one.wanted.profile.login, one.wanted.profile.mailbox],
    ['anna@firma.pl', 'faktury@firma.pl'],
  );
  assert.equal(own.wanted.profile.mailbox, undefined);
});

test('each line that cannot be is told why', () => {
  assert.deepEqual(kinds('Faktury;;'), ['no-mailbox']);
  assert.deepEqual(kinds('F;a@firma.pl;;wszystko'), ['no-kind']);
  const field = (line) => judged(line)[0].field;
  assert.equal(field('F;a@firma'), 'login');
  assert.equal(field('F;a@firma.pl;b@'), 'mailbox');
  assert.equal(field('F;a@firma.pl;;;imap://x'), 'server');
  assert.equal(field('F;a@firma.pl;;;;70000'), 'port');
  assert.equal(field('F;a@firma.pl;;;;;brak'), 'encryption');
  assert.equal(field('F;a@firma.pl;;;;;rot13'), 'encryption');
  assert.deepEqual(kinds('F;a@firma.pl;;;;;;;;x'), ['columns']);
  assert.deepEqual(kinds('a@firma.pl\nA@firma.pl'), ['fine', 'twice-mailbox']);
  assert.deepEqual(kinds('id;login\nf;a@firma.pl\nf;b@firma.pl'), ['heading', 'fine', 'twice']);
  assert.deepEqual(kinds('F;a@firma.pl\nF;b@firma.pl'), ['fine', 'fine'], 'names may be the same');
  const known = [{ id: 'a', kind: 'documents', login: 'a@firma.pl' }];
  assert.deepEqual(kinds('a@firma.pl', { known }), ['known']);
  assert.equal(judged('id;login\na;b@firma.pl', { known })[0 + 1].wrong, 'points-id-known');
});
