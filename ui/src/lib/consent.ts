import type { Settings } from './endpoint';

const AUTHORITIES: Record<string, string> = {
  global: 'https://login.microsoftonline.com',
  'us-government': 'https://login.microsoftonline.us',
  china: 'https://login.partner.microsoftonline.cn',
};

/** Where an administrator approves the application's permissions for everybody of the organisation. */
export function consentAddress({ client_id, tenant, cloud }: Partial<Settings>): string | undefined {
  const authority = AUTHORITIES[cloud || 'global'];
  if (!client_id || !authority) return undefined;
  const query = new URLSearchParams({ client_id });
  return `${authority}/${encodeURIComponent(tenant || 'organizations')}/adminconsent?${query}`;
}
