import type { Language } from './backend';
import { type Args, Texts } from './texts';

const TEXTS: Record<Language, Texts> = { en: new Texts('en'), pl: new Texts('pl') };

let current = $state<Language>('en');

/** The language that the window speaks now. */
export function language(): Language {
  return current;
}

export function speak(language: Language): void {
  current = language;
}

export function texts(): Texts {
  return TEXTS[current];
}

/** The sentence `id` in the language of the window. */
export function t(id: string, args?: Args): string {
  return TEXTS[current].say(id, args);
}
