import { isDomain } from './addresses';
import type { Agent } from './agent.svelte';
import { asFault } from './backend';
import type { Finding, Settings } from './endpoint';
import { t } from './language.svelte';
import { merged } from './merged';
import { isGuid } from './registration';
import { isLocked } from './settings';

const BEGUN = new WeakMap<Agent, Registering>();

/** What has been entered so far: who goes to another page and comes back goes on where they were. */
export function begun(agent: Agent): Registering {
  const before = BEGUN.get(agent);
  if (before && !before.isSaved) return before;
  const registering = new Registering(agent);
  BEGUN.set(agent, registering);
  return registering;
}

/** The application as it is being entered; nothing of it is saved before the end. */
export class Registering {
  /** Which of the three steps it is at. */
  step = $state(0);
  domain = $state('');
  cloud = $state('global');
  clientId = $state('');
  /** The organisation that the domain was found to belong to. */
  found = $state.raw<{ domain: string; tenant: string; cloud: string }>();
  findings = $state.raw<Finding[]>();
  wrong = $state.raw<{ domain?: string; clientId?: string; test?: string; save?: string }>({});
  busy = $state<'finding' | 'testing' | 'saving'>();
  /** Whether Microsoft could not be reached the last time: a proxy may have to be set first. */
  isOutOfReach = $state(false);

  private saved = $state.raw<Application>();
  private before: Entries;

  constructor(private readonly agent: Agent) {
    this.before = entriesOf(agent.settings);
    Object.assign(this, this.before);
  }

  /** What was left alone goes along with what was changed elsewhere, until the organisation has been found. */
  follow(): void {
    if (this.step > 0) return;
    const now = entriesOf(this.agent.settings);
    const { clientId, domain, cloud } = this;
    Object.assign(this, merged({ clientId, domain, cloud }, this.before, now));
    this.before = now;
  }

  /** The tenant, as long as the domain it was found for stands in the field. */
  get tenant(): string | undefined {
    const { found } = this;
    const isCurrent = found?.domain === this.domain.trim() && found.cloud === this.cloud;
    return isCurrent ? found.tenant : undefined;
  }

  /** Whether what is entered is what was saved last. */
  get isSaved(): boolean {
    const { saved } = this;
    const { client_id, tenant, cloud } = this.entered();
    return saved?.client_id === client_id && saved.tenant === tenant && saved.cloud === cloud;
  }

  /** Finds the organisation; says whether it is known now. */
  async find(): Promise<boolean> {
    const domain = this.domain.trim().replace(/^.*@/, '');
    this.domain = domain;
    const error =
      domain === ''
        ? 'window-required'
        : isDomain(domain) || isTenant(domain)
          ? undefined
          : 'first-domain-wrong';
    this.wrong = error ? { domain: t(error) } : {};
    if (error) return false;
    if (this.tenant) return true;
    const { cloud } = this;
    if (isTenant(domain)) {
      this.found = { domain, cloud, tenant: domain };
      return true;
    }
    return this.during('finding', 'domain', async () => {
      const { tenant } = await this.agent.call('tenant.find', { domain, cloud });
      this.found = { domain, cloud, tenant };
    });
  }

  /** Judges the application id by its looks. */
  check(): boolean {
    this.clientId = this.clientId.trim();
    const { clientId, tenant } = this;
    const error =
      clientId === ''
        ? 'window-required'
        : !isGuid(clientId)
          ? 'first-client-id-wrong'
          : clientId.toLowerCase() === tenant?.toLowerCase()
            ? 'first-client-id-is-tenant'
            : undefined;
    this.wrong = error ? { clientId: t(error) } : {};
    this.findings = undefined;
    return !error;
  }

  test(): Promise<boolean> {
    this.findings = undefined;
    return this.during('testing', 'test', async () => {
      const { findings } = await this.agent.call('registration.test', this.entered());
      this.findings = findings;
    });
  }

  save(): Promise<boolean> {
    return this.during('saving', 'save', async () => {
      const { settings } = this.agent;
      const entered = this.entered();
      const open = Object.entries(entered).filter(([field]) => !isLocked(settings, field));
      await this.agent.set(Object.fromEntries(open));
      this.saved = entered;
    });
  }

  /** As the settings name it. */
  entered(): Application {
    return { client_id: this.clientId, tenant: this.tenant ?? '', cloud: this.cloud };
  }

  private async during(
    busy: NonNullable<Registering['busy']>,
    field: keyof Registering['wrong'],
    work: () => Promise<void>,
  ): Promise<boolean> {
    if (this.busy) return false;
    this.busy = busy;
    this.wrong = {};
    this.isOutOfReach = false;
    try {
      await work();
      return true;
    } catch (thrown) {
      const { message, data } = asFault(thrown);
      this.wrong = { [field]: message };
      this.isOutOfReach = data?.kind === 'transient';
      return false;
    } finally {
      this.busy = undefined;
    }
  }
}

type Application = Record<'client_id' | 'tenant' | 'cloud', string>;

type Entries = Record<'clientId' | 'domain' | 'cloud', string>;

function entriesOf({ client_id, tenant, cloud }: Partial<Settings> = {}): Entries {
  return { clientId: client_id ?? '', domain: tenant ?? '', cloud: cloud ?? 'global' };
}

/** What stands for an organisation without being its domain: the tenant's own id, or the word for any organisation. */
function isTenant(text: string): boolean {
  return isGuid(text) || text === 'organizations';
}
