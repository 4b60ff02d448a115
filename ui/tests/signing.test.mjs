import assert from 'node:assert/strict';
import { test } from 'node:test';

import { press } from './states.mjs';
import { textsOf } from './texts-of.mjs';
import { forTests } from './window.mjs';

const open = forTests();
const t = textsOf('en');
const SKLEP = 'sklep@firma.pl';
const TIMED_OUT = { code: -32059, message: 'not yet', data: { code: 'timed_out', kind: 'transient' } };

async function begun(options = {}) {
  const page = await open({ scene: 'states', ...options });
  await press(page, `${textsOf(options.lang ?? 'en')('accounts-sign-in')}: ${SKLEP}`);
  await page.waitForFunction(() =>
    window.signet.calls.some(([name, { sign_in }]) => name === 'sign_in.wait' && sign_in === 'sign-in-1'),
  );
  return page;
}

/** What is waited for of the sign-in that was begun here. */
async function waits(page) {
  return (await page.asked('sign_in.wait')).filter(({ sign_in }) => sign_in === 'sign-in-1');
}

test('an account says until when its token is good, and what for', async () => {
  const page = await open({ scene: 'states', lang: 'pl' });
  const row = page.getByRole('listitem', { name: 'biuro@firma.pl' });
  await row.getByText(/^Token dostępu \(poczta Office 365\) ważny do 4 maja 2031/).waitFor();
  await page.done();
});

test('an account made for a form that is not saved says so, and no other does', async () => {
  const page = await open({ scene: 'states' });
  const rows = page.getByRole('listitem').filter({ hasText: t('accounts-provisional-line') });
  assert.deepEqual(await rows.getByRole('heading').allTextContents(), ['sprzedaz@firma.pl']);
  await page.done();
});

test('a sign-in opens its page and says in the same place who signed in', async () => {
  const page = await begun({ lang: 'pl' });
  const panel = page.getByRole('group', { name: SKLEP });
  await panel.getByText(textsOf('pl')('signing-waiting')).waitFor();
  assert.deepEqual(await page.opened(), ['http://localhost:1/sign-in-1']);
  assert.deepEqual(await waits(page), [{ sign_in: 'sign-in-1', wait_seconds: 120, seen: 0, lang: 'pl' }]);
  await page.befall('finish', SKLEP, { state: 'signed_in', account: SKLEP, login: SKLEP });
  await panel.getByText(`Zalogowano użytkownika ${SKLEP}`, { exact: true }).waitFor();
  assert.equal(
    await panel.getByText(textsOf('pl')('signing-other-login', { login: SKLEP, account: SKLEP })).count(),
    0,
  );
  await panel.getByRole('button', { name: 'Zamknij' }).click();
  await panel.waitFor({ state: 'detached' });
  await page.done();
});

test('the page can be opened again, and the sign-in stays one', async () => {
  const page = await begun();
  await press(page.getByRole('group', { name: SKLEP }), t('signing-again'));
  await page.waitForFunction(() => window.signet.opened.length === 2);
  assert.equal((await waits(page)).length, 1);
  await page.done();
});

test('the address can be copied', async () => {
  const page = await begun();
  await press(page.getByRole('group', { name: SKLEP }), t('signing-copy-address'));
  await page.getByText(t('window-copied')).waitFor();
  assert.match(await page.clipboard(), /^https:\/\/login\.microsoftonline\.com\/.*authorize/);
  await page.done();
});

test('without a browser the page says so and gives the address', async () => {
  const page = await open({ scene: 'states' });
  await page.befall('withoutBrowser');
  await press(page, `${t('accounts-sign-in')}: ${SKLEP}`);
  await page.getByText(t('signing-unopened')).waitFor();
  await press(page.getByRole('group', { name: SKLEP }), t('signing-copy-address'));
  await page.getByText(t('window-copied')).waitFor();
  await page.done();
});

test('cancelling ends the sign-in and says so', async () => {
  const page = await begun();
  await press(page.getByRole('group', { name: SKLEP }), t('signing-cancel'));
  await page.getByText(t('signing-cancelled')).waitFor();
  await page.befall('tell', { [SKLEP]: { state: 'signing_in', sign_in: 'sign-in-1' } });
  await page.befall('tell', { [SKLEP]: { state: 'signed_out', sign_in: null } });
  assert.equal((await waits(page)).length, 1, 'a late snapshot begins nothing anew');
  assert.deepEqual(await page.asked('sign_in.cancel'), [{ sign_in: 'sign-in-1', lang: 'en' }]);
  await page.done();
});

test('a wrong person is named, and the right one still can sign in', async () => {
  const page = await begun();
  await page.befall('finish', SKLEP, { state: 'wrong_person', signed_in_as: 'obcy@inna.pl', refusals: 1 });
  await page.getByText(t('signing-stranger', { signed_in_as: 'obcy@inna.pl' })).waitFor();
  await page.waitForFunction(() => window.signet.calls.some(([, { seen }]) => seen === 1));
  await page.befall('finish', SKLEP, { state: 'signed_in', account: SKLEP, login: SKLEP });
  await page.getByText(t('signing-signed-in', { login: SKLEP })).waitFor();
  await page.done();
});

test('a login that differs from the account is told', async () => {
  const page = await begun();
  await page.befall('finish', SKLEP, { state: 'signed_in', account: SKLEP, login: 'anna@firma.pl' });
  await page.getByText(t('signing-other-login', { login: 'anna@firma.pl', account: SKLEP })).waitFor();
  await page.done();
});

test('who has waited in vain waits on', async () => {
  const page = await begun();
  await page.befall('refuseWaiting', SKLEP, TIMED_OUT);
  await page.waitForFunction(
    () => window.signet.calls.filter(([, { sign_in }]) => sign_in === 'sign-in-1').length === 2,
  );
  assert.equal(await page.getByText(t('signing-failed')).count(), 0);
  await page.befall('finish', SKLEP, { state: 'signed_in', account: SKLEP, login: SKLEP });
  await page.getByText(t('signing-signed-in', { login: SKLEP })).waitFor();
  await page.done();
});

test('a sign-in that failed before the window was open says why, until it is put away or another begins', async () => {
  const page = await open({ scene: 'states' });
  const id = { sign_in: 'si-1', at: '2026-11-23T10:15:00Z', reason: { id: 'reason-admin-consent-required' } };
  const data = { kind: 'admin', aadsts: 90094, correlation_id: 'c0ffee00-0000-4000-8000-000000000003' };
  const panel = page.getByRole('group', { name: SKLEP });
  const consent_url = 'https://login.microsoftonline.com/firma.pl/adminconsent?client_id=it';
  await page.befall('tell', { [SKLEP]: { failed_sign_in: { ...id, ...data }, consent_url } });
  await panel.getByText(t('signing-failed')).waitFor();
  const meaning = t('aadsts-90094');
  await panel.getByText(meaning).first().waitFor();
  await press(panel, t('signing-letter-copy'));
  await panel.getByText(t('window-copied')).waitFor();
  for (const part of [SKLEP, meaning, 'AADSTS90094', data.correlation_id, consent_url])
    assert.ok((await page.clipboard()).includes(part), part);
  await press(panel, t('signing-details-copy'));
  await page.waitForFunction(() =>
    navigator.clipboard.readText().then((text) => text.includes('2026-11-23T10:15:00Z')),
  );

  await press(panel, t('window-close'));
  await panel.waitFor({ state: 'detached' });
  await page.befall('tell', { [SKLEP]: { failed_sign_in: { ...id, ...data, sign_in: 'si-2' } } });
  await panel.getByText(t('signing-failed')).waitFor();
  await page.befall('tell', { [SKLEP]: { failed_sign_in: null } });
  await panel.waitFor({ state: 'detached' });

  await page.befall('tell', {
    [SKLEP]: { state: 'unreachable', failed_sign_in: { ...id, ...data, sign_in: 'si-3' } },
  });
  await panel.getByText(t('signing-failed')).waitFor();
  const retry = `${t('accounts-retry')}: ${SKLEP}`;
  await page.getByRole('button', { name: retry }).waitFor();
  await page.done();
});

test('what only an administrator can do comes with the link and a text for them', async () => {
  const page = await begun();
  const data = { kind: 'admin', aadsts: 90094, correlation_id: 'c0ffee00-0000-4000-8000-000000000001' };
  await page.befall('finish', SKLEP, { state: 'failed', code: -32051, message: 'They must approve.', data });
  const panel = page.getByRole('group', { name: SKLEP });
  await panel.getByText(t('signing-kind-admin')).waitFor();
  const consent =
    'https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/adminconsent?client_id=11111111-2222-3333-4444-555555555555';
  await press(panel, t('signing-letter-copy'));
  await panel.getByText(t('window-copied')).waitFor();
  for (const part of [SKLEP, 'They must approve.', consent, 'AADSTS90094', data.correlation_id]) {
    assert.ok((await page.clipboard()).includes(part), part);
  }
  await press(panel, t('signing-consent-copy'));
  await page.waitForFunction(
    (consent) => navigator.clipboard.readText().then((text) => text === consent),
    consent,
  );
  await press(panel, t('signing-consent'));
  await page.waitForFunction((consent) => window.signet.opened.includes(consent), consent);
  await page.done();
});

test('the link for the administrator is of the account\u2019s own application, where there is such a page', async () => {
  const page = await open({ scene: 'states' });
  const row = page.getByRole('listitem', { name: 'zarzad@firma.pl' });
  await press(row, t('signing-consent-copy'));
  const own = 'https://login.microsoftonline.us/zarzad.example/adminconsent?client_id=own';
  await page.waitForFunction((own) => navigator.clipboard.readText().then((text) => text === own), own);
  await press(row, t('signing-letter-copy'));
  await page.waitForFunction(
    (own) => navigator.clipboard.readText().then((text) => text.includes(`${own}\n`)),
    own,
  );
  await page.befall('tell', { 'zarzad@firma.pl': { consent_url: null } });
  await row.getByRole('button', { name: t('signing-consent-copy') }).waitFor({ state: 'detached' });
  await press(row, t('signing-letter-copy'));
  await page.waitForFunction(() =>
    navigator.clipboard
      .readText()
      .then((text) => text.includes('zarzad@firma.pl') && !text.includes('adminconsent')),
  );
  await page.done();
});

test('the details of a failure can be copied', async () => {
  const page = await begun();
  const data = { kind: 'sign_in', aadsts: 50173, correlation_id: 'c0ffee00-0000-4000-8000-000000000002' };
  await page.befall('finish', SKLEP, { state: 'failed', code: -32050, message: 'It was revoked.', data });
  await page.getByText(t('signing-kind-sign-in')).waitFor();
  await press(page, t('signing-details-copy'));
  await page.getByText(t('window-copied')).waitFor();
  const details = await page.clipboard();
  for (const part of [SKLEP, 'It was revoked.', 'AADSTS50173', data.correlation_id, 'Time: 20']) {
    assert.ok(details.includes(part), `${part} in ${details}`);
  }
  await page.done();
});

test('a sign-in that is refused at once says why where it was started', async () => {
  const page = await open({ scene: 'states' });
  await page.befall('refuse', 'sign_in.start', {
    code: -32053,
    message: 'No way through.',
    data: { kind: 'transient' },
  });
  await press(page, `${t('accounts-sign-in')}: ${SKLEP}`);
  const panel = page.getByRole('group', { name: SKLEP });
  await panel.getByText('No way through.').waitFor();
  await panel.getByText(t('signing-kind-transient')).waitFor();
  await page.befall('refuse', 'sign_in.start');
  await press(panel, t('accounts-sign-in-again'));
  await panel.getByText(t('signing-waiting')).waitFor();
  await page.done();
});

test('a sign-in begun elsewhere is followed to its end, and its page is left alone', async () => {
  const page = await open({ scene: 'states', height: 300 });
  const panel = page.getByRole('group', { name: 'sprzedaz@firma.pl' });
  await panel.getByText(t('signing-elsewhere')).waitFor();
  assert.equal(await page.evaluate(() => scrollY), 0, 'nothing is moved that nobody asked for');
  assert.deepEqual(await page.opened(), []);
  await page.befall('finish', 'sprzedaz@firma.pl', {
    state: 'signed_in',
    account: 'sprzedaz@firma.pl',
    login: 'sprzedaz@firma.pl',
  });
  await panel.getByText(t('signing-signed-in', { login: 'sprzedaz@firma.pl' })).waitFor();
  await page.done();
});

test('the address of a sign-in begun elsewhere can be copied, and its page is left alone', async () => {
  const page = await open({ scene: 'states' });
  const panel = page.getByRole('group', { name: 'sprzedaz@firma.pl' });
  assert.deepEqual(await page.asked('sign_in.start'), [], 'nobody has asked for it');
  await page.befall('refuse', 'sign_in.start', { code: -32053, message: 'not now' });
  await press(panel, t('signing-copy-address'));
  await panel.getByText(t('window-copy-failed')).waitFor();
  await page.befall('refuse', 'sign_in.start');
  await press(panel, t('signing-copy-address'));
  await panel.getByText(t('window-copied')).waitFor();
  assert.match(await page.clipboard(), /^https:\/\/login\.microsoftonline\.com\/.*authorize/);
  await press(panel, t('signing-copy-address'));
  assert.equal((await page.asked('sign_in.start')).length, 2, 'it is known by then');
  assert.deepEqual(await page.opened(), []);
  await panel.getByText(t('signing-elsewhere')).waitFor();
  assert.equal((await page.asked('sign_in.wait')).length, 1, 'and waited for as before');
  await page.done();
});

test('a sign-in that cannot be waited for is asked after once', async () => {
  const page = await open({ scene: 'states' });
  await page.befall('refuseWaiting', 'sprzedaz@firma.pl', { code: -32056, message: 'Not yours.' });
  await page.getByText('Not yours.').waitFor();
  for (let times = 0; times < 3; times++) await page.befall('tell');
  assert.equal((await page.asked('sign_in.wait')).length, 1);
  await page.done();
});

test('the wish of a program is granted or put off', async () => {
  for (const [button, granted] of [
    [t('accounts-sign-in'), true],
    [t('signing-wish-later'), false],
  ]) {
    const page = await open({ scene: 'wish' });
    await page.getByText(t('signing-wish', { program: 'fetch.exe' })).waitFor();
    await page.getByText(t('signing-wish-reason', { reason: 'Faktury' })).waitFor();
    await press(page, button, true);
    await page.getByText(granted ? t('signing-waiting') : t('signing-cancelled')).waitFor();
    assert.deepEqual(await page.opened(), granted ? ['http://localhost:1/wished'] : []);
    await page.done();
  }
});

test('many are signed in one after the other, each once before any a second time', async () => {
  const page = await open({ scene: 'states' });
  const names = ['faktury@firma.pl', SKLEP, 'zarzad@firma.pl'];
  await page.getByText(t('accounts-next-count', { count: 3 })).waitFor();
  await press(page, t('accounts-next-first'));
  await page.getByRole('group', { name: names[0] }).getByText(t('signing-waiting')).waitFor();
  await page.befall('finish', names[0], { state: 'declined' });
  await press(page, t('accounts-next', { account: names[1] }));
  await page.getByRole('group', { name: names[1] }).getByText(t('signing-waiting')).waitFor();
  await page.befall('finish', names[1], { state: 'signed_in', account: names[1], login: names[1] });
  const done = page.getByRole('group', { name: names[1] });
  await press(done, t('accounts-next', { account: names[2] }));
  await page.befall('finish', names[2], { state: 'signed_in', account: names[2], login: names[2] });
  await press(page.getByRole('group', { name: names[2] }), t('accounts-next', { account: names[0] }));
  await page.befall('finish', names[0], { state: 'signed_in', account: names[0], login: names[0] });
  await page.getByText(t('accounts-next-done')).waitFor();
  const asked = (await page.asked('sign_in.start')).map(({ account }) => account);
  assert.deepEqual(asked, [...names, names[0]]);
  await page.done();
});

test('how a sign-in ended is forgotten once another is needed', async () => {
  const page = await begun();
  await page.befall('finish', SKLEP, { state: 'signed_in', account: SKLEP, login: SKLEP });
  await page.getByText(t('signing-signed-in', { login: SKLEP })).waitFor();
  await page.befall('tell', { [SKLEP]: { state: 'needs_sign_in' } });
  await page.getByText(t('signing-signed-in', { login: SKLEP })).waitFor({ state: 'detached' });
  await press(page, `${t('accounts-sign-in')}: ${SKLEP}`);
  await page.getByRole('group', { name: SKLEP }).getByText(t('signing-waiting')).waitFor();
  await page.done();
});

test('who cannot be reached is tried again on demand', async () => {
  const page = await open({ scene: 'states' });
  await page.befall('refuse', 'account.retry', { code: -32603, message: 'Not now.' });
  const button = page.getByRole('button', { name: `${t('accounts-retry')}: kadry@firma.pl` });
  await button.click();
  await page.getByText(t('window-failed', { detail: 'Not now.' })).waitFor();
  await page.befall('refuse', 'account.retry');
  await button.click();
  await button.waitFor({ state: 'detached' });
  await page.done();
});
