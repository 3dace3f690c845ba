// What a task waits for by timers, one wait after the other: from the first poll of the future to the poll in which it is ready, or
// to where its timer was taken back with it.

import { marks, once, stretches } from './run.js';

/** @typedef {import('../../types.js').Run} Run */
/**
 * @typedef {object} Wait
 * @property {number} task
 * @property {import('../../types.js').Place | null | undefined} line that it is polled from
 * @property {number} from in ms
 * @property {number} to in ms: ready, taken back, or the end of the run
 * @property {number} at the cursor right after its first poll began
 * @property {number} till the cursor at which it is over; 0 if it is not
 * @property {number} due in ms
 * @property {boolean} isReady
 */

/** @param {Run} run @param {number} task @returns {Wait[]} */
export const waitsOf = (run, task) => once(run, `waits ${task}`, () => {
  const polls = stretches(run, 'future').filter((one) => one.task === task && one.of.name === 'Sleep');
  const set = marks(run, 'timer_set').filter(({ event }) => event.task === task);
  const cancelled = marks(run, 'timer_cancelled').filter(({ event }) => event.task === task);
  const ids = [...new Set(polls.map(({ of }) => of.id))];
  return ids.map((id) => {
    const own = polls.filter(({ of }) => of.id === id);
    const [first, last] = [own[0], own[own.length - 1]];
    const timer = set.find(({ at }) => at > first.at && at <= first.till);
    const end = last.of.ready ? { ms: last.from, at: last.till } : cancelled.filter(({ at }) => at > last.at).map(({ at, time }) => ({ ms: time, at }))[0];
    return {
      task, line: first.of.line, from: first.from, at: first.at, isReady: last.of.ready,
      to: end?.ms ?? run.duration, till: end?.at ?? 0, due: timer?.event.deadline ?? first.from,
    };
  });
});

/** Whether two are written in one line. @param {Wait} a @param {Wait} b */
export const sameLine = (a, b) => a.line?.file === b.line?.file && a.line?.line === b.line?.line;
