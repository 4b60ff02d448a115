// What a form saves: what the person has changed in it, over what is saved by then.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { press } from './states.mjs';
import { textsOf } from './texts-of.mjs';
import { forTests } from './window.mjs';

const open = forTests();
const t = textsOf('en');
const field = (page, id) => page.getByLabel(t(id), { exact: true });
const isSaved = (page) => page.getByText(t('form-saved'), { exact: true }).waitFor();

const mailServer = () => open({ scene: 'mail', page: 'mail-server' });

async function point(name) {
  const page = await open({ scene: 'mail', page: 'points' });
  await press(page, t('points-edit-named', { point: name }));
  return page;
}

/** Somebody else changes the profile. */
const elsewhere = (page, id, change) =>
  page.evaluate(
    async ([id, change]) => {
      const { signet } = window;
      const { profiles } = await signet.call('profile.list', {});
      const { has_password: _, ...profile } = profiles.find((profile) => profile.id === id);
      await signet.call('profile.set', { ...profile, ...change });
      signet.calls.length = 0;
    },
    [id, change],
  );

test('what was left alone is not saved over what somebody else has changed', async () => {
  const page = await mailServer();
  await field(page, 'form-description').fill('Mine');
  await field(page, 'form-display-name').fill('Mine too');
  const theirs = { server: 'smtp.firma.pl', port: 2525, reply_to: 'theirs@firma.pl', display_name: 'Theirs' };
  await elsewhere(page, 'mail_server', theirs);
  await press(page, t('window-save'));
  await isSaved(page);
  const [saved] = await page.asked('profile.set');
  const { description, display_name, server, port, reply_to } = saved;
  assert.deepEqual(
    { description, display_name, server, port, reply_to },
    { ...theirs, description: 'Mine', display_name: 'Mine too' },
    'where both changed the same, the form wins',
  );
  assert.equal(
    await field(page, 'form-server').inputValue(),
    'smtp.firma.pl',
    'the form shows what was saved',
  );
  assert.equal(await field(page, 'form-reply-to').inputValue(), 'theirs@firma.pl');
  await page.getByRole('link', { name: t('window-page-points') }).click();
  await page.getByRole('heading', { name: 'Faktury' }).waitFor();
  await page.done();
});

test('so it is with what the form does not show', async () => {
  const page = await point('Zwroty');
  await field(page, 'points-protocol').selectOption('pop');
  await elsewhere(page, 'zwroty', { folder: 'Reklamacje', account: 'biuro@firma.pl', enabled: false });
  await press(page, t('window-save'));
  await isSaved(page);
  const [saved] = await page.asked('profile.set');
  assert.deepEqual(
    [saved.protocol, saved.folder, saved.account, saved.enabled],
    ['pop', 'Reklamacje', 'biuro@firma.pl', false],
  );
  await page.done();
});

test('a password that is kept for another server by now is not taken to be for this one', async () => {
  const page = await point('Kadry');
  await field(page, 'points-server').fill('inny.firma.pl');
  await field(page, 'points-active').check();
  await field(page, 'form-password').fill('nowe');
  await elsewhere(page, 'kadry', { login: 'ich' });
  await press(page, t('window-save'));
  await isSaved(page);
  const [saved] = await page.asked('profile.set');
  assert.deepEqual([saved.login, saved.server, saved.password], ['ich', 'inny.firma.pl', 'nowe']);
  await page.getByText(t('form-password-kept')).waitFor();
  await page.done();
});

test('settings that are gone meanwhile are told, what was typed stays, and saving again makes them anew', async () => {
  const page = await point('Zwroty');
  await field(page, 'points-name').fill('Mine');
  await page.evaluate(() => window.signet.call('profile.remove', { profile: 'zwroty' }));
  await press(page, t('window-save'));
  await page.getByRole('alert').getByText(t('form-gone')).waitFor();
  assert.deepEqual(await page.asked('profile.set'), []);
  assert.equal(await field(page, 'points-name').inputValue(), 'Mine');
  await press(page, t('window-save'));
  await isSaved(page);
  const [saved] = await page.asked('profile.set');
  assert.deepEqual([saved.id, saved.name, saved.folder], ['zwroty', 'Mine', 'Zwroty']);
  await page.done();
});

test('settings that cannot be read again are not saved, and what was typed stays', async () => {
  const page = await mailServer();
  await field(page, 'form-description').fill('Mine');
  await page.befall('refuse', 'profile.list', { code: -32603, message: 'The file is broken.' });
  await press(page, t('window-save'));
  await page.getByRole('alert').getByText('The file is broken.').waitFor();
  assert.deepEqual(await page.asked('profile.set'), []);
  assert.equal(await field(page, 'form-description').inputValue(), 'Mine');
  await page.befall('refuse', 'profile.list');
  await press(page, t('window-save'));
  await isSaved(page);
  await page.done();
});

test('a new point is not saved over one that has been added meanwhile', async () => {
  const page = await open({ scene: 'mail', page: 'points' });
  await press(page, t('points-add'));
  await field(page, 'points-name').fill('Sklep 2');
  await page.evaluate(() =>
    window.signet.call('profile.set', { id: 'sklep-2', kind: 'documents', name: 'Theirs' }),
  );
  await press(page, t('window-save'));
  await page.getByText(t('points-id-known'), { exact: true }).waitFor();
  assert.equal((await page.asked('profile.set')).length, 1, 'theirs');
  await page.done();
});

test('what the agent has to say of what was saved is told once', async () => {
  const page = await mailServer();
  await field(page, 'form-port').fill('993');
  const beside = t('profile-port-of', { port: '993', protocol: 'imap' });
  await page.evaluate((beside) => (window.signet.warnings = [beside, 'The agent warns.']), beside);
  await press(page, t('window-save'));
  await isSaved(page);
  await page.getByRole('status').getByText('The agent warns.', { exact: true }).waitFor();
  assert.equal(await page.getByText(beside).count(), 1, 'what stands beside its field already');
  await field(page, 'form-port').fill('587');
  await page.getByText('The agent warns.').waitFor({ state: 'detached' });
  await page.done();
});

test('the form says that the account of what is saved is not there, and authorizing makes it', async () => {
  const page = await mailServer();
  const said = page.getByText(t('form-no-account', { account: 'biuro' }));
  await elsewhere(page, 'mail_server', { account: 'biuro' });
  await press(page, t('window-save'));
  await said.waitFor();
  await press(page, t('form-authorize'));
  await page.getByText(t('signing-waiting')).waitFor();
  await said.waitFor({ state: 'detached' });
  assert.deepEqual(await page.asked('account.add'), [
    { name: 'biuro', login: 'biuro@firma.pl', provisional: true, lang: 'en' },
  ]);
  await page.done();
});

test('a list of points says of which the account is not there, and what to do', async () => {
  const page = await open({ scene: 'mail', page: 'points' });
  const said = page.getByText(t('points-no-account', { account: 'sklep@firma.pl' }));
  await page.getByRole('heading', { name: 'Zwroty' }).waitFor();
  assert.equal(await said.count(), 0);
  await page.evaluate(() => window.signet.call('account.remove', { account: 'sklep@firma.pl' }));
  await said.first().waitFor();
  assert.equal(await said.count(), 2, 'those by a password need none');
  await press(page, t('points-edit-named', { point: 'Sklep' }));
  await page.getByText(t('form-no-account', { account: 'sklep@firma.pl' })).waitFor();
  await field(page, 'form-login').fill('inny@firma.pl');
  await page.getByText(t('form-no-account', { account: 'sklep@firma.pl' })).waitFor({ state: 'detached' });
  await page.done();
});
