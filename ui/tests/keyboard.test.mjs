// By the keyboard alone, from end to end: nobody loses their place. That everything is reached, access.test.mjs shows.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { textsOf } from './texts-of.mjs';
import { forTests } from './window.mjs';

const open = forTests();
const t = textsOf('en');

/** Presses Tab until what has the focus is called so. */
async function tabTo(page, name) {
  const wanted = await page
    .getByRole('button', { name, exact: true })
    .or(page.getByLabel(name, { exact: true }))
    .elementHandle();
  for (let steps = 0; steps < 60; steps++) {
    if (await wanted.evaluate((one) => document.activeElement === one)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`${name} was not reached; the focus is on ${await page.focused()}`);
}

const isAt = (page, selector) =>
  page.waitForFunction((selector) => document.activeElement?.closest(selector), selector);

test('an account is added, signed in to and removed without a mouse, and the place is never lost', async () => {
  const page = await open({ scene: 'empty' });
  await tabTo(page, t('add-address'));
  await page.keyboard.type('biuro@firma.pl');
  await page.keyboard.press('Enter');
  await page.getByText(t('add-added', { account: 'biuro@firma.pl' })).waitFor();
  await isAt(page, 'form input');
  await tabTo(page, `${t('accounts-sign-in')}: biuro@firma.pl`);
  await page.keyboard.press('Enter');
  await page.getByText(t('signing-waiting')).waitFor();
  await isAt(page, 'main li');
  await tabTo(page, t('signing-again'));
  await page.befall('finish', 'biuro@firma.pl', {
    state: 'signed_in',
    account: 'biuro@firma.pl',
    login: 'biuro@firma.pl',
  });
  await page.getByText(t('signing-signed-in', { login: 'biuro@firma.pl' })).waitFor();
  await isAt(page, 'main li [role="group"]');
  await tabTo(page, t('window-close'));
  await page.keyboard.press('Enter');
  await isAt(page, 'main li');
  await tabTo(page, t('accounts-more', { account: 'biuro@firma.pl' }));
  await page.keyboard.press('Enter');
  await tabTo(page, t('accounts-remove'));
  await page.keyboard.press('Enter');
  await isAt(page, 'dialog');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText(t('accounts-removed', { account: 'biuro@firma.pl' })).waitFor();
  await isAt(page, 'main div[tabindex="-1"]');
  await page.done();
});

test('the first run goes by the keyboard alone', async () => {
  const page = await open({ scene: 'new' });
  await tabTo(page, t('first-domain'));
  await page.keyboard.type('firma.pl');
  await page.keyboard.press('Enter');
  await page.waitForFunction((name) => document.activeElement?.textContent.trim() === name, t('window-next'));
  await page.keyboard.press('Enter');
  await isAt(page, 'h2');
  await tabTo(page, t('first-client-id'));
  await page.keyboard.type('11111111-2222-3333-4444-555555555555');
  await page.keyboard.press('Enter');
  await isAt(page, 'h2');
  await tabTo(page, t('first-test'));
  await page.keyboard.press('Enter');
  await page.getByText(t('first-test-wrong')).waitFor();
  await page.waitForFunction((name) => document.activeElement?.textContent.trim() === name, t('first-test'));
  await tabTo(page, t('window-save'));
  await page.keyboard.press('Enter');
  await page.getByText(t('first-saved')).waitFor();
  await page.done();
});

test('the first stop leads past the pages', async () => {
  const page = await open();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await isAt(page, 'main');
  await page.keyboard.press('Tab');
  await isAt(page, 'main button');
  await page.done();
});
