// The figure's run: its telling events in order, and what is known of each. Made when the site is built, from a trace.
//
// A *position* p is a number from 0 to the last event's index: event e is complete at p = e. The picture, the caption and the
// scrubber are functions of it, and nothing else is remembered.

/**
 * @typedef {object} Telling an event that is told
 * @property {'start' | 'poll' | 'enter' | 'pending' | 'clock' | 'wake' | 'ready' | 'end'} kind
 * @property {number} task 0 for none
 * @property {number} nth which poll of the task it belongs to, from 1; 0 for none
 * @property {number} time in ms, after it
 * @property {string} here the query of this page at this event
 * @property {string} link the query of the scenario at this event
 */

/** @typedef {{ task: number, ms: number }} Sleeper a task and what its timer was set for */
/** @typedef {{ scenario: string, tasks: Sleeper[], events: Telling[] }} Story */

/** @typedef {Record<'poll' | 'enter' | 'pending' | 'wake' | 'again' | 'enterAgain' | 'ready', number>} Life where in the story a task's events are */

/** @param {number} x @param {number} [from] @param {number} [to] */
export const clamp = (x, from = 0, to = 1) => Math.min(to, Math.max(from, x));

/** The event under way at a position, or the last one complete. @param {number} p @param {number} last */
export const eventAt = (p, last) => clamp(Math.ceil(p - 1e-6), 0, last);

/** How much of event `e` is over at a position. @param {number} p @param {number} e */
export const share = (p, e) => clamp(p - (e - 1));

/** Where each task's events are, in the order of the tasks. @param {Story} story @returns {Life[]} */
export function livesOf({ tasks, events }) {
  return tasks.map(({ task }) => {
    /** @param {Telling['kind']} kind @param {number} nth */
    const at = (kind, nth) => events.findIndex((event) => event.kind === kind && event.task === task && event.nth === nth);
    return {
      poll: at('poll', 1), enter: at('enter', 1), pending: at('pending', 1), wake: at('wake', 1),
      again: at('poll', 2), enterAgain: at('enter', 2), ready: at('ready', 2),
    };
  });
}

/** What a sentence about an event may name. @param {Story} story @param {number} e */
export function argsOf({ tasks, events }, e) {
  const { task, nth, time, kind } = events[e];
  const ms = tasks.find((sleeper) => sleeper.task === task)?.ms ?? time;
  return { task, nth, ms: kind === 'clock' || kind === 'end' ? time : ms, ...totals({ tasks, events }) };
}

/** What the whole run comes to. @param {Pick<Story, 'tasks' | 'events'>} story */
export function totals({ tasks, events }) {
  return {
    n: tasks.length,
    waits: tasks.length,
    polls: events.filter(({ kind }) => kind === 'poll').length,
    sum: tasks.reduce((sum, { ms }) => sum + ms, 0),
  };
}
