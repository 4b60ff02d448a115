// The directory: tenant, people, applications and what they may ask for. Plain data, changed through the control door.

export const TENANT = {
  id: '11111111-2222-3333-4444-555555555555',
  domains: ['contoso.example', 'firma.example'],
  aliases: ['common', 'organizations'],
};

/** Whether a path names our tenant by id, by domain or by one of the names any tenant answers to. */
export const knowsTenant = (name) => name === TENANT.id || TENANT.domains.includes(name) || isAlias(name);

export const isAlias = (name) => TENANT.aliases.includes(name);

export const SHARED_MAILBOX = 'sales@contoso.example';
export const MFA_CODE = '123456';

export const users = [
  person(1, 'alice@contoso.example', { shared: SHARED_MAILBOX }),
  person(2, 'bob@contoso.example'),
  person(3, 'carol@contoso.example', { mfa: true }),
  person(4, 'dave@contoso.example', { disabled: true }),
  person(5, 'biuro@firma.example'),
  person(6, 'ksiegowosc@firma.example', { name: 'Księgowość' }),
];

function person(number, upn, more = {}) {
  const [local] = upn.split('@');
  return {
    oid: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    upn,
    name: local[0].toUpperCase() + local.slice(1),
    password: `pw-${local}`,
    disabled: false,
    mfa: false,
    barred: undefined, // { aadsts, correlation_id }: an administrator's no, after the password
    ...more,
  };
}

/** A person by object id or login; undefined for a stranger. */
export function userBy(key) {
  const wanted = String(key ?? '').toLowerCase();
  return users.find((user) => user.oid === wanted || user.upn === wanted);
}

/** Adds a person, or gives an existing one other properties. */
export function putUser(upn, properties) {
  let user = userBy(upn);
  if (!user) {
    user = person(users.length + 1, upn.toLowerCase());
    users.push(user);
  }
  return Object.assign(user, properties);
}

export const mailboxes = () => [...users.map((user) => user.upn), SHARED_MAILBOX];

export const EXCHANGE = 'https://outlook.office.com';
export const GRAPH = 'https://graph.microsoft.com';

export const resources = {
  [EXCHANGE]: {
    scopes: ['IMAP.AccessAsUser.All', 'POP.AccessAsUser.All', 'SMTP.Send', 'Mail.Read', '.default'],
    appRoles: ['IMAP.AccessAsApp', 'POP.AccessAsApp', 'SMTP.SendAsApp'],
  },
  [GRAPH]: {
    scopes: ['User.Read', 'Mail.Read', 'Mail.Send', '.default'],
    appRoles: ['Mail.Read'],
  },
};

export const MAIL_SCOPES = ['IMAP.AccessAsUser.All', 'POP.AccessAsUser.All', 'SMTP.Send'].map(
  (scope) => `${EXCHANGE}/${scope}`,
);

const LOOPBACK_REDIRECTS = ['http://localhost', 'http://127.0.0.1'].flatMap((host) => [
  host,
  `${host}/`,
  `${host}/callback`,
]);

export const clients = [
  {
    client_id: 'aaaaaaaa-0000-4000-8000-000000000001',
    client_name: 'Signet',
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: LOOPBACK_REDIRECTS,
    response_types: ['code'],
  },
  {
    client_id: 'aaaaaaaa-0000-4000-8000-000000000002',
    client_name: 'Nightly export',
    client_secret: 'daemon~secret.Q8Q',
    token_endpoint_auth_method: 'client_secret_post',
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
  },
  {
    // The mail servers themselves, which ask the provider about every token they are shown.
    client_id: 'exchange',
    client_secret: 'exchange-secret',
    token_endpoint_auth_method: 'client_secret_basic',
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
  },
];

export const [SIGNET, DAEMON, MAIL_SERVER] = clients.map((client) => client.client_id);

export const clientBy = (id) => clients.find((client) => client.client_id === id);
