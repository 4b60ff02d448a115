import type { Agent } from './agent.svelte';
import { asFault, type Fault } from './backend';
import type { AccountView, NamedProfile, Profile } from './endpoint';
import { t } from './language.svelte';
import { bySql, doubts, type FieldName, idOf, pointId, type Values, wrongs } from './mail-rules';
import { merged } from './merged';
import { proposal, reproposed } from './proposals';
import type { SignIns } from './sign-ins.svelte';

export const MAIL_SERVER = 'mail_server';

/** The mail server's settings, or a point's, as they are being typed; saved whole or not at all. */
export class MailForm {
  values: Values = $state() as Values;
  wrong = $state.raw<Partial<Record<FieldName | 'other', string>>>({});
  /** Whether authorizing or trying was asked for too early. */
  isIncomplete = $state(false);
  isSaved = $state(false);
  isBusy = $state(false);
  /** What the agent has to say of what was saved. */
  warnings = $state.raw<string[]>([]);
  isNew = $state(false);
  /** What was found, or saved last. */
  private before: Values = $state.raw() as Values;
  /** Accounts that this form has made, and that stay only if it is saved. */
  private made = $state.raw<string[]>([]);
  private hasPassword = $state(false);
  private isIdTyped = false;
  /** The login that the last proposal was for. */
  private proposedFor = '';

  constructor(
    private readonly agent: Agent,
    private readonly signIns: SignIns,
    kind: Values['kind'],
    found?: NamedProfile,
    /** The ids that are there already; a new point's is none of them. */
    private known: readonly string[] = [],
  ) {
    this.values = begun(kind, found);
    this.before = { ...this.values };
    this.hasPassword = found?.has_password ?? false;
    this.isNew = !found;
    this.proposedFor = this.values.login;
  }

  get isOutgoing(): boolean {
    return this.values.kind === MAIL_SERVER;
  }

  get isBySql(): boolean {
    return bySql(this.values);
  }

  /** A profile on the SQL server knows no OAuth2; what was chosen comes back with the mail component. */
  get byToken(): boolean {
    return this.values.authentication === 'oauth2' && !this.isBySql;
  }

  /** The account whose tokens are used. */
  get account(): AccountView | undefined {
    return this.agent.accountOf(this.accountNamed);
  }

  /** The account that is named in what is saved, and is not there. */
  get missing(): string | undefined {
    const { values, before } = this;
    const isSaved = !this.isNew && before.authentication === 'oauth2';
    const isSame = values.account === before.account && values.login === before.login;
    return isSaved && isSame && this.byToken && !this.account ? this.accountNamed : undefined;
  }

  get isChanged(): boolean {
    const { values, before } = this;
    const fields = Object.keys(before) as FieldName[];
    return fields.some((field) => values[field] !== before[field]) || this.provisional.length > 0;
  }

  /** The accounts that go if this is not saved. */
  get provisional(): string[] {
    const { accounts } = this.agent;
    return this.made.filter((made) => accounts.some(({ name, provisional }) => name === made && provisional));
  }

  /** Whether the password that is kept is for this server and login. */
  get keepsPassword(): boolean {
    const bound = ['server', 'port', 'encryption', 'login'] as const;
    return this.hasPassword && bound.every((field) => this.values[field] === this.before[field]);
  }

  get losesPassword(): boolean {
    return this.hasPassword && !this.keepsPassword;
  }

  doubt(field: FieldName): string | undefined {
    const doubt = doubts(this.judged())[field];
    return doubt && t(doubt.id, doubt.args);
  }

  /** Changes what the proposal depends on; what was proposed before gives way, what was typed stays. */
  choose(change: Partial<Pick<Values, 'authentication' | 'protocol' | 'login'>>): void {
    const cloud = this.agent.settings?.cloud;
    const before = proposal({ ...this.values, login: this.proposedFor, cloud });
    Object.assign(this.values, change);
    this.proposedFor = this.values.login;
    const { server, port, encryption } = this.values;
    const after = proposal({ ...this.values, cloud });
    Object.assign(this.values, reproposed({ server, port, encryption }, before, after));
  }

  /** A login that is typed is no named account's any more. */
  typedLogin(login: string): void {
    this.values.account = '';
    this.choose({ login });
  }

  typedId(): void {
    this.isIdTyped = true;
  }

  typedName(name: string): void {
    if (this.isNew && !this.isOutgoing && !this.isIdTyped) this.values.id = idOf(name, this.known);
  }

  /** Judges the form for what needs all of it. */
  isComplete(): boolean {
    this.isSaved = false;
    this.wrong = said(wrongs(this.judged()));
    this.isIncomplete = Object.keys(this.wrong).length > 0;
    return !this.isIncomplete;
  }

  /** Begins the sign-in of the login's account, which is made where there is none. */
  async authorize(): Promise<void> {
    if (!this.isComplete()) return;
    const login = this.values.login.trim();
    const name = this.account?.name ?? this.accountNamed;
    if (!this.account) {
      try {
        await this.agent.call('account.add', { name, ...(name !== login && { login }), provisional: true });
      } catch (thrown) {
        return this.blame(asFault(thrown), { name: 'login' });
      }
    }
    this.made = [...this.made.filter((made) => made !== name), name];
    await this.signIns.start(name);
  }

  /** The person has confirmed in the browser that the mailbox goes by another login. */
  takeLogin(account: string, login: string): void {
    const { values } = this;
    if (values.login.trim().toLowerCase() === login.toLowerCase()) return;
    const mailbox = this.isOutgoing || values.mailbox.trim() !== '' ? values.mailbox : values.login.trim();
    this.values = { ...values, login, account, mailbox };
  }

  async save(): Promise<void> {
    if (this.isBusy) return;
    this.isSaved = this.isIncomplete = false;
    if (!this.maySave()) return;
    this.isBusy = true;
    try {
      const id = this.isOutgoing ? MAIL_SERVER : this.values.id;
      await this.takeOver(id);
      if (!this.maySave()) return;
      const password = this.password();
      const sent = $state.snapshot(this.values);
      const hasPassword = !this.byToken && (this.keepsPassword || 'password' in password);
      const saved = await this.agent.call('profile.set', { id, ...this.profile(), ...password });
      this.warnings = this.unsaid(saved.warnings ?? []);
      this.hasPassword = hasPassword;
      if (this.values.password === sent.password) this.values.password = '';
      this.before = { ...sent, password: '' };
      this.isNew = false;
      this.isSaved = true;
      await this.drop(this.byToken ? this.account?.name : undefined);
    } catch (thrown) {
      this.blame(asFault(thrown));
    } finally {
      this.isBusy = false;
    }
  }

  /** Removes the accounts that were made here, all but one that is used. */
  async drop(used?: string): Promise<void> {
    for (const account of this.provisional.filter((name) => name !== used)) {
      await this.signIns.cancel(account);
      await this.agent.call('account.remove', { account }).catch(() => undefined);
      this.signIns.dismiss(account);
    }
    this.made = [];
  }

  /** As the endpoint has it; what the form does not show of it stays. */
  profile(): Profile {
    const { values } = this;
    const text = (field: FieldName) => {
      const typed = String(values[field]).trim();
      return typed === '' ? {} : { [field]: typed };
    };
    const common = ['name', 'description', 'server', 'login', 'account', 'mailbox'] as const;
    const own = this.isOutgoing
      ? (['sql_profile', 'email', 'display_name', 'reply_to'] as const)
      : (['folder'] as const);
    const port = values.port.trim();
    return {
      kind: values.kind,
      enabled: values.enabled,
      ...Object.assign({}, ...[...common, ...own].map(text)),
      ...(this.isOutgoing && { send_with: values.send_with }),
      protocol: values.protocol,
      ...(/^\d+$/.test(port) && { port: Number(port) }),
      encryption: values.encryption,
      authentication: this.byToken ? 'oauth2' : 'password',
    };
  }

  password(): { password?: string } {
    const { password } = this.values;
    return this.byToken || this.isBySql || password === '' ? {} : { password };
  }

  /** Takes from what is saved by now whatever was left alone here: somebody else may have changed it. */
  private async takeOver(id: string): Promise<void> {
    const { profiles } = await this.agent.call('profile.list', {});
    const found = profiles.find((profile) => profile.id === id);
    this.known = profiles.map(({ id }) => id);
    if (!found && !this.isNew) {
      this.isNew = true;
      this.hasPassword = false;
      this.before = begun(this.values.kind, undefined);
      throw new Error(t('form-gone'));
    }
    // A new point may be of an id that has been taken since.
    if (!found || (this.isNew && !this.isOutgoing)) return;
    const now = begun(found.kind, found);
    const { login } = this.values;
    this.values = merged(this.values, this.before, now);
    if (this.values.login !== login) this.proposedFor = this.values.login;
    this.before = now;
    this.hasPassword = found.has_password;
  }

  private maySave(): boolean {
    this.wrong = said(this.wrongToSave());
    return Object.keys(this.wrong).length === 0;
  }

  /** What neither stands beside a field nor where one authorizes. */
  private unsaid(warnings: string[]): string[] {
    const beside = Object.values(doubts(this.judged())).map(({ id, args }) => t(id, args));
    const missing = t('error-profile-no-account', { login: this.accountNamed });
    return warnings.filter((warning) => warning !== missing && !beside.includes(warning));
  }

  private get accountNamed(): string {
    return this.values.account || this.values.login.trim();
  }

  private judged(): Values {
    return { ...this.values, authentication: this.byToken ? 'oauth2' : 'password' };
  }

  /** One that is switched off may be saved as far as it has come, but nothing that is wrong. */
  private wrongToSave(): Partial<Record<FieldName, string>> {
    const all = wrongs(this.judged());
    const hasToBeWhole = this.values.enabled || 'password' in this.password();
    const told = hasToBeWhole
      ? all
      : Object.fromEntries(Object.entries(all).filter(([, id]) => id !== 'profile-missing'));
    const needsPassword = this.values.enabled && !this.byToken && !this.isBySql && !this.keepsPassword;
    const id = this.isOutgoing || !this.isNew ? undefined : pointId(this.values.id, this.known);
    return {
      ...(id && { id }),
      ...told,
      ...(needsPassword && this.values.password === '' && { password: 'profile-missing' }),
    };
  }

  /** Beside its field, which may go by another name here. */
  private blame({ message, data }: Fault, renamed: Record<string, FieldName> = {}): void {
    const blamed = renamed[data?.field ?? ''] ?? data?.field;
    const shown = Object.keys(this.before).find((field) => field === blamed);
    this.wrong = { [shown ?? 'other']: message };
  }
}

function said(ids: Partial<Record<FieldName, string>>): Partial<Record<FieldName, string>> {
  return Object.fromEntries(Object.entries(ids).map(([field, id]) => [field, t(id)]));
}

function begun(kind: Values['kind'], found: NamedProfile | undefined): Values {
  const protocol = (found?.protocol ?? (kind === MAIL_SERVER ? 'smtp' : 'imap')) as Values['protocol'];
  const authentication = found?.authentication ?? 'password';
  const login = found?.login ?? '';
  const initial = proposal({ protocol, authentication, login, cloud: 'global' });
  return {
    id: found?.id ?? '',
    kind,
    enabled: found?.enabled ?? false,
    name: found?.name ?? '',
    description: found?.description ?? '',
    send_with: found?.send_with ?? 'mail_component',
    sql_profile: found?.sql_profile ?? '',
    email: found?.email ?? '',
    display_name: found?.display_name ?? '',
    reply_to: found?.reply_to ?? '',
    protocol,
    server: found?.server ?? initial.server,
    port: String(found?.port ?? initial.port),
    encryption: found ? (found.encryption ?? 'automatic') : initial.encryption,
    authentication,
    login,
    account: found?.account ?? '',
    mailbox: found?.mailbox ?? '',
    folder: found?.folder ?? '',
    password: '',
  };
}
