// The viewer: one module, loaded once, in which every run lives that the page shows. It knows what bytes say, and nothing of
// where they come from.

import { createInstance } from './instance.js';

/** @typedef {import('./types.js').ViewerGlue} ViewerGlue */
/** @typedef {import('./types.js').Run} Run */

/** Loads and starts it. */
export async function loadViewer() {
  const instance = /** @type {ReturnType<typeof createInstance<ViewerGlue>>} */ (createInstance('viewer'));
  let { glue, memory } = await instance.get();

  return {
    kindNames: glue.kindNames(),

    /** A run without an event: its trace comes with `append`. */
    begin: () => new glue.Run(),

    /**
     * The kind of each of a run's events, read where they lie. To be asked for anew after each other call.
     * @param {Run} run
     * @returns {(i: number) => number}
     */
    kinds(run) {
      const { chunk } = run;
      /** @type {Uint8Array[]} */
      const heads = [];
      return (i) => {
        const at = Math.floor(i / chunk);
        heads[at] ??= new Uint8Array(memory.buffer, run.headsAddress(at), chunk * 8);
        return heads[at][(i % chunk) * 8];
      };
    },

    /** After a trap: every run is lost, and a fresh instance is there. */
    async restart() {
      ({ glue, memory } = await instance.take());
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof loadViewer>>} Viewer */
