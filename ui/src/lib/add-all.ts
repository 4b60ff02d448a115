import type { Agent } from './agent.svelte';
import { asFault } from './backend';

interface Wanted {
  /** The line of the list that it stands in. */
  number: number;
  name: string;
  login?: string;
}

/** How adding a list ended: with all of it, or with the line that was refused and those that could not be taken back. */
export type Added =
  { kind: 'all'; count: number } | { kind: 'refused'; line: number; detail: string; kept: string[] };

/** Adds all of these accounts, or none of them: when one is refused, those before it are taken back. */
export async function addAll(agent: Agent, wanted: Wanted[], tell: (done: number) => void): Promise<Added> {
  const added: string[] = [];
  for (const { number, name, login } of wanted) {
    try {
      await agent.call('account.add', login === undefined ? { name } : { name, login });
    } catch (thrown) {
      return {
        kind: 'refused',
        line: number,
        detail: asFault(thrown).message,
        kept: await takeBack(agent, added),
      };
    }
    added.push(name);
    tell(added.length);
  }
  return { kind: 'all', count: added.length };
}

/** Removes them again, and names those that stay all the same. */
export async function takeBack(agent: Agent, names: string[]): Promise<string[]> {
  const kept: string[] = [];
  for (const account of names) {
    await agent.call('account.remove', { account }).catch(() => kept.push(account));
  }
  return kept;
}
