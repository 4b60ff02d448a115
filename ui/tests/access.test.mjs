// Each page and state, in both languages: against axe's rules in both schemes, and in narrow windows. A window of
// 960 px at 200 % is as wide as one of 480 px, and 320 px is what WCAG 2.2 asks for (success criterion 1.4.10).

import assert from 'node:assert/strict';
import { test } from 'node:test';
import axe from 'axe-core';

import { STATES } from './states.mjs';
import { textsOf } from './texts-of.mjs';
import { forTests } from './window.mjs';

const open = forTests();

for (const [name, { reach, ...state }] of Object.entries(STATES)) {
  const reached = async (options) => {
    const page = await open({ ...state, ...options });
    await reach?.(page, textsOf(options.lang));
    assert.equal(await page.getAttribute('html', 'lang'), options.lang);
    await page.evaluate(axe.source);
    return page;
  };

  test(`${name} can be read by anybody and used by keyboard, in English and light`, async () => {
    const page = await reached({ lang: 'en', scheme: 'light' });
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(await missedByTab(page), [], 'by Tab');
    assert.deepEqual(page.complaints, []);
    await page.done();
  });

  test(`${name} can be read by anybody and in a narrow window, in Polish and dark`, async () => {
    const page = await reached({ lang: 'pl', scheme: 'dark' });
    assert.deepEqual(await violations(page), []);
    for (const width of [480, 320]) {
      await page.setViewportSize({ width, height: 720 });
      assert.deepEqual(await beyondTheEdge(page), [], `at ${width} px`);
    }
    assert.deepEqual(page.complaints, []);
    await page.done();
  });
}

async function violations(page) {
  const found = await page.evaluate(() => window.axe.run(document));
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

/** What Tab does not reach, or reaches without its focus being seen. */
async function missedByTab(page) {
  const wanted = await page.evaluate(() => {
    document.activeElement?.blur();
    const within = document.querySelector('dialog[open]') ?? document;
    const all = within.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]');
    // Of radio buttons Tab reaches the chosen one; the arrows reach the others.
    const isOther = (one) => one.type === 'radio' && !one.checked;
    const able = [...all].filter((one) => !one.disabled && !isOther(one) && one.checkVisibility());
    able.forEach((one, at) => (one.dataset.at = at));
    return able.map((one) => one.outerHTML.slice(0, 120));
  });
  const missed = new Map(wanted.entries());
  for (let steps = 0; steps < wanted.length + 3; steps++) {
    await page.keyboard.press('Tab');
    const { at, isSeen } = await page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
      const isSeen = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
      return { at: Number(document.activeElement.dataset.at), isSeen };
    });
    if (isSeen) missed.delete(at);
  }
  return [...missed.values()];
}

/** What stands out of the window, but for what scrolls by itself and what is not to be seen. */
function beyondTheEdge(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const isBeyond = (one) => Math.ceil(one.getBoundingClientRect().right) > width;
    const isMeant = (one) => one.closest('pre, textarea, [tabindex="0"], .unseen, .skip') !== null;
    const all = [...document.querySelectorAll('body *')];
    return all.filter((one) => isBeyond(one) && !isMeant(one)).map((one) => one.outerHTML.slice(0, 120));
  });
}
