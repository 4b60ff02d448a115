// A message or a connection that is tried from a form: its steps, its end, and what is told of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { press } from './states.mjs';
import { textsOf } from './texts-of.mjs';
import { forTests } from './window.mjs';

const open = forTests();
const t = textsOf('en');

const field = (page, id) => page.getByLabel(t(id), { exact: true });

test('a test message is sent with what stands in the form, each step is shown as it is done', async () => {
  const page = await open({ scene: 'mail', page: 'mail-server' });
  await field(page, 'form-display-name').fill('Inna');
  await field(page, 'form-try-to').fill('kadry@firma.pl');
  await press(page, t('form-try-send'));
  await page.getByText(t('form-try-running')).waitFor();
  const steps = page.getByRole('list', { name: t('form-try-steps') }).getByRole('listitem');
  await page.befall('step', { step: 'name', ok: true, milliseconds: 3, text: 'The name is known.' });
  await page.getByText('The name is known.').waitFor();
  assert.equal(await steps.count(), 1);
  await page.befall('step', {
    step: 'message',
    ok: true,
    milliseconds: 8,
    text: 'On its way.',
    line: '250 ok',
    line_from: 'server',
  });
  await page.befall('checked');
  await page.getByText(t('form-try-sent', { address: 'kadry@firma.pl' })).waitFor();
  assert.equal(await steps.count(), 2);
  const [asked] = await page.asked('profile.check');
  assert.deepEqual([asked.profile, asked.send_to], ['mail_server', 'kadry@firma.pl']);
  assert.equal(asked.settings.display_name, 'Inna');
  assert.deepEqual(await page.asked('profile.set'), [], 'nothing is saved by it');
  await page.done();
});

test('a step that fails says what to do, and the administrator\u2019s text can be copied', async () => {
  const page = await open({ scene: 'mail', page: 'mail-server' });
  await press(page, t('form-try-send'));
  await page.befall('step', {
    step: 'authentication',
    ok: false,
    milliseconds: 1,
    text: 'SMTP is off.',
    action: 'Set-CASMailbox',
    line: '535 5.7.139',
    line_from: 'server',
  });
  await page.befall('checked');
  await page.getByText('535 5.7.139').waitFor();
  await press(page, t('form-try-copy'));
  await page.getByText(t('window-copied')).waitFor();
  const text = await page.clipboard();
  for (const part of [
    'smtp.office365.com',
    'biuro@firma.pl',
    'SMTP is off.',
    'Set-CASMailbox',
    '535 5.7.139',
  ])
    assert.ok(text.includes(part), `${part} in ${text}`);
  await page.done();
});

test('what was tried is what is told of, also when the form has been changed since', async () => {
  const page = await open({ scene: 'mail', page: 'mail-server' });
  const tried = { server: 'smtp.office365.com', port: '587', login: 'biuro@firma.pl' };
  const outdated = page.getByRole('status').getByText(t('form-try-outdated', tried));
  await press(page, t('form-try-send'));
  await page.befall('step', {
    step: 'greeting',
    ok: false,
    milliseconds: 1,
    text: 'Refused.',
    line: '554',
    line_from: 'server',
  });
  await page.befall('checked');
  await field(page, 'form-description').fill('What no server is told');
  await page.getByText('Refused.').waitFor();
  assert.equal(await outdated.count(), 0);
  await field(page, 'form-server').fill('smtp.firma.pl');
  await outdated.waitFor();
  await press(page, t('form-try-copy'));
  await page.getByText(t('window-copied')).waitFor();
  const text = await page.clipboard();
  assert.ok(text.includes(t('form-try-letter', tried)), text);
  assert.ok(!text.includes('smtp.firma.pl'), text);
  await field(page, 'form-server').fill(tried.server);
  await outdated.waitFor({ state: 'detached' });
  await field(page, 'form-try-to').fill('inny@firma.pl');
  await outdated.waitFor();
  await press(page, t('form-try-send'));
  await outdated.waitFor({ state: 'detached' });
  await page.done();
});

test('another password makes what was tried another matter, and saving it does not', async () => {
  const page = await open({ scene: 'mail', page: 'points' });
  await press(page, t('points-edit-named', { point: 'Kadry' }));
  const tried = { server: 'poczta.firma.pl', port: '143', login: 'kadry' };
  const outdated = page.getByText(t('form-try-outdated', tried));
  await field(page, 'form-password').fill('nowe');
  await press(page, t('form-try'));
  await page.befall('checked');
  await page.getByText(t('form-try-fine')).waitFor();
  await field(page, 'form-password').fill('nowsze');
  await outdated.waitFor();
  await field(page, 'form-password').fill('nowe');
  await outdated.waitFor({ state: 'detached' });
  await press(page, t('window-save'));
  await page.getByText(t('form-saved'), { exact: true }).waitFor();
  assert.equal(await field(page, 'form-password').inputValue(), '');
  assert.equal(await outdated.count(), 0);
  await page.done();
});

test('only what a server said is called its answer', async () => {
  const page = await open({ scene: 'mail', page: 'mail-server' });
  await press(page, t('form-try-send'));
  const done = { ok: true, milliseconds: 1 };
  await page.befall('step', {
    ...done,
    step: 'name',
    text: 'Known.',
    line: '192.0.2.1',
    line_from: 'signet',
  });
  await page.befall('step', {
    ...done,
    step: 'greeting',
    text: 'Ready.',
    line: '220 smtp',
    line_from: 'server',
  });
  const steps = page.getByRole('list', { name: t('form-try-steps') }).getByRole('listitem');
  await steps
    .nth(1)
    .getByText(`${t('form-try-line-said')}: 220 smtp`)
    .waitFor();
  await steps
    .nth(0)
    .getByText(`${t('form-try-line-found')}: 192.0.2.1`)
    .waitFor();
  await page.done();
});

test('a test can be stopped, is stopped by leaving, and does not begin for an incomplete form', async () => {
  const page = await open({ scene: 'mail', page: 'mail-server' });
  await press(page, t('form-try-send'));
  await press(page, t('form-try-cancel'));
  await page.getByText(t('form-try-cancelled')).waitFor();
  assert.deepEqual(await page.asked('check.cancel'), [{ check: 'ch-1', lang: 'en' }]);
  await press(page, t('form-try-send'));
  await page.getByText(t('form-try-running')).waitFor();
  await page.getByRole('link', { name: t('window-page-accounts') }).click();
  await page.waitForFunction(
    () => window.signet.calls.filter(([name]) => name === 'check.cancel').length === 2,
  );
  await page.getByRole('link', { name: t('window-page-mail-server') }).click();
  await field(page, 'form-server').fill('');
  await press(page, t('form-try-send'));
  await page.getByText(t('profile-missing')).waitFor();
  assert.equal((await page.asked('profile.check')).length, 2);
  await page.done();
});
