// The window of the timeline: which stretch of the run's axis is looked at. Positions are the engine's.

/** @typedef {{ from: number, to: number }} Window */

/** Pixels that a unit of the axis has at the most: a poll is then fifty wide. */
const NEAREST = 3;
/** Behind the run's end there is room for the timers that are still set. */
const BEYOND = 0.07;

/** @param {number} value @param {number} least @param {number} most */
export const within = (value, least, most) => Math.max(least, Math.min(value, most));

/** The whole run. @param {number} extent @returns {Window} */
export const whole = (extent) => ({ from: 0, to: Math.max(1, extent * (1 + BEYOND)) });

/** Whether it shows the whole run. @param {Window} window @param {number} extent */
export const isWhole = ({ from, to }, extent) => to - from >= whole(extent).to - 0.001;

/** The same width, where there is something to see. @param {Window} window @param {number} extent @returns {Window} */
function hold({ from, to }, extent) {
  const all = whole(extent).to;
  const wide = Math.min(to - from, all);
  const start = within(from, 0, all - wide);
  return { from: start, to: start + wide };
}

/**
 * Nearer, or farther, with one position staying where it is.
 * @param {Window} window
 * @param {number} extent
 * @param {number} by more than 1 is nearer
 * @param {number} about a position
 * @param {number} width in px
 */
export function zoomed({ from, to }, extent, by, about, width) {
  const all = whole(extent).to;
  const least = Math.min(all, width / NEAREST);
  const wide = within((to - from) / by, least, all);
  const start = about - ((about - from) * wide) / (to - from);
  return hold({ from: start, to: start + wide }, extent);
}

/** Moved along the axis. @param {Window} window @param {number} extent @param {number} by */
export const panned = ({ from, to }, extent, by) => hold({ from: from + by, to: to + by }, extent);

/**
 * With a position in it: if it was not, the window moves by as much as a page is turned.
 * @param {Window} window
 * @param {number} extent
 * @param {number} at
 */
export function following(window, extent, at) {
  const wide = window.to - window.from;
  if (at >= window.from && at <= window.to - wide * 0.04) return window;
  const from = at < window.from ? at - wide * 0.8 : at - wide * 0.2;
  return hold({ from, to: from + wide }, extent);
}
