import type { Backend, Fault, Language, Method, News, Params, Result } from '../backend';
import type { AccountView, CheckStep, Finding, NamedProfile, ProfileVerdict, SignInState } from '../endpoint';
import { CLIENT, type Scene, SCENES, TENANT } from './scenes';

type Answers = { [M in Method]: (params: Params<M>) => Result<M> | Promise<Result<M>> };
const CONSENT = `https://login.microsoftonline.com/${TENANT}/adminconsent?client_id=${CLIENT}`;
const FINDINGS: Finding[] = [
  { level: 'fine', text: 'The tenant is there.' },
  { level: 'warning', text: 'Consent cannot be seen from here.' },
  { level: 'wrong', text: 'The redirect is not registered. Register exactly http://localhost.' },
];

type Ended = Exclude<SignInState, { state: 'waiting' }>;

interface Waiter {
  answer: (state: Ended) => void;
  refuse: (fault: Fault) => void;
}

/** What the tests hold in their hands: `window.signet`. */
export class StandIn implements Backend {
  readonly calls: [method: string, params: unknown][] = [];
  readonly opened: string[] = [];

  private heard: (news: News) => void = () => undefined;
  private revision = 1;
  private started = 0;
  private hasAutostart = false;
  private opens = true;
  /** What the agent finds of profiles that are imported. */
  verdicts: ProfileVerdict[] = [];
  /** What it has to say of a profile that is saved. */
  warnings: string[] = [];
  private steps: CheckStep[] = [];
  private isChecked = false;
  private awaitStep: () => void = () => undefined;
  private readonly refusals: Map<string, Fault>;
  private readonly limits = new Map<string, { until: number; fault: Fault }>();
  private readonly waiters = new Map<string, Waiter>();

  constructor(
    private readonly scene: Scene,
    private readonly language: Language,
  ) {
    this.refusals = new Map(Object.entries(scene.refused ?? {}));
  }

  async call<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
    this.calls.push([method, params]);
    const limit = this.limits.get(method);
    const isOver = limit && this.calls.filter(([name]) => name === method).length > limit.until;
    const refusal = this.refusals.get(method) ?? (isOver ? limit.fault : undefined);
    if (refusal) throw refusal;
    return this.answers[method](params);
  }

  subscribe(heard: (news: News) => void): void {
    this.heard = heard;
    if (this.scene.isAbsent) this.lose();
    else this.tell();
  }

  async open(url: string): Promise<void> {
    if (!this.opens) throw new Error('nothing opens here');
    this.opened.push(url);
  }

  autostart = async () => this.hasAutostart;
  /** Whether closing the window is asked about first, and whether it was closed. */
  isHeld = false;
  isClosed = false;
  hold = async (on: boolean) => void (this.isHeld = on);
  closing = (heard: () => void) => void (this.askToClose = heard);
  close = async () => void (this.isClosed = true);
  askToClose: () => void = () => undefined;
  setAutostart = async (on: boolean) => void (this.hasAutostart = on);
  systemLanguage = async () => this.language;

  /** From now on the method is refused, or answered again. */
  refuse(method: Method, fault?: Fault): void {
    if (fault) this.refusals.set(method, fault);
    else this.refusals.delete(method);
  }

  /** The same after it was answered so many times more. */
  refuseFrom(method: Method, times: number, fault: Fault): void {
    const before = this.calls.filter(([name]) => name === method).length;
    this.limits.set(method, { until: before + times, fault });
  }

  withoutBrowser(): void {
    this.opens = false;
  }

  lose(): void {
    this.heard({ lost: true });
  }

  /** A new snapshot, in which the accounts named have changed so. */
  tell(changes: Record<string, Partial<AccountView>> = {}): void {
    this.scene.accounts = this.scene.accounts.map((account) => ({ ...account, ...changes[account.name] }));
    this.heard({
      snapshot: {
        revision: this.revision++,
        accounts: this.scene.accounts,
        notices: this.scene.notices ?? [],
        wishes: this.scene.wishes ?? [],
        language: this.scene.settings.language ?? null,
      },
    });
  }

  /** The configuration is changed by the file or the command line. */
  configure(changes: Partial<Scene['settings']>): void {
    this.scene.settings = { ...this.scene.settings, ...changes };
    this.tell();
  }

  /** A step of the check under way is done. */
  step(step: CheckStep): void {
    this.steps.push(step);
    this.awaitStep();
  }

  /** There are no more. */
  checked(): void {
    this.isChecked = true;
    this.awaitStep();
  }

  notice(notices: Scene['notices']): void {
    this.scene.notices = notices;
    this.tell();
  }

  /** What the person did in the browser. */
  finish(name: string, state: Ended): void {
    const account = this.find(name);
    const id = account.sign_in ?? '';
    const stays = state.state === 'wrong_person';
    if (!stays) {
      const after = state.state === 'signed_in' ? 'ready' : 'signed_out';
      this.scene.wishes = [];
      const consent_url = state.state === 'failed' && state.data?.kind === 'admin' ? CONSENT : null;
      this.tell({
        [name]: { state: after, sign_in: null, reason: null, kind: null, aadsts: null, consent_url },
      });
    }
    this.waiters.get(id)?.answer(state);
  }

  /** Whoever waits for the account's sign-in has waited long enough, or is refused for another reason. */
  refuseWaiting(name: string, fault: Fault): void {
    this.waiters.get(this.find(name).sign_in ?? '')?.refuse(fault);
  }

  private get profiles(): NamedProfile[] {
    return this.scene.profiles ?? [];
  }

  private find(name: string): AccountView {
    const found = this.scene.accounts.find((account) => account.name === name);
    if (!found) throw { code: -32054, message: name, data: { kind: 'configuration' } } satisfies Fault;
    return found;
  }

  private leave(name: string, accounts: AccountView[]): { revoke_at: string } {
    this.find(name);
    this.scene.accounts = accounts;
    this.tell();
    return { revoke_at: 'https://myaccount.microsoft.com/' };
  }

  private readonly answers: Answers = {
    'account.add': ({ name, login, provisional }) => {
      const isUsed = this.profiles.some((profile) => profile.login === name);
      const account: AccountView = {
        name,
        login: login ?? name,
        state: 'signed_out',
        provisional: Boolean(provisional) && !isUsed,
      };
      this.scene.accounts = [...this.scene.accounts, account].sort((a, b) => a.name.localeCompare(b.name));
      this.tell();
      return {};
    },
    'account.remove': ({ account }) =>
      this.leave(
        account,
        this.scene.accounts.filter(({ name }) => name !== account),
      ),
    'account.retry': ({ account }) => {
      this.tell({ [account]: { state: 'ready', reason: null, kind: null } });
      return {};
    },
    'sign_in.start': ({ account }) => {
      const { sign_in } = this.find(account);
      const id = sign_in ?? `sign-in-${++this.started}`;
      this.scene.wishes = this.scene.wishes?.filter((wish) => wish.sign_in !== id) ?? [];
      this.tell({ [account]: { state: 'signing_in', sign_in: id } });
      const authorize_url = `https://login.microsoftonline.com/${TENANT}/oauth2/v2.0/authorize?client_id=${CLIENT}`;
      return { sign_in: id, state: 'waiting', open_url: `http://localhost:1/${id}`, authorize_url };
    },
    'sign_in.wait': ({ sign_in }) =>
      new Promise((answer, refuse) => this.waiters.set(sign_in, { answer, refuse })),
    'sign_in.cancel': ({ sign_in }) => {
      const account = this.scene.accounts.find((account) => account.sign_in === sign_in);
      if (account) this.finish(account.name, { state: 'cancelled' });
      return {};
    },
    sign_out: ({ account }) =>
      this.leave(
        account,
        this.scene.accounts.map((one) =>
          one.name === account ? { name: one.name, login: one.login, state: 'signed_out' } : one,
        ),
      ),
    'agent.unlock': () => {
      this.notice([]);
      return {};
    },
    'agent.start_afresh': () => ({ kept: '/home/anna/.local/state/signet/state.db.1' }),
    'profile.list': () => ({ profiles: structuredClone(this.profiles) }),
    'profile.import': ({ profiles, dry_run }) => {
      if (this.verdicts.length > 0) return { saved: false, verdicts: this.verdicts };
      if (dry_run) return { saved: false };
      this.scene.profiles = [...this.profiles, ...profiles];
      this.tell(Object.fromEntries(profiles.map(({ login }) => [login ?? '', { provisional: false }])));
      return { saved: true };
    },
    'profile.set': ({ lang: _, password, ...profile }) => {
      const before = this.profiles.find(({ id }) => id === profile.id);
      const has_password = password !== undefined || (before?.has_password ?? false);
      const others = this.profiles.filter(({ id }) => id !== profile.id);
      this.scene.profiles = [...others, { ...profile, has_password } as NamedProfile];
      const used = profile.authentication === 'oauth2' ? (profile.account ?? profile.login ?? '') : '';
      this.tell(Object.fromEntries([[used, { provisional: false }]]));
      return { warnings: this.warnings };
    },
    'profile.remove': ({ profile }) => {
      this.scene.profiles = this.profiles.filter(({ id }) => id !== profile);
      return {};
    },
    'profile.check': () => {
      this.steps = [];
      this.isChecked = false;
      return { check: 'ch-1' };
    },
    'check.wait': ({ seen }) =>
      new Promise((answer) => {
        this.awaitStep = () => {
          if (this.steps.length <= (seen ?? 0) && !this.isChecked) return;
          answer({ steps: this.steps.slice(seen ?? 0), done: this.isChecked });
        };
        this.awaitStep();
      }),
    'check.cancel': () => {
      this.checked();
      return {};
    },
    'settings.get': () => this.scene.settings,
    'settings.set': ({ lang: _, ...changes }) => {
      const settings = Object.entries({ ...this.scene.settings, ...changes }).filter(
        ([, value]) => value !== '',
      );
      this.scene.settings = Object.fromEntries(settings) as unknown as Scene['settings'];
      this.tell();
      return {};
    },
    'tenant.find': () => ({ tenant: TENANT }),
    'registration.test': () => ({
      findings: FINDINGS,
    }),
  };
}

/** The scene and the language that the address names: `?scene=states&lang=pl`. */
export function backend(): Backend {
  const wanted = new URLSearchParams(location.search);
  const scene = SCENES[wanted.get('scene') ?? 'ready'] ?? SCENES['ready'];
  const standIn = new StandIn(structuredClone(scene) as Scene, wanted.get('lang') === 'pl' ? 'pl' : 'en');
  Object.assign(window, { signet: standIn });
  return standIn;
}
