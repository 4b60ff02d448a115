import type { Agent } from './agent.svelte';
import { asFault, type SettingsSet } from './backend';
import { merged } from './merged';

type Field = Exclude<keyof SettingsSet, 'lang'>;

/** Some settings as they are being typed, with what is wrong beside each; saved all together or not at all. */
export class Draft<F extends Field> {
  values = $state() as Record<F, string>;
  wrong = $state.raw<Partial<Record<F | 'other', string>>>({});
  isSaved = $state(false);
  isBusy = $state(false);
  /** What was found, or saved last. */
  private before = $state.raw() as Record<F, string>;

  constructor(
    private readonly agent: Agent,
    private readonly fields: readonly F[],
    /** What is wrong with a value by its looks. */
    private readonly judge: (field: F, value: string) => string | undefined = () => undefined,
  ) {
    this.values = this.current();
    this.before = { ...this.values };
  }

  get isChanged(): boolean {
    return this.fields.some((field) => this.values[field] !== this.before[field]);
  }

  /** What was left alone goes along with what was changed elsewhere. */
  follow(): void {
    const now = this.current();
    this.values = merged(this.values, this.before, now);
    this.before = now;
  }

  async save(): Promise<void> {
    if (this.isBusy) return;
    this.isSaved = false;
    const looks = this.fields.map((field) => [field, this.judge(field, this.values[field].trim())] as const);
    this.wrong = Object.fromEntries(looks.filter(([, error]) => error)) as typeof this.wrong;
    if (Object.keys(this.wrong).length > 0) return;
    this.isBusy = true;
    try {
      const changes = this.changes();
      const sent = { ...this.values };
      if (Object.keys(changes).length > 0) await this.agent.set(changes);
      this.before = sent;
      this.follow();
      this.isSaved = true;
    } catch (thrown) {
      const { message, data } = asFault(thrown);
      const field = this.fields.find((field) => data?.field === field);
      this.wrong = { [field ?? 'other']: message } as typeof this.wrong;
    } finally {
      this.isBusy = false;
    }
  }

  private current(): Record<F, string> {
    const entries = this.fields.map((field) => [field, String(this.agent.settings?.[field] ?? '')]);
    return Object.fromEntries(entries) as Record<F, string>;
  }

  /** What was left alone is not sent: somebody else may have changed it, and a password is shown as asterisks. */
  private changes(): SettingsSet {
    const changed = this.fields.filter((field) => this.values[field] !== this.before[field]);
    const entries = changed.map((field) => {
      const value = this.values[field].trim();
      return [field, field === 'remind_minutes' ? Number(value) : value] as const;
    });
    return Object.fromEntries(entries);
  }
}
