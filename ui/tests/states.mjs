// Every page and state that the window has, for the tests that look at each, and for pictures.

const BIURO = { account: 'biuro@firma.pl' };

/** `reach` brings the page to its state; `words` are its buttons and fields in the page's language. */
export const STATES = {
  'accounts-none': { scene: 'empty' },
  'accounts-ready': { scene: 'ready' },
  'accounts-states': { scene: 'states' },
  'accounts-many': { scene: 'many' },
  'accounts-opened': { scene: 'ready', reach: (page, t) => press(page, t('accounts-more', BIURO)) },
  'accounts-remove': {
    scene: 'ready',
    reach: async (page, t) => {
      await press(page, t('accounts-more', BIURO));
      await press(page, t('accounts-remove'));
      await page.getByRole('dialog').waitFor();
    },
  },
  'accounts-remove-used': {
    scene: 'mail',
    reach: async (page, t) => {
      await press(page, t('accounts-more', BIURO));
      await press(page, t('accounts-remove'));
      await page.getByText(t('accounts-used')).waitFor();
    },
  },
  'accounts-removed': {
    scene: 'states',
    reach: async (page, t) => {
      await press(page, t('accounts-more', BIURO));
      await press(page, t('accounts-remove'));
      await press(page, t('accounts-remove-yes'), true);
      await page.getByText(t('accounts-removed', BIURO)).waitFor();
    },
  },
  'add-wrong': {
    scene: 'ready',
    reach: async (page, t) => {
      await page.getByLabel(t('add-address')).fill('biuro@firma');
      await page.getByLabel(t('add-login-differs')).check();
      await press(page, t('add-submit'), true);
      await page.getByText(t('add-no-address')).waitFor();
    },
  },
  'add-many': {
    scene: 'ready',
    reach: async (page, t) => {
      await press(page, t('add-many'));
      const list =
        'Nazwa;E-mail;Login\nA;a@firma.pl;\nB;b@firma.pl;anna@firma.pl\nC;c@firma\nD;biuro@firma.pl\nE;a@firma.pl';
      await page.getByLabel(t('add-many-list')).fill(list);
      await press(page, t('add-many-submit', { count: 2 }));
      await page.getByText(t('add-many-wrong', { count: 1 })).waitFor();
    },
  },
  'signing-waiting': { scene: 'states', reach: (page, t) => begin(page, t) },
  'signing-unopened': {
    scene: 'states',
    reach: async (page, t) => {
      await page.evaluate(() => window.signet.withoutBrowser());
      await begin(page, t);
    },
  },
  'signing-stranger': ended(
    { state: 'wrong_person', signed_in_as: 'obcy@inna.pl', refusals: 1 },
    'signing-stranger',
  ),
  'signing-signed-in': ended(
    { state: 'signed_in', account: 'sklep@firma.pl', login: 'anna@firma.pl' },
    'signing-signed-in',
  ),
  'signing-declined': ended({ state: 'declined' }, 'signing-declined'),
  'signing-expired': ended({ state: 'expired' }, 'signing-expired'),
  'signing-cancelled': ended({ state: 'cancelled' }, 'signing-cancelled'),
  'signing-wrong-person': ended(
    { state: 'wrong_person', signed_in_as: 'obcy@inna.pl', refusals: 0 },
    'signing-wrong-person',
  ),
  ...Object.fromEntries(
    ['sign_in', 'admin', 'configuration', 'transient', 'user_choice'].map((kind) => [
      `signing-failed-${kind.replace('_', '-')}`,
      ended(failure(kind), `signing-kind-${kind.replace('_', '-')}`),
    ]),
  ),
  'signing-wish': { scene: 'wish' },
  'notice-keyring': { scene: 'keyring' },
  'notice-passphrase': { scene: 'passphrase' },
  'notice-new-passphrase': {
    scene: 'new-passphrase',
    reach: async (page, t) => {
      await page.getByLabel(t('window-passphrase'), { exact: true }).fill('short');
      await press(page, t('window-passphrase-choose'));
      await page.getByText(t('cli-passphrase-short', { least: 8 })).waitFor();
    },
  },
  'notice-afresh': { scene: 'afresh', reach: (page, t) => press(page, t('window-afresh')) },
  'notice-broken': { scene: 'broken' },
  'agent-absent': { scene: 'absent' },
  'agent-gone': {
    scene: 'ready',
    reach: async (page, t) => {
      await page.evaluate(() => window.signet.lose());
      await page.getByText(t('window-agent-gone')).waitFor();
    },
  },
  'first-organisation': { scene: 'new', page: 'first-run' },
  'first-organisation-wrong': {
    scene: 'new',
    page: 'first-run',
    reach: async (page, t) => {
      await page.getByLabel(t('first-domain')).fill('firma');
      await press(page, t('first-find'));
      await page.getByText(t('first-domain-wrong')).waitFor();
    },
  },
  'first-application': { scene: 'new', page: 'first-run', reach: (page, t) => toApplication(page, t) },
  'first-application-guide': {
    scene: 'new',
    page: 'first-run',
    reach: async (page, t) => {
      await toApplication(page, t);
      await page.getByText(t('first-guide'), { exact: true }).click();
      for (let times = 0; times < 4; times++) await guide(page, t).getByText(t('window-next')).click();
      await page.getByText(t('first-script'), { exact: true }).click();
      await page.getByLabel(t('first-client-id')).fill('11111111-2222-3333-4444-555555555555');
      await page.getByText(t('first-consent'), { exact: true }).click();
    },
  },
  'first-test': {
    scene: 'new',
    page: 'first-run',
    reach: async (page, t) => {
      await toApplication(page, t);
      await page.getByLabel(t('first-client-id')).fill('11111111-2222-3333-4444-555555555555');
      await page.keyboard.press('Enter');
      await press(page, t('first-test'));
      await page.getByText(t('first-test-wrong')).waitFor();
      await press(page, t('window-save'));
      await page.getByText(t('first-saved')).waitFor();
      await page.getByText(t('first-colleagues'), { exact: true }).click();
    },
  },
  'mail-server-new': { scene: 'empty', page: 'mail-server' },
  'mail-server': { scene: 'mail', page: 'mail-server' },
  'mail-server-wrong': {
    scene: 'empty',
    page: 'mail-server',
    reach: async (page, t) => {
      await page.getByLabel(t('form-authentication'), { exact: true }).selectOption('oauth2');
      await page.getByLabel(t('form-login'), { exact: true }).fill('anna');
      await page.getByLabel(t('form-port'), { exact: true }).fill('993');
      await press(page, t('form-authorize'));
      await page.getByText(t('form-incomplete')).waitFor();
    },
  },
  'mail-server-sql': {
    scene: 'mail',
    page: 'mail-server',
    reach: (page, t) => page.getByLabel(t('form-send-with-sql')).check(),
  },
  'mail-server-authorizing': {
    scene: 'empty',
    page: 'mail-server',
    reach: async (page, t) => {
      await page.getByLabel(t('form-email'), { exact: true }).fill('faktury@firma.pl');
      await page.getByLabel(t('form-authentication'), { exact: true }).selectOption('oauth2');
      await page.getByLabel(t('form-login'), { exact: true }).fill('anna@firma.pl');
      await press(page, t('form-authorize'));
      await page.getByText(t('signing-waiting')).waitFor();
    },
  },
  'mail-server-authorized': {
    scene: 'mail',
    page: 'mail-server',
    reach: async (page, t) => {
      await press(page, t('form-authorize'));
      await page.getByText(t('signing-waiting')).waitFor();
      const end = { state: 'signed_in', account: 'biuro@firma.pl', login: 'biuro@firma.pl' };
      await page.evaluate((end) => window.signet.finish('biuro@firma.pl', end), end);
      await page.getByText(t('signing-signed-in', { login: 'biuro@firma.pl' })).waitFor();
    },
  },
  'mail-server-tried': {
    scene: 'mail',
    page: 'mail-server',
    reach: async (page, t) => {
      await press(page, t('form-try-send'));
      await page.evaluate(() => {
        window.signet.step({ step: 'tcp', ok: true, milliseconds: 12, text: 'smtp.office365.com: 587' });
        const line =
          '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant';
        const action = 'Set-CASMailbox -Identity biuro@firma.pl -SmtpClientAuthenticationDisabled $false';
        const text = 'SMTP AUTH';
        const told = { text, action, line, line_from: 'server' };
        window.signet.step({ step: 'authentication', ok: false, milliseconds: 210, ...told });
        window.signet.checked();
      });
      await page.getByRole('button', { name: t('form-try-copy') }).waitFor();
    },
  },
  'mail-server-leaving': {
    scene: 'mail',
    page: 'mail-server',
    reach: async (page, t) => {
      await page.getByLabel(t('form-description'), { exact: true }).fill('x');
      await page.getByRole('link', { name: t('window-page-accounts') }).click();
      await page.getByText(t('leaving-line')).waitFor();
    },
  },
  points: { scene: 'mail', page: 'points' },
  'points-none': { scene: 'empty', page: 'points' },
  'points-new': { scene: 'mail', page: 'points', reach: (page, t) => press(page, t('points-add')) },
  'points-no-account': {
    scene: 'mail',
    page: 'points',
    reach: async (page, t) => {
      await page.evaluate(() => window.signet.call('account.remove', { account: 'sklep@firma.pl' }));
      await page
        .getByText(t('points-no-account', { account: 'sklep@firma.pl' }))
        .first()
        .waitFor();
    },
  },
  'points-one': {
    scene: 'mail',
    page: 'points',
    reach: (page, t) => press(page, t('points-edit-named', { point: 'Faktury' })),
  },
  'points-paste': {
    scene: 'mail',
    page: 'points',
    reach: async (page, t) => {
      await press(page, t('points-paste'));
      const list =
        'Nazwa;Login;Skrzynka;Tryb;Port\nA;a@firma.pl\nB;anna@firma.pl;b@firma.pl;attachments\nC;c@firma\nD;d@firma.pl;;;99999\nE;sklep@firma.pl';
      await page.getByLabel(t('points-paste-list'), { exact: true }).fill(list);
      await press(page, t('points-paste-submit', { count: 2 }));
      await page.getByText(t('points-paste-bad', { count: 2 })).waitFor();
    },
  },
  settings: { scene: 'ready', page: 'settings' },
  'settings-policy': { scene: 'policy', page: 'settings' },
  'settings-wrong': {
    scene: 'ready',
    page: 'settings',
    reach: async (page, t) => {
      await page.getByLabel(t('settings-proxy')).fill('proxy');
      await page.getByLabel(t('settings-remind-minutes')).fill('-1');
      for (const button of await page.getByRole('button', { name: t('window-save') }).all())
        await button.click();
      await page.getByText(t('settings-proxy-wrong')).waitFor();
      await page.getByLabel(t('explain-input')).fill('AADSTS50105');
    },
  },
  'settings-unread': {
    scene: 'unread',
    page: 'settings',
    reach: (page, t) => page.getByRole('button', { name: t('window-again') }).waitFor(),
  },
};

/** The button of that name; in an open question where there is one. */
export async function press(page, name, exact = false) {
  const dialog = page.locator('dialog[open]');
  const within = (await dialog.count()) > 0 ? dialog : page;
  await within.getByRole('button', { name, exact }).click();
}

function failure(kind) {
  const data = { kind, aadsts: 90094, correlation_id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301' };
  return { state: 'failed', code: -32051, message: 'What the agent says happened.', data };
}

function ended(state, said) {
  return {
    scene: 'states',
    reach: async (page, t) => {
      await begin(page, t);
      await page.evaluate((state) => window.signet.finish('sklep@firma.pl', state), state);
      const words = t(said, { signed_in_as: 'obcy@inna.pl', login: 'anna@firma.pl' });
      await page.getByText(words).first().waitFor();
    },
  };
}

async function begin(page, t) {
  await press(page, `${t('accounts-sign-in')}: sklep@firma.pl`);
  await page
    .getByRole('group', { name: 'sklep@firma.pl' })
    .getByRole('button', { name: t('signing-again') })
    .waitFor();
}

async function toApplication(page, t) {
  await page.getByLabel(t('first-domain')).fill('anna@firma.pl');
  await page.keyboard.press('Enter');
  await page.getByText('72f988bf').waitFor();
  await press(page, t('window-next'));
  await page.getByLabel(t('first-client-id')).waitFor();
}

function guide(page, t) {
  return page.getByRole('group', { name: t('first-guide') });
}
