// The sources of the window as modules, compiled as in the build: for tests of what needs no browser.

import { after } from 'node:test';
import { createServer } from 'vite';

export async function sources() {
  const server = await createServer({
    root: new URL('..', import.meta.url).pathname,
    logLevel: 'error',
    server: { middlewareMode: true, watch: null, ws: false },
    optimizeDeps: { noDiscovery: true },
  });
  after(() => server.close());
  return (path) => server.ssrLoadModule(`/src/${path}`);
}
