// Polls as strokes: each asks whether something has come, and says what it found. Who finds nothing either asks to be
// polled again, at once, or leaves a waker with what will come and sleeps.

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
  const rows = lanes.map(({ name }, i) => {
    const task = i + 1;
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
  const h = Math.min(76, pitch - high - 20);
  const bellAt = { x: scale.x(m.due), y: bottom - low / 2 + 4 };
  axis(pen, scale, bottom - 6, bottom, { unit: 'ms', apart: narrow ? 56 : 90 });
  pen.line('due', bellAt.x, bellAt.y, bellAt.x, bottom);
  m.rows.forEach((row, i) => {
    const y = top + pitch * i + high + h / 2;
    const x = narrow ? 8 : 20;
    pen.text(`name${narrow ? ' little' : ''}`, x, y - 8, row.name, { most: left - x - 8 });
    pen.text('state little st running', x, y + 10, words('polls', { n: row.seen.length }), { most: left - x - 6 });
    pen.text('tiny', x, y + 27, row.nothing > 1 && !narrow ? words('in_vain', { n: row.nothing }) : row.word, { most: left - x - 6 });
    pen.line('bed-line', left, y, right, y);
    for (const phase of phasesOf(m.run, row.task)) {
      if (phase.state === 'pending' && phase.to > phase.from) wait(pen, scale, `t${row.task} ${phase.at}`, phase, m.shown, { y, cls: 'wait', go: phase.at });
      if (phase.state === 'ready' && phase.to > phase.from) wait(pen, scale, `t${row.task} ${phase.at}`, phase, m.shown, { y, cls: 'queue', go: phase.at });
    }
    const sleep = phasesOf(m.run, row.task).filter(({ state }) => state === 'pending').find(({ from, to, at }) => at <= m.cursor && (Math.min(to, m.shown.now) - from) * scale.pxPerMs > 200);
    if (sleep && !narrow) {
      const to = Math.min(sleep.to, m.shown.now);
      pen.text('wait-text halo', scale.x((sleep.from + to) / 2), y + 5, words('asleep'), { anchor: 'middle', most: (to - sleep.from) * scale.pxPerMs - 20 });
    }
    const self = row.asked.some(({ again }) => again);
    if (self && row.seen.some(({ again }) => again) && !narrow && scale.pxPerMs > 6) pen.text('state st ready', left, y - h / 2 - 20, words('itself'), { most: right - left });
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
      if (isOver && w >= 20 && pen.width(cls, word) <= w - 2) pen.text(cls, x0 + w / 2, y + 4.5, word, { anchor: 'middle' });
      else if (isOver && wide && w >= 10) yes ? check(pen, x0 + w / 2, y, Math.min(7, w / 2 - 2)) : cross(pen, x0 + w / 2, y, 'no', undefined, Math.min(4, w / 4));
      else if (isOver && !wide && !narrow) pen.text('tiny', yes ? x0 - 5 : x0 + w + 5, y - h / 2 + 10, word, { anchor: yes ? 'end' : 'start' });
      // It wakes itself: an arc to its next poll.
      if (poll.again && isOver) {
        const xe = scale.x(poll.to);
        const arc = Math.min(13, scale.pxPerMs * 0.4);
        if (arc >= 3) pen.path('arc', `M${xe - arc} ${y - h / 2 - 2}c${arc * 0.15}-${arc * 1.1} ${arc * 1.85}-${arc * 1.1} ${arc * 2} 0`);
      }
    });
    const last = row.seen[row.seen.length - 1];
    if (row.state === 'done' && last && !narrow) check(pen, scale.x(Math.max(last.to, last.from)) + 18, y, 8);
    if (!row.hold) return;
    // The waker goes to the bell, and comes back as the wake.
    const x1 = scale.x(row.hold.from) + (narrow ? 2 : 3);
    const text = words('waker', { task: row.task });
    const w = tagWidth(pen, text);
    const tagX = bellAt.x - (narrow ? 26 : 48) - w;
    /** @type {[number, number][]} */
    const way = [[x1, y + h / 2 + 3], [x1, bellAt.y], [tagX - 6, bellAt.y]];
    const isFar = tagX - 6 > x1 + 14;
    if (isFar) road(pen, `give ${row.task}`, way, row.isLeft ? (row.woken ? 'past' : 'ink') : 'open');
    if (row.isLeft) tag(pen, `waker ${row.task}`, isFar ? tagX : x1, bellAt.y, text, { drag: 'lose' });
    if (row.isLeft && !narrow && isFar) pen.text('note', x1 + 14, bellAt.y - 10, words('leaves'), { most: tagX - x1 - 24 });
    if (row.isLeft) {
      const kept = words(m.rang ? 'kept_rang' : 'kept', { ms: round(m.due) });
      if (!narrow) pen.text('said', bellAt.x - 50, bellAt.y + 32, kept, { anchor: 'end', most: bellAt.x - 60 - left });
    }
    if (row.woken) {
      pen.scene.put('path', { class: 'road wake taken', d: `M${bellAt.x} ${bellAt.y - (narrow ? 22 : 32)}V${y + 6}`, pathLength: 1 }, { key: `wake ${row.task}` });
      head(pen, bellAt.x, y + 5, -90, 'wake', `wake head ${row.task}`);
      pen.text('state st ready', bellAt.x - 10, y + h / 2 + (narrow ? 14 : 26), words('wake'), { anchor: 'end' });
    }
  });
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
