// Exploring other orders of a run: what was found so far is sent every now and then.

/** @typedef {import('../types.js').RunnerGlue} RunnerGlue */

/** How often it is sent, in ms. */
const OFTEN = 60;

/**
 * @param {RunnerGlue} glue
 * @param {{ scenario: string, params: string[], budget: number }} asked
 * @param {(message: object) => void} send
 */
export function explore(glue, { scenario, params, budget }, send) {
  const exploring = glue.explore(scenario, params, budget);
  for (let sent = performance.now(); ;) {
    const explored = exploring.advance();
    const now = performance.now();
    if (explored.ended || now - sent > OFTEN) {
      send({ progress: explored });
      sent = now;
    }
    if (explored.ended) return;
  }
}
