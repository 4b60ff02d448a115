import { createContext } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';

/** A form that may hold what is not saved. */
export interface Holder {
  isChanged: () => boolean;
  /** What goes with it beyond what was typed. */
  loses?: () => readonly string[];
  /** Lets go of that. */
  drop?: () => Promise<void>;
}

/** What would be lost if the page were left. */
export class Unsaved {
  /** What is to happen once the person has said that they mean it. */
  asked = $state.raw<{ then: () => void }>();
  private readonly holders = new SvelteSet<Holder>();

  get isAny(): boolean {
    return [...this.holders].some((holder) => holder.isChanged());
  }

  /** Accounts that go with it. */
  get accounts(): string[] {
    return this.changed().flatMap((holder) => holder.loses?.() ?? []);
  }

  /** Takes care of a form for as long as it is there. */
  hold(holder: Holder): () => void {
    this.holders.add(holder);
    return () => this.holders.delete(holder);
  }

  /** Whether one may leave; if not, the person is asked, and `then` follows when they mean it. */
  mayLeave(then: () => void): boolean {
    if (!this.isAny) return true;
    this.asked = { then };
    return false;
  }

  /** Goes on at once where nothing would be lost. */
  leave(then: () => void): void {
    if (this.mayLeave(then)) then();
  }

  async drop(): Promise<void> {
    const changed = this.changed();
    for (const holder of changed) await holder.drop?.();
    for (const holder of changed) this.holders.delete(holder);
  }

  private changed(): Holder[] {
    return [...this.holders].filter((holder) => holder.isChanged());
  }
}

export const [useUnsaved, provideUnsaved] = createContext<Unsaved>();
