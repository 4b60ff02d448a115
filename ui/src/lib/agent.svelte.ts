import { createContext } from 'svelte';

import { asFault, type Backend, type Fault, type Method, type Params, type Result } from './backend';
import type { AccountView, Message } from './endpoint';
import type { Settings, SettingsSet, Snapshot } from './endpoint-ahead';
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

  private system = $state<'en' | 'pl'>('en');

  constructor(readonly backend: Backend) {}

  get accounts(): AccountView[] {
    return this.snapshot?.accounts ?? [];
  }

  get notices(): Message[] {
    return this.snapshot?.notices ?? [];
  }

  /** Listens to the agent from now on. */
  async attend(): Promise<void> {
    this.system = await this.backend.systemLanguage();
    speak(this.system);
    this.backend.subscribe((news) => {
      const wasAway = this.lost || !this.snapshot;
      this.lost = 'lost' in news;
      if ('lost' in news) return;
      this.snapshot = news.snapshot;
      speak(news.snapshot.language ?? this.system);
      if (wasAway) void this.readSettings();
    });
  }

  /** Asks the agent, in the language of the window; rejects with a `Fault`. */
  call<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
    return this.backend.call(method, { ...params, lang: language() });
  }

  async readSettings(): Promise<void> {
    try {
      this.settings = await this.call('settings.get', {});
      this.unread = undefined;
    } catch (thrown) {
      this.unread = asFault(thrown);
    }
  }

  /** Saves all of it or nothing. */
  async set(changes: SettingsSet): Promise<void> {
    await this.call('settings.set', changes);
    await this.readSettings();
  }
}

export const [useAgent, provideAgent] = createContext<Agent>();
