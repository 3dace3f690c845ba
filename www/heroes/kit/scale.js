// The one scale of a picture: so many px a ms, everywhere in it.

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

/** A round distance, at least so long. @param {number} rough */
export function roundStep(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5].find((n) => n * power >= rough * 0.999) ?? 10);
}

/** Round times that stand at least so many px apart. @param {Scale} scale @param {number} apart */
export function ticks(scale, apart) {
  const step = Math.max(1, roundStep(apart / scale.pxPerMs));
  return Array.from({ length: Math.floor(scale.end / step + 0.001) + 1 }, (_, i) => i * step);
}
