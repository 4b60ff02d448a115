import assert from 'node:assert/strict';
import { test } from 'node:test';

import { sources } from './sources.mjs';

const load = await sources();
const { judge } = await load('lib/account-list.ts');
const { isAddress, isDomain } = await load('lib/addresses.ts');
const { numberIn } = await load('lib/number.ts');
const { consentAddress } = await load('lib/consent.ts');

/** Each line in short: what would be added, or the verdict. */
function check(text, want, known = []) {
  const short = ({ verdict }) => {
    if (verdict.kind === 'fine') return verdict.login ? `${verdict.name} by ${verdict.login}` : verdict.name;
    return 'line' in verdict ? `${verdict.kind} ${verdict.line}` : verdict.kind;
  };
  assert.deepEqual(judge(text, known).map(short), want, JSON.stringify(text));
}

test('one address a line, however lines end, empty ones passed over', () => {
  check('a@firma.pl\nb@firma.pl', ['a@firma.pl', 'b@firma.pl']);
  check('\uFEFFa@firma.pl\r\n\r\n  b@firma.pl \rc@firma.pl', ['a@firma.pl', 'b@firma.pl', 'c@firma.pl']);
  assert.deepEqual(
    judge('\n\na@firma.pl', []).map(({ number }) => number),
    [3],
  );
  check('', []);
});

test('a login stands behind its address, whatever parts them', () => {
  for (const between of ['\t', ';', ',', ' ', ' ; ']) {
    check(`faktury@firma.pl${between}anna@firma.pl`, ['faktury@firma.pl by anna@firma.pl']);
  }
  check('a@firma.pl;A@FIRMA.PL', ['a@firma.pl']);
});

test('addresses are found among other cells, and as mails write them', () => {
  check('1;Biuro;biuro@firma.pl;tak', ['biuro@firma.pl']);
  check('Biuro\tbiuro@firma.pl\tanna@firma.pl', ['biuro@firma.pl by anna@firma.pl']);
  check('"Nowak; Anna" <anna@firma.pl>', ['anna@firma.pl']);
  check('"Nowak, Anna","anna@firma.pl"', ['anna@firma.pl']);
  check('mailto:anna@firma.pl', ['anna@firma.pl']);
});

test('a heading says which column is which', () => {
  check('Login;E-mail\nanna@firma.pl;faktury@firma.pl', ['heading', 'faktury@firma.pl by anna@firma.pl']);
  check('Nazwa\tAdres skrzynki\tOpiekun\nFaktury\tf@firma.pl\tszef@firma.pl', [
    'heading',
    'f@firma.pl by szef@firma.pl',
  ]);
  check('UPN\nanna@firma.pl', ['heading', 'anna@firma.pl']);
  check('E-mail', ['heading']);
});

test('a line that is no heading is not passed over for one', () => {
  check('biuro.firma.pl\nb@firma.pl', ['no-address', 'b@firma.pl']);
  check('a@firma.pl\nE-mail', ['a@firma.pl', 'no-address']);
});

test('what is wrong is said of its own line', () => {
  check('a@firma.pl\nb@firma\n@firma.pl\nc@firma.pl;d@', [
    'a@firma.pl',
    'no-address',
    'no-address',
    'login-no-address',
  ]);
  check('a@firma.pl;b@firma.pl;c@firma.pl', ['too-many']);
});

test('an account that is there, or comes twice, is not added again', () => {
  check('A@firma.pl\nb@firma.pl', ['known', 'b@firma.pl'], ['a@firma.pl']);
  check('a@firma.pl\nA@Firma.pl', ['a@firma.pl', 'twice 1']);
  check('a@firma.pl\na@firma.pl;b@firma.pl', ['a@firma.pl', 'twice-differs 1']);
});

test('addresses and domains', () => {
  for (const good of ['a@b.pl', 'anna.nowak+dms@firma.com.pl', 'x@żółw.pl', 'a@a-b.pl', "o'neil@firma.pl"]) {
    assert.ok(isAddress(good), good);
  }
  for (const bad of [
    '',
    'a',
    'a@b',
    '@b.pl',
    'a@.pl',
    'a@b..pl',
    'a b@c.pl',
    'a@b.pl,c@d.pl',
    'a@-b.pl',
    'a@b.1',
    'jan.@b.pl',
    '.jan@b.pl',
    'a..b@b.pl',
    `${'a'.repeat(65)}@b.pl`,
  ]) {
    assert.ok(!isAddress(bad), bad);
  }
  assert.ok(isDomain('firma.onmicrosoft.com'));
  assert.ok(!isDomain('firma') && !isDomain('firma.pl/x') && !isDomain('firma .pl'));
});

test('the number is found in what was pasted', () => {
  const seen = `Sorry, but we're having trouble signing you in.
    AADSTS50105: Your administrator has configured ... Request Id: 3f2504e0-4f89-41d3-9a0c-0305e82c3301
    Correlation Id: 12345678-1234-1234-1234-123456789012 Timestamp: 2026-11-26T14:39:04Z`;
  assert.equal(numberIn(seen), 50105);
  assert.equal(numberIn('aadsts 7000218'), 7000218);
  assert.equal(numberIn(' 65001 '), 65001);
  assert.equal(numberIn('Error 90094.'), 90094);
  assert.equal(
    numberIn('Correlation Id: 12345678-1234-1234-1234-123456789012, 2026-11-26 14:39:04'),
    undefined,
  );
  assert.equal(numberIn('nothing'), undefined);
});

test('the administrator consents where the organisation lives', () => {
  const client_id = '11111111-2222-3333-4444-555555555555';
  const at = (rest) => consentAddress({ client_id, ...rest });
  assert.equal(
    at({ tenant: 'firma.pl' }),
    `https://login.microsoftonline.com/firma.pl/adminconsent?client_id=${client_id}`,
  );
  assert.match(at({ cloud: 'china' }), /^https:\/\/login\.partner\.microsoftonline\.cn\/organizations\//);
  assert.equal(consentAddress({ tenant: 'firma.pl' }), undefined);
});
