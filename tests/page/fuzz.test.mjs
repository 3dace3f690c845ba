// Hostile links and inputs: each gives a page that works, says what it left out, and loses nothing that was typed. 2,000 by
// default, others every day; FUZZ=100000 makes so many, FUZZ_SEED=7 those of one seed. A failure names both.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chanceOf, createHostile } from './hostile.mjs';
import { becomeReady, open } from './support.mjs';

const COUNT = Number(process.env.FUZZ ?? 2000);
const SEED = Number(process.env.FUZZ_SEED ?? Math.floor(Date.now() / 86_400_000));
/** So many are given to the page at a time. */
const BATCH = 25;
/** Of so many one is a load of its own, in place of a step in the history of a page. */
const LOADED = 50;

/** In the page, once: what is tried in it. */
function tools() {
  // The history takes so many entries in 10 s, and the address waits; here time flies.
  const now = Date.now.bind(Date);
  let flown = 0;
  Date.now = () => now() + (flown += 1000);
  /** What takes longer, in ms, hangs: the longest runs are ended by their budget before. */
  const PATIENCE = 30_000;
  const root = document.documentElement;
  const ready = async () => {
    const begun = performance.now();
    do await new Promise((later) => { setTimeout(later, 2); }); while (root.dataset.ready !== 'true' && performance.now() - begun < PATIENCE);
    if (root.dataset.ready !== 'true') throw new Error('it hangs');
  };
  const key = (name) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
  const text = (selector) => document.querySelector(selector)?.textContent ?? '';
  const check = (holds, fault) => { if (!holds) throw new Error(fault); };

  const visit = async (search) => {
    history.pushState(null, '', search);
    dispatchEvent(new PopStateEvent('popstate'));
    await ready();
  };
  /** The page works: there is something on it, nothing came out of the link onto it, and it steps. */
  const works = () => {
    check(text('h1').trim() !== '' && text('.stage').length > 100, 'the page is blank');
    check(document.querySelector('img:not([src^="./"]):not([src^="icons"]), .stage script, .notices script, .notices b img') === null, 'there is something of the link in the page');
    const notice = text('.notice:not(.work)');
    check(!/\[object |«|\{\w+\}/.test(notice.replace(/“[^”]*”/g, '')), `it says: ${notice}`);
    const where = () => Number(text('.where b').replace(/\D/g, ''));
    if (!document.querySelector('.where b') || root.dataset.stage === 'trace') return;
    key('Home');
    key('ArrowRight');
    check(where() === 1, `a step leads to ${where()}`);
  };

  /** @type {Record<string, (given: any) => Promise<void>>} */
  const kinds = {
    /** A link, and the one that the page makes of it: that opens the same. */
    async link({ link, isLeft, isTwice }) {
      if (isLeft) {
        // Left for the next one before it is there.
        history.pushState(null, '', link);
        dispatchEvent(new PopStateEvent('popstate'));
        return;
      }
      await visit(link);
      const made = location.search;
      works();
      if (!isTwice) return;
      await visit(made);
      check(location.search === made, `${made} becomes ${location.search}`);
    },
    /** What is typed into a field of a form: it is taken, or it is said what is wrong, and it stays. */
    async typed({ link, field, value, isInSentence }) {
      if (!location.search.startsWith(link)) await visit(link);
      const inputs = [...document.querySelectorAll(isInSentence ? '.with input.val' : '.fields input[id^="field-"]')];
      const input = inputs[field % inputs.length];
      if (!input) return works();
      const name = input.id || input.getAttribute('aria-label');
      const find = () => [...document.querySelectorAll('input')].find((one) => (one.id || one.getAttribute('aria-label')) === name);
      input.focus();
      // As typing would: no more than fits, and one line.
      input.value = value.slice(0, input.maxLength);
      const typed = input.value;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      input.dispatchEvent(new Event('change', { bubbles: true }));
      await ready();
      check(find()?.value === typed || Number(find()?.value) === Number(typed), `${JSON.stringify(typed)} in ${name} is lost: ${find()?.value}`);
      const error = [...document.querySelectorAll('.field-error')].find((one) => !one.hidden);
      const isWrong = find()?.getAttribute('aria-invalid') === 'true' || find()?.closest('[data-wrong]') !== null;
      if (isWrong && !isInSentence) check(error?.textContent.length > 10, `nothing is said of ${JSON.stringify(typed)} in ${name}`);
      check(isWrong || /^\+?[0-9]+$/.test(typed.trim()), `${JSON.stringify(typed)} is a number for ${name}`);
      const taken = new URLSearchParams(location.search).get(name.replace('field-', ''));
      // Not while another one of the form is wrong.
      check(error !== undefined || taken === null || Number(taken) === Number(typed), `${JSON.stringify(typed)} is taken, and the address says ${taken}`);
      find()?.blur();
      works();
    },
  };

  window.hostile = async (all) => {
    const faults = [];
    for (const one of all) {
      window.hostileNow = one;
      const begun = performance.now();
      await kinds[one.kind](one).catch((error) => faults.push({ ...one, fault: error.message, at: location.search.slice(0, 300) }));
      one.took = performance.now() - begun;
      if (faults.at(-1)?.fault === 'it hangs') break;
    }
    return { faults, longest: all.toSorted((a, b) => b.took - a.took)[0] };
  };
}

/** What the page is given: mostly links, and every fourth a form. @param {number} seed @param {number} count */
function* cases(seed, count) {
  const chance = chanceOf(seed);
  const hostile = createHostile(chance);
  for (let n = 0; n < count;) {
    if (chance.isIn(75)) {
      n += 1;
      yield { kind: 'link', link: hostile.link(), isLeft: chance.isIn(8), isTwice: chance.isIn(12) };
      continue;
    }
    // Some in a row into one form.
    const { id, schema } = hostile.scenario();
    const fields = Object.values(schema.properties ?? {});
    const isInSentence = chance.isIn(30);
    for (let i = 0; i < 4 && n < count; i += 1, n += 1) {
      const field = chance.below(20);
      yield { kind: 'typed', link: `?s=${id}`, field, value: hostile.typed(fields[field % fields.length] ?? {}), isInSentence };
    }
  }
}

test(`${COUNT} hostile links and inputs of seed ${SEED}: no error, no hang, no blank page, no lost input`, { timeout: Infinity }, async () => {
  const begun = performance.now();
  const all = [...cases(SEED, COUNT)];
  let page;
  const fresh = async (view) => {
    await page?.close();
    // Small: most of the time goes into drawing.
    page = await open('?s=lost-wake', { view, reducedMotion: 'reduce', viewport: { width: 800, height: 420 } });
    await page.evaluate(tools);
  };
  let slowest = { took: 0 };
  /** All that went wrong: the first of them is often not the one that tells most. */
  const faults = [];
  const count = (said) => {
    const problems = page.problems.splice(0).filter((problem) => !problem.endsWith('net::ERR_ABORTED')); // given up on the way to the next one
    if (problems.length) faults.push({ said, problems });
    assert(faults.length < 20, JSON.stringify(faults, null, 1));
  };
  for (let from = 0; from < all.length; from += BATCH) {
    // Now as a lesson, now in all views; a page in each for a while, as a reader has it.
    if (from % (BATCH * 20) === 0) await fresh((from / BATCH / 20) % 2 ? 'lesson' : 'all');
    const batch = all.slice(from, from + BATCH);
    const said = `of seed ${SEED}, from number ${from}`;
    const answer = await Promise.race([
      page.evaluate((batch) => window.hostile(batch), batch),
      new Promise((_, fail) => { setTimeout(() => fail(new Error(`the page hangs ${said}: ${JSON.stringify(batch)}`)), 120_000).unref(); }),
    ]);
    faults.push(...answer.faults);
    count(`${said}: ${JSON.stringify(batch)}`);
    if (answer.faults.some(({ fault }) => fault === 'it hangs')) await fresh('all');
    if (answer.longest.took > slowest.took) slowest = answer.longest;
    if ((from / BATCH) % (LOADED / BATCH) === 1) {
      const { link } = batch.find(({ kind }) => kind === 'link') ?? { link: '?s=lazy' };
      await page.goto(new URL(link, page.site).href);
      await becomeReady(page);
      await page.evaluate(tools);
      assert.notEqual(await page.locator('h1').first().innerText(), '');
      count(`${said}, loaded: ${link}`);
    }
    if (COUNT > 2000 && from % 2000 === 0) console.log(`${from} of ${COUNT}, ${faults.length} faults, ${Math.round((performance.now() - begun) / 1000)} s, the slowest ${Math.round(slowest.took)} ms: ${JSON.stringify(slowest).slice(0, 200)}`);
  }
  await page.close();
  assert.deepEqual(faults, []);
  console.log(`${COUNT} of seed ${SEED} in ${Math.round((performance.now() - begun) / 1000)} s; the slowest took ${Math.round(slowest.took)} ms: ${JSON.stringify(slowest).slice(0, 300)}`);
});
