import type { Agent } from './agent.svelte';
import { asFault, type Fault, type Params } from './backend';
import type { CheckStep } from './endpoint';

const WAIT_SECONDS = 20;

type Asked = Params<'profile.check'>;

/** A connection that is being tried, step by step. */
export class Trial {
  stage = $state<'idle' | 'running' | 'done' | 'cancelled'>('idle');
  steps = $state.raw<CheckStep[]>([]);
  /** Why it could not be begun, or not be followed to its end. */
  fault = $state.raw<Fault>();
  /** What is or was tried, which may be changed in the form meanwhile. */
  tried = $state.raw<{ params: Asked; at: Date }>();
  private id: string | undefined;

  constructor(private readonly agent: Agent) {}

  get failed(): CheckStep | undefined {
    return this.steps.find(({ ok }) => !ok);
  }

  async run(params: Asked): Promise<void> {
    if (this.stage === 'running') return;
    this.tried = { params, at: new Date() };
    this.stage = 'running';
    this.steps = [];
    this.fault = undefined;
    this.id = undefined;
    try {
      const { check } = await this.agent.call('profile.check', params);
      if (this.isOver()) return void (await this.agent.call('check.cancel', { check }));
      this.id = check;
      await this.follow(check);
    } catch (thrown) {
      if (this.isOver()) return;
      this.fault = asFault(thrown);
      this.stage = 'done';
    }
  }

  /** Whether what it came to may not hold for this any more; a password that is not typed is the one that is kept. */
  isOutdated({ settings, send_to, password }: Asked): boolean {
    const params = this.tried?.params;
    if (!params) return false;
    const isSame =
      connection(settings) === connection(params.settings) &&
      send_to === params.send_to &&
      (password === undefined || password === params.password);
    return !isSame;
  }

  async cancel(): Promise<void> {
    if (this.stage !== 'running') return;
    this.stage = 'cancelled';
    // It may have come to its end by itself.
    if (this.id) await this.agent.call('check.cancel', { check: this.id }).catch(() => undefined);
  }

  private async follow(check: string): Promise<void> {
    for (let done = false; !done;) {
      const params = { check, seen: this.steps.length, wait_seconds: WAIT_SECONDS };
      const progress = await this.agent.call('check.wait', params);
      if (this.isOver()) return;
      this.steps = [...this.steps, ...progress.steps];
      done = progress.done;
    }
    this.stage = 'done';
  }

  private isOver(): boolean {
    return this.stage !== 'running';
  }
}

/** What a trial depends on. */
function connection(settings: Asked['settings']): string {
  const { name: _, description: __, enabled: ___, ...rest } = settings ?? {};
  return JSON.stringify(Object.entries(rest).sort());
}

/** What to call the line that stands beside a step. */
export function lineLabel({ line_from: from }: CheckStep): string {
  return from === 'server' ? 'form-try-line-said' : 'form-try-line-found';
}
