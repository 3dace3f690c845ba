// A run that could not be made is asked for again as it was: with its parameters, its changes and its moment.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cursor, length } from './scenarios.mjs';
import { answerOnce, becomeReady, dist, linkOf, open } from './support.mjs';

const FAILURES = {
  'a trap': "new WebAssembly.RuntimeError('unreachable')",
  'a stack that overflows': "new RangeError('Maximum call stack size exceeded')",
};

/** The first runner of the module `tasks` throws in place of its run. @param {string} thrown */
function failOnce(page, thrown) {
  const glue = readFileSync(join(dist, 'engine/tasks.js'), 'utf8');
  const body = `${glue.replace('export function run(', 'function real(')}\nexport function run() { throw ${thrown}; }`;
  return answerOnce(page, '**/engine/tasks.js', body);
}

const LINK = '?s=state-machine&callers=2&do=t1.w1-lose&at=t1.p1&v=2';

/** The link's run is on the stage, at its moment. */
async function isOpened(page) {
  await becomeReady(page);
  const asLinked = await open(LINK);
  assert.equal(await length(page), await length(asLinked));
  assert.equal(await cursor(page), await cursor(asLinked));
  assert.equal(await linkOf(page), LINK);
  assert.equal(await page.locator('.notice:not([hidden])').count(), 0);
  await asLinked.close();
}

for (const [what, thrown] of Object.entries(FAILURES)) {
  for (const [how, ask] of [['the notice', (page) => page.locator('.notice.bad button').first().click()], ['its key', (page) => page.keyboard.press('r')]]) {
    test(`${what} at the first load: asked for again by ${how}, a link opens what it opens`, async () => {
      const page = await open('nowhere', { ready: false, fresh: true });
      await failOnce(page, thrown);
      await page.goto(`${page.site}${LINK}`);
      await page.locator('.notice.bad:not([hidden])').waitFor();
      assert.equal(new URL(page.url()).search, LINK, 'the address stays');
      await ask(page);
      await page.locator('.notice.bad').waitFor({ state: 'hidden' });
      await isOpened(page);
      await page.close();
    });
  }
}

for (const [how, ask, opens] of [
  ['the notice', (page) => page.locator('.notice.bad button').first().click(), LINK],
  ['its key', (page) => page.keyboard.press('r'), '?s=lazy&held=3&v=2'],
]) {
  test(`another scenario that could not be opened: asked for again by ${how}, ${opens} is opened`, async () => {
    const page = await open('?s=lazy&held=3', { fresh: true });
    await failOnce(page, FAILURES['a trap']);
    await page.evaluate((to) => {
      history.pushState(null, '', to);
      dispatchEvent(new PopStateEvent('popstate'));
    }, LINK);
    await page.locator('.notice.bad:not([hidden])').waitFor();
    await ask(page);
    await page.locator('.notice.bad').waitFor({ state: 'hidden' });
    await becomeReady(page);
    assert.equal(await linkOf(page), opens);
    await page.close();
  });
}
