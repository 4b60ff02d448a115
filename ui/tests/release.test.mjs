import assert from 'node:assert/strict';
import { test } from 'node:test';
import { build } from 'vite';

const root = new URL('..', import.meta.url).pathname;

async function built(mode) {
  const { output } = await build({ root, mode, logLevel: 'error', build: { write: false } });
  const text = (file) => (file.type === 'chunk' ? file.code : String(file.source));
  return Object.fromEntries(output.map((file) => [file.fileName, text(file)]));
}

test('the stand-in for the agent is in no release', async () => {
  const marks = ['sprzedaz@firma.pl', 'window,{signet', 'refuseWaiting'];
  const [release, fake] = [await built('production'), await built('fake')];
  for (const mark of marks) {
    const has = (files) => Object.values(files).some((text) => text.includes(mark));
    assert.ok(has(fake), `${mark} is what is looked for`);
    assert.ok(!has(release), mark);
  }
});

test('the page has nothing that a strict policy refuses, and asks nobody for anything', async () => {
  const files = await built('production');
  const page = files['index.html'];
  assert.doesNotMatch(page, /<script(?![^>]*\ssrc=)/, 'a script of its own');
  assert.doesNotMatch(page, /<style|\sstyle=|\son[a-z]+=/i);
  for (const [, address] of page.matchAll(/(?:src|href)="([^"]*)"/g)) assert.match(address, /^\/[^/]/);
  for (const [name, text] of Object.entries(files)) {
    if (name.endsWith('.css')) assert.doesNotMatch(text, /url\(|@import/, name);
    if (name.endsWith('.js'))
      assert.doesNotMatch(text, /\bfetch\(|XMLHttpRequest|WebSocket|\beval\(|new Function/, name);
  }
});
