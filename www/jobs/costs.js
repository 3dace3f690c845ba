// What each way of writing a machine costs, by this thread's clock: a round after the other.

/** @typedef {import('../types.js').FastGlue} FastGlue */

/** How long a row is run before it is measured, in ms at least. */
const WARM_UP = 120;

/**
 * @param {FastGlue} glue
 * @param {{ params: string[] }} asked
 * @param {(message: object) => void} send
 */
export function costs(glue, { params }, send) {
  const costs = glue.prepareCosts(params);
  const resolution = tick();
  const lasts = costs.lasts(resolution);
  const { rounds } = costs;
  let units = 0;
  /** @param {number} round @param {boolean} ended */
  const report = (round, ended) => send({ progress: { round, rounds, resolution, lasts, units, rows: costs.rows(), slowest: costs.slowest(), ended } });
  report(0, false);
  const times = [...costs.order(0)].map((row) => warmUp(costs, row, lasts));
  for (let round = 1; round <= rounds; round += 1) {
    for (const row of costs.order(round)) {
      const begun = performance.now();
      const ran = costs.run(row, times[row]);
      costs.note(row, ((performance.now() - begun) * 1e6) / ran);
      units += ran;
    }
    report(round, round === rounds);
  }
}

/** The least that the clock moves by, in ms. */
function tick() {
  let [least, last] = [Infinity, performance.now()];
  for (let seen = 0, begun = last; seen < 50 && last - begun < 50;) {
    const now = performance.now();
    if (now > last) {
      least = Math.min(least, now - last);
      seen += 1;
    }
    last = now;
  }
  return least;
}

/** @typedef {ReturnType<FastGlue['prepareCosts']>} Costs */

/** How often a row is run in a round, found while the browser compiles it in earnest. @param {Costs} costs @param {number} row @param {number} lasts */
function warmUp(costs, row, lasts) {
  // Long enough for the compiler that takes its time, whatever a round lasts.
  const until = performance.now() + WARM_UP;
  for (let times = 1; ;) {
    const begun = performance.now();
    costs.run(row, times);
    const took = performance.now() - begun;
    if (took < lasts) times = Math.ceil(times * Math.min(8, Math.max(1.2, (1.1 * lasts) / Math.max(took, 0.01))));
    else if (performance.now() > until) return times;
    else times = Math.max(1, Math.floor((times * 1.1 * lasts) / took));
  }
}
