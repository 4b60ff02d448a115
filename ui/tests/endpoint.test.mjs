import assert from 'node:assert/strict';
import { test } from 'node:test';

import { generated, written } from '../endpoint.mjs';

test('the types are those of the endpoint', async () => {
  assert.equal(await written(), await generated(), 'run `npm run types`');
});
