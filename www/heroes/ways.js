// Ways to wait for the same things: each root task is a group, and what it waits for are its lanes: the tasks that it
// spawned, or the futures inside of it. What waits end to end is as long as its parts together.

import { axis, bracket, now, part, strokeOf, wait } from './kit/clock.js';
import { heroOf } from './kit/hero.js';
import { phasesOf } from './kit/lane.js';
import { check } from './kit/marks.js';
import { lanesOf, once, stretches } from './kit/run.js';
import { createScale } from './kit/scale.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */
/** @typedef {{ from: number, to: number, at: number, till: number, ready: boolean }} Asked a poll of one of them */
/** @typedef {{ key: string, asked: Asked[], lasts: { from: number, to: number, at: number, till: number } }} One */

/** @param {number} ms */
const round = (ms) => Math.round(ms * 10) / 10;

/** What is polled again and again, as one: from its first poll until it is ready. @param {string} key @param {Asked[]} asked @param {number} end @returns {One} */
function one(key, asked, end) {
  const last = asked[asked.length - 1];
  return { key, asked, lasts: { from: asked[0].from, at: asked[0].at, to: last.ready ? last.to : end, till: last.ready ? last.till : 0 } };
}

/** What a group waits for. @param {import('../types.js').Run} run @param {number} root @returns {One[]} */
const onesOf = (run, root) => once(run, `ones ${root}`, () => {
  const { lanes, end } = lanesOf(run);
  const children = lanes.flatMap(({ parent }, i) => (parent === root ? [i + 1] : []));
  if (children.length) {
    return children.flatMap((task) => {
      const polls = phasesOf(run, task).filter(({ state }) => state === 'running');
      const asked = polls.map((p, i) => ({ ...p, ready: i === polls.length - 1 && phasesOf(run, task).some(({ state, at }) => state === 'done' && at >= p.at) }));
      return asked.length ? [one(`task ${task}`, asked, end)] : [];
    });
  }
  const inside = stretches(run, 'future').filter((s) => s.task === root);
  const holdsOthers = (/** @type {typeof inside[number]} */ s) => inside.some((o) => o.of.depth > s.of.depth && o.at >= s.at && o.at < s.till);
  const names = new Set(inside.filter(holdsOthers).map(({ of }) => of.name));
  /** @type {Map<string, Asked[]>} */
  const found = new Map();
  for (const { of, ...s } of inside.filter((s) => !names.has(s.of.name))) {
    const asked = found.get(String(of.id)) ?? [];
    found.set(String(of.id), [...asked, { from: s.from, to: s.to, at: s.at, till: s.till, ready: of.ready }]);
  }
  return [...found].map(([key, asked]) => one(`future ${root} ${key}`, asked, end));
});

/** The middle of the longest stretch in which it was not polled. @param {One['lasts']} lasts @param {Asked[]} asked */
function middleOf(lasts, asked) {
  const edges = [...asked.map(({ from }) => from), lasts.to];
  const gaps = edges.slice(1).map((to, i) => [edges[i], to]);
  const [from, to] = gaps.reduce((a, b) => (b[1] - b[0] > a[1] - a[0] ? b : a), [lasts.from, lasts.from]);
  return (from + to) / 2;
}

/** @param {State} state */
function model({ run, cursor, deciding }) {
  const { lanes } = lanesOf(run);
  const shown = { cursor, now: run.time(cursor), isKnown: deciding.isKnown };
  const groups = lanes.flatMap(({ name, parent }, i) => {
    if (parent) return [];
    const task = i + 1;
    const ones = onesOf(run, task);
    const phases = phasesOf(run, task);
    const begun = phases.find(({ state, at }) => state === 'running' && at <= cursor);
    const own = phases.find(({ state }) => state === 'done');
    // A group is over when all of it is.
    const end = [own && { at: own.at, to: own.from }, ...ones.map(({ lasts }) => (lasts.till ? { at: lasts.till, to: lasts.to } : undefined))]
      .reduce((a, b) => (a && b ? (b.at > a.at ? b : a) : undefined));
    const isDone = end !== undefined && end.at <= cursor;
    const polls = phases.filter(({ state, at }) => state === 'running' && at <= cursor).length + ones.reduce((n, { key, asked }) => n + (key.startsWith('task') ? asked.filter(({ at }) => at <= cursor).length : 0), 0);
    const sum = ones.reduce((total, { lasts }) => total + lasts.to - lasts.from, 0);
    const tasks = 1 + lanes.filter((lane) => lane.parent === task).length;
    const total = end ? end.to - (begun?.from ?? 0) : 0;
    return [{ task, name, ones, begun, end, isDone, polls, tasks, total, apart: Math.abs(sum - total) < 0.5 && ones.length > 1 }];
  });
  const event = run.describe(cursor);
  const running = 'task' in event ? event.task : 0;
  const rootOf = (/** @type {number} */ task) => { while (lanes[task - 1]?.parent) task = lanes[task - 1].parent; return task; };
  return { run, cursor, shown, groups, end: Math.max(run.duration, 1), running: rootOf(running) };
}
/** @typedef {ReturnType<typeof model>} Model */

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, { width, height }, words) {
  const narrow = width < 560;
  const [top, bottom] = [narrow ? 16 : 28, height - 34];
  const [left, right] = [narrow ? 92 : 150, width - (narrow ? 46 : 64)];
  const scale = createScale(m.end, left, right);
  axis(pen, scale, top, bottom, { unit: 'ms', apart: narrow ? 56 : 100 });
  const tall = (bottom - top) / Math.max(1, m.groups.length);
  m.groups.forEach((group, g) => {
    const y = top + g * tall;
    const foot = Math.min(26, tall * 0.24);
    const pitch = Math.min(30, (tall - foot - 8) / Math.max(1, group.ones.length));
    const h = Math.max(3, Math.min(18, pitch * 0.62));
    const x = narrow ? 8 : 20;
    pen.text(`name${narrow ? ' little' : ''}`, x, y + pitch / 2 + 9, group.name, { most: left - x - 8 });
    if (tall > 56 && !narrow) pen.text('tiny', x, y + pitch / 2 + 27, words('count', { tasks: group.tasks, polls: group.polls }), { most: left - x - 8 });
    group.ones.forEach(({ key, asked, lasts }, i) => {
      const laneY = y + 5 + pitch * (i + 0.5);
      const isBegun = lasts.at <= m.cursor;
      pen.line('bed-line', left, laneY, right, laneY);
      // Made with the group, and not polled yet.
      if (group.begun && lasts.from > group.begun.from) {
        const to = isBegun ? lasts.from : m.shown.now;
        pen.line('made', scale.x(group.begun.from), laneY, scale.x(Math.max(group.begun.from, to)), laneY, { key: `${key} made` });
        const text = words('made');
        if (pen.width('tiny', text) + 20 < (to - group.begun.from) * scale.pxPerMs && pitch > 15) pen.text('tiny halo', scale.x((to + group.begun.from) / 2), laneY + 4, text, { anchor: 'middle' });
      }
      wait(pen, scale, key, lasts, m.shown, { y: laneY, cls: 'wait' });
      asked.forEach((poll, n) => {
        const inVain = n > 0 && !poll.ready;
        if (poll.at > m.cursor && !m.shown.isKnown) return;
        const lit = poll.at <= m.cursor && poll.till > m.cursor;
        pen.scene.put('rect', {
          class: `${inVain ? 'in-vain' : 'poll'}${lit ? ' lit' : ''}${poll.at > m.cursor ? ' later' : ''}`,
          x: scale.x(poll.from) - (poll.ready ? strokeOf(scale) : 0), y: laneY - h / 2, width: Math.max(strokeOf(scale), (poll.to - poll.from) * scale.pxPerMs), height: h, rx: 1.5, 'data-go': poll.at,
        }, { key: `${key} ${poll.at}` });
      });
      const seen = part(lasts, m.shown);
      const text = words('ms', { ms: round(lasts.to - lasts.from) });
      const isOver = lasts.till > 0 && lasts.till <= m.cursor;
      if (isOver && !narrow) check(pen, scale.x(lasts.to) + 12, laneY, Math.min(6.5, pitch * 0.3));
      if (seen && isBegun && isOver && pitch > 15 && pen.width('wait-text', text) + 16 < (lasts.to - lasts.from) * scale.pxPerMs) pen.text('wait-text halo', scale.x(middleOf(lasts, asked)), laneY + 4.5, text, { anchor: 'middle' });
    });
    if (!group.begun) return;
    const to = group.isDone && group.end ? group.end.to : m.shown.now;
    const text = group.isDone ? words(narrow ? 'ms' : group.apart ? 'end_to_end' : 'side_by_side', { ms: round(group.total) }) : '';
    if (to > group.begun.from) bracket(pen, scale, `total ${group.task}`, group.begun.from, to, y + 5 + pitch * group.ones.length + foot / 2 + 1, text, 'strong');
  });
  now(pen, scale, m.shown.now, top - 12, bottom);
}

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  return m.groups.map((group) => ({
    text: `${group.name}: ${group.isDone ? words(group.apart ? 'end_to_end' : 'side_by_side', { ms: round(group.total) }) : words('count', { tasks: group.tasks, polls: group.polls })}`,
    now: group.task === m.running,
    parts: group.ones.map(({ lasts }, i) => ({
      text: lasts.at > m.cursor ? words('told_not_yet', { n: i + 1 }) : lasts.till && lasts.till <= m.cursor
        ? words('told_done', { n: i + 1, from: round(lasts.from), to: round(lasts.to) })
        : words('told_waits', { n: i + 1, from: round(lasts.from) }),
      now: lasts.at <= m.cursor && !(lasts.till && lasts.till <= m.cursor),
    })),
  }));
}

export const createHero = heroOf({ name: 'ways', model, draw, describe });
