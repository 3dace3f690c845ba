// The fast module, for what runs without a trace: fetched when something first wants it. There is one instance at a
// time. Whoever takes a fresh one ends the one before, and the memory that it had grown goes with it.

import { compile, fetchOnce } from './instance.js';

/** @typedef {import('./types.js').LiveGlue} LiveGlue */

/**
 * @typedef {object} LiveInstance
 * @property {LiveGlue} glue
 * @property {WebAssembly.Memory} memory
 * @property {() => void} release gives its memory back; it is not called again
 */

const module = fetchOnce(async () => {
  const [glue, compiled] = await Promise.all([
    /** @type {Promise<LiveGlue>} */ (import(new URL('./engine/live.js', document.baseURI).href)),
    compile(new URL('./engine/live_bg.wasm', document.baseURI)),
  ]);
  return { glue, compiled };
});

/** @type {LiveInstance | undefined} */
let taken;
/** @type {Promise<unknown>} */
let last = Promise.resolve();

/** @returns {Promise<LiveInstance>} */
async function take() {
  const { glue, compiled } = await module.get('live');
  taken?.release();
  // The first time it starts; later it is what was left by a release, and nobody has called that yet.
  const { memory } = await glue.default({ module_or_path: compiled });
  /** @type {LiveInstance} */
  const instance = {
    glue,
    memory,
    release() {
      if (taken !== instance) return;
      taken = undefined;
      glue.__wbg_reset_state();
    },
  };
  return (taken = instance);
}

/**
 * A fresh instance; one after the other, however many are asked for at once.
 * @returns {Promise<LiveInstance>}
 */
export function freshLive() {
  const mine = last.then(take, take);
  last = mine;
  return mine;
}
