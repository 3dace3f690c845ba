// The call centre's sweep, from point to point: what was measured is sent every now and then.

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
  const sweep = glue.startSweep(params, most, 0, 1);
  /** @type {NonNullable<SweepProgress['point']>[]} */
  const points = [];
  for (let sent = performance.now(); ;) {
    const { point, ...progress } = sweep.advance();
    if (point) points.push(point);
    const now = performance.now();
    if (progress.ended || now - sent > OFTEN) {
      send({ progress: { ...progress, points: points.splice(0) } });
      sent = now;
    }
    if (progress.ended) return;
  }
}
