// The worker: an instance of the fast module of its own, on a thread of its own. It runs one errand to its end, in
// slices, and tells how far it is; whoever has heard enough ends the worker.

import { compile } from './instance.js';

/** @typedef {import('./types.js').LiveGlue} LiveGlue */
/** @typedef {import('./types.js').SweepProgress} SweepProgress */

/** How often it tells how far it is, in ms. */
const OFTEN = 60;

/** How long a row is run before it is measured, in ms at least. */
const WARM_UP = 120;

async function load() {
  const [glue, module] = await Promise.all([
    /** @type {Promise<LiveGlue>} */ (import(new URL('./engine/live.js', location.href).href)),
    compile(new URL('./engine/live_bg.wasm', location.href)),
  ]);
  await glue.default({ module_or_path: module });
  return glue;
}

/** @type {Record<string, (glue: LiveGlue, data: any) => void>} */
const ERRANDS = {
  /** @param {LiveGlue} glue @param {{ given: string[], most: number }} data */
  sweep(glue, { given, most }) {
    const sweep = glue.startSweep(given, most);
    /** @type {SweepProgress['points']} */
    const points = [];
    let steps = 1024;
    for (let told = performance.now(); ;) {
      const begun = performance.now();
      const progress = sweep.advance(steps);
      points.push(...progress.points);
      const now = performance.now();
      if (progress.ended || now - told > OFTEN) {
        postMessage({ progress: { ...progress, points: points.splice(0) } });
        told = now;
      }
      if (progress.ended) return;
      // As long a slice as lets it tell so often.
      if (now - begun < OFTEN / 4) steps = Math.min(steps * 2, 2 ** 20);
      else if (now - begun > OFTEN) steps = Math.max(64, steps >> 1);
    }
  },

  /** @param {LiveGlue} glue @param {{ given: string[] }} data */
  costs(glue, { given }) {
    const costs = glue.prepareCosts(given);
    const resolution = tick();
    const lasts = costs.lasts(resolution);
    const { rounds } = costs;
    let units = 0;
    /** @param {number} round @param {boolean} ended */
    const tell = (round, ended) => postMessage({ progress: { round, rounds, resolution, lasts, units, rows: costs.rows(), slowest: costs.slowest(), ended } });
    tell(0, false);
    const times = [...costs.order(0)].map((row) => warmUp(costs, row, lasts));
    for (let round = 1; round <= rounds; round += 1) {
      for (const row of costs.order(round)) {
        const begun = performance.now();
        const ran = costs.run(row, times[row]);
        costs.note(row, ((performance.now() - begun) * 1e6) / ran);
        units += ran;
      }
      tell(round, round === rounds);
    }
  },
};

/** The least that the clock moves by, in ms. */
function tick() {
  let [least, last] = [Infinity, performance.now()];
  for (let seen = 0, begun = last; seen < 50 && last - begun < 50;) {
    const now = performance.now();
    if (now > last) {
      least = Math.min(least, now - last);
      seen += 1;
    }
    last = now;
  }
  return least;
}

/** @typedef {ReturnType<LiveGlue['prepareCosts']>} Costs */

/** How often a row is run in a round, found while the browser compiles it in earnest. @param {Costs} costs @param {number} row @param {number} lasts */
function warmUp(costs, row, lasts) {
  // Long enough for the compiler that takes its time, whatever a round lasts.
  const until = performance.now() + WARM_UP;
  for (let times = 1; ;) {
    const begun = performance.now();
    costs.run(row, times);
    const took = performance.now() - begun;
    if (took < lasts) times = Math.ceil(times * Math.min(8, Math.max(1.2, (1.1 * lasts) / Math.max(took, 0.01))));
    else if (performance.now() > until) return times;
    else times = Math.max(1, Math.floor((times * 1.1 * lasts) / took));
  }
}

addEventListener('message', async ({ data }) => {
  try {
    ERRANDS[data.errand](await load(), data);
  } catch (error) {
    // A trap, or a file that is not there: the console knows more.
    console.warn(error);
    postMessage({ failed: String(error) });
  }
});
