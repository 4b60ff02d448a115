import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { sources } from './sources.mjs';

const load = await sources();
const { PERMISSIONS, REDIRECT } = await load('lib/registration.ts');
const read = (path) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

test('guide and script register the same', async () => {
  const script = await read('docs/register-application.ps1');
  const wanted = /\$wanted = @\(([^)]*)\)/.exec(script)[1];
  assert.deepEqual(
    [...wanted.matchAll(/'([^']+)'/g)].map(([, name]) => name),
    [...PERMISSIONS],
  );
  assert.ok(script.includes(`$redirect = '${REDIRECT}'`));
});

test('what is registered covers what the agent asks for', async () => {
  const asked = await read('crates/mail/src/office365.rs');
  const scopes = [...asked.matchAll(/\$resource, "\/([A-Za-z.]+)"/g)].map(([, name]) => name);
  assert.equal(scopes.length, 3);
  for (const scope of scopes) assert.ok(PERMISSIONS.includes(scope), scope);
});
