// Mailbox points: the list, the form of one, and forty at a time.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { press } from './states.mjs';
import { textsOf } from './texts-of.mjs';
import { forTests } from './window.mjs';

const open = forTests();
const t = textsOf('en');

const points = (scene = 'mail', options = {}) => open({ scene, page: 'points', ...options });
const field = (page, id) => page.getByLabel(t(id), { exact: true });
const edit = (page, point) => press(page, t('points-edit-named', { point }));
const row = (page, name) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) });

test('a new point begins as such forms always have, in the original\u2019s Polish words', async () => {
  const pl = textsOf('pl');
  const page = await points('empty', { lang: 'pl' });
  await press(page, pl('points-add'));
  assert.ok(
    await page.getByLabel('Współpraca ze skrzynką pocztową (generowanie dokumentów DMS)').isChecked(),
    'documents first',
  );
  const value = (label) => page.getByLabel(label, { exact: true }).inputValue();
  assert.deepEqual(
    await Promise.all(['Typ konta', 'Port', 'Metoda szyfrowania', 'Metoda uwierzytelniania'].map(value)),
    ['imap', '143', 'none', 'password'],
  );
  await page.getByLabel('Serwer poczty przychodzącej').waitFor();
  await page.getByLabel('Hasło', { exact: true }).waitFor();
  await page.getByText(pl('form-not-encrypted')).waitFor();
  await page.getByRole('button', { name: 'Zapisz' }).waitFor();
  await page.getByRole('button', { name: 'Zamknij' }).waitFor();
  await page.getByLabel('Metoda uwierzytelniania').selectOption('oauth2');
  assert.deepEqual(
    await Promise.all(['Serwer poczty przychodzącej', 'Port', 'Metoda szyfrowania'].map(value)),
    ['outlook.office365.com', '993', 'automatic'],
  );
  await page.getByRole('button', { name: 'Autoryzacja' }).waitFor();
  await page.getByLabel('Typ konta').selectOption('pop');
  assert.equal(await value('Port'), '995');
  await page.done();
});

test('a point is authorized, saved under an id made of its name, and shown in the list', async () => {
  const page = await points('empty');
  await press(page, t('points-add'));
  await page.getByLabel(t('points-mode-attachments')).check();
  await field(page, 'points-name').fill('Faktury Żółw');
  assert.equal(await field(page, 'points-id').inputValue(), 'faktury-zolw');
  await field(page, 'form-authentication').selectOption('oauth2');
  await field(page, 'form-login').fill('anna@firma.pl');
  await field(page, 'points-mailbox').fill('faktury@firma.pl');
  await field(page, 'points-active').check();
  await press(page, t('form-authorize'));
  await page.getByText(t('signing-waiting')).waitFor();
  await page.befall('finish', 'anna@firma.pl', {
    state: 'signed_in',
    account: 'anna@firma.pl',
    login: 'anna@firma.pl',
  });
  await page.getByText(t('signing-signed-in', { login: 'anna@firma.pl' })).waitFor();
  await press(page, t('window-save'));
  await page.getByText(t('form-saved'), { exact: true }).waitFor();
  const [saved] = await page.asked('profile.set');
  assert.deepEqual(
    [saved.id, saved.kind, saved.enabled, saved.login, saved.mailbox],
    ['faktury-zolw', 'attachments', true, 'anna@firma.pl', 'faktury@firma.pl'],
  );
  await page
    .getByRole('main')
    .getByRole('button', { name: t('window-close'), exact: true })
    .last()
    .click();
  await row(page, 'Faktury Żółw').waitFor();
  await page.done();
});

test('another login that was confirmed in the browser is taken, and the mailbox stays the one meant', async () => {
  for (const [named, kept] of [
    ['', 'faktury@firma.pl'],
    ['biuro@firma.pl', 'biuro@firma.pl'],
  ]) {
    const page = await points('empty');
    await press(page, t('points-add'));
    await field(page, 'points-name').fill('Faktury');
    await field(page, 'form-authentication').selectOption('oauth2');
    await field(page, 'form-login').fill('faktury@firma.pl');
    await field(page, 'points-mailbox').fill(named);
    await press(page, t('form-authorize'));
    await page.getByText(t('signing-waiting')).waitFor();
    const end = { state: 'signed_in', account: 'faktury@firma.pl', login: 'anna@firma.pl' };
    await page.befall('finish', 'faktury@firma.pl', end);
    await page.getByText(t('form-login-taken', { login: 'anna@firma.pl', mailbox: kept })).waitFor();
    assert.equal(await field(page, 'form-login').inputValue(), 'anna@firma.pl');
    assert.equal(await field(page, 'points-mailbox').inputValue(), kept);
    await press(page, t('window-save'));
    await page.getByText(t('form-saved'), { exact: true }).waitFor();
    const [saved] = await page.asked('profile.set');
    assert.deepEqual(
      [saved.login, saved.mailbox, saved.account],
      ['anna@firma.pl', kept, 'faktury@firma.pl'],
    );
    await page.done();
  }
});

test('two points of one login share one account and one sign-in', async () => {
  const page = await points();
  assert.equal(
    await page.getByRole('button', { name: t('points-sign-in', { account: 'sklep@firma.pl' }) }).count(),
    1,
  );
  await edit(page, 'Zwroty');
  await press(page, t('form-authorize'));
  await page.getByText(t('signing-waiting')).waitFor();
  await page.befall('finish', 'sklep@firma.pl', {
    state: 'signed_in',
    account: 'sklep@firma.pl',
    login: 'sklep@firma.pl',
  });
  await page.getByText(t('signing-signed-in', { login: 'sklep@firma.pl' })).waitFor();
  assert.deepEqual(await page.asked('account.add'), []);
  await page
    .getByRole('button', { name: t('window-close'), exact: true })
    .last()
    .click();
  await row(page, 'Sklep').getByText(t('accounts-state-ready'), { exact: true }).waitFor();
  await row(page, 'Zwroty').getByText(t('accounts-state-ready'), { exact: true }).waitFor();
  await page.done();
});

test('a password is kept for its own server and login, and never shown', async () => {
  const page = await points();
  await edit(page, 'Kadry');
  await page.getByText(t('form-password-kept')).waitFor();
  assert.equal(await field(page, 'form-password').inputValue(), '');
  assert.equal(await field(page, 'form-password').getAttribute('type'), 'password');
  await field(page, 'points-server').fill('inny.firma.pl');
  await page.getByText(t('form-password-moved')).waitFor();
  await field(page, 'points-active').check();
  await press(page, t('window-save'));
  await page.getByText(t('profile-missing')).waitFor();
  await field(page, 'form-password').fill('nowe');
  await press(page, t('window-save'));
  await page.getByText(t('form-saved'), { exact: true }).waitFor();
  const [saved] = await page.asked('profile.set');
  assert.equal(saved.password, 'nowe');
  assert.equal(await field(page, 'form-password').inputValue(), '');
  await page.done();
});

test('a point is removed once that was asked, and its account stays', async () => {
  const page = await points();
  await press(page, t('points-remove-named', { point: 'Zwroty' }));
  await press(page, t('points-remove-yes'), true);
  await page.getByText(t('points-removed', { point: 'Zwroty' })).waitFor();
  assert.equal(await row(page, 'Zwroty').count(), 0);
  assert.deepEqual(await page.asked('account.remove'), []);
  await page.done();
});

test('a point\u2019s connection is tried with what stands in its form', async () => {
  const page = await points();
  await edit(page, 'Faktury');
  await press(page, t('form-try'));
  await page.befall('checked');
  await page.getByText(t('form-try-fine')).waitFor();
  const [asked] = await page.asked('profile.check');
  assert.deepEqual(
    [asked.profile, asked.settings.mailbox, asked.send_to],
    ['faktury', 'faktury@firma.pl', undefined],
  );
  await page.done();
});

test('an id that is wrong or there already is told', async () => {
  const page = await points();
  await press(page, t('points-add'));
  for (const [typed, said] of [
    ['', 'profile-missing'],
    ['zły id', 'points-id-wrong'],
    ['kadry', 'points-id-known'],
  ]) {
    await field(page, 'points-id').fill(typed);
    await press(page, t('window-save'));
    await page.getByText(t(said), { exact: true }).waitFor();
  }
  assert.deepEqual(await page.asked('profile.set'), []);
  await page.done();
});

const FORTY = Array.from({ length: 40 }, (_, at) => `Punkt ${at + 1};punkt${at + 1}@firma.pl`);

async function pasted(list, scene = 'empty') {
  const page = await points(scene);
  await press(page, t('points-paste'));
  await field(page, 'points-paste-list').fill(list);
  return page;
}

test('forty points are pasted, each with a login of its own, and signed in to one after the other', async () => {
  const page = await pasted(FORTY.join('\n'));
  await press(page, t('points-paste-submit', { count: 40 }));
  await page.getByText(t('points-paste-added', { count: 40 })).waitFor();
  assert.deepEqual(
    (await page.asked('profile.import')).map(({ profiles, dry_run }) => [profiles.length, dry_run]),
    [
      [40, true],
      [40, undefined],
    ],
  );
  const accounts = await page.asked('account.add');
  assert.ok(accounts.length === 40 && accounts.every(({ provisional }) => provisional));
  await page.getByText(t('accounts-next-count', { count: 40 })).waitFor();
  await press(page, t('accounts-next-first'));
  await page.getByText(t('signing-waiting')).waitFor();
  await page.done();
});

test('only accounts that a point uses are waited for here', async () => {
  const page = await points('states');
  await press(page, t('points-paste'));
  await field(page, 'points-paste-list').fill('S;sklep@firma.pl\nA;faktury@firma.pl');
  await press(page, t('points-paste-submit', { count: 2 }));
  await page.getByText(t('accounts-next-count', { count: 2 })).waitFor();
  await page.done();
});

test('forty points are read through one delegate, with one account', async () => {
  const page = await pasted(['Nazwa;Skrzynka', ...FORTY].join('\n'));
  await field(page, 'points-paste-delegate').fill('anna@firma');
  await press(page, t('points-paste-submit', { count: 0 }));
  await page.getByText(t('add-no-login')).waitFor();
  await field(page, 'points-paste-delegate').fill('anna@firma.pl');
  await press(page, t('points-paste-submit', { count: 40 }));
  await page.getByText(t('points-paste-added', { count: 40 })).waitFor();
  assert.deepEqual(await page.asked('account.add'), [
    { name: 'anna@firma.pl', provisional: true, lang: 'en' },
  ]);
  const saved = (await page.asked('profile.import')).at(-1).profiles;
  assert.ok(saved.every(({ login }) => login === 'anna@firma.pl'));
  assert.equal(saved[6].mailbox, 'punkt7@firma.pl');
  await page.done();
});

test('a line that is wrong is told beside it, nothing is added, and the list stays', async () => {
  const list = 'A;a@firma.pl\nB;b@firma\nC;c@firma.pl;;;;99999';
  const page = await pasted(list);
  await press(page, t('points-paste-submit', { count: 1 }));
  await page.getByText(t('points-paste-bad', { count: 2 })).waitFor();
  const rows = page.getByRole('region', { name: t('points-paste-verdicts') }).getByRole('row');
  assert.ok((await rows.nth(2).textContent()).includes(t('profile-no-address')));
  assert.ok((await rows.nth(3).textContent()).includes(t('profile-port')));
  assert.deepEqual(await page.asked('profile.set'), []);
  assert.deepEqual(await page.asked('account.add'), []);
  assert.equal(await field(page, 'points-paste-list').inputValue(), list);
  await page.done();
});

test('what may not be meant is told beside its line, which is added all the same', async () => {
  const page = await pasted('A;a@firma.pl;;;;587');
  const rows = page.getByRole('region', { name: t('points-paste-verdicts') }).getByRole('row');
  await rows
    .nth(1)
    .getByText(t('profile-port-of', { port: '587', protocol: 'smtp' }))
    .waitFor();
  await press(page, t('points-paste-submit', { count: 1 }));
  await page.getByText(t('points-paste-added', { count: 1 })).waitFor();
  await page.done();
});

test('what the agent finds wrong is told at its line, before anything is added', async () => {
  const page = await pasted(FORTY.slice(0, 3).join('\n'));
  await page.evaluate(
    () => (window.signet.verdicts = [{ index: 1, wrong: true, field: 'port', text: 'Not that port.' }]),
  );
  await press(page, t('points-paste-submit', { count: 3 }));
  const rows = page.getByRole('region', { name: t('points-paste-verdicts') }).getByRole('row');
  await rows.nth(2).getByText('Not that port.').waitFor();
  await page.getByText(t('points-paste-bad', { count: 1 })).waitFor();
  assert.deepEqual(await page.asked('account.add'), []);
  await page.done();
});

test('when the list is refused its accounts are taken back, and the list stays', async () => {
  const list = FORTY.slice(0, 3).join('\n');
  const page = await pasted(list);
  await page.befall('refuseFrom', 'account.add', 2, { code: -32052, message: 'The disk is full.' });
  await press(page, t('points-paste-submit', { count: 3 }));
  await page.getByText(t('points-paste-refused', { detail: 'The disk is full.' })).waitFor();
  assert.deepEqual(
    (await page.asked('account.remove')).map(({ account }) => account),
    ['punkt1@firma.pl', 'punkt2@firma.pl'],
  );
  assert.equal((await page.asked('profile.import')).length, 1, 'the dry one');
  assert.equal(await field(page, 'points-paste-list').inputValue(), list);
  await page.done();
});
