import { FluentBundle, FluentNumber, FluentResource, type FluentVariable } from '@fluent/bundle';

import type { Language } from './backend';
import type { Message } from './endpoint';

const SOURCES = import.meta.glob<string>(
  '../../../locales/*/{aadsts,agent,cli,config,forms,mail,window}.ftl',
  {
    query: '?raw',
    import: 'default',
    eager: true,
  },
);

export type Args = Record<string, string | number>;

/** What happened, and what to do about it. */
export interface Explained {
  meaning: string;
  action: string;
}

/** Signet's sentences in one language: the same as crates/texts has them. */
export class Texts {
  private readonly bundle: FluentBundle;

  constructor(readonly language: Language) {
    // Isolating marks would go along when somebody copies a sentence; both languages are written left to right.
    this.bundle = new FluentBundle(language, { useIsolating: false });
    for (const [path, source] of Object.entries(SOURCES)) {
      if (path.includes(`/${language}/`)) this.bundle.addResource(new FluentResource(source));
    }
  }

  has(id: string): boolean {
    return this.bundle.hasMessage(id);
  }

  say(id: string, args: Args = {}): string {
    const pattern = this.bundle.getMessage(id)?.value;
    return pattern ? this.format(pattern, args) : JSON.stringify(id);
  }

  /** The sentence of a message of the agent's. */
  told(message: Message): string {
    const detail = message.detail ? { detail: this.told(message.detail) } : {};
    return this.say(message.id, { ...message.args, ...detail });
  }

  /** The number of an error of Microsoft's sign-in service (`AADSTSnnnnn`) in words, where it is known. */
  aadsts(code: number): Explained | undefined {
    const message = this.bundle.getMessage(`aadsts-${code}`);
    const action = message?.attributes['action'];
    if (!message?.value || !action) return undefined;
    return { meaning: this.format(message.value, {}), action: this.format(action, {}) };
  }

  private format(
    pattern: NonNullable<ReturnType<FluentBundle['getMessage']>>['value'] & {},
    args: Args,
  ): string {
    const given = Object.entries(args).map(([name, value]) => [name, argument(value)] as const);
    // What cannot be formatted (an argument that was not given) stays in the text as `{$name}`.
    return this.bundle.formatPattern(pattern, Object.fromEntries(given), []);
  }
}

/** A number only where writing it again gives the same text, and never with separators: it may be a name or a code. */
function argument(value: string | number): FluentVariable {
  const number = Number(value);
  const isNumber = Number.isSafeInteger(number) && number >= 0 && String(number) === String(value);
  return isNumber ? new FluentNumber(number, { useGrouping: false }) : String(value);
}
