// The viewer: one module, loaded once, in which every run lives that the page shows. It knows what bytes say, and nothing of
// where they come from.

import { createInstance } from './instance.js';

/** @typedef {import('./types.js').ViewerGlue} ViewerGlue */

/** @typedef {import('./types.js').Link} Link */

/** A link as the module takes it: names and values one after the other. @param {Link} link */
export const flatLink = (link) => ({ ...link, params: link.params.flat(), vs: link.vs.flat(), unknown: link.unknown.flat() });

/** Loads and starts it. */
export async function loadViewer() {
  const instance = /** @type {ReturnType<typeof createInstance<ViewerGlue>>} */ (createInstance('viewer'));
  let { glue } = await instance.get();

  return {
    /** A run without an event: its trace comes with `append`. */
    begin: () => new glue.Run(),

    /** What sees two runs side by side: always the same two. */
    compare: () => new glue.Comparison(),

    /** Reads the query of an address. @param {string} search */
    readLink: (search) => glue.readLink(search),

    /** The query of the address that says this. @param {Link} link */
    writeLink: (link) => glue.writeLink(flatLink(link)),

    /** The link without a parameter that its scenario refuses. @param {Link} link @param {string} field @param {boolean} isKnown */
    leaveOut: (link, field, isKnown) => glue.leaveOut(flatLink(link), field, isKnown),

    /** The changes of a run and one more. @param {string} changes @param {string} change */
    addChange: (changes, change) => glue.addChange(changes, change),

    /** What the parts of an exploration have found together. @param {import('./types.js').Explored[]} parts the first one first */
    mergeExplored: (parts) => glue.mergeExplored(parts),

    /** After a trap: every run is lost, and a fresh instance is there. */
    async restart() {
      ({ glue } = await instance.take());
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof loadViewer>>} Viewer */
