/** What the window can do about a notice itself. */
export type Mending = 'keyring' | 'passphrase' | 'new-passphrase' | 'afresh';

interface Mendable {
  mending: Mending;
  /** The window's own words: the agent's name a command for what is a button here. */
  said: string;
}

const MENDABLE: Record<string, Mendable> = {
  'error-keyring-denied': { mending: 'keyring', said: 'window-notice-keyring-denied' },
  'error-passphrase-wanted': { mending: 'passphrase', said: 'window-notice-passphrase-wanted' },
  'error-no-passphrase-yet': { mending: 'new-passphrase', said: 'window-notice-no-passphrase-yet' },
  'error-key-missing': { mending: 'afresh', said: 'window-notice-key-missing' },
  'error-store-newer': { mending: 'afresh', said: 'window-notice-store-newer' },
};

export function mendable(id: string): Mendable | undefined {
  return Object.hasOwn(MENDABLE, id) ? MENDABLE[id] : undefined;
}

/** Notices of what somebody has decided; the others are of trouble. */
const CALM = new Set(['notice-policy-overrules', 'notice-key-file', 'notice-config-restart']);

export function isCalm(id: string): boolean {
  return CALM.has(id);
}
