// The story of a run, told in pieces before it is shown: of a run of a million events it takes longer than a reader waits without
// a word. Of most runs one piece is all.

import { PIECE, turn } from './turns.js';

/** The events of the first piece, and of the shortest and the longest one. */
const FIRST = 2000;
const [LEAST, MOST] = [200, 50_000];

/**
 * @param {import('./types.js').Run} run
 * @param {object} options
 * @param {AbortSignal} options.signal leaves it at what was gone through by then
 * @param {(come: number) => void} options.onCome up to which event it has come
 * @returns {Promise<number | undefined>} where it was left, if it was
 */
export async function tellStory(run, { signal, onCome }) {
  /** @type {number | undefined} */
  let left;
  let most = FIRST;
  for (let begun = performance.now(); ;) {
    const asked = performance.now();
    const come = run.tell(most);
    if (come === undefined) return left;
    const now = performance.now();
    // A clock may be coarse: what took no time took some.
    most = Math.min(MOST, Math.max(LEAST, Math.round((most * PIECE) / 3 / Math.max(0.5, now - asked))));
    if (now - begun < PIECE) continue;
    if (left === undefined) onCome(come);
    await turn();
    if (signal.aborted && left === undefined && come < run.length) {
      run.tellNoMore();
      left = come;
    }
    begun = performance.now();
  }
}
