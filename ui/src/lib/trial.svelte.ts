import type { Agent } from './agent.svelte';
import { asFault, type Fault, type Params } from './backend';
import type { CheckStep } from './endpoint';

const WAIT_SECONDS = 20;

/** A connection that is being tried, step by step. */
export class Trial {
  stage = $state<'idle' | 'running' | 'done' | 'cancelled'>('idle');
  steps = $state.raw<CheckStep[]>([]);
  /** Why it could not be begun, or not be followed to its end. */
  fault = $state.raw<Fault>();
  private id: string | undefined;

  constructor(private readonly agent: Agent) {}

  get failed(): CheckStep | undefined {
    return this.steps.find(({ ok }) => !ok);
  }

  async run(params: Params<'profile.check'>): Promise<void> {
    if (this.stage === 'running') return;
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
