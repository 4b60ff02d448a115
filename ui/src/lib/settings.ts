import type { SettingsSet } from './backend';
import type { Settings } from './endpoint';

/** Whether the organisation's policy has the last word here. */
export function isLocked(settings: Settings | undefined, field: keyof SettingsSet): boolean {
  return settings?.locked?.includes(field) ?? false;
}
