import { readFileSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/** What the window allows itself, so that the tests see what it would refuse. */
const WINDOW = JSON.parse(readFileSync(new URL('../src-tauri/tauri.conf.json', import.meta.url), 'utf8'));

export default defineConfig(({ mode }) => {
  const backend = mode === 'fake' ? 'fake' : 'tauri';
  const at = (path) => new URL(path, import.meta.url).pathname;
  return {
    plugins: [svelte()],
    resolve: { alias: { '#backend': at(`src/lib/backend/${backend}.ts`) } },
    build: {
      outDir: backend === 'fake' ? 'dist-fake' : 'dist',
      target: ['es2022', 'safari16'],
      // What is inlined would be a data: address, which the policy refuses.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
    server: { fs: { allow: ['..'] } },
    preview: { host: '127.0.0.1', headers: { 'Content-Security-Policy': WINDOW.app.security.csp } },
    clearScreen: false,
  };
});
