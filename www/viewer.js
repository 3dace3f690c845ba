// The viewer: one module, loaded once, in which every run lives that the page shows. It knows what bytes say, and nothing of
// where they come from.

import { createInstance } from './instance.js';

/** @typedef {import('./types.js').ViewerGlue} ViewerGlue */

/** Loads and starts it. */
export async function loadViewer() {
  const instance = /** @type {ReturnType<typeof createInstance<ViewerGlue>>} */ (createInstance('viewer'));
  let { glue } = await instance.get();

  return {
    /** A run without an event: its trace comes with `append`. */
    begin: () => new glue.Run(),

    /** What sees two runs side by side: always the same two. */
    compare: () => new glue.Comparison(),

    /** After a trap: every run is lost, and a fresh instance is there. */
    async restart() {
      ({ glue } = await instance.take());
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof loadViewer>>} Viewer */
