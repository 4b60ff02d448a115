import assert from 'node:assert/strict';
import { test } from 'node:test';

import { press } from './states.mjs';
import { textsOf } from './texts-of.mjs';
import { forTests } from './window.mjs';

const open = forTests();
const t = textsOf('en');
const TENANT = '72f988bf-86f1-41af-91ab-2d7cd011db47';
const CLIENT = '11111111-2222-3333-4444-555555555555';

const domain = (page) => page.getByLabel(t('first-domain'));
const clientId = (page) => page.getByLabel(t('first-client-id'));

async function found(options = { scene: 'new' }) {
  const page = await open(options);
  await domain(page).fill('firma.pl');
  await press(page, t('first-find'));
  await page.getByText(t('first-found', { tenant: TENANT })).waitFor();
  return page;
}

async function entered() {
  const page = await found();
  await press(page, t('window-next'));
  await clientId(page).fill(CLIENT);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: t('first-step-test') }).waitFor();
  return page;
}

test('a new installation opens here by itself, and one that is set up does not', async () => {
  const fresh = await open({ scene: 'new' });
  await fresh.getByRole('heading', { level: 1, name: t('first-title') }).waitFor();
  await fresh.done();
  const old = await open({ scene: 'empty' });
  await old.getByRole('heading', { level: 1, name: t('accounts-title') }).waitFor();
  await old.done();
});

test('an installation without an application is led here from its accounts', async () => {
  const page = await open({ scene: 'new', page: 'accounts' });
  await page.getByRole('link', { name: t('accounts-none-app-link') }).click();
  await domain(page).waitFor();
  await page.done();
});

test('from domain to saved application, all of it saved at once', async () => {
  const page = await entered();
  assert.deepEqual(await page.asked('tenant.find'), [{ domain: 'firma.pl', cloud: 'global', lang: 'en' }]);
  await press(page, t('first-test'));
  await page.getByText('Register exactly http://localhost.').waitFor();
  await page.getByText(t('first-test-wrong')).waitFor();
  assert.deepEqual(await page.asked('settings.set'), []);
  await press(page, t('window-save'));
  await page.getByText(t('first-saved')).waitFor();
  const application = { client_id: CLIENT, tenant: TENANT, cloud: 'global', lang: 'en' };
  assert.deepEqual(await page.asked('registration.test'), [application]);
  assert.deepEqual(await page.asked('settings.set'), [application]);
  await page.getByText(t('first-colleagues'), { exact: true }).click();
  await press(page, t('first-colleagues-copy'));
  await page.getByText(t('window-copied')).waitFor();
  assert.equal(
    await page.clipboard(),
    'version = 1\nlocked = ["app.client_id", "app.tenant", "app.cloud"]\n[app]\n' +
      `client_id = "${CLIENT}"\ntenant = "${TENANT}"\ncloud = "global"\n`,
  );
  await page.getByRole('link', { name: t('first-to-accounts') }).click();
  await page.getByRole('heading', { level: 1, name: t('accounts-title') }).waitFor();
  await page.done();
});

test('a domain is had from an address, and a tenant is taken as it is', async () => {
  const page = await open({ scene: 'new' });
  await domain(page).fill('anna@firma.pl');
  await press(page, t('first-find'));
  await page.getByText(t('first-found', { tenant: TENANT })).waitFor();
  assert.equal(await domain(page).inputValue(), 'firma.pl');
  const other = '00000000-aaaa-bbbb-cccc-000000000001';
  await domain(page).fill(other);
  await press(page, t('first-find'));
  await page.getByText(t('first-found', { tenant: other })).waitFor();
  assert.equal((await page.asked('tenant.find')).length, 1);
  await page.done();
});

test('what is no domain, or nobody knows, is said beside the field', async () => {
  const page = await open({ scene: 'new' });
  for (const [typed, said] of [
    ['', 'window-required'],
    ['firma', 'first-domain-wrong'],
    ['https://firma.pl/', 'first-domain-wrong'],
  ]) {
    await domain(page).fill(typed);
    await domain(page).press('Enter');
    await page.getByText(t(said)).waitFor();
    assert.equal(await domain(page).inputValue(), typed);
  }
  await page.befall('refuse', 'tenant.find', { code: -32052, message: 'No such organisation.' });
  await domain(page).fill('firma.pl');
  await domain(page).press('Enter');
  await page.getByText('No such organisation.').waitFor();
  assert.equal(await domain(page).getAttribute('aria-invalid'), 'true');
  await page.done();
});

test('who cannot reach Microsoft is led to the proxy', async () => {
  const page = await open({ scene: 'new' });
  const fault = { code: -32053, message: 'The name cannot be found.', data: { kind: 'transient' } };
  await page.befall('refuse', 'tenant.find', fault);
  await domain(page).fill('firma.pl');
  await domain(page).press('Enter');
  await page.getByText('The name cannot be found.').waitFor();
  await page.getByRole('link', { name: t('first-to-network') }).click();
  await page.getByLabel(t('settings-proxy')).waitFor();
  await page.done();
});

test('a cloud that is on no list is shown by its address, and stays', async () => {
  const page = await open({ scene: 'clouded', page: 'first-run' });
  assert.equal(await page.getByLabel(t('first-cloud')).inputValue(), 'https://login.firma.pl');
  await domain(page).fill('firma.pl');
  await press(page, t('first-find'));
  await page.getByText(t('first-found', { tenant: TENANT })).waitFor();
  assert.equal((await page.asked('tenant.find')).at(-1).cloud, 'https://login.firma.pl');
  await page.done();
});

test('another domain or cloud has to be found anew', async () => {
  const page = await found();
  await domain(page).fill('inna.pl');
  await page.getByRole('button', { name: t('first-find') }).waitFor();
  await domain(page).fill('firma.pl');
  await page.getByRole('button', { name: t('window-next') }).waitFor();
  await page.getByLabel(t('first-cloud')).selectOption('china');
  await press(page, t('first-find'));
  await page.getByText(t('first-found', { tenant: TENANT })).waitFor();
  assert.equal((await page.asked('tenant.find')).at(-1).cloud, 'china');
  await page.done();
});

test('what is no application ID is said beside the field', async () => {
  const page = await found();
  await press(page, t('window-next'));
  for (const [typed, said] of [
    ['', 'window-required'],
    ['1111', 'first-client-id-wrong'],
    [TENANT.toUpperCase(), 'first-client-id-is-tenant'],
  ]) {
    await clientId(page).fill(typed);
    await clientId(page).press('Enter');
    await page.getByText(t(said)).waitFor();
    assert.equal(await clientId(page).inputValue(), typed);
  }
  await page.done();
});

test('going back keeps what was typed', async () => {
  const page = await entered();
  await press(page, t('window-back'));
  assert.equal(await clientId(page).inputValue(), CLIENT);
  await press(page, t('window-back'));
  assert.equal(await domain(page).inputValue(), 'firma.pl');
  await page.getByText(t('first-found', { tenant: TENANT })).waitFor();
  await page.done();
});

test('who looks at another page comes back to where they were', async () => {
  const page = await entered();
  await page.getByRole('link', { name: t('window-page-settings') }).click();
  await page.getByRole('heading', { level: 1, name: t('settings-title') }).waitFor();
  await page.getByRole('link', { name: t('window-page-first-run') }).click();
  await page.getByRole('heading', { name: t('first-step-test') }).waitFor();
  await page.getByText(CLIENT).waitFor();
  await press(page, t('window-back'));
  assert.equal(await clientId(page).inputValue(), CLIENT);
  await page.done();
});

test('the guide turns page by page, and what is to be entered can be copied', async () => {
  const page = await found();
  await press(page, t('window-next'));
  await page.getByText(t('first-guide'), { exact: true }).click();
  const guide = page.getByRole('group', { name: t('first-guide') });
  for (const title of ['new', 'types', 'id', 'redirect', 'permissions', 'consent']) {
    await guide.getByRole('heading', { name: t(`guide-${title}-title`) }).waitFor();
    if (title === 'redirect') {
      await press(guide, `${t('window-copy')}: http://localhost`);
      await guide.getByText(t('window-copied')).waitFor();
      assert.equal(await page.clipboard(), 'http://localhost');
    }
    if (title === 'permissions') assert.equal(await guide.getByRole('listitem').count(), 7);
    if (title !== 'consent') await press(guide, t('window-next'), true);
  }
  assert.equal(await guide.getByText(t('window-next')).getAttribute('aria-disabled'), 'true');
  await press(guide, t('window-back'), true);
  await guide.getByRole('heading', { name: t('guide-permissions-title') }).waitFor();
  await press(guide, t('guide-open'));
  assert.match((await page.opened())[0], /^https:\/\/entra\.microsoft\.com\//);
  await page.done();
});

test('the guide says where the name goes, and that consent to the vendor\u2019s application does not do', async () => {
  for (const lang of ['en', 'pl']) {
    const say = textsOf(lang);
    const page = await open({ scene: 'new', page: 'first-run', lang });
    await page.getByLabel(say('first-domain')).fill('firma.pl');
    await press(page, say('first-find'));
    await press(page, say('window-next'));
    await page.getByText(say('first-guide'), { exact: true }).click();
    const guide = page.getByRole('group', { name: say('first-guide') });
    await guide.getByText(`${say('guide-name')}: Signet`, { exact: true }).waitFor();
    for (let times = 0; times < 5; times++) await press(guide, say('window-next'), true);
    await guide.getByText(say('first-consent-vendor')).waitFor();
    await page.getByLabel(say('first-client-id')).fill(CLIENT);
    await page.getByText(say('first-consent'), { exact: true }).click();
    await page.getByText(say('first-consent-vendor')).nth(1).waitFor();
    await page.done();
  }
});

test('a browser that cannot be opened is said, with the address', async () => {
  const page = await found();
  await press(page, t('window-next'));
  await page.getByText(t('first-guide'), { exact: true }).click();
  await page.befall('withoutBrowser');
  await press(page, t('guide-open'));
  const alert = page.getByRole('alert').filter({ hasText: t('window-open-failed') });
  await alert.getByText('https://entra.microsoft.com/').waitFor();
  await page.done();
});

test('where a cloud has no portal that is known, none is opened', async () => {
  const page = await open({ scene: 'clouded', page: 'first-run' });
  await domain(page).fill('firma.pl');
  await press(page, t('first-find'));
  await press(page, t('window-next'));
  await page.getByText(t('first-guide'), { exact: true }).click();
  const guide = page.getByRole('group', { name: t('first-guide') });
  await guide.getByText(t('guide-new')).waitFor();
  assert.equal(await guide.getByRole('button', { name: t('guide-open') }).count(), 0);
  await page.done();
});

test('script and consent link can be copied', async () => {
  const page = await found();
  await press(page, t('window-next'));
  await page.getByText(t('first-script'), { exact: true }).click();
  await press(page, t('first-script-copy'));
  await page.getByText(t('window-copied')).waitFor();
  assert.match(await page.clipboard(), /New-MgApplication/);
  assert.equal(await page.getByText(t('first-consent'), { exact: true }).count(), 0);
  await clientId(page).fill(CLIENT);
  await page.getByText(t('first-consent'), { exact: true }).click();
  await press(page, t('signing-consent'));
  assert.deepEqual(await page.opened(), [
    `https://login.microsoftonline.com/${TENANT}/adminconsent?client_id=${CLIENT}`,
  ]);
  await page.done();
});

test('a test or a save that is refused says why, and can be repeated', async () => {
  const page = await entered();
  for (const [method, button, done] of [
    ['registration.test', 'first-test', 'first-test-wrong'],
    ['settings.set', 'window-save', 'first-saved'],
  ]) {
    await page.befall('refuse', method, { code: -32603, message: `No ${method}.` });
    await press(page, t(button));
    await page.getByRole('alert').getByText(`No ${method}.`).waitFor();
    await page.befall('refuse', method);
    await press(page, t(button));
    await page.getByText(t(done)).waitFor();
  }
  await page.done();
});

test('another application than the saved one is not called saved, and can be saved', async () => {
  const page = await entered();
  const another = '99999999-8888-7777-6666-555555555555';
  const saved = page.getByText(t('first-saved'));
  const change = async (id) => {
    await press(page, t('window-back'));
    await clientId(page).fill(id);
    await clientId(page).press('Enter');
    await page.getByRole('heading', { name: t('first-step-test') }).waitFor();
  };
  await press(page, t('window-save'));
  await saved.waitFor();
  await change(another);
  assert.equal(await saved.count(), 0);
  assert.equal(await page.getByText(t('first-colleagues'), { exact: true }).count(), 0);
  await change(CLIENT);
  assert.equal(await saved.count(), 1, 'this is what was saved');
  await change(another);
  await press(page, t('window-save'));
  await saved.waitFor();
  const sent = await page.asked('settings.set');
  assert.deepEqual(
    sent.map(({ client_id }) => client_id),
    [CLIENT, another],
  );
  await page.done();
});

test('what the organisation has settled is not saved over', async () => {
  const page = await open({ scene: 'half-policy' });
  await press(page, t('first-find'));
  await press(page, t('window-next'));
  await clientId(page).fill(CLIENT);
  await clientId(page).press('Enter');
  await press(page, t('window-save'));
  await page.getByText(t('first-saved')).waitFor();
  assert.deepEqual(await page.asked('settings.set'), [{ client_id: CLIENT, lang: 'en' }]);
  await page.done();
});

test('what the organisation has settled is shown and not asked for', async () => {
  const page = await open({ scene: 'policy', page: 'first-run' });
  await page.getByText(t('window-locked-by-policy')).waitFor();
  await page.getByText(CLIENT).waitFor();
  assert.equal(await domain(page).count(), 0);
  await page.done();
});
