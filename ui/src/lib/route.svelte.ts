/** The pages by their names in the address (`#/accounts`): the window's process opens one so. */
export const PAGES = ['accounts', 'first-run', 'settings'] as const;
export type Page = (typeof PAGES)[number];

let current = $state(named(location.hash));
addEventListener('hashchange', () => (current = named(location.hash)));

/** The page that the address names; the accounts where it names none. */
export function page(): Page {
  return current ?? 'accounts';
}

/** Whether the address names a page at all. */
export function isChosen(): boolean {
  return current !== undefined;
}

export function go(page: Page): void {
  location.hash = address(page);
}

export function address(page: Page): string {
  return `#/${page}`;
}

function named(hash: string): Page | undefined {
  return PAGES.find((page) => hash === address(page));
}
