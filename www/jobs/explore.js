// Exploring other orders of a run, or a part of them: what was found so far is sent every now and then.

/** @typedef {import('../types.js').ExplorerGlue} ExplorerGlue */

/** How often it is sent, in ms. To put parts together and to paint them takes the page 10 ms, on the cores that the runs need. */
const OFTEN = 250;
/** Runs between two looks at the clock. */
const RUNS = 64;

/**
 * @param {ExplorerGlue} glue
 * @param {{ scenario: string, params: string[], budget: number, nth: number, of: number, linesInOrder: boolean }} asked
 * @param {(message: object) => void} send
 */
export function explore(glue, { scenario, params, budget, nth, of, linesInOrder }, send) {
  const exploring = glue.explore(scenario, params, budget, nth, of, linesInOrder);
  for (let sent = performance.now(); ;) {
    const ended = exploring.advance(RUNS);
    const now = performance.now();
    if (ended || now - sent > OFTEN) {
      send({ progress: exploring.explored() });
      sent = now;
    }
    if (ended) return;
  }
}
