/** What is wrong with the mail settings of a form: the rules of crates/mail/src/settings.rs, for all of its fields at once. */

import { isAddress } from './addresses';
import type { Profile } from './endpoint';
import { type Authentication, type Encryption, otherProtocol, type Protocol } from './proposals';

/** The settings as they are being typed. */
export interface Values {
  id: string;
  kind: NonNullable<Profile['kind']>;
  enabled: boolean;
  name: string;
  description: string;
  send_with: NonNullable<Profile['send_with']>;
  sql_profile: string;
  email: string;
  display_name: string;
  reply_to: string;
  protocol: Protocol;
  server: string;
  port: string;
  encryption: Encryption;
  authentication: Authentication;
  login: string;
  account: string;
  mailbox: string;
  folder: string;
  password: string;
}

export type FieldName = keyof Values;
export type Wrongs = Partial<Record<FieldName, string>>;
export type Doubts = Partial<Record<FieldName, { id: string; args: Record<string, string> }>>;

/** In the order of the form, so that the first one wrong gets the focus. */
export function wrongs(values: Values): Wrongs {
  const isOutgoing = values.kind === 'mail_server';
  if (bySql(values)) return found({ sql_profile: missing(values.sql_profile) });
  const byToken = values.authentication === 'oauth2';
  return found({
    email: isOutgoing ? address(values.email) : undefined,
    reply_to: isOutgoing && values.reply_to.trim() !== '' ? address(values.reply_to) : undefined,
    server: host(values.server),
    port: port(values.port),
    encryption: byToken && values.encryption === 'none' ? 'profile-token-in-clear' : undefined,
    login: byToken ? address(values.login) : missing(values.login),
    mailbox: values.mailbox.trim() !== '' ? address(values.mailbox) : undefined,
  });
}

/** What may yet not be what was meant: the message and what is filled in, by the field it stands beside. */
export function doubts(values: Values): Doubts {
  if (bySql(values)) return {};
  const [email, login, server] = [values.email.trim(), values.login.trim(), values.server.trim()];
  const protocol = otherProtocol(values.port, values.protocol);
  const isAtExchange = /\.(office365|outlook)\.com$/i.test(server);
  const sendsAs =
    values.kind === 'mail_server' &&
    isAddress(email) &&
    isAddress(login) &&
    email.toLowerCase() !== login.toLowerCase();
  return {
    ...(protocol && { port: { id: 'profile-port-of', args: { port: values.port.trim(), protocol } } }),
    ...(isAtExchange &&
      values.protocol === 'smtp' &&
      values.port.trim() === '465' && { port: { id: 'profile-not-at-exchange', args: {} } }),
    ...(sendsAs && { email: { id: 'profile-send-as', args: { sender: email, login } } }),
    ...(values.encryption === 'none' &&
      values.authentication === 'password' && { encryption: { id: 'form-not-encrypted', args: {} } }),
  };
}

export function bySql({ kind, send_with }: Pick<Values, 'kind' | 'send_with'>): boolean {
  return kind === 'mail_server' && send_with === 'sql_profile';
}

/** A server's name in any alphabet, or its address; nothing before it and nothing behind. */
export function host(text: string): string | undefined {
  const name = text.trim();
  if (name === '') return 'profile-missing';
  if (name.includes('://')) return 'profile-scheme';
  const isName =
    /^[\p{L}\p{N}]([\p{L}\p{M}\p{N}._-]*[\p{L}\p{M}\p{N}])?\.?$/u.test(name) && !name.includes('..');
  const isSix = /^\[[\da-f:.]+\]$/i.test(name);
  return (isName || isSix) && URL.canParse(`http://${name}/`) ? undefined : 'profile-no-host';
}

export function port(text: string): string | undefined {
  const number = text.trim();
  if (number === '') return 'profile-missing';
  const isPort = /^\d{1,5}$/.test(number) && Number(number) >= 1 && Number(number) <= 65_535;
  return isPort ? undefined : 'profile-port';
}

export function address(text: string): string | undefined {
  return missing(text) ?? (isAddress(text.trim()) ? undefined : 'profile-no-address');
}

/** An id of a point: a key of the configuration, and a word of the command line. */
export function pointId(id: string, known: readonly string[]): string | undefined {
  if (id === '') return 'profile-missing';
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(id) || id === 'mail_server') return 'points-id-wrong';
  return known.includes(id) ? 'points-id-known' : undefined;
}

/** An id made of a name: without accents, and none that is there already. */
export function idOf(name: string, known: readonly string[]): string {
  const plain = name
    .replace(/ł/g, 'l')
    .replace(/Ł/g, 'L')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 56);
  if (plain === '') return '';
  const taken = new Set([...known, 'mail_server']);
  for (let number = 1; ; number++) {
    const id = number === 1 ? plain : `${plain}-${number}`;
    if (!taken.has(id)) return id;
  }
}

function missing(text: string): string | undefined {
  return text.trim() === '' ? 'profile-missing' : undefined;
}

function found(all: Record<string, string | undefined>): Wrongs {
  return Object.fromEntries(Object.entries(all).filter(([, wrong]) => wrong)) as Wrongs;
}
