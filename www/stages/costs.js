// What each way of writing a machine costs: measured in a worker, when the reader wants it, without a trace.

import { h, icon, setAttr, setClass, setText } from '../dom.js';
import { beginJob, flat } from '../jobs.js';
import { createCode } from '../views/code.js';
import { createComparison, createCosts } from '../views/costs.js';
import { createUnits } from '../views/units.js';
import { createFollower } from './follower.js';
import { mountHead } from './head.js';

/** @typedef {import('../types.js').Stage} Stage */
/** @typedef {import('../types.js').Live} Live */
/** @typedef {import('../types.js').CostRow} CostRow */

/**
 * How far a measurement has come.
 * @typedef {object} Progress
 * @property {number} round 0 while it warms up
 * @property {number} rounds
 * @property {number} resolution of the clock, in ms
 * @property {number} lasts how long a round of a row lasts at least, in ms
 * @property {number} units polls and calls so far, warming up left out
 * @property {CostRow[]} rows
 * @property {string | undefined} slowest beyond doubt
 * @property {boolean} ended
 */

/** What the test suite counted: WebAssembly instructions a unit. @typedef {{ rustc?: string, counts?: { workload: string, fuel: number }[] }} Recorded */

/** @typedef {'waiting' | 'running' | 'done' | 'stopped' | 'failed'} Status */

/**
 * @typedef {object} Measuring
 * @property {Status} status
 * @property {Progress | undefined} progress
 * @property {Recorded} recorded
 * @property {(listener: (() => void) | undefined) => void} listen
 * @property {() => void} play
 * @property {() => void} stop
 */

/** @type {NonNullable<Stage['begin']>} */
async function begin({ params, ended, seen }) {
  /** @type {Recorded} */
  const recorded = await fetch('./recorded.json').then((r) => r.json()).catch(() => ({}));
  let listener = () => {};
  /** Ends the job that goes on. */
  let endJob = () => {};
  /** @param {Progress} progress */
  const onProgress = (progress) => {
    live.progress = progress;
    seen(progress.round / progress.rounds);
    if (progress.ended) end('done');
    else listener();
  };
  const end = (/** @type {Status} */ status) => {
    endJob();
    if (live.status !== 'running') return;
    live.status = status;
    ended();
    listener();
  };
  /** @type {Live & Measuring} */
  const live = {
    waits: true,
    status: 'waiting',
    progress: undefined,
    recorded,
    listen: (next = () => {}) => { listener = next; },
    play() {
      live.status = 'running';
      live.progress = undefined;
      endJob = beginJob('fast', 'costs', { params: flat(params) }, onProgress, () => end('failed'));
      listener();
    },
    stop: () => end('stopped'),
    close() {
      listener = () => {};
      end('stopped');
    },
  };
  return live;
}

/** @param {import('../types.js').Deps} deps */
const createResult = (deps) => {
  const { compared } = createComparison(deps.text);
  /** @param {import('../lesson/measured.js').Progressing} live @returns {import('../lesson/measured.js').Telling | undefined} */
  return ({ progress }) => {
    const [hand, compiled] = ['hand', 'async'].map((id) => progress?.rows.find((row) => row.id === id)?.spread);
    return hand && compiled ? { said: ['costs.description.done', compared(compiled, hand)] } : undefined;
  };
};
/** The table with all of it. @type {import('./traced.js').Pane} */
const table = {
  area: 'costs', like: 'timeline',
  create(root, deps) {
    const view = createCosts(root, deps);
    return { update: (_frame, { live }) => { if (live) view.update(live.progress, live.recorded, live.status === 'done'); }, destroy: view.destroy };
  },
};

/** @type {Stage} */
export const stage = {
  styles: 'costs',
  begin,
  variants: async () => (await import('../lesson/measured.js')).variantsOfMeasured({ createResult, table }),
  mount(root, dock, deps) {
    const { text, act, speech } = deps;
    const { t, say, number } = text;
    const { duration } = createUnits(text);
    root.className = 'stage costs';
    root.replaceChildren();
    const head = mountHead(root, deps);
    /** @param {string} area @param {string} key */
    const pane = (area, key) => {
      const el = h('section', { class: `pane ${area}`, 'data-pane': key, tabindex: -1, 'aria-label': t(`pane.${area}`) });
      root.append(el);
      return el;
    };
    const code = createCode(pane('code', 'code'), deps);
    const costs = createCosts(pane('costs', 'timeline'), deps);
    const resultOf = createResult(deps);

    const narrator = h('p', { class: 'narrator' });
    const counters = (/** @type {const} */ (['units', 'tick', 'round'])).map((name) => {
      const value = h('dd');
      return { name, value, el: h('div', {}, h('dt', {}, t(`costs.counter.${name}`)), value) };
    });
    const playIcon = icon('play');
    const play = h('button', { class: 'play', click: act.play }, playIcon);
    const progress = h('progress', { max: 1, value: 0, 'aria-label': t('costs.progress') });
    const where = h('p', { class: 'where' });
    dock.replaceChildren(
      h('div', { class: 'readout' }, h('div', { class: 'say' }, narrator), h('dl', { class: 'counters' }, ...counters.map((c) => c.el))),
      h('div', { class: 'transport' }, play, progress, where));

    let told = '';

    const follower = createFollower((live, state) => {
      const { status, progress: now, recorded } = live;
      const isOver = status === 'done';
      const picture = /** @type {import('../types.js').Picture} */ (/** @type {unknown} */ ({ over: isOver, answer: isOver ? now?.slowest : undefined }));
      for (const view of head) view.update(/** @type {import('../types.js').Frame} */ (/** @type {unknown} */ (undefined)), { state, picture });
      costs.update(now, recorded, isOver);
      const isRunning = status === 'running';
      const label = t(isRunning ? 'costs.stop' : now ? 'costs.again' : 'costs.measure');
      setAttr(play, 'aria-label', label);
      setAttr(play, 'title', label);
      setClass(playIcon, `ic ic-${isRunning ? 'pause' : 'play'}`);
      progress.value = now ? now.round / now.rounds : 0;
      setText(where, now ? t('costs.where', { round: now.round, rounds: now.rounds }) : '');
      const values = { units: now ? number(now.units) : '–', tick: now ? duration(now.resolution) : '–', round: now ? duration(now.lasts) : '–' };
      for (const { name, value } of counters) setText(value, values[name]);
      const result = resultOf(live);
      const [message, args] = isOver && result
        ? result.said
        : [`costs.description.${isRunning && !now?.round ? 'warming' : status}`, {}];
      const key = JSON.stringify([message, args]);
      if (key === told) return;
      told = key;
      narrator.replaceChildren(...say(message, args));
      // What a reader finds on the page is not said.
      if (message !== 'costs.description.waiting') speech.say(narrator.textContent ?? '');
    });

    return {
      update: follower.update,
      destroy() {
        follower.destroy();
        for (const view of head) view.destroy();
        code.destroy();
        costs.destroy();
      },
    };
  },
};
