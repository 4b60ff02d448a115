import assert from 'node:assert/strict';
import { test } from 'node:test';

import { press } from './states.mjs';
import { textsOf } from './texts-of.mjs';
import { forTests } from './window.mjs';

const open = forTests();
const t = textsOf('en');

test('a notice is told in the language of the window', async () => {
  for (const lang of ['en', 'pl']) {
    const page = await open({ scene: 'broken', lang });
    await page.getByText(textsOf(lang)('notice-unsaved', { account: 'biuro@firma.pl' })).waitFor();
    const detail = textsOf(lang)('config-unknown-setting-nearest', {
      word: 'clientid',
      nearest: 'client_id',
    });
    await page.getByText(detail).waitFor();
    await page.done();
  }
});

test('the keyring is asked for once more', async () => {
  const page = await open({ scene: 'keyring' });
  await press(page, t('window-unlock-keyring'));
  await page.getByText(t('window-notice-keyring-denied')).waitFor({ state: 'detached' });
  assert.deepEqual(await page.asked('agent.unlock'), [{ lang: 'en' }]);
  await page.done();
});

test('a passphrase unlocks, and a wrong one is said to be wrong beside it', async () => {
  const page = await open({ scene: 'passphrase' });
  const field = page.getByLabel(t('window-passphrase'));
  await field.press('Enter');
  await page.getByText(t('window-required')).waitFor();
  await page.befall('refuse', 'agent.unlock', { code: -32057, message: 'This is not the passphrase.' });
  await field.fill('almost');
  await field.press('Enter');
  await page.getByText('This is not the passphrase.').waitFor();
  assert.equal(await field.getAttribute('aria-invalid'), 'true');
  assert.equal(await field.getAttribute('type'), 'password');
  await page.befall('refuse', 'agent.unlock');
  await field.fill('right');
  await press(page, t('window-unlock'));
  await field.waitFor({ state: 'detached' });
  assert.deepEqual(
    (await page.asked('agent.unlock')).map(({ passphrase }) => passphrase),
    ['almost', 'right'],
  );
  await page.done();
});

test('a passphrase is chosen by typing it twice', async () => {
  const page = await open({ scene: 'new-passphrase' });
  const [first, second] = ['window-passphrase', 'window-passphrase-again'].map((id) =>
    page.getByLabel(t(id), { exact: true }),
  );
  await first.fill('sorok-dub');
  await second.fill('sorok-dup');
  await second.press('Enter');
  await page.getByText(t('window-passphrase-differs')).waitFor();
  assert.deepEqual(await page.asked('agent.unlock'), []);
  await second.fill('sorok-dub');
  await press(page, t('window-passphrase-choose'));
  await first.waitFor({ state: 'detached' });
  assert.deepEqual(await page.asked('agent.unlock'), [{ passphrase: 'sorok-dub', choose: true, lang: 'en' }]);
  await page.done();
});

test('beginning anew is asked about, and tells what is kept', async () => {
  const page = await open({ scene: 'afresh' });
  await press(page, t('window-afresh'));
  await page.getByRole('dialog').getByText(t('window-afresh-line')).waitFor();
  assert.deepEqual(await page.asked('agent.start_afresh'), []);
  await press(page, t('window-afresh-yes'), true);
  await page.getByText('/home/anna/.local/state/signet/state.db.1').waitFor();
  await page.done();
});

test('without an agent from the start the window says what to start, and goes on once it is there', async () => {
  const page = await open({ scene: 'absent' });
  await page.getByRole('heading', { name: t('window-agent-absent') }).waitFor();
  assert.equal(await page.getByText(t('window-agent-gone')).count(), 0, 'no last state is there to be seen');
  for (const command of ['signet-tray', 'signet agent']) {
    await press(page, `${t('window-copy')}: ${command}`);
    await page.waitForFunction((it) => navigator.clipboard.readText().then((text) => text === it), command);
  }
  await page.befall('tell');
  await page.getByRole('heading', { name: 'biuro@firma.pl' }).waitFor();
  assert.equal(await page.getByText(t('window-agent-absent')).count(), 0);
  await page.done();
});

test('an agent that is gone is said to be, and the window goes on when it is back', async () => {
  const page = await open({ scene: 'ready' });
  await page.befall('lose');
  await page.getByRole('alert').getByText(t('window-agent-gone')).waitFor();
  await page.getByRole('heading', { name: 'biuro@firma.pl' }).waitFor();
  await page.befall('tell', { 'biuro@firma.pl': { state: 'signed_out' } });
  await page.getByText(t('window-agent-gone')).waitFor({ state: 'detached' });
  await page.getByText(t('accounts-state-signed-out')).waitFor();
  await page.done();
});
