import { type Row, rowsOf } from './account-list';
import { isAddress } from './addresses';
import type { NamedProfile, Profile } from './endpoint';
import { type Doubts, doubts, type FieldName, idOf, pointId, type Values, wrongs } from './mail-rules';
import { type Encryption, proposal, type Protocol } from './proposals';

/** In the order that a list without a heading has them in. */
export const COLUMNS = [
  'name',
  'login',
  'mailbox',
  'kind',
  'server',
  'port',
  'encryption',
  'folder',
] as const;
type Column = (typeof COLUMNS)[number] | 'id' | 'description' | 'protocol';

const HEADINGS: [Column, RegExp][] = [
  ['id', /^id\b|^identyfikator|^identifier/i],
  ['login', /login|upn|principal|u[żz]ytkownik|user/i],
  ['server', /serwer|server|host/i],
  ['mailbox', /mail|skrzynk|adres|address|mbox/i],
  ['protocol', /protok|protoc|typ konta|account type/i],
  ['kind', /kind|tryb|mode|rodzaj/i],
  ['port', /^port/i],
  ['encryption', /szyfr|encrypt|tls|ssl/i],
  ['folder', /folder|katalog/i],
  ['description', /opis|descr/i],
  ['name', /nazwa|name|punkt|point/i],
];

const KINDS: [Profile['kind'] & string, RegExp][] = [
  ['documents', /^(doc|dok|generowanie)/i],
  ['attachments', /^(att|za[łl]|pobieranie)/i],
];

const ENCRYPTIONS: Record<string, Encryption> = {
  automatic: 'automatic',
  automatyczne: 'automatic',
  none: 'none',
  brak: 'none',
  tls: 'tls',
  ssl: 'tls',
  'ssl/tls': 'tls',
  starttls: 'starttls',
};

const PROTOCOLS: Record<string, Protocol> = { imap: 'imap', imap4: 'imap', pop: 'pop', pop3: 'pop' };

/** The ports of POP3 are nothing else's. */
function usualAt(port: string | undefined): Protocol {
  return port === '110' || port === '995' ? 'pop' : 'imap';
}

/** A point as it is to be saved. */
export interface Wanted {
  id: string;
  profile: Profile;
}

/** What is to be said of a line. */
export type PointVerdict =
  | { kind: 'fine'; wanted: Wanted; mailbox: string; doubts: Doubts }
  | { kind: 'heading' | 'known' | 'no-mailbox' | 'columns' }
  | { kind: 'no-kind'; word: string }
  | { kind: 'wrong'; field: FieldName; wrong: string }
  | { kind: 'twice'; line: number; id: string }
  | { kind: 'twice-mailbox'; line: number };

export interface PointLine extends Row {
  verdict: PointVerdict;
}

export function isWrongPoint({ verdict: { kind } }: PointLine): boolean {
  return kind !== 'fine' && kind !== 'heading' && kind !== 'known';
}

/** Judges a pasted list of points: by its heading where it has one. `delegate` logs in for all of them. */
export function judgePoints(
  text: string,
  known: readonly NamedProfile[],
  { delegate, cloud }: { delegate: string; cloud: string | null | undefined },
): PointLine[] {
  const rows = rowsOf(text);
  const named = rows[0] && headed(rows[0]);
  const there = new Set(known.map(place));
  const [ids, places] = [new Map<string, number>(), new Map<string, number>()];
  return rows.map((row, at) => {
    if (named && at === 0) return { ...row, verdict: { kind: 'heading' } };
    if (!named && row.cells.length > COLUMNS.length) return { ...row, verdict: { kind: 'columns' } };
    const given = named
      ? by(named, row)
      : by(isAddress(row.cells[0] ?? '') ? COLUMNS.slice(1) : [...COLUMNS], row);
    const taken = [...known.map(({ id }) => id), ...ids.keys()];
    const verdict = point(given, delegate.trim(), cloud, taken);
    if (verdict.kind !== 'fine') return { ...row, verdict };
    const { id, profile } = verdict.wanted;
    const [sameId, samePlace] = [ids.get(id), places.get(place(profile))];
    if (sameId !== undefined) return { ...row, verdict: { kind: 'twice', line: sameId, id } };
    if (samePlace !== undefined) return { ...row, verdict: { kind: 'twice-mailbox', line: samePlace } };
    if (there.has(place(profile))) return { ...row, verdict: { kind: 'known' } };
    if (known.some((one) => one.id === id)) {
      return { ...row, verdict: { kind: 'wrong', field: 'id', wrong: 'points-id-known' } };
    }
    ids.set(id, row.number);
    places.set(place(profile), row.number);
    return { ...row, verdict };
  });
}

type Given = Partial<Record<Column, string>>;

function point(
  given: Given,
  delegate: string,
  cloud: string | null | undefined,
  taken: string[],
): PointVerdict {
  const own = given.login || given.mailbox;
  const login = delegate || own;
  if (!own || !login) return { kind: 'no-mailbox' };
  const target = given.mailbox || own;
  const kind = given.kind ? KINDS.find(([, words]) => words.test(given.kind ?? ''))?.[0] : 'documents';
  if (!kind) return { kind: 'no-kind', word: given.kind ?? '' };
  const encryption = given.encryption ? ENCRYPTIONS[given.encryption.toLowerCase()] : 'automatic';
  if (!encryption) return { kind: 'wrong', field: 'encryption', wrong: 'points-paste-encryption' };
  const protocol = given.protocol ? PROTOCOLS[given.protocol.toLowerCase()] : usualAt(given.port);
  if (!protocol) return { kind: 'wrong', field: 'protocol', wrong: 'points-paste-protocol' };
  const initial = proposal({ protocol, authentication: 'oauth2', login, cloud });
  const name = given.name || target;
  const values: Values = {
    id: given.id || idOf(given.name || target.replace(/@.*/, ''), taken),
    kind,
    enabled: true,
    name,
    description: given.description ?? '',
    send_with: 'mail_component',
    sql_profile: '',
    email: '',
    display_name: '',
    reply_to: '',
    protocol,
    server: given.server || initial.server,
    port: given.port || initial.port,
    encryption,
    authentication: 'oauth2',
    login,
    account: '',
    mailbox: target.toLowerCase() === login.toLowerCase() ? '' : target,
    folder: given.folder ?? '',
    password: '',
  };
  const badId = pointId(values.id, []);
  const [first] = Object.entries({ ...(badId && { id: badId }), ...wrongs(values) });
  if (first) return { kind: 'wrong', field: first[0] as FieldName, wrong: first[1] };
  const { description, mailbox, folder } = values;
  const profile: Profile = {
    kind,
    enabled: true,
    name,
    protocol,
    server: values.server,
    port: Number(values.port),
    encryption,
    authentication: 'oauth2',
    login,
    ...(description && { description }),
    ...(mailbox && { mailbox }),
    ...(folder && { folder }),
  };
  return { kind: 'fine', wanted: { id: values.id, profile }, mailbox: target, doubts: doubts(values) };
}

/** The columns that a heading names; nothing where it is none. */
function headed({ text, cells }: Row): (Column | undefined)[] | undefined {
  if (text.includes('@')) return undefined;
  const used = new Set<Column>();
  const named = cells.map((cell) => {
    const column = HEADINGS.find(([column, words]) => !used.has(column) && words.test(cell.trim()))?.[0];
    if (column) used.add(column);
    return column;
  });
  return used.has('login') || used.has('mailbox') ? named : undefined;
}

function by(columns: readonly (Column | undefined)[], { cells }: Row): Given {
  const entries = columns.map((column, at) => [column, cells[at]?.trim() ?? ''] as const);
  return Object.fromEntries(entries.filter(([column, cell]) => column && cell !== '')) as Given;
}

/** What a point reads: two points that read the same are one too many. */
function place(profile: Profile): string {
  const mailbox = profile.mailbox || profile.login || '';
  return `${profile.kind} ${mailbox.toLowerCase()} ${profile.folder || 'INBOX'}`;
}
