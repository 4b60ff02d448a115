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
