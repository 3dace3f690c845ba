// Roads: where something can go. A road that was not taken yet is dotted, one that is taken is heavy, and one that should
// have been taken is dashed in the fault's hue, with a cross.

import { cross, head } from './marks.js';

/** @typedef {import('./pen.js').Pen} Pen */
/** @typedef {'open' | 'poll' | 'pending' | 'done' | 'wake' | 'ink' | 'past' | 'stop' | 'missing'} Way */

/** Corners of a road that goes along x and y, rounded. @param {[number, number][]} points @param {number} [r] */
export function along(points, r = 10) {
  const [[x0, y0], ...rest] = points;
  let d = `M${x0} ${y0}`;
  let [x, y] = [x0, y0];
  rest.forEach(([nx, ny], i) => {
    const next = rest[i + 1];
    if (!next) d += `L${nx} ${ny}`;
    else {
      const by = Math.min(r, Math.hypot(nx - x, ny - y) / 2, Math.hypot(next[0] - nx, next[1] - ny) / 2);
      const to = (/** @type {number} */ a, /** @type {number} */ b) => Math.sign(b - a) * by;
      d += `L${nx - to(x, nx)} ${ny - to(y, ny)}Q${nx} ${ny} ${nx + to(nx, next[0])} ${ny + to(ny, next[1])}`;
    }
    [x, y] = [nx, ny];
  });
  return d;
}

/** Which way the last stretch of a road goes, in degrees. @param {[number, number][]} points */
function angleOf(points) {
  const [[x, y], [nx, ny]] = points.slice(-2);
  return (Math.atan2(ny - y, nx - x) * 180) / Math.PI;
}

/**
 * @param {Pen} pen
 * @param {string} key
 * @param {[number, number][]} points
 * @param {Way} way
 * @param {{ cross?: [number, number], plain?: boolean, go?: number }} [o] where the cross of a missing one stands; plain: without a head
 */
export function road(pen, key, points, way, { cross: at, plain = false, go } = {}) {
  const d = along(points);
  const bed = way === 'missing' || way === 'stop' ? way : 'open';
  pen.path(`road ${bed}`, d, { key: `${key} bed`, go });
  const isTaken = !['open', 'missing', 'stop'].includes(way);
  if (isTaken) pen.scene.put('path', { class: `road ${way} taken`, d, pathLength: 1, 'data-go': go }, { key: `${key} ${way}` });
  const [x, y] = points[points.length - 1];
  if (!plain && way !== 'stop') head(pen, x, y, angleOf(points), isTaken ? way : bed, `${key} head`);
  if (way === 'missing' && at) cross(pen, ...at, '', `${key} cross`);
}
