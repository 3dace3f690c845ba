// The story of a run, drafted in pieces before it is shown: of a run of a million events it takes longer than a reader waits without
// a word. Of most runs one piece is all.

import { PIECE, createTurns } from './turns.js';

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
export async function draftStory(run, { signal, onCome }) {
  /** @type {number | undefined} */
  let left;
  const turn = createTurns();
  for (let most = FIRST; ;) {
    const asked = performance.now();
    const come = run.draftStory(most);
    if (come === undefined) return left;
    // A clock may be coarse: what took no time took some.
    most = Math.min(MOST, Math.max(LEAST, Math.round((most * PIECE) / 3 / Math.max(0.5, performance.now() - asked))));
    if (left === undefined) onCome(come);
    await turn();
    if (signal.aborted && left === undefined && come < run.length) {
      run.cutStory();
      left = come;
    }
  }
}
