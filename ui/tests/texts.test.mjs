import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { sources } from './sources.mjs';

const load = await sources();
const { Texts } = await load('lib/texts.ts');
const [english, polish] = [new Texts('en'), new Texts('pl')];

const ROOT = new URL('..', import.meta.url);
/** The window's own files, and the words that their ids begin with. */
const FILES = ['window', 'forms'];
const OWN = 'window|accounts|add|signing|explain|first|guide|settings|form|leaving|points';

test('a message is told with its detail, in either language', () => {
  const message = {
    id: 'notice-config-broken',
    args: { path: '/etc/x.toml', line: '4', column: '1' },
    detail: { id: 'config-unknown-setting-nearest', args: { word: 'clientid', nearest: 'client_id' } },
  };
  assert.match(english.told(message), /\/etc\/x\.toml, line 4, column 1: .*"clientid".*"client_id"/);
  assert.match(polish.told(message), /\/etc\/x\.toml, wiersz 4, kolumna 1: .*„clientid”.*„client_id”/);
});

test('numbers choose the form, and are written without separators', () => {
  const said = [1, 3, 5, 12000].map((count) => polish.say('accounts-count', { count }));
  assert.deepEqual(said, ['1 konto', '3 konta', '5 kont', '12000 kont']);
  assert.match(english.say('error-numbers-code', { code: '5017300' }), /AADSTS5017300/);
});

test('what looks like a number and is none stays as it is', () => {
  for (const name of ['007', '1e3', '0x10', ' 7', '-1', '9007199254740993']) {
    assert.equal(english.say('add-added', { account: name }), `Added: ${name}`);
  }
});

test('nothing invisible is put around what is filled in', () => {
  assert.equal(
    polish.say('signing-signed-in', { login: 'anna@firma.pl' }),
    'Zalogowano użytkownika anna@firma.pl',
  );
});

test('an error number is explained, and an unknown one is not', () => {
  const { meaning, action } = english.aadsts(50105);
  assert.ok(meaning.endsWith('.') && action.endsWith('.'));
  assert.notDeepEqual(polish.aadsts(50105), { meaning, action });
  assert.equal(english.aadsts(1), undefined);
});

test('a message that is missing is seen', () => {
  assert.equal(english.say('window-nowhere'), '"window-nowhere"');
});

test('each text of the window is used, and each that is used is there', async () => {
  const read = (name) => readFile(new URL(`../locales/en/${name}.ftl`, ROOT), 'utf8');
  const written = (await Promise.all(FILES.map(read))).join('\n');
  const there = new Set([...written.matchAll(/^([a-z0-9-]+) =/gm)].map(([, id]) => id));
  const used = new Set();
  for (const path of await readdir(new URL('src', ROOT), { recursive: true })) {
    if (!/\.(svelte|ts)$/.test(path)) continue;
    const source = await readFile(new URL(`src/${path}`, ROOT), 'utf8');
    for (const [, id] of source.matchAll(new RegExp(`['"]((?:${OWN})-(?!run')[a-z0-9-]+)['"]`, 'g')))
      used.add(id);
  }
  assert.deepEqual(
    [...used].filter((id) => !there.has(id)),
    [],
    'used, and nowhere written',
  );
  assert.deepEqual(
    [...there].filter((id) => !used.has(id)),
    [],
    'written, and nowhere used',
  );
});
