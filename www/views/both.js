// Two runs, each whole, one above the other on one clock: the other one above, this one below, a row a task. Within an instant polls
// stand side by side, and between two instants time is to scale: the same place is the same time in both.

import { svg } from '../dom.js';
import { phasesOf, pollsOf } from '../heroes/kit/lane.js';
import { lanesOf } from '../heroes/kit/run.js';

/** @typedef {import('../types.js').Run} Run */
/** @typedef {import('../heroes/kit/lane.js').Phase} Phase */
/** @typedef {{ task: number, from: number, to: number, at: number, till: number, x: number, w: number }} Poll */
/** @typedef {{ run: Run, name: string, cursor: number, seen: number, isHidden: boolean, parts: number | undefined }} Shown a run, up to where it was seen, whether the rest is hidden, and the first event of it that is not in the other */

export const defaults = {
  /** Polls and tasks of a run that can be told apart. */
  polls: 400, tasks: 12,
  /** How high a row is, in px, at the least and at the most. */
  row: /** @type {const} */ ([7, 13]),
};

/** Whether both can be drawn poll by poll. @param {Run} run @param {Run} other */
export const areDrawn = (run, other) => [run, other].every((one) => {
  const { lanes, stretches } = lanesOf(one);
  return lanes.length > 0 && lanes.length <= defaults.tasks && stretches.filter(({ of }) => of.kind === 'task' && of.state === 'running').length <= defaults.polls;
});

/** @param {string} cls @param {number} x @param {number} y @param {string} words @param {'start' | 'end'} [anchor] */
function text(cls, x, y, words, anchor = 'start') {
  const el = svg('text', { class: cls, x, y, 'text-anchor': anchor });
  el.textContent = words;
  return el;
}

/**
 * Gives each poll its place.
 * @param {Poll[][]} runs
 * @param {number[]} ends times that have one, too
 * @param {number} duration
 * @param {number} left
 * @param {number} right
 * @returns {(time: number) => number} where a time begins
 */
function place(runs, ends, duration, left, right) {
  /** How many polls begin at a time, in the run that has most of them there. @type {Map<number, number>} */
  const widths = new Map([0, duration, ...ends].map((time) => [time, 0]));
  for (const polls of runs) {
    /** @type {Map<number, number>} */
    const here = new Map();
    for (const { from, to } of polls) {
      here.set(from, (here.get(from) ?? 0) + 1);
      if (!here.has(to)) here.set(to, 0);
    }
    for (const [time, n] of here) widths.set(time, Math.max(widths.get(time) ?? 0, n));
  }
  const times = [...widths.keys()].sort((a, b) => a - b);
  const all = times.reduce((n, time) => n + (widths.get(time) ?? 0), 0);
  const wide = Math.min(duration ? 22 : 44, (right - left) * (duration ? 0.45 : 1) / Math.max(1, all));
  const perMs = duration ? (right - left - wide * all) / duration : 0;
  /** @type {Map<number, number>} where the polls of a time begin */
  const at = new Map();
  let x = left;
  times.forEach((time, i) => {
    if (i > 0) x += (time - times[i - 1]) * perMs + wide * (widths.get(times[i - 1]) ?? 0);
    at.set(time, x);
  });
  for (const polls of runs) {
    /** @type {Map<number, number>} */
    const nth = new Map();
    for (const poll of polls) {
      const k = nth.get(poll.from) ?? 0;
      nth.set(poll.from, k + 1);
      poll.x = (at.get(poll.from) ?? left) + k * wide;
      poll.w = Math.max(wide * 0.8, poll.to > poll.from ? (at.get(poll.to) ?? poll.x) - poll.x - 1 : 0);
    }
  }
  return (time) => at.get(time) ?? right;
}

/**
 * @param {Shown[]} both the other one first
 * @param {number} width
 * @param {{ parts: string }} words
 * @param {(cursor: number) => void} go to a cursor of the second one
 * @returns {SVGElement}
 */
export function drawBoth(both, width, words, go) {
  const polls = both.map(({ run }) => pollsOf(run).map((poll) => ({ ...poll, x: 0, w: 0 })));
  const tasks = both.map(({ run }) => lanesOf(run).lanes.length);
  const [left, right] = [22, width - 10];
  // A task may end while it waits.
  const lasts = both.map(({ run }, which) => Array.from({ length: tasks[which] }, (_, i) => phasesOf(run, i + 1).at(-1)));
  const xOf = place(polls, lasts.flat().map((last) => last?.from ?? 0), Math.max(...both.map(({ run }) => run.duration)), left, right);
  const row = Math.max(defaults.row[0], Math.min(defaults.row[1], 84 / Math.max(1, tasks[0] + tasks[1])));
  const [head, foot] = [16, 15];
  const tops = [0, head + tasks[0] * row + 4];
  const height = tops[1] + head + tasks[1] * row + foot;
  const root = svg('svg', { class: 'both', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img' });
  both.forEach(({ run, name, cursor, seen, isHidden }, which) => {
    const top = tops[which];
    root.append(text('name', 0, top + 11, name));
    const y = (/** @type {number} */ task) => top + head + row * (task - 0.5);
    const later = (/** @type {number} */ at) => (at > seen ? ' later' : '');
    const isShown = (/** @type {number} */ at) => at <= seen || !isHidden;
    for (let task = 1; task <= tasks[which]; task += 1) {
      if (row >= 11) root.append(text('task', 0, y(task) + 4, String(task)));
      root.append(svg('line', { class: 'bed', x1: left, y1: y(task), x2: right, y2: y(task) }));
      const own = polls[which].filter((poll) => poll.task === task);
      const phases = phasesOf(run, task).filter(({ state }) => state === 'pending' || state === 'ready');
      own.forEach((poll, i) => {
        const next = own[i + 1];
        const between = phases.filter(({ at }) => at > poll.at && (!next || at < next.at));
        const state = between.find((phase) => phase.state === 'pending') ?? between[0];
        if (!state || !isShown(state.at)) return;
        const last = lasts[which][task - 1];
        const isForGood = !next && last?.state === 'pending';
        const to = next ? next.x : isForGood ? right : xOf(last?.from ?? 0);
        root.append(svg('line', { class: `${state.state}${isForGood ? ' for-good' : ''}${later(state.at)}`, x1: poll.x + poll.w, y1: y(task), x2: Math.max(to, poll.x + poll.w), y2: y(task) }));
      });
    }
    const now = polls[which].findLast(({ at }) => at <= cursor);
    for (const poll of polls[which]) {
      if (!isShown(poll.at)) continue;
      const rect = svg('rect', { class: `poll${poll === now ? ' lit' : ''}${later(poll.at)}`, x: poll.x, y: y(poll.task) - row * 0.4, width: poll.w, height: row * 0.8, rx: 1 });
      if (which === 1) rect.setAttribute('data-go', String(poll.at));
      root.append(rect);
    }
  });
  root.addEventListener('click', ({ target }) => {
    const at = target instanceof Element && target.getAttribute('data-go');
    if (at) go(Number(at));
  });
  // Where they part: before the first poll that is not the same in both.
  const firsts = both.flatMap(({ parts, seen, isHidden }, which) => (parts === undefined || (isHidden && parts >= seen) ? [] : polls[which].filter(({ at }) => at > parts).slice(0, 1)));
  if (firsts.length) {
    const x = Math.min(...firsts.map((poll) => poll.x)) - 2;
    const isRight = x > width * 0.6;
    root.prepend(svg('line', { class: 'fork', x1: x, y1: head - 2, x2: x, y2: height - 1 }));
    root.append(text('fork', isRight ? x - 5 : x + 5, height - 3, words.parts, isRight ? 'end' : 'start'));
  }
  return root;
}
