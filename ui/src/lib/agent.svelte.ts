import { createContext } from 'svelte';

import {
  asFault,
  type Backend,
  type Fault,
  type Language,
  type Method,
  type Params,
  type Result,
  type SettingsSet,
} from './backend';
import type { AccountView, Message, NamedProfile, Settings, Snapshot, Wish } from './endpoint';
import { language, speak } from './language.svelte';

/** The agent as the window knows it. */
export class Agent {
  /** The newest snapshot; none before the first has come. */
  snapshot = $state.raw<Snapshot>();
  /** Whether the agent is gone, and the snapshot the last that it sent. */
  lost = $state(false);
  settings = $state.raw<Settings>();
  /** Why the settings could not be read, where they could not. */
  unread = $state.raw<Fault>();

  profiles = $state.raw<NamedProfile[]>();
  /** Why the mail settings could not be read, where they could not. */
  profilesUnread = $state.raw<Fault>();

  private system: Language = 'en';
  private reading: Promise<void> | undefined;
  private areSettingsStale = false;

  constructor(readonly backend: Backend) {}

  get accounts(): AccountView[] {
    return this.snapshot?.accounts ?? [];
  }

  /** The account that a profile means by a name or a login. */
  accountOf(nameOrLogin: string): AccountView | undefined {
    const wanted = nameOrLogin.trim();
    const login = wanted.toLowerCase();
    return (
      this.accounts.find(({ name }) => name === wanted) ??
      this.accounts.find((account) => account.login.toLowerCase() === login)
    );
  }

  get notices(): Message[] {
    return this.snapshot?.notices ?? [];
  }

  /** The program that has asked for a sign-in to the account which nobody has opened yet. */
  wish(account: string): Wish | undefined {
    return this.snapshot?.wishes?.find((wish) => wish.account === account);
  }

  /** Listens to the agent from now on. */
  async attend(): Promise<void> {
    this.system = await this.backend.systemLanguage().catch(() => 'en' as const);
    speak(this.system);
    this.backend.subscribe((news) => {
      this.lost = 'lost' in news;
      if ('lost' in news) return;
      this.snapshot = news.snapshot;
      speak(spoken(news.snapshot.language) ?? this.system);
      // A snapshot follows whatever changes the configuration, and does not say that it did.
      void this.readSettings();
    });
  }

  /** Asks the agent, in the language of the window; rejects with a `Fault`. */
  call<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
    return this.backend.call(method, { ...params, lang: language() });
  }

  /** However often it is asked for, one reading goes on at a time, and one more follows what came meanwhile. */
  async readSettings(): Promise<void> {
    this.areSettingsStale = true;
    this.reading ??= this.readWhileStale();
    await this.reading;
  }

  async readProfiles(): Promise<void> {
    try {
      this.profiles = (await this.call('profile.list', {})).profiles;
      this.profilesUnread = undefined;
    } catch (thrown) {
      this.profilesUnread = asFault(thrown);
    }
  }

  /** Saves all of it or nothing. */
  async set(changes: SettingsSet): Promise<void> {
    await this.call('settings.set', changes);
    await this.readSettings();
  }

  private async readWhileStale(): Promise<void> {
    while (this.areSettingsStale) {
      this.areSettingsStale = false;
      try {
        this.settings = await this.call('settings.get', {});
        this.unread = undefined;
      } catch (thrown) {
        this.unread = asFault(thrown);
      }
    }
    this.reading = undefined;
  }
}

function spoken(language: string | null | undefined): Language | undefined {
  return language === 'pl' || language === 'en' ? language : undefined;
}

export const [useAgent, provideAgent] = createContext<Agent>();
