// The window in a plain browser: the build with the stand-in behind it, served under the policy of the real one.

import { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { preview } from 'vite';

const ROOT = new URL('..', import.meta.url).pathname;

/** Serves the window and starts the browser for the tests of a file; each page is closed after its test. */
export function forTests() {
  const shown = {};
  before(async () => Object.assign(shown, await start()));
  after(() => shown.stop?.());
  return (options) => shown.open(options);
}

export async function start() {
  const server = await preview({
    root: ROOT,
    mode: 'fake',
    logLevel: 'error',
    preview: { port: 0, strictPort: false },
  });
  const browser = await chromium.launch({
    executablePath: process.env.SIGNET_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  const address = `http://127.0.0.1:${server.httpServer.address().port}/`;
  return {
    open: (options) => open(browser, address, options),
    stop: async () => {
      await browser.close();
      await server.close();
    },
  };
}

/** A page of the window, with what the browser has complained of. */
async function open(browser, address, options = {}) {
  const { scene = 'ready', lang = 'en', page: name, scheme = 'light', width = 960, height = 720 } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${address}?scene=${scene}&lang=${lang}${name ? `#/${name}` : ''}`);
  await page.locator('h1').waitFor();
  return Object.assign(page, {
    complaints,
    done: () => context.close(),
    /** What the agent was asked by this method, in order. */
    asked: (method) =>
      page.evaluate(
        (method) => window.signet.calls.filter(([name]) => name === method).map(([, params]) => params),
        method,
      ),
    opened: () => page.evaluate(() => window.signet.opened),
    /** What befalls the stand-in: one of its methods, by name. */
    befall: (name, ...args) => page.evaluate(([name, args]) => window.signet[name](...args), [name, args]),
    clipboard: () => page.evaluate(() => navigator.clipboard.readText()),
    focused: () => page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200)),
  });
}
