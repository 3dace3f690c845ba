// Two runs on one clock: where the one is when the other is somewhere.

/** @typedef {{ length: number, time: (at: number) => number, cursorAt: (ms: number) => number }} Clock */

/**
 * Events of a run up to a time, at least those that it shares with another one.
 * @param {Clock} run
 * @param {number} time in ms
 * @param {number} parts the first event that it does not share
 */
export const until = (run, time, parts) => Math.max(parts, run.length && run.time(1) <= time ? run.cursorAt(time) : 0);

/**
 * The cursor of the other run at which it is as late: up to where they part the same, and from there on so many events
 * into the same ms.
 * @param {Clock} run
 * @param {Clock} other
 * @param {number} cursor
 * @param {number | undefined} parts
 */
export function alike(run, other, cursor, parts) {
  if (parts === undefined || cursor <= parts) return Math.min(cursor, other.length);
  if (cursor >= run.length) return other.length;
  const time = run.time(cursor);
  // Times are whole ms: what is before this one is at the latest 1 ms before.
  return Math.min(until(other, time, parts), until(other, time - 1, parts) + cursor - until(run, time - 1, parts));
}
