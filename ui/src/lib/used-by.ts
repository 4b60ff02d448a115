import type { Agent } from './agent.svelte';
import type { NamedProfile } from './endpoint';

/** The name or the login of the account whose tokens a profile works by. */
export function accountNamed({ authentication, account, login }: NamedProfile): string | undefined {
  return authentication === 'oauth2' ? account || login || undefined : undefined;
}

/** The profiles that work by an account's tokens. */
export function usersOf(agent: Agent, account: string, profiles: NamedProfile[]): NamedProfile[] {
  return profiles.filter((profile) => agent.accountOf(accountNamed(profile) ?? '')?.name === account);
}
