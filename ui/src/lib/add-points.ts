import { takeBack } from './add-all';
import type { Agent } from './agent.svelte';
import { asFault } from './backend';
import type { NamedProfile, ProfileVerdict } from './endpoint';
import type { PointLine, Wanted } from './point-list';

type Fine = Pick<PointLine, 'number'> & { wanted: Wanted };

export type AddedPoints =
  | { kind: 'all'; count: number }
  /** By the lines' numbers; nothing of it is saved. */
  | { kind: 'wrong'; lines: Map<number, string> }
  | { kind: 'refused'; detail: string; kept: string[] };

/** Saves all of these points, with an account for each login that has none; or nothing. */
export async function addPoints(
  agent: Agent,
  lines: Fine[],
  tell: (done: number) => void,
): Promise<AddedPoints> {
  const profiles = lines.map(({ wanted }) => ({ id: wanted.id, ...wanted.profile }) as NamedProfile);
  const made: string[] = [];
  try {
    const tried = await agent.call('profile.import', { profiles, dry_run: true });
    const wrong = told(lines, tried.verdicts ?? []);
    if (wrong.size > 0) return { kind: 'wrong', lines: wrong };
    for (const [at, { login }] of profiles.entries()) {
      // Provisional, so that none stays if this goes no further; the points that use them make them stay.
      if (login && !made.some((name) => isSame(name, login)) && !agent.accountOf(login)) {
        await agent.call('account.add', { name: login, provisional: true });
        made.push(login);
      }
      tell(at + 1);
    }
    await agent.call('profile.import', { profiles });
    return { kind: 'all', count: profiles.length };
  } catch (thrown) {
    return { kind: 'refused', detail: asFault(thrown).message, kept: await takeBack(agent, made) };
  }
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function told(lines: Fine[], verdicts: ProfileVerdict[]): Map<number, string> {
  const wrong = verdicts.filter((verdict) => verdict.wrong);
  return new Map(wrong.map(({ index, text }) => [lines[index]?.number ?? 0, text]));
}
