import assert from 'node:assert/strict';
import { test } from 'node:test';

import { press } from './states.mjs';
import { textsOf } from './texts-of.mjs';
import { forTests } from './window.mjs';

const open = forTests();
const t = textsOf('en');

const settings = (scene = 'ready', options = {}) => open({ scene, page: 'settings', ...options });
const form = (page, title) => page.getByRole('form', { name: t(title) });

test('the language is switched everywhere at once, and back to the system\u2019s', async () => {
  const page = await settings();
  await page.getByLabel(t('settings-language'), { exact: true }).selectOption('pl');
  await page.getByRole('heading', { level: 1, name: 'Ustawienia' }).waitFor();
  await page.getByRole('link', { name: 'Konta' }).waitFor();
  assert.equal(await page.getAttribute('html', 'lang'), 'pl');
  assert.equal(await page.title(), 'Ustawienia - Signet');
  await page.getByLabel('Język', { exact: true }).selectOption('');
  await page.getByRole('heading', { level: 1, name: t('settings-title') }).waitFor();
  assert.deepEqual(
    (await page.asked('settings.set')).map(({ language }) => language),
    ['pl', ''],
  );
  await page.done();
});

test('a language that is refused stays what it was', async () => {
  const page = await settings();
  await page.befall('refuse', 'settings.set', { code: -32052, message: 'The file is broken.' });
  const field = page.getByLabel(t('settings-language'), { exact: true });
  await field.selectOption('pl');
  await page.getByText('The file is broken.').waitFor();
  assert.equal(await field.inputValue(), '');
  await page.done();
});

test('starting at login is switched on, and a refusal switches it back', async () => {
  const page = await settings();
  const box = page.getByLabel(t('settings-autostart'));
  await box.check();
  await page.waitForFunction(() => window.signet.autostart().then((on) => on));
  await page.evaluate(
    () => (window.signet.setAutostart = () => Promise.reject({ code: 0, message: 'Read only.' })),
  );
  await box.click();
  await page.getByRole('alert').getByText('Read only.').waitFor();
  assert.ok(await box.isChecked());
  await page.done();
});

test('reminders are saved, and what is no number of minutes is not', async () => {
  const page = await settings();
  const field = page.getByLabel(t('settings-remind-minutes'));
  for (const typed of ['', '-1', '1.5', 'often', '10081', '1e3']) {
    await field.fill(typed);
    await field.press('Enter');
    await page.getByText(t('settings-remind-minutes-wrong')).waitFor();
    assert.equal(await field.inputValue(), typed);
  }
  assert.deepEqual(await page.asked('settings.set'), []);
  await field.fill('90');
  await field.press('Enter');
  await form(page, 'settings-reminders').getByText(t('settings-saved'), { exact: true }).waitFor();
  assert.deepEqual(await page.asked('settings.set'), [{ remind_minutes: 90, lang: 'en' }]);
  await page.done();
});

test('the network is saved together or not at all', async () => {
  const page = await settings();
  const [proxy, ca] = [page.getByLabel(t('settings-proxy')), page.getByLabel(t('settings-extra-ca'))];
  await ca.fill('/etc/ssl/firma.pem');
  for (const typed of ['proxy.firma.pl', 'ftp://proxy.firma.pl', 'http://']) {
    await proxy.fill(typed);
    await proxy.press('Enter');
    await page.getByText(t('settings-proxy-wrong')).waitFor();
    assert.equal(await proxy.inputValue(), typed);
  }
  await proxy.fill('http://proxy.firma.pl:8080');
  const data = { field: 'extra_ca', kind: 'configuration' };
  await page.befall('refuse', 'settings.set', { code: -32052, message: 'There is no such file.', data });
  await proxy.press('Enter');
  await page.getByText('There is no such file.').waitFor();
  assert.equal(await ca.getAttribute('aria-invalid'), 'true');
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-invalid') === 'true');
  await page.befall('refuse', 'settings.set');
  await ca.press('Enter');
  await form(page, 'settings-network').getByText(t('settings-saved'), { exact: true }).waitFor();
  const saved = { proxy: 'http://proxy.firma.pl:8080', extra_ca: '/etc/ssl/firma.pem', lang: 'en' };
  assert.deepEqual((await page.asked('settings.set')).at(-1), saved);
  await page.done();
});

test('the asterisks of a password are never sent back', async () => {
  const page = await settings('proxied');
  const proxy = page.getByLabel(t('settings-proxy'));
  assert.equal(await proxy.inputValue(), 'http://anna:***@proxy.firma.pl:8080/');
  await page.getByLabel(t('settings-extra-ca')).fill('/etc/ssl/firma.pem');
  await proxy.press('Enter');
  await form(page, 'settings-network').getByText(t('settings-saved'), { exact: true }).waitFor();
  assert.deepEqual(await page.asked('settings.set'), [{ extra_ca: '/etc/ssl/firma.pem', lang: 'en' }]);
  await proxy.fill('http://anna:***@proxy.firma.pl:3128/');
  await proxy.press('Enter');
  await page.getByText(t('settings-proxy-masked')).waitFor();
  assert.equal((await page.asked('settings.set')).length, 1);
  await page.done();
});

test('what was left alone is not saved over what somebody else has changed', async () => {
  const page = await settings();
  await page.evaluate(() => window.signet.call('settings.set', { proxy: 'http://other.firma.pl:1' }));
  await page.getByLabel(t('settings-extra-ca')).fill('/etc/ssl/firma.pem');
  await page.getByLabel(t('settings-extra-ca')).press('Enter');
  await form(page, 'settings-network').getByText(t('settings-saved'), { exact: true }).waitFor();
  assert.deepEqual((await page.asked('settings.set')).at(-1), { extra_ca: '/etc/ssl/firma.pem', lang: 'en' });
  await page.done();
});

test('settings changed by the file are seen, and what is being typed stays', async () => {
  const page = await settings();
  const [proxy, ca] = [page.getByLabel(t('settings-proxy')), page.getByLabel(t('settings-extra-ca'))];
  await ca.fill('/etc/ssl/firma.pem');
  await page.befall('configure', { proxy: 'http://theirs:1', extra_ca: '/theirs.pem', remind_minutes: 5 });
  await page.waitForFunction((input) => input.value === 'http://theirs:1', await proxy.elementHandle());
  assert.equal(await ca.inputValue(), '/etc/ssl/firma.pem');
  assert.equal(await page.getByLabel(t('settings-remind-minutes')).inputValue(), '5');
  await ca.press('Enter');
  await form(page, 'settings-network').getByText(t('settings-saved'), { exact: true }).waitFor();
  assert.deepEqual(await page.asked('settings.set'), [{ extra_ca: '/etc/ssl/firma.pem', lang: 'en' }]);
  await page.befall('configure', { language: 'pl' });
  await page.getByRole('heading', { level: 1, name: 'Ustawienia' }).waitFor();
  assert.equal(await page.getByLabel('Język', { exact: true }).inputValue(), 'pl');
  await page.done();
});

test('an application set by the command line is seen at once', async () => {
  const page = await open({ scene: 'new', page: 'accounts' });
  await page.getByText(t('accounts-none-app')).waitFor();
  const client_id = '99999999-2222-3333-4444-555555555555';
  await page.befall('configure', { client_id, tenant: 'firma.pl' });
  await page.getByText(t('accounts-none-app')).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: t('window-page-first-run') }).click();
  await page.getByText(t('first-present', { client_id, tenant: 'firma.pl' })).waitFor();
  await page.befall('configure', { tenant: 'inna.pl' });
  await page.getByText(t('first-present', { client_id, tenant: 'inna.pl' })).waitFor();
  assert.equal(await page.getByLabel(t('first-domain')).inputValue(), 'inna.pl');
  await page.getByLabel(t('first-domain')).fill('moja.pl');
  await page.befall('configure', { tenant: 'firma.pl' });
  await page.getByText(t('first-present', { client_id, tenant: 'firma.pl' })).waitFor();
  assert.equal(await page.getByLabel(t('first-domain')).inputValue(), 'moja.pl');
  await page.done();
});

test('while the settings are being read, however many changes are read once more', async () => {
  const page = await settings();
  await page.evaluate(() => {
    const { signet } = window;
    const get = signet.answers['settings.get'];
    signet.answers['settings.get'] = (params) =>
      new Promise((answer) => (window.answer = () => answer(get(params))));
    signet.calls.length = 0;
    for (let times = 0; times < 20; times++) signet.configure({ remind_minutes: times });
  });
  assert.equal((await page.asked('settings.get')).length, 1);
  await page.evaluate(() => window.answer());
  await page.waitForFunction(() => window.signet.calls.length === 2);
  await page.evaluate(() => window.answer());
  await page.waitForFunction(
    (input) => input.value === '19',
    await page.getByLabel(t('settings-remind-minutes')).elementHandle(),
  );
  assert.equal((await page.asked('settings.get')).length, 2);
  await page.done();
});

test('another place of the key is saved, with word that it takes a new start', async () => {
  const page = await settings();
  await page.getByText(t('settings-key-line')).waitFor();
  await page.getByLabel(t('settings-key')).selectOption('file');
  await press(form(page, 'settings-kept'), t('window-save'));
  await form(page, 'settings-kept').getByText(t('settings-saved'), { exact: true }).waitFor();
  assert.deepEqual(await page.asked('settings.set'), [{ key: 'file', lang: 'en' }]);
  await page.done();
});

test('where things lie can be copied', async () => {
  const page = await settings();
  await press(page, t('settings-copy-path', { path: '/home/anna/.local/state/signet' }));
  await page.getByText(t('window-copied')).waitFor();
  assert.equal(await page.clipboard(), '/home/anna/.local/state/signet');
  await page.done();
});

test('what the policy has locked is shown and cannot be changed', async () => {
  const page = await settings('policy');
  assert.equal(await page.getByLabel(t('settings-proxy')).getAttribute('readonly'), '');
  assert.ok(await page.getByLabel(t('settings-key')).isDisabled());
  assert.equal(await page.getByText(t('window-locked-by-policy')).count(), 2);
  assert.equal(await page.getByRole('button', { name: t('window-save') }).count(), 1, 'of the reminders');
  await page.done();
});

test('settings that cannot be read say why, and are read on demand', async () => {
  const page = await settings('unread');
  await page.getByText(t('settings-unread', { detail: 'This is why.' })).waitFor();
  await page.befall('refuse', 'settings.get');
  await press(page, t('window-again'));
  await page.getByText(t('settings-version', { version: '0.1.0' })).waitFor();
  await page.done();
});

test('the number that somebody saw is put in words', async () => {
  const page = await settings('ready', { lang: 'pl' });
  const pl = textsOf('pl');
  const field = page.getByLabel(pl('explain-input'));
  await field.fill('Sorry, AADSTS50105: Your administrator has configured the application to block users');
  await page.getByText(pl('aadsts-50105')).waitFor();
  await field.fill('AADSTS999999');
  await page.getByText(pl('explain-unknown', { code: 999999 })).waitFor();
  await field.fill('nic');
  await page.getByText(pl('explain-none')).waitFor();
  await page.done();
});
