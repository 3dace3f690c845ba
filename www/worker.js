// The worker: an instance of the fast module of its own, on a thread of its own. It runs one errand to its end, in
// slices, and tells how far it is; whoever has heard enough ends the worker.

import { compile } from './instance.js';

/** @typedef {import('./types.js').LiveGlue} LiveGlue */
/** @typedef {import('./types.js').SweepProgress} SweepProgress */

/** How often it tells how far it is, in ms. */
const OFTEN = 60;

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
};

addEventListener('message', async ({ data }) => {
  try {
    ERRANDS[data.errand](await load(), data);
  } catch (error) {
    // A trap, or a file that is not there: the console knows more.
    console.warn(error);
    postMessage({ failed: String(error) });
  }
});
