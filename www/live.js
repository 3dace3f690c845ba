// The fast module, for what runs without a trace: fetched when something first wants it. There is one instance at a
// time. Whoever takes a fresh one ends the one before, and the memory that it had grown goes with it.

import { compile, fetchOnce } from './instance.js';

/** @typedef {import('./types.js').LiveGlue} LiveGlue */

/** @typedef {{ glue: LiveGlue, memory: WebAssembly.Memory }} LiveInstance */

const module = fetchOnce(async () => {
  const [glue, compiled] = await Promise.all([
    /** @type {Promise<LiveGlue>} */ (import(new URL('./engine/live.js', document.baseURI).href)),
    compile(new URL('./engine/live_bg.wasm', document.baseURI)),
  ]);
  return { glue, compiled };
});

let taken = false;

/** @returns {Promise<LiveInstance>} */
export async function freshLive() {
  const { glue, compiled } = await module.get('live');
  if (taken) glue.__wbg_reset_state();
  taken = true;
  const { memory } = await glue.default({ module_or_path: compiled });
  return { glue, memory };
}
