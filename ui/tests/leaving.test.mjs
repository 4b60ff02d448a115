import assert from 'node:assert/strict';
import { test } from 'node:test';

import { press } from './states.mjs';
import { textsOf } from './texts-of.mjs';
import { forTests } from './window.mjs';

const open = forTests();
const t = textsOf('en');
const pl = textsOf('pl');
const BIURO = { account: 'biuro@firma.pl' };

async function asked(button, scene = 'ready') {
  const page = await open({ scene });
  await press(page, t('accounts-more', BIURO));
  await press(page, t(button));
  const question = page.getByRole('dialog');
  await question.waitFor();
  return Object.assign(page, { question });
}

for (const [button, method, said] of [
  ['accounts-sign-out', 'sign_out', 'accounts-signed-out'],
  ['accounts-remove', 'account.remove', 'accounts-removed'],
]) {
  test(`${method} is asked about, does what it says, and tells where to revoke the rest`, async () => {
    const page = await asked(button);
    await page.question.getByText(t(`${button}-line`)).waitFor();
    await page.question.getByText(t('accounts-revoke-line')).waitFor();
    assert.deepEqual(await page.asked(method), []);
    await press(page, t(`${button}-yes`), true);
    await page.getByText(t(said, BIURO)).waitFor();
    assert.deepEqual(await page.asked(method), [{ ...BIURO, lang: 'en' }]);
    await page.question.waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement?.textContent.includes('biuro@firma.pl'));
    await press(page, t('accounts-revoke'));
    assert.deepEqual(await page.opened(), ['https://myaccount.microsoft.com/']);
    await page.done();
  });

  test(`${method} is not done when the answer is no`, async () => {
    const page = await asked(button);
    await page.keyboard.press('Escape');
    await page.question.waitFor({ state: 'detached' });
    await page.waitForFunction((name) => document.activeElement?.textContent === name, t(button));
    await press(page, t(button));
    await page.question.waitFor();
    await page.waitForFunction((name) => document.activeElement?.textContent === name, t('window-cancel'));
    await page.keyboard.press('Enter');
    await page.question.waitFor({ state: 'detached' });
    await page.waitForFunction((name) => document.activeElement?.textContent === name, t(button));
    assert.deepEqual(await page.asked(method), []);
    await page.done();
  });

  test(`${method} that is refused says why, and asks on`, async () => {
    const page = await asked(button);
    await page.befall('refuse', method, { code: -32603, message: 'The disk is full.' });
    await press(page, t(`${button}-yes`), true);
    await page.question.getByText('The disk is full.').waitFor();
    await page.befall('refuse', method);
    await press(page, t(`${button}-yes`), true);
    await page.getByText(t(said, BIURO)).waitFor();
    await page.done();
  });
}

test('removing an account names what works by it before it is done', async () => {
  const page = await asked('accounts-remove', 'mail');
  await page.question.getByText(t('accounts-used')).waitFor();
  assert.deepEqual(await page.question.getByRole('listitem').allTextContents(), [
    t('window-page-mail-server'),
    t('accounts-used-point', { point: 'Faktury' }),
  ]);
  assert.deepEqual(await page.asked('account.remove'), []);
  await press(page, t('accounts-remove-yes'), true);
  await page.getByText(t('accounts-removed', BIURO)).waitFor();
  await page.done();
});

test('what works by an account that is signed out of only is not named', async () => {
  const page = await asked('accounts-sign-out', 'mail');
  await page.question.getByText(t('accounts-sign-out-line')).waitFor();
  assert.deepEqual(await page.asked('profile.list'), []);
  await page.done();
});

test('removing is not asked about before it is known what works by the account', async () => {
  const page = await open({ scene: 'mail', lang: 'pl' });
  await page.evaluate(() => {
    const { answers } = window.signet;
    const list = answers['profile.list'];
    answers['profile.list'] = () => new Promise((answer) => (window.answer = () => answer(list({}))));
  });
  await press(page, pl('accounts-more', BIURO));
  await press(page, pl('accounts-remove'));
  await page.waitForFunction(() => window.answer);
  assert.equal(await page.getByRole('dialog').count(), 0);
  await page.evaluate(() => window.answer());
  await page.getByRole('dialog').getByText('Punkt konfiguracyjny: Faktury').waitFor();
  await page.done();
});

test('mail settings that cannot be read are told, and the account can be removed', async () => {
  const page = await open({ scene: 'mail' });
  await page.befall('refuse', 'profile.list', { code: -32603, message: 'The file is broken.' });
  await press(page, t('accounts-more', BIURO));
  await press(page, t('accounts-remove'));
  await page.getByText(t('accounts-used-unread', { detail: 'The file is broken.' })).waitFor();
  await press(page, t('accounts-remove-yes'), true);
  await page.getByText(t('accounts-removed', BIURO)).waitFor();
  await page.done();
});
