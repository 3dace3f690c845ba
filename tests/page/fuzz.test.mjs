// Hostile links and inputs: each gives a page that works, says what it left out, and loses nothing that was typed. 2,000 by
// default, others every day; FUZZ=100000 makes so many, FUZZ_SEED=7 those of one seed. A failure names both.
//
// Two pages work side by side, one with lessons and one with all views, each through batches of its own; a third one loads a
// share of the links anew. All wait for what happens, and for no time. What costs more than it finds is left out: they are laid
// out, and not painted; no icon is fetched for each address; and for a while most inputs are about one scenario, whose page stays.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chanceOf, createHostile } from './hostile.mjs';
import { becomeReady, open } from './support.mjs';

const COUNT = Number(process.env.FUZZ ?? 2000);
const SEED = Number(process.env.FUZZ_SEED ?? Math.floor(Date.now() / 86_400_000));
/** So many are given to a page at a time. */
const BATCH = 25;
/** So many batches has a page before another one takes its place. */
const LIFE = 80;
/** Of so many one is loaded, too, besides being a step in the history of a page. */
const LOADED = 50;
/** So many in a row are about one scenario, but for one in so many that is about any. */
const ROW = 12;
const ANY = 6;
/** What loads no sooner, in ms, hangs, on a machine that may have much else to do. */
const PATIENCE = 120_000;
/** Two for two cores. */
const VIEWS = ['lesson', 'all'];

/** In the page, once: what is tried in it. */
function tools() {
  // The history takes so many entries in 10 s, and the address waits; here time flies.
  const now = Date.now.bind(Date);
  let flown = 0;
  Date.now = () => now() + (flown += 1000);
  /** What takes longer, in ms, hangs: the longest runs are ended by their budget before. */
  const PATIENCE = 30_000;
  const root = document.documentElement;
  /** From being asked on it is busy, or it is there at once. */
  const ready = () => new Promise((done, fail) => {
    const patience = setTimeout(() => over(fail, new Error('it hangs')), PATIENCE);
    const observer = new MutationObserver(() => { if (root.dataset.ready === 'true') over(done); });
    const over = (settle, given) => {
      clearTimeout(patience);
      observer.disconnect();
      settle(given);
    };
    observer.observe(root, { attributeFilter: ['data-ready'] });
    if (root.dataset.ready === 'true') over(done);
  });
  const style = new CSSStyleSheet();
  style.replaceSync('html { opacity: 0 }');
  document.adoptedStyleSheets.push(style);
  // At each address it would be fetched again.
  for (const icon of document.querySelectorAll('link[rel~="icon"]')) icon.href = 'data:,';
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
    if (root.dataset.stage === 'trace') return;
    // All views count events; a lesson steps as it is told, by moments or by events, and says whether it has begun.
    const back = document.querySelector('.go .back');
    const where = () => (back ? Number(!back.disabled) : Number(text('.where b').replace(/\D/g, '')));
    if (!back && !document.querySelector('.where b')) return;
    if (where() !== 0) key('Home');
    check(where() === 0, `the way to the beginning leads to ${where()}`);
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

/** What the pages are given: mostly links, and every fourth a form. @param {number} seed @param {number} count */
function* cases(seed, count) {
  const chance = chanceOf(seed);
  const hostile = createHostile(chance);
  let [about, left] = [hostile.scenario(), ROW];
  for (let n = 0; n < count;) {
    if (left <= 0) [about, left] = [hostile.scenario(), ROW];
    if (chance.isIn(75)) {
      n += 1;
      left -= 1;
      yield { kind: 'link', link: hostile.link(chance.below(ANY) ? about : undefined), isLeft: chance.isIn(8), isTwice: chance.isIn(12) };
      continue;
    }
    // Some in a row into one form.
    const { id, schema } = about;
    const fields = Object.values(schema.properties ?? {});
    const isInSentence = chance.isIn(30);
    for (let i = 0; i < 4 && n < count; i += 1, n += 1) {
      const field = chance.below(20);
      yield { kind: 'typed', link: `?s=${id}`, field, value: hostile.typed(fields[field % fields.length] ?? {}), isInSentence };
    }
    left -= 4;
  }
}

/** All that went wrong: the first of them is often not the one that tells most. @type {object[]} */
const faults = [];
let slowest = { took: 0 };
const begun = performance.now();
const seconds = () => Math.round((performance.now() - begun) / 1000);

/** Takes note of what a page says that went wrong. */
function count(page, said) {
  const problems = page.problems.splice(0).filter((problem) => !problem.endsWith('net::ERR_ABORTED')); // given up on the way to the next one
  if (problems.length) faults.push({ said, problems });
  assert(faults.length < 20, JSON.stringify(faults, null, 1));
}

/** Fails where a page does not even say that it hangs. */
const within = (promise, said) => {
  let timer;
  const late = new Promise((_, fail) => { timer = setTimeout(() => fail(new Error(`the page hangs ${said}`)), 300_000); });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

/** A page, small: most of the time goes into what it shows. */
async function fresh(view) {
  const page = await open('?s=lost-wake', { view, patience: PATIENCE, reducedMotion: 'reduce', viewport: { width: 800, height: 420 } });
  await page.evaluate(tools);
  return page;
}

/** Works through the batches of one page. @param {string} view @param {{ from: number, batch: object[] }[]} batches */
async function worksThrough(view, batches) {
  let page;
  for (const [i, { from, batch }] of batches.entries()) {
    if (i % LIFE === 0) {
      await page?.close();
      page = await fresh(view);
    }
    const said = `of seed ${SEED}, from number ${from}, ${view}`;
    const answer = await within(page.evaluate((batch) => window.hostile(batch), batch), `${said}: ${JSON.stringify(batch)}`);
    faults.push(...answer.faults.map((fault) => ({ said, ...fault })));
    count(page, `${said}: ${JSON.stringify(batch)}`);
    if (answer.longest.took > slowest.took) slowest = answer.longest;
    if (answer.faults.some(({ fault }) => fault === 'it hangs')) {
      await page.close();
      page = await fresh(view);
    }
    if (COUNT > 2000 && from % 2000 < BATCH) console.log(`${from} of ${COUNT}, ${faults.length} faults, ${seconds()} s, the slowest ${Math.round(slowest.took)} ms: ${JSON.stringify(slowest).slice(0, 200)}`);
  }
  await page?.close();
}

/** Loads links one after the other. @param {string[]} links */
async function loads(links) {
  const page = await fresh('lesson');
  for (const link of links) {
    const said = `of seed ${SEED}, loaded: ${link}`;
    try {
      await page.goto(new URL(link, page.site).href);
      await becomeReady(page);
    } catch (error) {
      throw new Error(`the page hangs ${said}`, { cause: error });
    }
    if ((await page.locator('h1').first().innerText()).trim() === '') faults.push({ said, fault: 'the page is blank' });
    count(page, said);
  }
  await page.close();
}

test(`${COUNT} hostile links and inputs of seed ${SEED}: no error, no hang, no blank page, no lost input`, { timeout: Infinity }, async () => {
  const all = [...cases(SEED, COUNT)];
  const batches = Array.from({ length: Math.ceil(all.length / BATCH) }, (_, i) => ({ from: i * BATCH, batch: all.slice(i * BATCH, (i + 1) * BATCH) }));
  const links = all.filter((_, i) => i % LOADED === LOADED / 2).map(({ link }) => link);
  await Promise.all([...VIEWS.map((view, n) => worksThrough(view, batches.filter((_, i) => i % VIEWS.length === n))), loads(links)]);
  assert.deepEqual(faults, []);
  console.log(`${COUNT} of seed ${SEED} in ${seconds()} s; the slowest took ${Math.round(slowest.took)} ms: ${JSON.stringify(slowest).slice(0, 300)}`);
});
