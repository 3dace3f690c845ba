// Polls as strokes: each asks whether something has come, and says what it found. Who finds nothing either asks to be
// polled again, at once, or leaves a waker with what will come and sleeps. Of many tasks each is a line without words; of more
// than there is room for, all together are a band.

import { band } from './kit/band.js';
import { askLost, askTime } from './kit/change.js';
import { axis, now, part, wait } from './kit/clock.js';
import { heroOf } from './kit/hero.js';
import { phasesOf, ringsOf, stateAt } from './kit/lane.js';
import { bell, check, cross, head } from './kit/marks.js';
import { road } from './kit/road.js';
import { lanesOf, marks, once, stretches } from './kit/run.js';
import { createScale } from './kit/scale.js';
import { tag, tagWidth } from './kit/things.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */

/** A row has words on lines of their own from so many px on, and names and counts of its own from so many; it is no lower than the least. */
export const defaults = { large: 66, largeNarrow: 50, named: 13, least: 7 };

/** @param {number} ms */
const round = (ms) => Math.round(ms * 10) / 10;

/** Each poll of a task, with what came of it. @param {import('../types.js').Run} run @param {number} task */
const askedOf = (run, task) => once(run, `asked ${task}`, () => phasesOf(run, task).filter(({ state }) => state === 'running').map((poll) => {
  const inside = (/** @type {number} */ at) => at > poll.at && (!poll.till || at <= poll.till);
  return {
    ...poll,
    found: !marks(run, 'found_empty').some(({ at, event }) => event.task === task && inside(at)),
    again: marks(run, 'woken_during_poll').some(({ at, event }) => event.task === task && inside(at) && event.by.kind === 'itself'),
    answered: poll.till,
  };
}));

/** @param {State} state @param {Words} _ @param {import('./kit/hero.js').Host} host */
function model({ run, cursor, deciding, params }, _, host) {
  const { lanes } = lanesOf(run);
  const shown = { cursor, now: run.time(cursor), isKnown: deciding.isKnown };
  const rings = ringsOf(run);
  const rang = marks(run, 'signalled').filter(({ at }) => at <= cursor);
  const rows = lanes.map((_, i) => {
    const task = i + 1;
    const name = run.nameOf(task);
    const asked = askedOf(run, task);
    const seen = asked.filter(({ at }) => at <= cursor);
    const hold = stretches(run, 'waker').find((s) => s.task === task && s.of.by.kind === 'bell');
    const woken = marks(run, 'woken_queued').find(({ at, event }) => at <= cursor && event.task === task && event.by.kind === 'bell');
    const state = stateAt(run, task, cursor) ?? 'spawned';
    return { task, name, asked, seen, nothing: seen.filter(({ found, till }) => !found && till && till <= cursor).length, state, word: host.text.t(`state.${state}`), hold, isLeft: hold !== undefined && hold.at <= cursor, woken };
  });
  return { run, cursor, params, pxPerMs: 1, wakeAt: marks(run, 'woken_queued').find(({ event }) => event.by.kind === 'bell')?.at, shown, rows, due: rings[0]?.due ?? 0, isSet: (rings[0]?.at ?? 0) <= cursor, rang: rang.length > 0, rings: rang.some(({ time }) => time === shown.now), end: Math.max(run.duration, rings[0]?.due ?? 0, 1) };
}
/** @typedef {ReturnType<typeof model>} Model */

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, { width, height }, words) {
  const narrow = width < 560;
  const [left, right] = [narrow ? 78 : 150, width - (narrow ? 30 : 56)];
  const scale = createScale(m.end, left, right);
  const [top, bottom] = [narrow ? 14 : 24, height - 32];
  const hold = m.rows.find((row) => row.hold);
  const low = hold ? (narrow ? 92 : Math.min(150, height * 0.28)) : 0;
  const high = narrow ? 18 : 34;
  const pitch = (bottom - top - low - 8) / Math.max(1, m.rows.length);
  const isLarge = pitch >= (narrow ? defaults.largeNarrow : defaults.large);
  const h = isLarge ? Math.min(76, pitch - high - 20) : Math.max(3, pitch * 0.72);
  const bellAt = { x: scale.x(m.due), y: bottom - low / 2 + 4 };
  axis(pen, scale, bottom - 6, bottom, { unit: 'ms', apart: narrow ? 56 : 90 });
  pen.line('due', bellAt.x, bellAt.y, bellAt.x, bottom);
  const isBand = pitch < defaults.least;
  const x = narrow ? 8 : 20;
  const yOf = (/** @type {number} */ i) => (isBand ? bottom - low - 8 : top + pitch * i + (isLarge ? high + h / 2 : pitch / 2));
  if (isBand) {
    pen.text('name', x, top + 18, words('tasks', { n: m.rows.length }), { most: left - x - 8 });
    pen.text('state little st running', x, top + 36, words('polls', { n: m.rows.reduce((n, row) => n + row.seen.length, 0) }), { most: left - x - 6 });
    band(pen, scale, m.run, m.shown, top + 6, bottom - low - 8);
  } else m.rows.forEach((row, i) => {
    const y = yOf(i);
    const polls = words('polls', { n: row.seen.length });
    if (isLarge) {
      pen.text(`name${narrow ? ' little' : ''}`, x, y - 8, row.name, { most: left - x - 8 });
      pen.text('state little st running', x, y + 10, polls, { most: left - x - 6 });
      pen.text('tiny', x, y + 27, row.nothing > 1 && !narrow ? words('in_vain', { n: row.nothing }) : row.word, { most: left - x - 6 });
    } else if (pitch >= defaults.named || i % Math.ceil(defaults.named / pitch) === 0) {
      const room = left - x - 10 - (narrow ? 0 : pen.width('tiny', polls) + 6);
      pen.text('name little', x, y + 4.5, row.name, { most: room });
      if (!narrow) pen.text('tiny', left - 10, y + 4, polls, { anchor: 'end' });
    }
    pen.line('bed-line', left, y, right, y);
    for (const phase of phasesOf(m.run, row.task)) {
      if (phase.state === 'pending' && phase.to > phase.from) wait(pen, scale, `t${row.task} ${phase.at}`, phase, m.shown, { y, cls: 'wait', go: phase.at });
      if (phase.state === 'ready' && phase.to > phase.from) wait(pen, scale, `t${row.task} ${phase.at}`, phase, m.shown, { y, cls: 'queue', go: phase.at });
    }
    const sleep = phasesOf(m.run, row.task).filter(({ state }) => state === 'pending').find(({ from, to, at }) => at <= m.cursor && (Math.min(to, m.shown.now) - from) * scale.pxPerMs > 200);
    if (sleep && !narrow && pitch >= 24) {
      const to = Math.min(sleep.to, m.shown.now);
      pen.text('wait-text halo', scale.x((sleep.from + to) / 2), y + 5, words('asleep'), { anchor: 'middle', most: (to - sleep.from) * scale.pxPerMs - 20 });
    }
    const self = row.asked.some(({ again }) => again);
    if (isLarge && self && row.seen.some(({ again }) => again) && !narrow && scale.pxPerMs > 6) pen.text('state st ready', left, y - h / 2 - 20, words('itself'), { most: right - left });
    row.asked.forEach((poll) => {
      const seen = part(poll, m.shown);
      if (!seen) return;
      const isSeen = poll.at <= m.cursor;
      const wide = poll.to > poll.from;
      const x0 = scale.x(poll.from) + (wide ? Math.min(1.5, scale.pxPerMs / 8) : 0);
      const w = Math.max(1.5, wide ? ((isSeen ? seen.to : poll.to) - poll.from) * scale.pxPerMs - Math.min(3, scale.pxPerMs / 4) : Math.min(7, scale.pxPerMs * 0.5));
      const isOver = poll.till > 0 && poll.till <= m.cursor;
      const yes = poll.found;
      pen.scene.put('rect', {
        class: `${yes && (isOver || isSeen) ? 'poll lit' : isOver ? 'asked' : 'poll lit'}${isSeen ? '' : ' later'}`, x: x0, y: y - h / 2, width: w, height: h, rx: 1.5, 'data-go': poll.at,
      }, { key: `t${row.task} poll ${poll.at}` });
      const word = words(yes ? 'yes' : 'no');
      const cls = yes ? 'in-block little' : 'tiny';
      // Where the word has no room in its block, its sign stands for it.
      if (isOver && h >= 15 && w >= 20 && pen.width(cls, word) <= w - 2) pen.text(cls, x0 + w / 2, y + 4.5, word, { anchor: 'middle' });
      else if (isOver && wide && w >= 10 && h >= 9) yes ? check(pen, x0 + w / 2, y, Math.min(7, w / 2 - 2, h / 2 - 2)) : cross(pen, x0 + w / 2, y, 'no', undefined, Math.min(4, w / 4, h / 4));
      else if (isOver && !wide && !narrow && isLarge) pen.text('tiny', yes ? x0 - 5 : x0 + w + 5, y - h / 2 + 10, word, { anchor: yes ? 'end' : 'start' });
      // It wakes itself: an arc to its next poll.
      if (poll.again && isOver && isLarge) {
        const xe = scale.x(poll.to);
        const arc = Math.min(13, scale.pxPerMs * 0.4);
        if (arc >= 3) pen.path('arc', `M${xe - arc} ${y - h / 2 - 2}c${arc * 0.15}-${arc * 1.1} ${arc * 1.85}-${arc * 1.1} ${arc * 2} 0`);
      }
    });
    const last = row.seen[row.seen.length - 1];
    if (row.state === 'done' && last && !narrow) check(pen, scale.x(Math.max(last.to, last.from)) + 18, y, Math.min(8, pitch / 2 - 1));
  });
  // The wakers go to the bell, and come back as wakes. Where more than one does, the tag says how many have; the roads of those
  // that stand close are one, of the last that went.
  const given = m.rows.flatMap((row, i) => (row.hold ? [{ ...row, hold: row.hold, y: yOf(i) }] : []));
  const kept = given.filter((row) => row.isLeft);
  const latest = kept[kept.length - 1] ?? given[0];
  if (latest) {
    const text = given.length > 1 ? words('wakers', { n: Math.max(1, kept.length) }) : words('waker', { task: latest.task });
    const tagX = bellAt.x - (narrow ? 26 : 48) - tagWidth(pen, text);
    const x1 = scale.x(latest.hold.from) + (narrow ? 2 : 3);
    const isFar = tagX - 6 > x1 + 14;
    for (const { task, hold: { from }, y, isLeft, woken } of isLarge ? given : [latest]) {
      const from1 = scale.x(from) + (narrow ? 2 : 3);
      /** @type {[number, number][]} */
      const way = [[from1, y + (isBand ? 0 : h / 2) + 3], [from1, bellAt.y], [tagX - 6, bellAt.y]];
      if (tagX - 6 > from1 + 14) road(pen, `give ${task}`, way, isLeft ? (woken ? 'past' : 'ink') : 'open');
    }
    if (latest.isLeft) {
      tag(pen, `waker ${given.length > 1 ? 0 : latest.task}`, isFar ? tagX : Math.max(x, Math.min(x1, tagX)), bellAt.y, text, { drag: 'lose' });
      if (!narrow && isFar) pen.text('note', x1 + 14, bellAt.y - 10, words('leaves'), { most: tagX - x1 - 24 });
      const said = words(m.rang ? 'kept_rang' : 'kept', { ms: round(m.due) });
      // Before the bell, or where the bell rings early, behind it.
      const isBefore = bellAt.x - 60 - left >= pen.width('said', said);
      if (!narrow) pen.text('said', bellAt.x + (isBefore ? -50 : 44), bellAt.y + (isBefore ? 32 : 4), said, isBefore ? { anchor: 'end' } : { most: right - bellAt.x - 44 });
    }
  }
  const woken = given.filter((row) => row.woken);
  for (const { task, y } of isLarge ? woken : woken.slice(0, 1)) {
    pen.scene.put('path', { class: 'road wake taken', d: `M${bellAt.x} ${bellAt.y - (narrow ? 22 : 32)}V${y + 6}`, pathLength: 1 }, { key: `wake ${task}` });
    head(pen, bellAt.x, y + 5, -90, 'wake', `wake head ${task}`);
    pen.text('state st ready', bellAt.x - 10, isLarge ? y + h / 2 + (narrow ? 14 : 26) : bottom - low + 8, words('wake'), { anchor: 'end' });
  }
  m.pxPerMs = scale.pxPerMs;
  pen.group({ key: 'due', drag: 'due' }, () => bell(pen, bellAt.x, bellAt.y, narrow ? 0.6 : 0.95, m.rings ? 'rings' : m.rang ? 'rung' : m.isSet ? 'silent' : 'unset', 'bell'));
  pen.text('tiny', Math.min(width - 8, bellAt.x + 24), bellAt.y + (narrow ? 33 : 44), words('bell'), { anchor: 'end' });
  now(pen, scale, m.shown.now, top - 8, bottom);
}

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  const event = m.run.describe(m.cursor);
  const running = 'task' in event ? event.task : 0;
  return [
    ...m.rows.map((row) => ({
      text: `${row.name}: ${words('polls', { n: row.seen.length })}, ${words('in_vain', { n: row.nothing })}, ${row.word}`,
      now: row.task === running,
      parts: [
        ...(row.isLeft ? [{ text: words('told_left', { ms: round(row.hold?.from ?? 0) }) }] : []),
        ...(row.woken ? [{ text: words('told_woken', { ms: round(row.woken.time) }) }] : []),
      ],
    })),
    { text: `${words('bell')}: ${words(m.rang ? 'rang' : 'rings', { ms: round(m.due) })}`, now: running === 0 && m.rings },
  ];
}

export const createHero = heroOf({
  name: 'comb', model, draw, describe,
  // The bell stands where it rings; the waker that is dragged away from it is a wake that is let fall.
  drag(name, dx, _, m, host) {
    if (name === 'due') askTime(host, m.params, 'ring', m.due + dx / m.pxPerMs);
    else if (m.wakeAt !== undefined) askLost(host, m.run, m.wakeAt);
  },
});
