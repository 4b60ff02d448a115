// The mail server's form, from what it begins with to what is saved.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { press } from './states.mjs';
import { textsOf } from './texts-of.mjs';
import { forTests } from './window.mjs';

const open = forTests();
const t = textsOf('en');
const LOGIN = 'nowy@firma.pl';

const mailServer = (options = {}) => open({ scene: 'empty', page: 'mail-server', ...options });
const field = (page, id) => page.getByLabel(t(id), { exact: true });
const shown = (page, ...ids) => Promise.all(ids.map((id) => field(page, id).inputValue()));
const wrongFields = (page) =>
  page.$$eval('[aria-invalid="true"]', (all) => all.map((one) => one.labels[0].textContent.trim()));

async function filledIn(page) {
  await field(page, 'form-email').fill(LOGIN);
  await field(page, 'form-authentication').selectOption('oauth2');
  await field(page, 'form-login').fill(LOGIN);
}

async function authorized(page, login = LOGIN) {
  await filledIn(page);
  await press(page, t('form-authorize'));
  await page.getByText(t('signing-waiting')).waitFor();
  await page.befall('finish', LOGIN, { state: 'signed_in', account: LOGIN, login });
  await page.getByText(t('signing-signed-in', { login }), { exact: true }).first().waitFor();
}

test('it begins as such forms always have, and OAuth2 proposes Exchange Online', async () => {
  const page = await mailServer();
  assert.ok(await page.getByLabel(t('form-no'), { exact: true }).isChecked());
  assert.deepEqual(await shown(page, 'form-server', 'form-port'), ['', '25']);
  assert.equal(await page.getByRole('button', { name: t('form-authorize'), exact: true }).count(), 0);
  await field(page, 'form-authentication').selectOption('oauth2');
  const proposed = ['form-server', 'form-port', 'form-encryption'];
  assert.deepEqual(await shown(page, ...proposed), ['smtp.office365.com', '587', 'automatic']);
  assert.equal(await field(page, 'form-password').count(), 0);
  await field(page, 'form-login').fill('anna@outlook.com');
  assert.deepEqual(await shown(page, 'form-server'), ['smtp-mail.outlook.com']);
  await field(page, 'form-authentication').selectOption('password');
  assert.deepEqual(await shown(page, 'form-server', 'form-port'), ['', '25']);
  await page.done();
});

test('what was typed is kept when OAuth2 is chosen', async () => {
  const page = await mailServer();
  await field(page, 'form-server').fill('poczta.firma.pl');
  await field(page, 'form-port').fill('2525');
  await field(page, 'form-authentication').selectOption('oauth2');
  assert.deepEqual(await shown(page, 'form-server', 'form-port'), ['poczta.firma.pl', '2525']);
  await page.done();
});

test('with the SQL profile OAuth2 cannot be chosen, the screen says why, and its name is all that is asked for', async () => {
  const page = await mailServer();
  await field(page, 'form-authentication').selectOption('oauth2');
  await page.getByLabel(t('form-send-with-sql')).check();
  await page.getByText(t('form-sql-no-oauth')).waitFor();
  assert.equal(await field(page, 'form-authentication').inputValue(), 'password');
  assert.ok(await page.getByRole('option', { name: 'OAuth2' }).isDisabled());
  await page.getByText(t('form-sql-no-try')).waitFor();
  await page.getByLabel(t('form-yes'), { exact: true }).check();
  await press(page, t('window-save'));
  await page.getByText(t('profile-missing')).waitFor();
  assert.deepEqual(await wrongFields(page), [t('form-sql-profile')]);
  await field(page, 'form-sql-profile').fill('Powiadomienia');
  await press(page, t('window-save'));
  await page.getByText(t('form-saved'), { exact: true }).waitFor();
  const [saved] = await page.asked('profile.set');
  assert.equal(saved.send_with, 'sql_profile');
  assert.deepEqual([saved.sql_profile, saved.authentication], ['Powiadomienia', 'password']);
  await page.getByLabel(t('form-send-with-component')).check();
  assert.equal(await field(page, 'form-authentication').inputValue(), 'oauth2', 'what was chosen comes back');
  await page.done();
});

test('what sends is chosen by the arrow keys too', async () => {
  const page = await mailServer();
  await page.getByLabel(t('form-send-with-component')).focus();
  await page.keyboard.press('ArrowDown');
  await field(page, 'form-sql-profile').waitFor();
  await page.keyboard.press('ArrowUp');
  await page.waitForFunction(() => document.activeElement?.value === 'mail_component');
  assert.equal(await field(page, 'form-sql-profile').count(), 0);
  await page.done();
});

test('an incomplete form says what is missing beside its fields and does not start', async () => {
  const page = await mailServer();
  await field(page, 'form-authentication').selectOption('oauth2');
  await press(page, t('form-authorize'));
  await page.getByRole('alert').getByText(t('form-incomplete')).waitFor();
  assert.deepEqual(await wrongFields(page), [t('form-email'), t('form-login')]);
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-invalid') === 'true');
  assert.deepEqual(await page.asked('account.add'), []);
  assert.deepEqual(await page.asked('sign_in.start'), []);
  await page.done();
});

test('each wrong field says what is wrong with it and keeps what was typed', async () => {
  const page = await mailServer();
  await filledIn(page);
  await page.getByLabel(t('form-yes'), { exact: true }).check();
  for (const [id, typed, said] of [
    ['form-email', 'biuro', 'profile-no-address'],
    ['form-reply-to', 'biuro@', 'profile-no-address'],
    ['form-server', 'smtp://x', 'profile-scheme'],
    ['form-server', 'smtp x', 'profile-no-host'],
    ['form-port', '70000', 'profile-port'],
    ['form-login', 'anna', 'profile-no-address'],
  ]) {
    const before = await field(page, id).inputValue();
    await field(page, id).fill(typed);
    await press(page, t('window-save'));
    await page.getByText(t(said)).waitFor();
    assert.deepEqual(await wrongFields(page), [t(id)]);
    assert.equal(await field(page, id).inputValue(), typed);
    await field(page, id).fill(before);
  }
  await field(page, 'form-encryption').selectOption('none');
  await press(page, t('window-save'));
  await page.getByText(t('profile-token-in-clear')).waitFor();
  assert.deepEqual(await page.asked('profile.set'), []);
  await page.done();
});

test('what may not be meant is said beside its field and can be saved', async () => {
  const page = await mailServer();
  await filledIn(page);
  await field(page, 'form-email').fill('faktury@firma.pl');
  await page.getByText(t('profile-send-as', { sender: 'faktury@firma.pl', login: LOGIN })).waitFor();
  await field(page, 'form-port').fill('993');
  await page.getByText(t('profile-port-of', { port: '993', protocol: 'imap' })).waitFor();
  await field(page, 'form-server').fill('poczta.żółw.pl');
  await press(page, t('window-save'));
  await page.getByText(t('form-saved'), { exact: true }).waitFor();
  await page.done();
});

test('authorizing signs in and says so in the form, and saving makes the account stay', async () => {
  const page = await mailServer();
  await authorized(page);
  assert.deepEqual(await page.asked('account.add'), [{ name: LOGIN, provisional: true, lang: 'en' }]);
  assert.equal((await page.opened()).length, 1);
  await page.getByLabel(t('form-yes'), { exact: true }).check();
  await press(page, t('window-save'));
  await page.getByText(t('form-saved'), { exact: true }).waitFor();
  const [{ lang: _, ...saved }] = await page.asked('profile.set');
  assert.deepEqual(saved, {
    id: 'mail_server',
    kind: 'mail_server',
    enabled: true,
    login: LOGIN,
    server: 'smtp.office365.com',
    email: LOGIN,
    send_with: 'mail_component',
    protocol: 'smtp',
    port: 587,
    encryption: 'automatic',
    authentication: 'oauth2',
  });
  await page.getByRole('link', { name: t('window-page-accounts') }).click();
  await page.getByRole('heading', { name: LOGIN }).waitFor();
  assert.deepEqual(await page.asked('account.remove'), []);
  await page.done();
});

test('an account whose form is not saved is removed, once that was asked', async () => {
  const page = await mailServer();
  await authorized(page);
  await page.getByRole('link', { name: t('window-page-accounts') }).click();
  await page.getByText(t('leaving-account', { account: LOGIN })).waitFor();
  await press(page, t('window-cancel'));
  assert.equal(await page.evaluate(() => location.hash), '#/mail-server');
  assert.equal(await field(page, 'form-login').inputValue(), LOGIN);
  assert.deepEqual(await page.asked('account.remove'), []);
  await page.getByRole('link', { name: t('window-page-accounts') }).click();
  await press(page, t('leaving-yes'));
  await page.getByText(t('accounts-none'), { exact: true }).waitFor();
  assert.deepEqual(await page.asked('account.remove'), [{ account: LOGIN, lang: 'en' }]);
  await page.done();
});

test('an account made for a login that was changed again does not stay', async () => {
  const page = await mailServer();
  await authorized(page);
  await field(page, 'form-authentication').selectOption('password');
  await field(page, 'form-server').fill('poczta.firma.pl');
  await press(page, t('window-save'));
  await page.getByText(t('form-saved'), { exact: true }).waitFor();
  await page.waitForFunction(() => window.signet.calls.some(([name]) => name === 'account.remove'));
  await page.done();
});

test('another login that was confirmed in the browser is taken, and the sender stays', async () => {
  const page = await mailServer();
  await authorized(page, 'anna@firma.pl');
  await page.getByText(t('form-login-taken-sender', { login: 'anna@firma.pl' })).waitFor();
  assert.deepEqual(await shown(page, 'form-login', 'form-email'), ['anna@firma.pl', LOGIN]);
  await press(page, t('window-save'));
  await page.getByText(t('form-saved'), { exact: true }).waitFor();
  const [saved] = await page.asked('profile.set');
  assert.deepEqual([saved.login, saved.account], ['anna@firma.pl', LOGIN]);
  await page.done();
});

test('a sign-in that fails says so in the form, of which kind it is and what helps', async () => {
  const page = await mailServer();
  await filledIn(page);
  await press(page, t('form-authorize'));
  await page.getByText(t('signing-waiting')).waitFor();
  const data = { kind: 'admin', aadsts: 90094, correlation_id: 'c' };
  await page.befall('finish', LOGIN, { state: 'failed', code: -32051, message: 'Not approved.', data });
  await page.getByText('Not approved.').first().waitFor();
  await page.getByText(t('signing-kind-admin')).waitFor();
  await page.befall('refuse', 'account.add', { code: -32052, message: 'No.', data: { field: 'name' } });
  await field(page, 'form-login').fill('inny@firma.pl');
  await press(page, t('form-authorize'));
  await page.getByText('No.', { exact: true }).waitFor();
  assert.deepEqual(await wrongFields(page), [t('form-login')]);
  await page.done();
});

test('what the agent finds wrong is said at its field, and mail settings that cannot be read say why', async () => {
  const page = await open({ scene: 'mail', page: 'mail-server' });
  await page.befall('refuse', 'profile.set', {
    code: -32052,
    message: 'No such port.',
    data: { field: 'port' },
  });
  await field(page, 'form-description').fill('x');
  await press(page, t('window-save'));
  await page.getByText('No such port.').waitFor();
  assert.deepEqual(await wrongFields(page), [t('form-port')]);
  await page.befall('refuse', 'profile.list', { code: -32603, message: 'The file is broken.' });
  await page.getByRole('link', { name: t('window-page-points') }).click();
  await press(page, t('leaving-yes'));
  await page.getByText(t('form-unread', { detail: 'The file is broken.' })).waitFor();
  await page.befall('refuse', 'profile.list');
  await press(page, t('window-again'));
  await page.getByRole('heading', { name: 'Faktury' }).waitFor();
  await page.done();
});
