// A real browser in which a script takes the place of a person's hands.
//
//   node visit.mjs ORDER.json
//
// ORDER.json: url, origin (of the provider, whose pages are filled in), certificate (file the browser shall trust),
// executable, language, profile?, screenshots?, visible?, dark?, leaveAt? (pages after which the browser is closed), and
// `turns`: who is at the keyboard, the first from the start, each other once `click` (a CSS selector) was clicked on
// the program's own page. A person is { user, password, code, consent: accept|cancel, pick, keep }.
//
// Prints what the person saw last: { url, title, text, language, pages, left, failure? }.

import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { LOGIN_PAGES, refusalOn } from './pages.mjs';

const MOST_PAGES = 30; // more than any sign-in has: a loop is noticed instead of followed

const order = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const profile = order.profile ?? fs.mkdtempSync(path.join(os.tmpdir(), 'signet-browser-'));
try {
  console.log(JSON.stringify(await visit(order)));
} finally {
  if (!order.profile) fs.rmSync(profile, { recursive: true, force: true });
}

async function visit({ url, turns, visible, leaveAt = Infinity }) {
  const browser = await launch();
  const page = browser.pages()[0] ?? (await browser.newPage());
  const seen = { pages: [], left: false };
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText;
    if (request.isNavigationRequest() && why !== 'net::ERR_ABORTED') seen.failure = why; // aborted: overtaken
  });
  try {
    await attempt(() => page.goto(url, { waitUntil: 'load' }));
    if (visible) await page.waitForEvent('close', { timeout: 0 });
    else await walk(page, [...turns], seen, leaveAt);
    return page.isClosed() ? seen : { ...seen, ...(await describe(page)) };
  } finally {
    await browser.close();
  }
}

async function walk(page, turns, seen, leaveAt) {
  let { person } = turns.shift() ?? {};
  for (let number = 0; number < MOST_PAGES; number += 1) {
    await settle(page);
    if (!isProviders(page.url())) await photograph(page, number, 'signet');
    if (seen.pages.length >= leaveAt) {
      seen.left = true;
      return;
    }
    if (seen.failure && !isProviders(page.url())) return;
    if (isProviders(page.url())) {
      if (!(await fill(page, person, seen, number))) return;
    } else {
      const turn = turns.shift();
      if (!turn) return;
      seen.pages.push(`click ${turn.click}`);
      person = turn.person ?? person;
      await go(page, turn.click);
    }
  }
  throw new Error(`the sign-in goes round in circles: ${seen.pages.join(', ')}`);
}

/** Fills one page of the provider and sends it. Says whether there is a way on. */
async function fill(page, person, seen, number) {
  const refusal = await refusalOn(page);
  if (refusal) {
    await photograph(page, number, 'refusal');
    seen.pages.push(`refusal: ${refusal}`);
    return false;
  }
  for (const { name, shown, answer } of LOGIN_PAGES) {
    if (!(await page.locator(shown).count())) continue;
    seen.pages.push(name);
    const way = await answer(page, person);
    await photograph(page, number, name);
    await go(page, way);
    return true;
  }
  return false;
}

async function go(page, selector) {
  await attempt(() => Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.click(selector)]));
}

/** Waits out the page that only carries the answer on, by posting itself to the program. */
async function settle(page) {
  const carrying = () => isProviders(page.url()) && page.locator('form[name=hiddenform]').count();
  if (await attempt(carrying)) {
    await attempt(() => page.waitForURL((url) => !isProviders(url.href), { waitUntil: 'load' }));
  }
  await attempt(() => page.waitForLoadState('load'));
}

/** A navigation may fail, or be overtaken by the next: what is there afterwards is looked at in either case. */
async function attempt(action) {
  try {
    return await action();
  } catch (err) {
    if (/Timeout/.test(err.name)) throw err;
    return undefined;
  }
}

function isProviders(url) {
  return url.startsWith(order.origin);
}

async function describe(page) {
  return {
    url: page.url(),
    title: await page.title(),
    text: await page.locator('body').innerText(),
    language: await page.evaluate(() => document.documentElement.lang),
  };
}

async function photograph(page, number, name) {
  if (!order.screenshots) return;
  fs.mkdirSync(order.screenshots, { recursive: true });
  await page.screenshot({ path: path.join(order.screenshots, `${number + 1}-${name}.png`) });
}

function launch() {
  return chromium.launchPersistentContext(profile, {
    executablePath: order.executable,
    headless: !order.visible,
    locale: order.language,
    colorScheme: order.dark ? 'dark' : 'light',
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Chromium takes no further authorities; trusting this one key leaves its other checks on.
      `--ignore-certificate-errors-spki-list=${fingerprint(order.certificate)}`,
    ],
  });
}

function fingerprint(file) {
  const { publicKey } = new crypto.X509Certificate(fs.readFileSync(file));
  return crypto.createHash('sha256').update(publicKey.export({ type: 'spki', format: 'der' })).digest('base64');
}
