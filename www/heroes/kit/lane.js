// A task's lane: its polls as blocks, its waits as lines, and how late it was, hatched. To scale.

import { bar, strokeOf, wait } from './clock.js';
import { lanesOf, marks, once, stretches } from './run.js';

/** @typedef {import('./pen.js').Pen} Pen */
/** @typedef {import('./scale.js').Scale} Scale */
/** @typedef {import('./hero.js').Shown} Shown */
/** @typedef {import('../../types.js').Run} Run */
/** @typedef {import('../../types.js').TaskState} TaskState */
/** @typedef {{ from: number, to: number, at: number, till: number, state: TaskState, polls: number }} Phase */
/** @typedef {{ from: number, to: number, at: number, till: number }} Late due, and kept waiting until it was polled */

/** What a task did, in order. @param {Run} run @param {number} task @returns {Phase[]} */
export const phasesOf = (run, task) => once(run, `phases ${task}`, () => stretches(run, 'task')
  .filter((s) => s.task === task).map(({ from, to, at, till, of }) => ({ from, to, at, till, state: of.state, polls: of.polls })));

/** The polls of all tasks, one after the other. @param {Run} run @returns {(Phase & { task: number })[]} */
export const pollsOf = (run) => once(run, 'polls', () => lanesOf(run).lanes
  .flatMap((_, i) => phasesOf(run, i + 1).filter(({ state }) => state === 'running').map((phase) => ({ ...phase, task: i + 1 })))
  .sort((a, b) => a.at - b.at));

/** When a task's timers were due, as far as they were set. @param {Run} run @param {number} task @returns {{ due: number, at: number, from: number, till: number }[]} */
export const duesOf = (run, task) => once(run, `dues ${task}`, () => stretches(run, 'waker').filter((s) => s.task === task && s.of.by.kind === 'timer')
  .map(({ of, at, from, till }) => ({ due: of.by.kind === 'timer' ? of.by.deadline : from, at, from, till })));

/** When it was due and not polled. @param {Run} run @param {number} task @returns {Late[]} */
export const latesOf = (run, task) => once(run, `lates ${task}`, () => duesOf(run, task).flatMap(({ due, at }) => {
  const poll = phasesOf(run, task).find((phase) => phase.state === 'running' && phase.at > at);
  const to = poll?.from ?? run.duration;
  // It is known to be late from the first event on that is later than it was due.
  return to > due ? [{ from: due, to, at: run.cursorAt(due) + 1, till: poll?.at ?? 0 }] : [];
}));

/**
 * @param {Pen} pen @param {Scale} scale @param {Run} run @param {number} task @param {Shown} shown
 * @param {{ y: number, h: number, late?: boolean, goes?: boolean }} o
 */
export function lane(pen, scale, run, task, shown, { y, h, late = false, goes = true }) {
  const lates = late ? latesOf(run, task) : [];
  const isLate = (/** @type {Phase} */ phase) => lates.some(({ from, to }) => phase.from < to && phase.to > from);
  for (const phase of phasesOf(run, task)) {
    const key = `t${task} ${phase.at}`;
    const go = goes ? phase.at : undefined;
    if (phase.state === 'pending') {
      // What is hatched is no wait for something outside.
      const cut = lates.find(({ from, to }) => phase.from < to && phase.to > from);
      wait(pen, scale, key, cut ? { ...phase, to: Math.max(phase.from, Math.min(phase.to, cut.from)) } : phase, shown, { y, cls: 'wait', go });
    } else if (phase.state === 'ready' && !isLate(phase)) wait(pen, scale, key, phase, shown, { y, cls: 'queue', go });
  }
  for (const { from, to, at, till } of lates) {
    bar(pen, scale, `t${task} late ${from}`, { from, to, at, till }, shown, { y, h: h * 0.86, cls: 'late', go: goes ? at : undefined });
  }
  for (const phase of phasesOf(run, task)) {
    if (phase.state !== 'running') continue;
    const lit = phase.at <= shown.cursor && !(phase.till && phase.till <= shown.cursor);
    bar(pen, scale, `t${task} ${phase.at}`, phase, shown, { y, h, cls: 'poll', least: strokeOf(scale), go: goes ? phase.at : undefined, lit });
  }
}

/** What a task is doing at a cursor. @param {Run} run @param {number} task @param {number} cursor @returns {TaskState | undefined} */
export function stateAt(run, task, cursor) {
  return phasesOf(run, task).findLast((phase) => phase.at <= cursor)?.state;
}

/** Bells that ring by a timer, with when. @param {Run} run */
export const ringsOf = (run) => marks(run, 'timer_set').filter(({ event }) => event.task === 0)
  .map(({ at, event }) => ({ at, due: event.deadline }));
