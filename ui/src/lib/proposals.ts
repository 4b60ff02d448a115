/** What a form begins with, and what choosing OAuth2 proposes. */

export type Protocol = 'smtp' | 'imap' | 'pop';
export type Encryption = 'automatic' | 'none' | 'tls' | 'starttls';
export type Authentication = 'password' | 'oauth2';

export interface Proposal {
  server: string;
  port: string;
  encryption: Encryption;
}

interface Chosen {
  protocol: Protocol;
  authentication: Authentication;
  login: string;
  cloud: string | null | undefined;
}

/** As in crates/mail/src/office365.rs. */
const HOSTS: Record<string, { smtp: string; incoming: string }> = {
  global: { smtp: 'smtp.office365.com', incoming: 'outlook.office365.com' },
  'us-government': { smtp: 'smtp.office365.us', incoming: 'outlook.office365.us' },
  china: { smtp: 'smtp.partner.outlook.cn', incoming: 'partner.outlook.cn' },
};
const PERSONAL: Partial<Record<Protocol, string>> = {
  smtp: 'smtp-mail.outlook.com',
  imap: 'imap-mail.outlook.com',
};
const PORTS: Record<Authentication, Record<Protocol, string>> = {
  password: { smtp: '25', imap: '143', pop: '110' },
  oauth2: { smtp: '587', imap: '993', pop: '995' },
};

export function proposal({ protocol, authentication, login, cloud }: Chosen): Proposal {
  const port = PORTS[authentication][protocol];
  if (authentication === 'password') {
    return { server: '', port, encryption: protocol === 'smtp' ? 'automatic' : 'none' };
  }
  const hosts = HOSTS[cloud || 'global'] ?? HOSTS['global'];
  const usual = protocol === 'smtp' ? hosts?.smtp : hosts?.incoming;
  const personal = isPersonal(login) ? PERSONAL[protocol] : undefined;
  return { server: personal ?? usual ?? '', port, encryption: 'automatic' };
}

/** A mailbox of a person's own at Microsoft, by its domain. */
export function isPersonal(login: string): boolean {
  return /@(outlook|hotmail|live|msn|windowslive|passport)(\.[a-z]{2,3}){1,2}$/i.test(login.trim());
}

/** The new proposal in place of the old one; what somebody has typed instead of that stays. */
export function reproposed<V extends Proposal>(values: V, before: Proposal, after: Proposal): V {
  const taken = (field: keyof Proposal) =>
    String(values[field]).trim() === before[field] || (field === 'server' && values.server.trim() === '');
  return {
    ...values,
    server: taken('server') ? after.server : values.server,
    port: taken('port') ? after.port : values.port,
    encryption: taken('encryption') ? after.encryption : values.encryption,
  };
}

/** The ports that mail is known by: RFC 8314, RFC 6409. */
const USUAL: Record<string, Protocol> = {
  25: 'smtp',
  465: 'smtp',
  587: 'smtp',
  143: 'imap',
  993: 'imap',
  110: 'pop',
  995: 'pop',
};

/** The protocol that a port is usual for, where it is another one. */
export function otherProtocol(port: string, protocol: Protocol): string | undefined {
  const usual = USUAL[port.trim()];
  return usual === protocol ? undefined : usual;
}
