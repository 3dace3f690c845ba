// Modules of WebAssembly on the page's thread: compiled once each, and one instance of each at a time. A fresh instance
// takes the place of one that trapped, which must not be called again, and of one that is over, whose memory goes with it.

import { fetchFile, fetchOnce } from './fetch.js';

/** @typedef {{ default: (from: { module_or_path: WebAssembly.Module }) => Promise<{ memory: WebAssembly.Memory }>, __wbg_reset_state: () => void }} Loader what every module's glue has */

/**
 * @template Glue
 * @typedef {object} Instance
 * @property {Glue} glue
 * @property {WebAssembly.Memory} memory
 * @property {() => void} release gives its memory back; it is not called again
 */

/** The compiled modules, by name. A worker gets one of them, and compiles nothing itself. */
export const compiled = fetchOnce(async (name) => {
  const response = await fetchFile(`./engine/${name}_bg.wasm`);
  // A plain host may not know the type, without which streaming is refused.
  if (response.headers.get('content-type') !== 'application/wasm') return WebAssembly.compile(await response.arrayBuffer());
  return WebAssembly.compileStreaming(response);
});

/**
 * The one instance of a module that there is on this thread.
 * @template Glue
 * @param {string} name
 */
export function createInstance(name) {
  const loaded = fetchOnce(async () => {
    const [glue, module] = await Promise.all([
      /** @type {Promise<Glue & Loader>} */ (import(new URL(`./engine/${name}.js`, document.baseURI).href)),
      compiled.get(name),
    ]);
    await glue.default({ module_or_path: module });
    return { glue, module };
  });
  /** Whether nothing has called it yet. */
  let isFresh = true;
  /** How many there were before this one. */
  let nth = 0;

  /** @returns {Promise<Instance<Glue>>} */
  const get = async () => {
    const { glue, module } = await loaded.get(name);
    isFresh = false;
    const mine = nth;
    // It runs already: this gives its memory.
    const { memory } = await glue.default({ module_or_path: module });
    return { glue, memory, release: () => { if (mine === nth) reset(glue); } };
  };

  /** @param {Loader} glue */
  const reset = (glue) => {
    if (isFresh) return;
    isFresh = true;
    nth += 1;
    glue.__wbg_reset_state();
  };

  return {
    /** The instance that there is. */
    get,

    /** An instance that nothing has called yet; the one before is not called again. */
    async take() {
      reset((await loaded.get(name)).glue);
      return get();
    },
  };
}
