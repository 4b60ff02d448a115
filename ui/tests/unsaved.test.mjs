// Whoever leaves a page with unsaved changes is asked; whoever has changed nothing is not.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { press } from './states.mjs';
import { textsOf } from './texts-of.mjs';
import { forTests } from './window.mjs';

const open = forTests();
const t = textsOf('en');

/** How each page comes to hold what is not saved. */
const CHANGES = {
  'the mail server': ['mail-server', (page) => page.getByLabel(t('form-description')).fill('x')],
  'a point': [
    'points',
    async (page) => {
      await press(page, t('points-edit-named', { point: 'Faktury' }));
      await page.getByLabel(t('points-name'), { exact: true }).fill('x');
    },
  ],
  'a pasted list of points': [
    'points',
    async (page) => {
      await press(page, t('points-paste'));
      await page.getByLabel(t('points-paste-list'), { exact: true }).fill('x');
    },
  ],
  'the settings': ['settings', (page) => page.getByLabel(t('settings-proxy')).fill('http://x:1')],
  'a pasted list of accounts': [
    'accounts',
    async (page) => {
      await press(page, t('add-many'));
      await page.getByLabel(t('add-many-list')).fill('x');
    },
  ],
};

for (const [what, [name, change]] of Object.entries(CHANGES)) {
  test(`${what}: leaving asks, and staying loses nothing`, async () => {
    const page = await open({ scene: 'mail', page: name });
    await change(page);
    const typed = () => page.$$eval('main input, main textarea', (all) => all.map(({ value }) => value));
    const before = await typed();
    const away = page.getByRole('link', { name: t('window-page-first-run') });
    await away.click();
    await page.getByRole('dialog', { name: t('leaving-title') }).waitFor();
    await press(page, t('window-cancel'));
    assert.equal(await page.evaluate(() => location.hash), `#/${name}`);
    assert.deepEqual(await typed(), before);
    await page.befall('askToClose');
    await press(page, t('window-cancel'));
    assert.equal(await page.evaluate(() => window.signet.isClosed), false);
    await away.click();
    await press(page, t('leaving-yes'));
    await page.getByRole('heading', { level: 1, name: t('first-title') }).waitFor();
    assert.equal(await page.evaluate(() => location.hash), '#/first-run');
    assert.equal(await page.evaluate(() => window.signet.isHeld), false);
    await page.done();
  });
}

test('who has changed nothing, or has changed it back, is not asked', async () => {
  const page = await open({ scene: 'mail', page: 'mail-server' });
  const field = page.getByLabel(t('form-description'));
  const before = await field.inputValue();
  await field.fill('x');
  await page.waitForFunction(() => window.signet.isHeld);
  await field.fill(before);
  await page.waitForFunction(() => !window.signet.isHeld);
  await page.getByRole('link', { name: t('window-page-accounts') }).click();
  await page.getByRole('heading', { level: 1, name: t('accounts-title') }).waitFor();
  await page.done();
});

test('a window that is to be closed asks first, and closes when it is meant', async () => {
  const page = await open({ scene: 'mail', page: 'mail-server' });
  await page.getByLabel(t('form-description')).fill('x');
  await page.befall('askToClose');
  await press(page, t('leaving-yes'));
  await page.waitForFunction(() => window.signet.isClosed);
  await page.done();
});

test('a page that is told to ask says that it has heard', async () => {
  const page = await open({ scene: 'mail', page: 'mail-server' });
  await page.getByLabel(t('form-description')).fill('x');
  await page.evaluate(() => (window.signet.isHeld = undefined));
  await page.befall('askToClose');
  assert.equal(await page.evaluate(() => window.signet.isHeld), true);
  await page.done();
});

test('neither keys nor the menu of a browser load the page anew', async () => {
  const page = await open({ scene: 'mail', page: 'mail-server' });
  const description = page.getByLabel(t('form-description'));
  const isLeft = (key, ctrlKey) =>
    description.evaluate(
      (it, pressed) =>
        it.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...pressed })),
      { key, ctrlKey },
    );
  for (const [key, ctrlKey, left] of [
    ['F5', false, false],
    ['r', true, false],
    ['R', true, false],
    ['r', false, true],
    ['c', true, true],
  ]) {
    assert.equal(await isLeft(key, ctrlKey), left, `${key}, Ctrl ${ctrlKey}`);
  }
  const menus = (element) =>
    element.evaluate((it) =>
      it.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true })),
    );
  assert.deepEqual(
    [await menus(page.locator('h1')), await menus(description)],
    [false, true],
    'a field has its menu, for cutting and pasting',
  );
  await page.done();
});

test('closing a point\u2019s form or a pasted list asks too', async () => {
  const page = await open({ scene: 'mail', page: 'points' });
  await press(page, t('points-add'));
  await page.getByLabel(t('points-name'), { exact: true }).fill('x');
  await page.getByRole('button', { name: t('window-close'), exact: true }).click();
  await press(page, t('leaving-yes'));
  await press(page, t('points-paste'));
  await page.getByLabel(t('points-paste-list'), { exact: true }).fill('x');
  await page.getByRole('button', { name: t('window-close'), exact: true }).click();
  await press(page, t('leaving-yes'));
  await page.getByRole('heading', { name: 'Faktury' }).waitFor();
  await page.done();
});
