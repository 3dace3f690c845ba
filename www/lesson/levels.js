// How much of a run is told: its story, its polls and wakes, or every event. The level says where a step goes and how the list
// is cut, never where one is.

/** @typedef {import('../types.js').Run} Run */
/** @typedef {import('../types.js').Moment} Moment */

export const LEVELS = /** @type {const} */ (['story', 'polls', 'every']);
/** @typedef {typeof LEVELS[number]} Level */

/** The level that a link names by what it shows. @param {string} show @returns {Level} */
export const levelOf = (show) => LEVELS.find((level) => level === show) ?? 'story';

/** The moment that has been told last at a cursor, by its place; -1 before the first. @param {Moment[]} moments @param {number} cursor */
export const momentAt = (moments, cursor) => moments.findLastIndex((moment) => moment.at <= cursor);

/**
 * Where a step leads.
 * @param {Level} level
 * @param {Moment[]} moments
 * @param {Run} run
 * @param {number} cursor
 * @param {boolean} forward
 */
export function next(level, moments, run, cursor, forward) {
  if (level === 'every') return cursor + (forward ? 1 : -1);
  if (level === 'polls') return run.step(cursor, 'notable', forward, 0);
  if (forward) return moments.find((moment) => moment.at > cursor)?.at ?? run.length;
  return moments.findLast((moment) => moment.at < cursor)?.at ?? 0;
}
