// Where things stand on the timeline's canvas: positions of the axis along it, lanes across it.

/** @typedef {import('./window.js').Window} Window */

export const defaults = {
  /** Room for the lanes' names, wide and narrow. */
  left: [120, 78],
  right: 10,
  narrow: 420,
  /** Room above the lanes and below them, and the same where there is little. */
  air: [{ top: 26, foot: 30 }, { top: 20, foot: 26 }],
  low: 170,
  /** The least height of a lane. */
  lane: 18,
};

/**
 * @typedef {object} Sheet in CSS px
 * @property {number} width
 * @property {number} height
 * @property {number} left where the axis begins
 * @property {number} right where it ends
 * @property {number} top of the lanes
 * @property {number} foot below them
 * @property {number} clock the axis
 * @property {number} lane height of a lane
 * @property {number} half half the height of a poll
 * @property {(at: number) => number} x of a position
 * @property {(x: number) => number} at the position of an x
 * @property {(row: number) => number} y the middle of a lane
 * @property {(y: number) => number} row the lane at a y; -1 for none
 */

/** How many lanes fit. @param {number} height */
export function rowsOf(height) {
  const { top, foot } = defaults.air[height < defaults.low ? 1 : 0];
  return Math.max(1, Math.floor((height - top - foot) / defaults.lane));
}

/** @param {number} width */
export const leftOf = (width) => defaults.left[width < defaults.narrow ? 1 : 0];

/**
 * @param {{ width: number, height: number }} size
 * @param {Window} window
 * @param {number} lanes that divide the height
 * @returns {Sheet}
 */
export function createSheet({ width, height }, { from, to }, lanes) {
  const { top, foot } = defaults.air[height < defaults.low ? 1 : 0];
  const [left, right] = [leftOf(width), width - defaults.right];
  const perUnit = (right - left) / (to - from);
  // A pane may be lower than what stands above and below its lanes.
  const lane = Math.max(1, (height - top - foot) / Math.max(1, lanes));
  return {
    width, height, left, right, top, foot, lane,
    clock: height - foot + 9,
    half: Math.min(9, lane * 0.36),
    x: (at) => left + (at - from) * perUnit,
    at: (x) => from + (x - left) / perUnit,
    // Whole pixels, so that all lines are as thick.
    y: (row) => Math.round(top + lane * (row + 0.5)),
    row: (y) => (y < top || y >= top + lane * lanes ? -1 : Math.floor((y - top) / lane)),
  };
}
