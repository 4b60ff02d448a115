import type { FaultData, Methods, Snapshot } from './endpoint';

export type Language = 'en' | 'pl';

/** What the window asks for: never a token, and the snapshots come by themselves. */
export type Method = Extract<
  keyof Methods,
  | 'account.add'
  | 'account.remove'
  | 'account.retry'
  | 'agent.start_afresh'
  | 'agent.unlock'
  | 'check.cancel'
  | 'check.wait'
  | 'profile.check'
  | 'profile.import'
  | 'profile.list'
  | 'profile.remove'
  | 'profile.set'
  | 'registration.test'
  | 'settings.get'
  | 'settings.set'
  | 'sign_in.cancel'
  | 'sign_in.start'
  | 'sign_in.wait'
  | 'sign_out'
  | 'tenant.find'
>;
export type Params<M extends Method> = Methods[M]['params'];
export type SettingsSet = Params<'settings.set'>;
export type Result<M extends Method> = Methods[M]['result'];

/** A refusal, as JSON-RPC has it. */
export interface Fault {
  code: number;
  /** The sentence for the reader, in the language that was asked for. */
  message: string;
  data?: FaultData | null;
}

/** `wait_seconds` passed: asking again joins the same work. */
export const TIMED_OUT = -32059;

export type News = { snapshot: Snapshot } | { lost: true };

/** What stands behind the window: the agent by way of Tauri, or a stand-in in a plain browser. */
export interface Backend {
  /** Asks the agent; rejects with a `Fault`. */
  call<M extends Method>(method: M, params: Params<M>): Promise<Result<M>>;
  /** Hears each snapshot, and that the agent is gone. */
  subscribe(heard: (news: News) => void): void;
  /** Shows the page in the system's browser. */
  open(url: string): Promise<void>;
  autostart(): Promise<boolean>;
  setAutostart(on: boolean): Promise<void>;
  systemLanguage(): Promise<Language>;
  /** Whether closing the window is to be asked about first. */
  hold(on: boolean): Promise<void>;
  /** Hears that somebody wants to close the window while it is held. */
  closing(heard: () => void): void;
  /** Closes it. */
  close(): Promise<void>;
}

/** Whatever was thrown, as a fault. */
export function asFault(thrown: unknown): Fault {
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown) {
    const { code, message, data } = thrown as Partial<Fault>;
    return { code: code ?? 0, message: String(message), data: data ?? null };
  }
  return { code: 0, message: String(thrown), data: null };
}
