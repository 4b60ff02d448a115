// The window's sentences for its tests, so that a test finds a page's words in either language.

import { sources } from './sources.mjs';

const load = await sources();
const { Texts } = await load('lib/texts.ts');
const TEXTS = { en: new Texts('en'), pl: new Texts('pl') };

export function textsOf(language) {
  return (id, args) => TEXTS[language].say(id, args);
}
