// Takes new messages out of a mailbox point: node fetch.mjs PROFILE FOLDER
//
// Each attachment becomes a file in FOLDER; without one, the message itself does. A message is marked as read once all of it is
// on the disk. One that cannot be taken is told about and stays unread, and the others are taken all the same.

import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ImapFlow } from 'imapflow';
import { ask, run } from './signet.mjs';

/** Milliseconds that a server may be silent. */
const PATIENCE = 60_000;

function client({ host, port, encryption, authentication, login, mailbox, password, access_token }) {
  const auth =
    authentication === 'password' ? { user: login, pass: password } : { user: mailbox, accessToken: access_token };
  const doSTARTTLS = encryption === 'tls' ? undefined : encryption === 'starttls';
  return new ImapFlow({ host, port, secure: encryption === 'tls', doSTARTTLS, auth, logger: false, socketTimeout: PATIENCE });
}

const filename = ({ dispositionParameters, parameters }) => dispositionParameters?.filename ?? parameters?.name ?? '';

/** The parts that are attachments. What a page is made of is none. */
function attachments(part, inside) {
  if (part.type.startsWith('multipart/')) return (part.childNodes ?? []).flatMap((child) => attachments(child, part.type));
  const named = inside !== 'multipart/related' && (filename(part) || !part.type.startsWith('text/'));
  return part.disposition === 'attachment' || named ? [part] : [];
}

/** In one line, without signs that do something. */
const shown = (text) => (text ?? '').replace(/\p{C}/gu, ' ');

/** At most so many bytes, and whole letters. */
const cut = (text, most) => new TextDecoder().decode(Buffer.from(text).subarray(0, most), { stream: true });

/** A name from outside is no path, and of a length and of signs that any file system takes. */
function clean(name) {
  const edges = /^[. ]+|[. ]+$/g;
  const { name: stem, ext } = path.posix.parse(shown(name).replace(/[/\\:*?"<>|]/g, '_').replace(edges, ''));
  return (cut(stem, 120) + cut(ext, 20)).replace(edges, '');
}

/** Whole on the disk, or not there. What is there already is left by a run that broke off, or else not to be overwritten. */
async function keep(file, content) {
  const part = path.join(path.dirname(file), `.${randomUUID()}`);
  try {
    await pipeline(content, createWriteStream(part, { flags: 'wx', flush: true }));
    const there = await readFile(file).catch(() => undefined);
    if (!there) await rename(part, file);
    else if (!there.equals(await readFile(part))) throw new Error(`${file} is there, and is something else`);
  } finally {
    await rm(part, { force: true });
  }
}

async function take(imap, uid, folder, name) {
  const { envelope, bodyStructure } = await imap.fetchOne(uid, { envelope: true, bodyStructure: true }, { uid: true });
  const files = attachments(bodyStructure).map((part) => {
    const nameless = part.type === 'message/rfc822' ? 'message.eml' : 'attachment';
    const number = part.part ?? '1';
    return [number, `${name}.${number}-${clean(filename(part)) || nameless}`];
  });
  for (const [number, file] of files.length ? files : [[undefined, `${name}.eml`]]) {
    const { content } = await imap.download(uid, number, { uid: true, decodeText: false });
    await keep(path.join(folder, file), content);
  }
  const listing = await open(folder);
  await listing.sync(); // the files' names are on the disk too
  await listing.close();
  const from = envelope?.from?.[0];
  console.log([shown(from && `${from.name} <${from.address}>`), shown(envelope?.subject), files.length || 1].join('\t'));
  // Only now: whatever goes wrong before leaves it to be taken the next time.
  const stored = await imap.messageFlagsAdd(uid, ['\\Seen'], { uid: true });
  if (!stored) throw new Error('it cannot be marked as read');
}

run(async (profile, folder) => {
  const credential = await ask('credential.get', { profile, min_valid_seconds: 300 });
  if (credential.protocol !== 'imap') {
    throw new Error(`${profile} is for ${credential.protocol}, and this component reads by IMAP alone`);
  }
  const imap = client(credential);
  await imap.connect();
  try {
    const { uidValidity } = await imap.mailboxOpen(credential.folder);
    const found = await imap.search({ seen: false }, { uid: true });
    if (!found) throw new Error('the folder cannot be searched');
    for (const uid of found) {
      try {
        // No two messages have the same three (RFC 3501 section 2.3.1.1).
        await take(imap, uid, folder, `${profile}.${uidValidity}.${uid}`);
      } catch (error) {
        if (!imap.usable) throw error;
        console.error(`message ${uid} stays unread: ${error}`);
        process.exitCode = 1;
      }
    }
  } finally {
    await imap.logout();
  }
});
