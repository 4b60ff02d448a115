import { createContext } from 'svelte';
import { SvelteMap, SvelteSet } from 'svelte/reactivity';

import type { Agent } from './agent.svelte';
import { asFault, type Fault, TIMED_OUT } from './backend';
import type { AccountState, AccountView, SignInState } from './endpoint';
import { texts } from './language.svelte';
import { needsSignIn, why } from './standing';

/** One request waits this long at the most; then the next one does. */
const WAIT_SECONDS = 120;

/** How a sign-in ended. */
export type End =
  | Extract<SignInState, { state: 'signed_in' | 'cancelled' | 'declined' | 'expired' | 'wrong_person' }>
  | { state: 'failed'; fault: Fault; at?: string };

/** Where a sign-in stands that this window started or found under way. */
export type Progress =
  | { stage: 'starting' }
  | {
      stage: 'waiting';
      id: string;
      address?: string | undefined;
      page: 'opened' | 'unopened' | 'elsewhere';
      stranger?: string;
    }
  | { stage: 'ended'; end: End };

/** The sign-ins under way, by the account's name, and how those ended that did. */
export class SignIns {
  private readonly progress = new SvelteMap<string, Progress>();
  /** Those that had their turn while somebody signs in to one after the other. */
  private readonly tried = new Set<string>();
  /** Those waited for, each once: a snapshot may name for a moment what is over, or what cannot be waited for. */
  private readonly awaited = new Set<string>();
  private readonly states = new Map<string, AccountState>();
  /** Those that failed and were put away, by their ids. */
  private readonly putAway = new SvelteSet<string>();

  constructor(private readonly agent: Agent) {}

  of(account: string): Progress | undefined {
    return this.progress.get(account);
  }

  /** How the account's last sign-in failed, wherever it was begun. */
  lastFailure({ failed_sign_in: failed }: AccountView): Progress | undefined {
    if (!failed || this.putAway.has(failed.sign_in)) return undefined;
    const { at, kind = null, aadsts = null, correlation_id = null } = failed;
    const fault = { code: 0, message: why(failed, texts()) ?? '', data: { kind, aadsts, correlation_id } };
    return { stage: 'ended', end: { state: 'failed', fault, at } };
  }

  /** Starts a sign-in, or joins the one under way, and shows its page. */
  async start(account: string): Promise<void> {
    if (this.of(account)?.stage === 'starting') return;
    this.tried.add(account);
    const before = this.of(account);
    if (before?.stage !== 'waiting') this.progress.set(account, { stage: 'starting' });
    try {
      const started = await this.agent.call('sign_in.start', { account });
      if (started.state === 'failed') throw started;
      if (started.state !== 'waiting') return this.end(account, started);
      const page = (await this.show(started.open_url)) ? 'opened' : 'unopened';
      const address = started.authorize_url ?? undefined;
      this.awaited.add(started.sign_in);
      this.progress.set(account, { stage: 'waiting', id: started.sign_in, address, page });
      if (before?.stage !== 'waiting' || before.id !== started.sign_in)
        await this.wait(account, started.sign_in);
    } catch (thrown) {
      this.end(account, { state: 'failed', fault: asFault(thrown) });
    }
  }

  /** Keeps an eye on a sign-in that was started elsewhere: from the tray, by a program, at the command line. */
  follow(account: AccountView): void {
    const { name, sign_in, state } = account;
    const wasReady = this.states.get(name) === 'ready';
    this.states.set(name, state);
    // How the last one ended is no news any more.
    if (wasReady && needsSignIn(account) && this.of(name)?.stage === 'ended') this.dismiss(name);
    const known = this.of(name);
    if (!sign_in || this.awaited.has(sign_in) || known?.stage === 'starting') return;
    if (known?.stage === 'waiting' && known.id === sign_in) return;
    this.awaited.add(sign_in);
    this.progress.set(name, { stage: 'waiting', id: sign_in, page: 'elsewhere' });
    void this.wait(name, sign_in);
  }

  /** The address of the page of a sign-in that was begun elsewhere, for a browser that is opened by hand. */
  async address(account: string): Promise<string> {
    const { sign_in, authorize_url: address } = await this.agent.call('sign_in.start', { account });
    if (!address) throw new Error('it has no page');
    if (this.isCurrent(account, sign_in)) this.amend(account, { address });
    return address;
  }

  async cancel(account: string): Promise<void> {
    const known = this.of(account);
    if (known?.stage !== 'waiting') return;
    // Its end comes to whoever waits for it; one that is over already has come to its end.
    await this.agent.call('sign_in.cancel', { sign_in: known.id }).catch(() => undefined);
  }

  dismiss(account: string): void {
    this.progress.delete(account);
    const failed = this.agent.accounts.find(({ name }) => name === account)?.failed_sign_in;
    if (failed) this.putAway.add(failed.sign_in);
  }

  /** The next of these whose turn it is, each once before any a second time. */
  next(waiting: AccountView[]): AccountView | undefined {
    const free = waiting.filter(({ name }) => {
      const stage = this.of(name)?.stage;
      return stage === undefined || stage === 'ended';
    });
    return free.find(({ name }) => !this.tried.has(name)) ?? free[0];
  }

  private async show(url: string | null | undefined): Promise<boolean> {
    if (!url) return false;
    return this.agent.backend.open(url).then(
      () => true,
      () => false,
    );
  }

  private async wait(account: string, id: string): Promise<void> {
    let seen = 0;
    for (;;) {
      const state = await this.ask(id, seen);
      if (!this.isCurrent(account, id)) return;
      if (state.state === 'waiting') continue;
      // The page offers another account; the person is not done yet.
      if (state.state === 'wrong_person' && state.refusals > seen) {
        seen = state.refusals;
        this.amend(account, { stranger: state.signed_in_as });
        continue;
      }
      return this.end(account, state);
    }
  }

  private async ask(id: string, seen: number): Promise<End | Extract<SignInState, { state: 'waiting' }>> {
    try {
      const params = { sign_in: id, wait_seconds: WAIT_SECONDS, seen };
      const state = await this.agent.call('sign_in.wait', params);
      return state.state === 'failed' ? { state: 'failed', fault: state } : state;
    } catch (thrown) {
      const fault = asFault(thrown);
      return fault.code === TIMED_OUT ? { state: 'waiting' } : { state: 'failed', fault };
    }
  }

  private isCurrent(account: string, id: string): boolean {
    const known = this.of(account);
    return known?.stage === 'waiting' && known.id === id;
  }

  private amend(account: string, news: { stranger: string } | { address: string }): void {
    const known = this.of(account);
    if (known?.stage === 'waiting') this.progress.set(account, { ...known, ...news });
  }

  private end(account: string, end: End): void {
    this.progress.set(account, { stage: 'ended', end });
  }
}

export const [useSignIns, provideSignIns] = createContext<SignIns>();
