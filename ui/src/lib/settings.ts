import type { Settings, SettingsSet } from './endpoint-ahead';

/** The settings as the configuration file and the policy name them. */
const NAMES: Partial<Record<keyof SettingsSet, string>> = {
  client_id: 'app.client_id',
  tenant: 'app.tenant',
  cloud: 'app.cloud',
  proxy: 'network.proxy',
  extra_ca: 'network.extra_ca',
  key: 'store.key',
};

/** Whether the organisation's policy has the last word here. */
export function isLocked(settings: Settings | undefined, field: keyof SettingsSet): boolean {
  const name = NAMES[field];
  return settings?.locked.some((locked) => locked === name || locked === field) ?? false;
}
