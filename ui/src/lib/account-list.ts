import { isAddress } from './addresses';

/** What is to be said of a line of a pasted list. */
export type Verdict =
  | { kind: 'fine'; name: string; login?: string }
  | { kind: 'heading' }
  | { kind: 'known'; name: string }
  | { kind: 'twice'; name: string; line: number }
  | { kind: 'twice-differs'; name: string; line: number }
  | { kind: 'no-address' }
  | { kind: 'login-no-address'; name: string; login: string }
  | { kind: 'too-many' };

export interface Line {
  /** As an editor counts, from 1. */
  number: number;
  text: string;
  verdict: Verdict;
}

/** Verdicts that leave nothing to add and nothing to mend. */
const PASSED_OVER = new Set<Verdict['kind']>(['heading', 'known', 'twice']);

export function isWrong({ verdict }: Line): boolean {
  return verdict.kind !== 'fine' && !PASSED_OVER.has(verdict.kind);
}

/** Which columns hold what, as a heading names them. */
interface Columns {
  address: number | undefined;
  login: number | undefined;
}

const NO_HEADING: Columns = { address: undefined, login: undefined };

/**
 * Judges a list of accounts: one a line, as typed, as rows of a spreadsheet (tabs) or as CSV (commas or semicolons).
 * Empty lines are passed over; `known` are the names of the accounts there are.
 */
export function judge(text: string, known: readonly string[]): Line[] {
  const rows = rowsOf(text);
  const first = rows[0];
  const columns = first && !first.text.includes('@') ? named(first.cells) : NO_HEADING;
  const hasHeading = columns.address !== undefined || columns.login !== undefined;
  const there = new Set(known.map(key));
  const seen = new Map<string, { line: number; login: string }>();
  return rows.map(({ number, text, cells }, at) => {
    if (hasHeading && at === 0) return { number, text, verdict: { kind: 'heading' } };
    const read = account(cells, columns);
    if (read.kind !== 'fine') return { number, text, verdict: read };
    const { name } = read;
    const login = key(read.login ?? name);
    const before = seen.get(key(name));
    if (before) {
      const kind = before.login === login ? 'twice' : 'twice-differs';
      return { number, text, verdict: { kind, name, line: before.line } };
    }
    seen.set(key(name), { line: number, login });
    return { number, text, verdict: there.has(key(name)) ? { kind: 'known', name } : read };
  });
}

function account(cells: string[], columns: Columns): Verdict {
  const given = (column: number | undefined) =>
    column === undefined ? undefined : cells[column] || undefined;
  const addresses = cells.filter((cell) => cell.includes('@'));
  const name = columns.address === undefined ? addresses[0] : given(columns.address);
  const others = addresses.filter((address) => address !== name);
  const login = columns.login === undefined ? others[0] : given(columns.login);
  const isGuessed = columns.address === undefined && columns.login === undefined;
  if (isGuessed && addresses.length > 2) return { kind: 'too-many' };
  if (name === undefined || !isAddress(name)) return { kind: 'no-address' };
  if (login === undefined || key(login) === key(name)) return { kind: 'fine', name };
  return isAddress(login) ? { kind: 'fine', name, login } : { kind: 'login-no-address', name, login };
}

function named(heading: string[]): Columns {
  const column = (words: RegExp) => {
    const at = heading.findIndex((cell) => words.test(cell));
    return at < 0 ? undefined : at;
  };
  const login = column(/login|upn|principal|u[żz]ytkownik|user/i);
  const address = column(/mail|address|adres|skrzynk|mbox|konto|account/i);
  return { address: address === login ? undefined : address, login };
}

export interface Row {
  /** As an editor counts, from 1. */
  number: number;
  text: string;
  cells: string[];
}

/** The rows of a pasted list, but for empty ones. */
export function rowsOf(text: string): Row[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((text, at) => ({ number: at + 1, text: text.trim(), cells: cells(text) }))
    .filter((row) => row.text !== '');
}

/** The cells of a row: by tabs where there are any, else by semicolons or commas, quotes as in RFC 4180. */
function cells(text: string): string[] {
  const separator = text.includes('\t') ? '\t' : text.includes(';') ? ';' : ',';
  const found = [''];
  let isQuoted = false;
  for (const character of text) {
    const last = found.length - 1;
    if (character === '"' && (isQuoted || found[last]?.trim() === '')) isQuoted = !isQuoted;
    else if (character === separator && !isQuoted) found.push('');
    else found[last] += character;
  }
  return found.flatMap(bare);
}

/** A cell as an address is written in mails and links: `Anna <anna@firma.pl>`, `mailto:anna@firma.pl`. */
function bare(cell: string): string[] {
  const text = cell.trim();
  const inBrackets = /<([^<>]*)>$/.exec(text)?.[1];
  const plain = (inBrackets ?? text).trim().replace(/^mailto:/i, '');
  const words = plain.split(/\s+/);
  // Two addresses with nothing but blanks between them are two cells.
  return words.length > 1 && words.every((word) => word.includes('@')) ? words : [plain];
}

function key(address: string): string {
  return address.toLowerCase();
}
