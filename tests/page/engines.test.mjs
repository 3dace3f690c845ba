// The page in engines other than Chromium: it opens and moves, every scenario is walked through there and back, and what is
// done on it most is done once. All else is tested in Chromium alone. An engine that is not here says why, and is left out;
// ENGINES=WebKit takes that one alone.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { NAMES, lacking, startEngine } from './engines.mjs';
import { ALL, BOTH, DETERMINISTIC, TRACED } from './scenarios.mjs';
import { open } from './support.mjs';

const require = createRequire(new URL('../../www/package.json', import.meta.url));
const { Key } = require('selenium-webdriver');

/** In the page: its story is told by key from the first moment to the last, and back; of each moment what is said of it, both ways. */
function walk() {
  const press = (key) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  const rows = () => [...document.querySelectorAll('.moments li')];
  const now = () => rows().findIndex((row) => row.getAttribute('aria-current') === 'step');
  const said = () => [...document.querySelectorAll('.moments .now p, .moments .now small')].filter((el) => !el.closest('.closing'))
    .map((el) => [...el.childNodes].filter((part) => part.className !== 'decides').map((part) => part.textContent).join('')).join(' / ');
  const shapes = () => document.querySelectorAll('.hero svg *, .hero canvas').length;
  const go = (key, end) => {
    const told = {};
    for (let i = 0; i < 200; i += 1) {
      if (now() >= 0) told[now()] = said();
      if (now() === end || (end < 0 && now() < 0)) break;
      press(key);
    }
    return told;
  };
  press('Home');
  const there = go('ArrowRight', rows().length - 1);
  const drawn = shapes();
  const back = go('ArrowLeft', -1);
  return { there, back, moments: rows().length, drawn };
}

/** In the page: how many events the run of each scenario has, with its defaults, and how many ms it takes on its own clock. */
async function counts(scenarios) {
  const load = async (module) => {
    const glue = await import(new URL(`engine/${module}.js`, location.href).href);
    await glue.default();
    return glue;
  };
  const viewer = await load('viewer');
  const counts = {};
  for (const { id, module } of scenarios) {
    const runner = await load(module);
    const run = new viewer.Run();
    try {
      runner.run(id, '', [], '', (chunk) => run.append(chunk));
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError)) throw error; // a panic is the end of its run
    }
    run.close();
    counts[id] = [run.length, run.duration];
    run.free();
    runner.__wbg_reset_state();
  }
  return counts;
}
/** The same in Chromium, once. @type {Promise<Record<string, [number, number]>> | undefined} */
let chromium;
const inChromium = () => (chromium ??= (async () => {
  const page = await open('?s=lazy');
  const found = await page.evaluate(counts, DETERMINISTIC);
  page.assertClean();
  await page.close();
  return found;
})());

/** In the page: presses a key, as a key that no control has. */
const press = (key) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));

for (const name of NAMES.filter((one) => (process.env.ENGINES ?? one).split(',').includes(one))) {
  const reason = lacking(name);
  if (reason) console.log(`${name} is left out: ${reason}`);
  describe(name, { skip: reason ?? false }, () => {
    /** @type {Awaited<ReturnType<typeof startEngine>>} */
    let engine;
    before(async () => { engine = await startEngine(name); });
    after(() => engine?.close());

    const clean = async () => assert.deepEqual(await engine.problems(), []);
    const text = (selector) => engine.evaluate((s) => document.querySelector(s)?.innerText ?? '', selector);
    /** Presses keys as a reader does. */
    const type = (...keys) => engine.driver.actions().sendKeys(...keys).perform();
    const opensScenario = async (path, kept) => {
      await engine.open(path, kept);
      await engine.ready();
    };

    test('the start page moves by itself, is taken over by a key, and leads to a scenario', async () => {
      await engine.open('');
      const at = () => text('#where b').then(Number);
      await engine.until(() => Number(document.querySelector('#where b')?.innerText) > 2);
      await engine.until(() => document.documentElement.dataset.drawn !== undefined);
      assert.equal(await engine.evaluate(() => document.querySelectorAll('#map a .th path').length > 30), true, 'the map has its pictures');
      const later = () => new Promise((done) => { setTimeout(done, 1200); });
      await type(Key.ARROW_LEFT);
      await later();
      const taken = await at();
      await later();
      assert.equal(await at(), taken, 'it stands where it was taken over');
      await type(Key.ARROW_RIGHT);
      await engine.until((taken) => Number(document.querySelector('#where b').innerText) > taken, taken);
      await clean();
      await engine.evaluate(() => document.querySelector('#map a[href*="s=lazy"]').click());
      await engine.until(() => /s=lazy/.test(location.search));
      await engine.ready();
      await clean();
    });

    for (const { id, search } of [...ALL.map((id) => ({ id, search: `?s=${id}` })), ...BOTH]) {
      test(`${search}: opens, and is told there and back by key`, async () => {
        await opensScenario(search);
        if (TRACED.includes(id)) {
          // The picture of a slow machine comes after the story.
          await engine.until(() => document.querySelector('.moments li') !== null && document.querySelector('.hero .figure[aria-busy="false"]') !== null);
          const { there, back, moments, drawn } = await engine.evaluate(walk);
          assert(moments >= 3 && drawn > 3, `${moments} moments, ${drawn} shapes`);
          assert.deepEqual(Object.keys(there).map(Number), Array.from({ length: moments }, (_, i) => i));
          assert.deepEqual(back, there);
          for (const said of Object.values(there)) assert.match(said, /[.?!”"]/, 'each is a sentence');
        } else {
          await type(' ');
          await engine.until(() => document.querySelector('.stage canvas, .stage svg') !== null);
        }
        await clean();
      });
    }

    test('the run of each deterministic scenario has the events that it has in Chromium', async () => {
      await opensScenario('?s=lazy');
      const found = await engine.evaluate(counts, DETERMINISTIC);
      assert.equal(Object.keys(found).length, DETERMINISTIC.length);
      assert(Object.values(found).every(([events]) => events > 1), JSON.stringify(found));
      assert.deepEqual(found, await inChromium());
      await clean();
    });

    test('all views: code, machine, timeline, executor and bytes, event by event', async () => {
      await opensScenario('?s=state-machine');
      await type('a');
      await engine.until(() => document.documentElement.dataset.view === 'all');
      const panes = ['.pane.code', '.machine svg', '.pane.timeline', '.executor', '.pane.memory'];
      assert.deepEqual(await engine.evaluate((all) => all.filter((s) => document.querySelector(s) === null), panes), []);
      const walked = await engine.evaluate(() => {
        const key = (name) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
        const said = () => document.querySelector('.narrator').innerText;
        const [there, back] = [[said()], []];
        for (let i = 0; i < 60; i += 1) { key('ArrowRight'); there.push(said()); }
        for (let i = 0; i < 60; i += 1) { back.unshift(said()); key('ArrowLeft'); }
        return { there, back: [said(), ...back] };
      });
      assert.deepEqual(walked.back, walked.there);
      assert(new Set(walked.there).size > 30);
      await clean();
    });

    test('a value is typed, and refused where it is wrong; the way back leads through what was seen', async () => {
      await opensScenario('?s=state-machine', { view: 'all' });
      const typed = async (value) => {
        const field = await engine.driver.findElement({ css: '#field-callers' });
        await field.click();
        await engine.evaluate(() => document.activeElement.select());
        await field.sendKeys(value, Key.ENTER);
        await engine.ready();
      };
      await typed('2000');
      await engine.until(() => document.querySelector('#field-callers-error')?.hidden === false);
      assert.match(await text('#field-callers-error'), /1 to 1,000/);
      await typed('2');
      await engine.until(() => /callers=2/.test(location.search));
      await engine.ready();
      assert.equal(await engine.evaluate(() => document.querySelector('#field-callers-error').hidden), true);
      await engine.evaluate(() => document.activeElement?.blur());
      await type(']');
      await engine.until(() => /s=moving/.test(location.search));
      await engine.ready();
      await engine.driver.navigate().back();
      await engine.until(() => document.querySelector('#field-callers')?.value === '2');
      await engine.driver.navigate().back();
      await engine.until(() => document.querySelector('#field-callers')?.value === '1');
      await engine.ready();
      await clean();
    });

    test('a moment is changed: the run parts from the one before, and is compared with it', async () => {
      await opensScenario('?s=lazy', { view: 'all' });
      for (let i = 0; i < 9; i += 1) await engine.evaluate(press, 'ArrowRight');
      await type('f');
      await engine.until(() => [...document.querySelectorAll('button')].some((b) => /task 1 is dropped/.test(b.textContent)));
      await engine.evaluate(() => [...document.querySelectorAll('button')].find((b) => /task 1 is dropped/.test(b.textContent)).click());
      await engine.until(() => /do=[a-z\d.]+-drop\.1/.test(location.search));
      await engine.ready();
      await engine.until(() => document.querySelector('#changes')?.hidden === false && document.querySelector('.inspector')?.innerText.length > 40);
      await clean();
    });

    test('a run is saved as a file, and opened again by dropping it', async () => {
      await opensScenario('?s=lost-wake&leaf=forgets_waker', { view: 'all' });
      await engine.evaluate(() => {
        const original = URL.createObjectURL;
        URL.createObjectURL = (blob) => { window.saved = blob; return original.call(URL, blob); };
        // Nothing is left in anybody's folder.
        HTMLAnchorElement.prototype.click = function click() { window.savedAs = this.download; };
        [...document.querySelectorAll('.rail .files button')].find((b) => b.textContent === 'Save this run').click();
      });
      await engine.until(() => window.saved?.size > 100);
      assert.equal(await engine.evaluate(() => window.savedAs), 'lost-wake.pollscope');
      await engine.evaluate(() => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([window.saved], window.savedAs));
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
      });
      await engine.until(() => /lost-wake\.pollscope/.test(document.querySelector('.about .facts')?.innerText));
      await engine.ready();
      await type(Key.END);
      assert.match(await text('.narrator'), /\w/);
      await clean();
    });

    test('both languages and both themes, by the page’s own buttons', async () => {
      await opensScenario('?s=lost-wake');
      const ground = () => engine.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      const light = await ground();
      await engine.evaluate(() => document.querySelector('.bar [data-theme-switch]').click());
      assert.notEqual(await ground(), light);
      await engine.evaluate(() => [...document.querySelectorAll('button')].find((b) => b.textContent.trim() === '한국어').click());
      await engine.until(() => document.documentElement.lang === 'ko' && /[가-힣]/.test(document.querySelector('h1')?.innerText));
      await clean();
    });

    test('the workbench’s module takes a program, lowers it and runs it', async () => {
      await engine.open('nowhere');
      const source = readFileSync(new URL('../corpus/c121_select_loop_heartbeat.rs', import.meta.url), 'utf8');
      const { machines, events } = await engine.evaluate(async (source) => {
        const [workbench, viewer] = await Promise.all(['workbench', 'viewer'].map(async (module) => {
          const glue = await import(new URL(`engine/${module}.js`, location.href).href);
          await glue.default();
          return glue;
        }));
        const program = new workbench.Workbench(source, true);
        const answer = JSON.parse(program.answer());
        const run = new viewer.Run();
        program.run('main', 'corpus', '', 0, '', new workbench.Limits(), (chunk) => run.append(chunk));
        run.close();
        return { machines: Object.keys(answer).length, events: run.length };
      }, source);
      assert(machines > 0 && events > 5, `${machines} ${events}`);
    });

    // The last: what is put in place here answers for the host from now on.
    test('without a network what was opened opens again, or the page says that nothing is kept', async () => {
      engine.serveAsBuilt();
      await opensScenario('?s=lazy');
      const kept = await engine.until(() => ['some', 'all', 'none'].find((kind) => kind === document.querySelector('.offline')?.dataset.kept));
      if (kept === 'none') {
        assert.notEqual(await engine.evaluate(() => document.querySelector('.offline').textContent), '');
        return;
      }
      await engine.until(() => navigator.serviceWorker.controller !== null);
      await new Promise((later) => { setTimeout(later, 800); });
      engine.takeAway(true);
      try {
        // Not by the driver: Firefox's asks the host, past the worker.
        await engine.evaluate(() => { window.isOld = true; setTimeout(() => location.reload()); });
        await engine.until(() => window.isOld === undefined && document.documentElement.dataset.ready === 'true');
        assert.match(await engine.until(() => document.querySelector('h1')?.innerText), /\w/);
        await type(Key.ARROW_RIGHT);
        await engine.until(() => document.querySelector('.moments .now') !== null);
      } finally {
        engine.takeAway(false);
      }
    });
  });
}
