// Two lanes into one gate. Each task is a gate: what it waits for runs towards it, one lane each; the first answer passes, and what
// becomes of the other is drawn to its end. The first task is large, the others stand below on the same clock.
//
// A lane is a timer of the task, by the name that its log says before it is set; it ends where the timer fired and was seen, or
// where it was taken back. One that was seen after it had fired is hatched from there on. Ties are counted at the lanes that passed.

import { axis, bar, now, strokeOf, wait } from './kit/clock.js';
import { heroOf } from './kit/hero.js';
import { phasesOf } from './kit/lane.js';
import { check, cross } from './kit/marks.js';
import { lanesOf, marks, once, stretches } from './kit/run.js';
import { createScale } from './kit/scale.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */
/** @typedef {import('../types.js').Run} Run */
/** @typedef {{ name: string, from: number, at: number, due: number, polls: { from: number, at: number, till: number }[], rang?: { ms: number, at: number }, end?: { ms: number, at: number, isAnswer: boolean, isRequest: boolean, isFailed: boolean }, passed?: { at: number, n: number, all: number } }} Lane */

/** @param {number} ms */
const round = (ms) => Math.round(ms * 10) / 10;

/** What a task waits for. @param {Run} run @param {number} task @returns {Lane[]} */
const waitsOf = (run, task) => once(run, `gate ${task}`, () => {
  const said = marks(run, 'logged').filter(({ event }) => event.task === task);
  const fired = marks(run, 'timer_fired');
  const counted = said.find(({ event }) => event.text.startsWith('passed: '));
  const counts = [...counted?.event.text.matchAll(/(\d+) (\w+)/g) ?? []].map(([, n, of]) => ({ n: Number(n), of }));
  const all = counts.reduce((sum, { n }) => sum + n, 0);
  const inside = stretches(run, 'future').filter((s) => s.task === task && s.of.name === 'Sleep');
  return marks(run, 'timer_set').filter(({ event }) => event.task === task).map(({ at, time, event }) => {
    const name = said.findLast((one) => one.at < at)?.event.text.split(':')[0] ?? '';
    const own = said.filter((one) => one.at > at && one.event.text.startsWith(`${name}: `));
    const first = inside.findLast((s) => s.at < at);
    const polls = inside.filter(({ of }) => of.id === first?.of.id).map(({ from, at: begun, till }) => ({ from, at: begun, till }));
    const ready = inside.find(({ of }) => of.id === first?.of.id && of.ready);
    const [answer] = ready ? own : [];
    const dropped = ready ? undefined : own[0];
    const last = answer ?? dropped;
    const end = last && { ms: last.time, at: last.at, isAnswer: answer !== undefined, isRequest: !last.event.text.endsWith(': done'), isFailed: answer !== undefined && said.some(({ event: { text } }) => text.endsWith(`: ${name} failed`)) };
    const rung = fired.find((one) => one.at > at && one.event.task === task && one.time >= event.deadline);
    const rang = rung && end?.isAnswer && end.ms > rung.time ? { ms: rung.time, at: rung.at } : undefined;
    const count = counts.find(({ of }) => of === name);
    const passed = count && counted && { at: counted.at, n: count.n, all };
    return { name, from: time, at, due: event.deadline, polls, rang, end, passed };
    // Whom a coin has polled first is no order to read.
  }).sort((a, b) => counts.findIndex(({ of }) => of === a.name) - counts.findIndex(({ of }) => of === b.name));
});

/** @param {State} state */
function model({ run, cursor, deciding }) {
  const shown = { cursor, now: run.time(cursor), isKnown: deciding.isKnown };
  const gates = lanesOf(run).lanes.map(({ name }, i) => {
    const task = i + 1;
    const done = phasesOf(run, task).find(({ state }) => state === 'done');
    return { task, name, lanes: waitsOf(run, task), done: done && { ms: done.from, at: done.at } };
  });
  const event = run.describe(cursor);
  // What is counted stands behind the end.
  const room = gates.some(({ lanes }) => lanes.some(({ passed }) => passed)) ? 2 : 1;
  return { run, cursor, shown, gates, end: Math.max(run.duration, 1) * room, running: 'task' in event ? event.task : 0 };
}
/** @typedef {ReturnType<typeof model>} Model */
/** @typedef {Model['gates'][number]} Gate */

/**
 * @param {Pen} pen @param {import('./kit/scale.js').Scale} scale @param {Model} m @param {Gate} gate @param {Words} words
 * @param {{ y: number, pitch: number, h: number, isLarge: boolean, names: number }} o
 */
function drawGate(pen, scale, m, gate, words, { y, pitch, h, isLarge, names }) {
  const isDone = gate.done !== undefined && gate.done.at <= m.cursor;
  gate.lanes.forEach((one, i) => {
    const laneY = y + pitch * (i + 0.5);
    // Where lanes are closer than lines of words, words stand a little apart from their lanes.
    const wordY = laneY + 4.5 + (i - (gate.lanes.length - 1) / 2) * Math.max(0, 18 - pitch);
    const isOver = one.end !== undefined && one.end.at <= m.cursor;
    const key = `${gate.task} ${one.name}`;
    pen.line('bed-line', scale.left, laneY, scale.right, laneY);
    if (isLarge) {
      const word = !isOver ? words(one.at <= m.cursor ? 'waits' : 'not_yet') : words(!one.end?.isAnswer ? 'dropped' : one.end.isFailed ? 'failed' : one.end.isRequest ? 'answered' : 'over');
      pen.text('name', names, laneY - 2, one.name, { most: scale.left - names - 10 });
      pen.text(`state little st ${!isOver ? one.at <= m.cursor ? 'pending' : 'none' : !one.end?.isAnswer ? 'cancelled' : one.end.isFailed ? 'panicked' : 'done'}`, names, laneY + 16, word, { most: scale.left - names - 8 });
    }
    else pen.text('tiny', scale.left - 7, wordY, one.name, { anchor: 'end', most: scale.left - 14 - names - pen.width('name little', gate.name) });
    const to = one.end?.ms ?? m.end;
    const lasts = { from: one.from, to, at: one.at, till: one.end?.at ?? 0 };
    wait(pen, scale, key, lasts, m.shown, { y: laneY, cls: 'wait', go: one.at });
    if (one.rang) {
      const late = { from: one.rang.ms, to, at: one.rang.at, till: one.end?.at ?? 0 };
      bar(pen, scale, `${key} late`, late, m.shown, { y: laneY, h: h * 0.6, cls: 'late', go: one.rang.at });
    }
    for (const poll of one.polls) {
      if (poll.at > m.cursor && !m.shown.isKnown) continue;
      const lit = poll.at <= m.cursor && poll.till > m.cursor;
      const isLast = one.end?.isAnswer && poll === one.polls[one.polls.length - 1];
      pen.scene.put('rect', {
        class: `poll${lit ? ' lit' : ''}${poll.at > m.cursor ? ' later' : ''}`, x: scale.x(poll.from) - (isLast ? strokeOf(scale) : 0), y: laneY - h / 2, width: strokeOf(scale), height: h, rx: 1.5, 'data-go': poll.at,
      }, { key: `${key} ${poll.at}` });
    }
    if (!isOver || !one.end) return;
    const x = scale.x(one.end.ms);
    const r = isLarge ? 7 : 4.5;
    if (one.end.isAnswer) {
      if (one.end.isFailed) cross(pen, x + 12, laneY, '', `${key} end`, r);
      else check(pen, x + 12, laneY, r, `${key} end`);
      if (one.end.isFailed) pen.text('state little st panicked', x + 22, isLarge ? laneY + 4.5 : wordY, words('failed'));
      if (one.rang && isLarge) {
        const text = words('late', { late: round(one.end.ms - one.rang.ms) });
        pen.text('state little', scale.x(one.rang.ms) + 6, laneY - h * 0.3 - 6, text, { most: Math.max(0, scale.right - scale.x(one.rang.ms)) });
      } else if (isLarge && !one.end.isFailed && x + 120 < scale.right) {
        pen.text('state little st done', x + 26, laneY - 8, words(one.end.isRequest ? 'ready' : 'over'));
      }
    } else {
      // What it would have come to: its timer was to go on.
      if (one.due > one.end.ms) {
        pen.line('unseen', x + 12, laneY, scale.x(Math.min(one.due, scale.end)), laneY, { key: `${key} rest` });
        // The cursor may stand where it would have been.
        const most = (Math.min(one.due, scale.end) - one.end.ms) * scale.pxPerMs - 22;
        const lines = isLarge && most > 0 ? pen.measure.lines('tiny', words('would_be', { ms: round(one.due) }).replace(' ms', '\u00a0ms'), most, 2) : [];
        lines.forEach((line, n) => pen.text('tiny', scale.x(Math.min(one.due, scale.end)) - 10, laneY + 20 + n * 15, line, { anchor: 'end', most }));
      }
      cross(pen, x - r - 4, laneY, 'st cancelled', `${key} end`, r);
      const most = Math.max(0, scale.right - x - 18);
      const whole = words(!isLarge ? 'dropped' : one.due > one.end.ms ? 'dropped_at' : 'dropped_ready', { ms: round(one.end.ms) });
      const cls = isLarge ? 'state st cancelled' : 'state little st cancelled halo';
      const text = pen.width(cls, whole) <= most ? whole : words('dropped');
      if (isLarge || !one.passed) pen.text(cls, x + 18, isLarge ? laneY - 8 : wordY, text, { most });
    }
    if (one.passed && one.passed.at <= m.cursor) {
      const [short, long] = ['passed', 'told_passed'].map((key) => words(key, { name: one.name, n: one.passed?.n, all: one.passed?.all }));
      const cls = isLarge ? 'strong' : 'strong little';
      pen.text(cls, x + 26, laneY + (isLarge ? 18 : 5), !isLarge && x + 26 + pen.width(cls, long) < scale.right ? long : short);
    }
  });
  // The gate itself: open until the task has what it waits for, and shut by that.
  const edge = gate.lanes.length * pitch;
  const at = isDone && gate.done ? gate.done.ms : undefined;
  if (at !== undefined) pen.line('gate', scale.x(at) + 1, y - 4, scale.x(at) + 1, y + edge + 4, { key: `gate ${gate.task}`, go: gate.done?.at });
  // Beside the cursor, which may stand there.
  const over = words('goes_on', { name: gate.name, ms: round(at ?? 0) });
  const [from, long] = [scale.x(at ?? 0) + 11, pen.width('strong', over)];
  const isCrossed = scale.x(m.shown.now) > from && scale.x(m.shown.now) - 7 < from + long;
  const isPast = from + long > scale.right + 30 || isCrossed && from - 20 - long > 0;
  if (isLarge && at !== undefined) pen.text('strong', scale.x(at) + (isPast ? -9 : 11), y - 12, over, { anchor: isPast ? 'end' : 'start' });
}

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, { width, height }, words) {
  const narrow = width < 560;
  const [left, right] = [narrow ? 102 : 150, width - (narrow ? 40 : 60)];
  const names = narrow ? 8 : 20;
  // Room beyond the end for what is said of it.
  const scale = createScale(m.end, left, right);
  const [first, ...others] = m.gates;
  if (!first) return;
  const bottom = height - 34;
  const large = others.length ? Math.min(190, bottom * 0.44) : Math.min(260, bottom * 0.7);
  const top = 40;
  pen.text('title', names, 20, first.name);
  axis(pen, scale, top, bottom, { unit: 'ms', apart: narrow ? 56 : 100 });
  drawGate(pen, scale, m, first, words, { y: top + 12, pitch: (large - 12) / Math.max(1, first.lanes.length), h: 26, isLarge: true, names });
  const from = top + large + 18;
  const each = others.length ? (bottom - from) / others.length : 0;
  others.forEach((gate, i) => {
    const y = from + each * i;
    const pitch = Math.min(28, (each - 16) / Math.max(1, gate.lanes.length));
    if (i === 0) pen.line('rule', names, y - 12, width - names, y - 12);
    pen.text('name little', names, y + pitch + 4, gate.name, { most: left - names - 8 });
    drawGate(pen, scale, m, gate, words, { y, pitch, h: Math.min(16, pitch * 0.6), isLarge: false, names });
    const isDone = gate.done !== undefined && gate.done.at <= m.cursor;
    if (isDone && gate.done && !narrow && !gate.lanes.some(({ passed }) => passed)) {
      const text = words('passes', { ms: round(gate.done.ms) });
      const x = scale.x(gate.done.ms) + 34;
      const fits = x + pen.width('tiny', text) < width;
      pen.text('tiny', fits ? x : scale.x(gate.done.ms) - 12, y + pitch * 2 + 12, text, { anchor: fits ? 'start' : 'end' });
    }
  });
  now(pen, scale, m.shown.now, top - 8, bottom);
}

/** @param {Lane} lane */
const toldOf = ({ due, rang, end }) => {
  if (!end?.isAnswer) return end && due <= end.ms ? 'told_dropped_ready' : 'told_dropped';
  return end.isFailed ? 'told_failed' : rang ? 'told_late' : end.isRequest ? 'told_answered' : 'told_over';
};

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  return m.gates.map((gate) => ({
    text: gate.done && gate.done.at <= m.cursor ? words('goes_on', { name: gate.name, ms: round(gate.done.ms) }) : words('told_open', { name: gate.name }),
    now: gate.task === m.running,
    parts: gate.lanes.map((one) => ({
      text: one.at > m.cursor ? words('told_not_yet', { name: one.name }) : one.end && one.end.at <= m.cursor
        ? [words(toldOf(one), { name: one.name, ms: round(one.end.ms), rest: round(one.due - one.end.ms), late: round(one.end.ms - (one.rang?.ms ?? 0)) }),
          ...one.passed && one.passed.at <= m.cursor ? [words('told_passed', { name: one.name, n: one.passed.n, all: one.passed.all })] : []].join('; ')
        : words('told_waits', { name: one.name, ms: round(one.due) }),
      now: one.at <= m.cursor && !(one.end && one.end.at <= m.cursor),
    })),
  }));
}

export const createHero = heroOf({ name: 'gate', model, draw, describe });
