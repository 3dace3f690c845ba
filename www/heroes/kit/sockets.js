// What a run says of a source of data: what it is registered for, what came to it, and whether its reactor was told.

import { marks } from './run.js';

/** @typedef {import('../../types.js').Run} Run */
/** @typedef {ReturnType<typeof socketAt>} Source */

/** @param {import('../../types.js').Holder | undefined} holder @param {number} nth */
export const isSocket = (holder, nth) => holder?.kind === 'socket' && holder.nth === nth;

/** A source at a cursor. @param {Run} run @param {number} nth @param {number} cursor */
export function socketAt(run, nth, cursor) {
  const of = (/** @type {{ at: number, event: { by: import('../../types.js').Holder } }} */ { at, event }) => at <= cursor && isSocket(event.by, nth);
  const came = marks(run, 'arrived').filter(of);
  const told = marks(run, 'reported').filter(of);
  const read = marks(run, 'drained').filter(of);
  const last = told[told.length - 1];
  const sum = (/** @type {{ event: { bytes: number } }[]} */ all) => all.reduce((n, { event }) => n + event.bytes, 0);
  return {
    nth, came, bytes: sum(came) - sum(read), since: came[0]?.time, told: last,
    isReady: last !== undefined && !read.some(({ at }) => at > last.at),
  };
}
