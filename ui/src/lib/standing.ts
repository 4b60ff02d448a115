import type { AccountState, AccountView, FaultData, FaultKind } from './endpoint';
import type { Explained, Texts } from './texts';

/** What a state looks like: told apart by shape, not by colour alone. */
export type Look = 'well' | 'busy' | 'waiting' | 'attention' | 'out';

export const LOOKS: Record<AccountState, Look> = {
  ready: 'well',
  signing_in: 'busy',
  unreachable: 'waiting',
  needs_sign_in: 'attention',
  signed_out: 'out',
};

export const STATES: Record<AccountState, string> = {
  ready: 'accounts-state-ready',
  signing_in: 'accounts-state-signing-in',
  unreachable: 'accounts-state-unreachable',
  needs_sign_in: 'accounts-state-needs-sign-in',
  signed_out: 'accounts-state-signed-out',
};

/** Whether its person has to sign in before it serves anybody. */
export function needsSignIn({ state }: AccountView): boolean {
  return state === 'needs_sign_in' || state === 'signed_out';
}

/** Why something is as it is: Microsoft's number in words where it is known, else the agent's own reason. */
export function why(
  { aadsts, reason }: Pick<AccountView, 'aadsts' | 'reason'>,
  texts: Texts,
): string | undefined {
  const explained = aadsts ? texts.aadsts(aadsts) : undefined;
  if (explained) return inOne(explained);
  return reason ? texts.told(reason) : undefined;
}

export function inOne({ meaning, action }: Explained): string {
  return `${meaning} ${action}`;
}

/** Who can mend it, in a sentence. */
export const ADVICE: Record<FaultKind, string> = {
  sign_in: 'signing-kind-sign-in',
  admin: 'signing-kind-admin',
  configuration: 'signing-kind-configuration',
  transient: 'signing-kind-transient',
  user_choice: 'signing-kind-user-choice',
};

/** The lines that help somebody else to find out what happened. */
export function details(texts: Texts, lines: Record<string, string | number | null | undefined>): string {
  const said = Object.entries(lines).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  return said.map(([label, value]) => `${texts.say(label)}: ${value}`).join('\n');
}

export function numbers(
  data: Pick<FaultData, 'aadsts' | 'correlation_id'>,
): Record<string, string | null | undefined> {
  return {
    'signing-detail-number': data.aadsts ? `AADSTS${data.aadsts}` : null,
    'signing-detail-correlation': data.correlation_id,
  };
}
