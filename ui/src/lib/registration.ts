/** What an application must be registered with at Entra; docs/register-application.ps1 does the same. */
export const REDIRECT = 'http://localhost';

export const PERMISSIONS = [
  'IMAP.AccessAsUser.All',
  'POP.AccessAsUser.All',
  'SMTP.Send',
  'offline_access',
  'openid',
  'profile',
  'email',
] as const;

/** The portal in which one registers, in each of Microsoft's clouds. */
export const PORTALS: Record<string, string> = {
  global: 'https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade',
  'us-government': 'https://entra.microsoft.us/',
  china: 'https://entra.microsoftonline.cn/',
};

export const CLOUDS = {
  global: 'first-cloud-global',
  'us-government': 'first-cloud-us-government',
  china: 'first-cloud-china',
} as const;

/** The policy that fills this in on every computer of an organisation, and locks it there. */
export function policyOf({
  client_id,
  tenant,
  cloud,
}: Record<'client_id' | 'tenant' | 'cloud', string>): string {
  const app = Object.entries({ client_id, tenant, cloud });
  const lines = [
    'version = 1',
    `locked = [${app.map(([name]) => `"app.${name}"`).join(', ')}]`,
    '[app]',
    ...app.map(([name, value]) => `${name} = ${JSON.stringify(value)}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** Whether it is written as Microsoft writes the ids of applications and tenants. */
export function isGuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
