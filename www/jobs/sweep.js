// The call centre's sweep, in slices: what was measured is sent every now and then.

/** @typedef {import('../types.js').FastGlue} FastGlue */
/** @typedef {import('../types.js').SweepProgress} SweepProgress */

/** How often it is sent, in ms. */
const OFTEN = 60;

/**
 * @param {FastGlue} glue
 * @param {{ params: string[], most: number }} asked
 * @param {(message: object) => void} send
 */
export function sweep(glue, { params, most }, send) {
  const sweep = glue.startSweep(params, most);
  /** @type {SweepProgress['points']} */
  const points = [];
  let steps = 1024;
  for (let sent = performance.now(); ;) {
    const begun = performance.now();
    const progress = sweep.advance(steps);
    points.push(...progress.points);
    const now = performance.now();
    if (progress.ended || now - sent > OFTEN) {
      send({ progress: { ...progress, points: points.splice(0) } });
      sent = now;
    }
    if (progress.ended) return;
    // As long a slice as lets it send so often.
    if (now - begun < OFTEN / 4) steps = Math.min(steps * 2, 2 ** 20);
    else if (now - begun > OFTEN) steps = Math.max(64, steps >> 1);
  }
}
