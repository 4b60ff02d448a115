import type { Fault, Method } from '../backend';
import type { AccountView, NamedProfile, Settings, Snapshot, Wish } from '../endpoint';

/** What the stand-in of the agent begins with. */
export interface Scene {
  accounts: AccountView[];
  notices: Snapshot['notices'];
  wishes?: Wish[];
  profiles?: NamedProfile[];
  /** Methods that are refused from the start. */
  refused?: Partial<Record<Method, Fault>>;
  settings: Settings;
  /** Whether there is no agent when the window opens. */
  isAbsent?: boolean;
}

export const TENANT = '72f988bf-86f1-41af-91ab-2d7cd011db47';
export const CLIENT = '11111111-2222-3333-4444-555555555555';
const CORRELATION = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

const SETTINGS: Settings = {
  remind_minutes: 60,
  client_id: CLIENT,
  tenant: TENANT,
  cloud: 'global',
  key: 'keyring',
  config_file: '/home/anna/.config/signet/config.toml',
  state_folder: '/home/anna/.local/state/signet',
  version: '0.1.0',
  locked: [],
};

const READY: AccountView = {
  name: 'biuro@firma.pl',
  login: 'biuro@firma.pl',
  state: 'ready',
  expires_at: '2031-05-04T10:30:00Z',
  resources: ['mail', 'graph'],
};

const STATES: AccountView[] = [
  READY,
  {
    name: 'faktury@firma.pl',
    login: 'anna@firma.pl',
    state: 'needs_sign_in',
    reason: { id: 'reason-password-changed' },
    kind: 'sign_in',
    aadsts: 50173,
    correlation_id: CORRELATION,
  },
  {
    name: 'kadry@firma.pl',
    login: 'kadry@firma.pl',
    state: 'unreachable',
    reason: { id: 'error-unreachable-detail-dns', args: { host: 'login.microsoftonline.com' } },
    kind: 'transient',
  },
  { name: 'sklep@firma.pl', login: 'sklep@firma.pl', state: 'signed_out' },
  {
    name: 'sprzedaz@firma.pl',
    login: 'sprzedaz@firma.pl',
    state: 'signing_in',
    sign_in: 'elsewhere',
    provisional: true,
  },
  {
    name: 'zarzad@firma.pl',
    login: 'zarzad@firma.pl',
    state: 'needs_sign_in',
    reason: { id: 'reason-admin-consent-required' },
    kind: 'admin',
    aadsts: 90094,
    correlation_id: CORRELATION,
    consent_url: 'https://login.microsoftonline.us/zarzad.example/adminconsent?client_id=own',
  },
];

function numbered(count: number): AccountView[] {
  return Array.from({ length: count }, (_, at) => {
    const name = `punkt${String(at + 1).padStart(2, '0')}@firma.pl`;
    return { name, login: name, state: at % 4 === 0 ? 'signed_out' : 'ready' };
  });
}

const OUTGOING: NamedProfile = {
  id: 'mail_server',
  kind: 'mail_server',
  enabled: true,
  name: 'Powiadomienia DMS',
  description: 'Wiadomości o zadaniach',
  send_with: 'mail_component',
  email: READY.name,
  display_name: 'Sekretariat Żółw',
  reply_to: 'sekretariat@firma.pl',
  protocol: 'smtp',
  server: 'smtp.office365.com',
  port: 587,
  encryption: 'automatic',
  authentication: 'oauth2',
  login: READY.login,
  has_password: false,
};

const point = (id: string, parts: Partial<NamedProfile>): NamedProfile => ({
  id,
  kind: 'documents',
  enabled: true,
  protocol: 'imap',
  server: 'outlook.office365.com',
  port: 993,
  encryption: 'automatic',
  authentication: 'oauth2',
  login: READY.login,
  has_password: false,
  ...parts,
});

const POINTS: NamedProfile[] = [
  point('faktury', { name: 'Faktury', mailbox: 'faktury@firma.pl' }),
  point('kadry', {
    name: 'Kadry',
    kind: 'attachments',
    enabled: false,
    server: 'poczta.firma.pl',
    port: 143,
    encryption: 'starttls',
    authentication: 'password',
    login: 'kadry',
    has_password: true,
  }),
  point('sklep', { name: 'Sklep', login: 'sklep@firma.pl' }),
  point('zwroty', { name: 'Zwroty', login: 'sklep@firma.pl', folder: 'Zwroty' }),
];

const { client_id: _, tenant: __, ...UNREGISTERED } = SETTINGS;
const scene = (parts: Partial<Scene>): Scene => ({
  accounts: [READY],
  notices: [],
  settings: SETTINGS,
  ...parts,
});

const PATH = '/home/anna/.config/signet/config.toml';

export const SCENES: Record<string, Scene> = {
  ready: scene({}),
  mail: scene({
    accounts: [READY, { name: 'sklep@firma.pl', login: 'sklep@firma.pl', state: 'signed_out' }],
    profiles: [OUTGOING, ...POINTS],
  }),
  empty: scene({ accounts: [] }),
  new: scene({ accounts: [], settings: UNREGISTERED }),
  // A cloud of an organisation's own.
  clouded: scene({ settings: { ...SETTINGS, cloud: 'https://login.firma.pl' } }),
  states: scene({ accounts: STATES }),
  many: scene({ accounts: numbered(40) }),
  wish: scene({
    accounts: [{ ...READY, state: 'signing_in', sign_in: 'wished' }],
    wishes: [{ sign_in: 'wished', account: READY.name, program: 'fetch.exe', reason: 'Faktury' }],
  }),
  absent: scene({ isAbsent: true }),
  unread: scene({ refused: { 'settings.get': { code: -32603, message: 'This is why.' } } }),
  proxied: scene({ settings: { ...SETTINGS, proxy: 'http://anna:***@proxy.firma.pl:8080/' } }),
  keyring: scene({ notices: [{ id: 'error-keyring-denied' }] }),
  passphrase: scene({
    notices: [{ id: 'error-passphrase-wanted' }],
    settings: { ...SETTINGS, key: 'passphrase' },
  }),
  'new-passphrase': scene({ notices: [{ id: 'error-no-passphrase-yet' }] }),
  afresh: scene({ notices: [{ id: 'error-key-missing' }] }),
  broken: scene({
    notices: [
      {
        id: 'notice-config-broken',
        args: { path: PATH, line: '4', column: '1' },
        detail: { id: 'config-unknown-setting-nearest', args: { word: 'clientid', nearest: 'client_id' } },
      },
      { id: 'notice-unsaved', args: { account: 'biuro@firma.pl' } },
    ],
  }),
  'half-policy': scene({
    accounts: [],
    settings: { ...UNREGISTERED, tenant: TENANT, locked: ['tenant', 'cloud'] },
  }),
  policy: scene({
    notices: [{ id: 'notice-policy-overrules', args: { settings: 'network.proxy' } }],
    settings: {
      ...SETTINGS,
      proxy: 'http://proxy.firma.pl:8080',
      locked: ['client_id', 'tenant', 'cloud', 'proxy', 'extra_ca', 'key'],
    },
  }),
};
