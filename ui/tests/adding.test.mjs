import assert from 'node:assert/strict';
import { test } from 'node:test';

import { press } from './states.mjs';
import { textsOf } from './texts-of.mjs';
import { forTests } from './window.mjs';

const open = forTests();
const t = textsOf('en');

test('an account is added by typing its address', async () => {
  const page = await open({ scene: 'empty' });
  await page.getByLabel(t('add-address')).fill('  biuro@firma.pl ');
  await press(page, t('add-submit'), true);
  await page.getByText(t('add-added', { account: 'biuro@firma.pl' })).waitFor();
  assert.deepEqual(await page.asked('account.add'), [{ name: 'biuro@firma.pl', lang: 'en' }]);
  await page.getByRole('button', { name: `${t('accounts-sign-in')}: biuro@firma.pl` }).waitFor();
  assert.equal(await page.getByLabel(t('add-address')).inputValue(), '');
  await page.done();
});

test('a login that differs goes along', async () => {
  const page = await open({ scene: 'empty' });
  await page.getByLabel(t('add-address')).fill('faktury@firma.pl');
  await page.getByLabel(t('add-login-differs')).check();
  await page.getByLabel(t('add-login'), { exact: true }).fill('anna@firma.pl');
  await page.keyboard.press('Enter');
  await page.getByText(t('add-added', { account: 'faktury@firma.pl' })).waitFor();
  assert.deepEqual(await page.asked('account.add'), [
    { name: 'faktury@firma.pl', login: 'anna@firma.pl', lang: 'en' },
  ]);
  await page.getByText(t('accounts-login', { login: 'anna@firma.pl' })).waitFor();
  await page.done();
});

test('what is wrong is said beside its field, which keeps what was typed and has the focus', async () => {
  const page = await open({ scene: 'ready' });
  const field = page.getByLabel(t('add-address'));
  for (const [typed, said] of [
    ['', 'window-required'],
    ['biuro@firma', 'add-no-address'],
    ['biuro@firma.pl, b@firma.pl', 'add-no-address'],
    ['BIURO@firma.pl', 'add-known'],
  ]) {
    await field.fill(typed);
    await field.press('Enter');
    await page.getByText(t(said)).waitFor();
    assert.equal(await field.inputValue(), typed);
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-invalid') === 'true');
    const described = await field.getAttribute('aria-describedby');
    assert.equal(await page.locator(`[id="${described.split(' ')[0]}"]`).textContent(), t(said));
  }
  assert.deepEqual(await page.asked('account.add'), []);
  await page.done();
});

test('what the agent finds wrong is said where it belongs', async () => {
  const page = await open({ scene: 'empty' });
  await page.getByLabel(t('add-address')).fill('faktury@firma.pl');
  await page.getByLabel(t('add-login-differs')).check();
  const login = page.getByLabel(t('add-login'), { exact: true });
  await login.fill('anna@firma.pl');
  for (const [field, at] of [
    ['name', page.getByLabel(t('add-address'))],
    ['login', login],
  ]) {
    await page.befall('refuse', 'account.add', {
      code: -32052,
      message: `The ${field} is wrong.`,
      data: { field },
    });
    await press(page, t('add-submit'), true);
    await page.getByText(`The ${field} is wrong.`).waitFor();
    assert.equal(await at.getAttribute('aria-invalid'), 'true');
  }
  await page.befall('refuse', 'account.add', { code: -32603, message: 'The disk is full.' });
  await press(page, t('add-submit'), true);
  await page.getByRole('alert').getByText('The disk is full.').waitFor();
  assert.equal(await login.inputValue(), 'anna@firma.pl');
  await page.done();
});

async function pasted(list, scene = 'ready') {
  const page = await open({ scene });
  await press(page, t('add-many'));
  const field = page.getByLabel(t('add-many-list'));
  await field.fill(list);
  return Object.assign(page, { field });
}

test('a list is judged line by line and added whole', async () => {
  const page = await pasted(
    'Login;E-mail\nanna@firma.pl;faktury@firma.pl\n;biuro@firma.pl\n;kadry@firma.pl\n;kadry@firma.pl',
  );
  const rows = page.getByRole('region', { name: t('add-many-verdicts') }).getByRole('row');
  const verdicts = await rows.evaluateAll((rows) =>
    rows.slice(1).map(({ cells }) => cells[2].textContent.trim()),
  );
  assert.deepEqual(verdicts, [
    t('add-many-heading'),
    t('add-many-fine'),
    t('add-many-known'),
    t('add-many-fine'),
    t('add-many-twice', { line: 4 }),
  ]);
  await press(page, t('add-many-submit', { count: 2 }));
  await page.getByText(t('add-many-added', { count: 2 })).waitFor();
  assert.deepEqual(await page.asked('account.add'), [
    { name: 'faktury@firma.pl', login: 'anna@firma.pl', lang: 'en' },
    { name: 'kadry@firma.pl', lang: 'en' },
  ]);
  assert.equal(await page.field.inputValue(), '');
  await page.done();
});

test('as long as a line is wrong nothing is added', async () => {
  const page = await pasted('a@firma.pl\nb@firma');
  await press(page, t('add-many-submit', { count: 1 }));
  await page.getByText(t('add-many-wrong', { count: 1 })).waitFor();
  assert.deepEqual(await page.asked('account.add'), []);
  assert.equal(await page.field.inputValue(), 'a@firma.pl\nb@firma');
  await page.field.fill('a@firma.pl\nb@firma.pl');
  await press(page, t('add-many-submit', { count: 2 }));
  await page.getByText(t('add-many-added', { count: 2 })).waitFor();
  await page.done();
});

test('an empty list is told to be one', async () => {
  const page = await pasted(' \n');
  await press(page, t('add-many-submit', { count: 0 }));
  await page.getByText(t('add-many-empty')).waitFor();
  await page.done();
});

test('when a line is refused those before it are taken back, and the list stays', async () => {
  const list = 'a@firma.pl\n\nb@firma.pl\nc@firma.pl';
  const page = await pasted(list);
  await page.befall('refuseFrom', 'account.add', 2, { code: -32052, message: 'Too long.' });
  await press(page, t('add-many-submit', { count: 3 }));
  await page.getByText(t('add-many-refused', { line: 4, detail: 'Too long.' })).waitFor();
  const removed = (await page.asked('account.remove')).map(({ account }) => account);
  assert.deepEqual(removed, ['a@firma.pl', 'b@firma.pl']);
  assert.equal(await page.field.inputValue(), list);
  assert.equal(await page.getByRole('listitem').filter({ hasText: 'a@firma.pl' }).count(), 0);
  await page.done();
});

test('what cannot be taken back is named', async () => {
  const page = await pasted('a@firma.pl\nb@firma.pl');
  await page.befall('refuseFrom', 'account.add', 1, { code: -32052, message: 'Too long.' });
  await page.befall('refuse', 'account.remove', { code: -32603, message: 'No.' });
  await press(page, t('add-many-submit', { count: 2 }));
  await page
    .getByText(t('add-many-kept', { line: 2, detail: 'Too long.', accounts: 'a@firma.pl' }))
    .waitFor();
  await page.done();
});

test('among many an account is found by name and by login', async () => {
  const page = await open({ scene: 'many' });
  const rows = page.getByRole('main').getByRole('listitem');
  assert.equal(await rows.count(), 40);
  await page.getByLabel(t('accounts-filter')).fill('PUNKT07');
  await page.waitForFunction(() => document.querySelectorAll('main li').length === 1);
  await page.getByLabel(t('accounts-filter')).fill('nobody');
  await page.getByText(t('accounts-filter-none')).waitFor();
  await page.getByLabel(t('accounts-filter')).fill('');
  await page.getByLabel(t('accounts-filter-short')).check();
  await page.waitForFunction(() => document.querySelectorAll('main li').length === 10);
  await page.getByLabel(t('accounts-filter-short')).uncheck();
  await press(page, t('add-title'), true);
  await page.waitForFunction(() => document.activeElement?.matches('form input'));
  await page.done();
});
