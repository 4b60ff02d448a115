import { tick } from 'svelte';

/**
 * The first of these that is within takes the focus, as soon as the page is as it is to be: a frame later the person may be
 * typing already, and the rest of their keys would go to another field.
 */
export async function focusFirst(within: HTMLElement | undefined, ...selectors: string[]): Promise<void> {
  await tick();
  for (const selector of selectors) {
    const found = within?.querySelector<HTMLElement>(selector);
    if (found) return found.focus();
  }
}

/** What is wrong takes the focus, if anything is. */
export const focusWrong = (within: HTMLElement | undefined): Promise<void> => focusFirst(within, WRONG);

export const WRONG = '[aria-invalid="true"]';
