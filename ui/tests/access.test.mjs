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
  for (const lang of ['en', 'pl']) {
    test(`${name} can be read and used by anybody, in ${lang}`, async () => {
      const page = await open({ ...state, lang });
      await reach?.(page, textsOf(lang));
      assert.equal(await page.getAttribute('html', 'lang'), lang);
      await page.evaluate(axe.source);
      assert.deepEqual(await violations(page, {}), []);
      await page.emulateMedia({ colorScheme: 'dark' });
      assert.deepEqual(await violations(page, { runOnly: ['color-contrast'] }), [], 'in the dark');
      for (const width of [480, 320]) {
        await page.setViewportSize({ width, height: 720 });
        assert.deepEqual(await beyondTheEdge(page), [], `at ${width} px`);
      }
      assert.deepEqual(page.complaints, []);
      await page.done();
    });
  }
}

async function violations(page, options) {
  const found = await page.evaluate((options) => window.axe.run(document, options), options);
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
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
