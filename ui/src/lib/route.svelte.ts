/** The pages by their names in the address (`#/accounts`): the window's process opens one so. */
export const PAGES = ['accounts', 'mail-server', 'points', 'first-run', 'settings'] as const;
export type Page = (typeof PAGES)[number];

let current = $state(named(location.hash));
let mayLeave = (_: () => void): boolean => true;

addEventListener('hashchange', () => {
  const wanted = named(location.hash);
  if (wanted === current) return;
  const leave = () => {
    current = wanted;
    history.replaceState(null, '', wanted ? address(wanted) : '#');
  };
  if (mayLeave(leave)) return leave();
  // Until the person has answered, the page is the one it was.
  history.replaceState(null, '', current ? address(current) : '#');
});

/** Has somebody say of each page that is left whether it may be; if not now, they go on with what they are given. */
export function guard(ask: (then: () => void) => boolean): void {
  mayLeave = ask;
}

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
