import type { Settings } from './endpoint';

/** Whether the organisation's policy has the last word here. */
export function isLocked(settings: Settings | undefined, field: string): boolean {
  return settings?.locked?.includes(field) ?? false;
}
