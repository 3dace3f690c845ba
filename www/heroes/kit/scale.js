// The one scale of a picture: so many px a ms, everywhere in it.

import { linearTicks, roundStep } from '../../ticks.js';

/**
 * @typedef {object} Scale
 * @property {(ms: number) => number} x
 * @property {(x: number) => number} ms
 * @property {number} pxPerMs
 * @property {number} left
 * @property {number} right
 * @property {number} end the last ms that is drawn
 */

/**
 * @param {number} end in ms
 * @param {number} left
 * @param {number} right
 * @returns {Scale}
 */
export function createScale(end, left, right) {
  const pxPerMs = (right - left) / Math.max(end, 1);
  return { x: (ms) => left + ms * pxPerMs, ms: (x) => (x - left) / pxPerMs, pxPerMs, left, right, end };
}

/** Round times that stand at least so many px apart. @param {Scale} scale @param {number} apart */
export function ticks(scale, apart) {
  return linearTicks(scale.end, Math.max(1, roundStep(apart / scale.pxPerMs)));
}
