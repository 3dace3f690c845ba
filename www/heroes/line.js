// A lock and its line, and the task that asked twice: a ring of four. Who is first in line has the lock next, but only a poll takes it;
// where the task polls its other try instead, one link of the ring is dead.

import { axis, now } from './kit/clock.js';
import { askTime } from './kit/change.js';
import { heroOf } from './kit/hero.js';
import { lane, phasesOf, stateAt } from './kit/lane.js';
import { padlock, shape } from './kit/marks.js';
import { road } from './kit/road.js';
import { lanesOf, marks, once } from './kit/run.js';
import { createScale } from './kit/scale.js';
import { station } from './kit/things.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */
/** @typedef {import('./kit/road.js').Way} Way */
/** @typedef {import('../types.js').Lines['tries'][number]} Try */
/** @typedef {'none' | 'pending' | 'ready' | 'running' | 'done' | 'cancelled'} How a try stands: not asked, in line, its turn, has the lock, has had it, dropped */
/** @typedef {{ x: number, y: number, w: number, h: number }} Box */

/** How a try stands at a cursor. @param {Try | undefined} one @param {number} cursor @returns {How} */
function howOf(one, cursor) {
  if (!one || one.polls[0] > cursor) return 'none';
  if (one.till && one.till <= cursor) return one.end === 'left' ? 'cancelled' : one.gave && one.gave <= cursor ? 'done' : 'running';
  return one.turn && one.turn <= cursor ? 'ready' : 'pending';
}

/** @param {State} state @param {Words} words */
function model({ run, cursor, deciding, params, size }, words) {
  const { tries } = once(run, 'lines', () => run.lines());
  const { lanes } = lanesOf(run);
  const task = lanes.findIndex(({ name }) => name === 'asker') + 1;
  const own = tries.filter((one) => one.task === task || lanes[one.task - 1]?.parent === task);
  const [first, second] = own;
  const ms = run.time(cursor);
  /** @param {Try} one */
  const nameOf = (one) => (one === first ? words('first') : one === second ? words('second') : lanes[one.task - 1]?.name ?? '');
  const isTaken = tries.some((one) => howOf(one, cursor) === 'running');
  // A task that is woken for a lock that another one has taken meanwhile stands in line as before.
  const how = (/** @type {Try | undefined} */ one) => {
    const own = howOf(one, cursor);
    return own === 'ready' && isTaken ? 'pending' : own;
  };
  const line = tries.map((one) => ({ one, name: nameOf(one), how: how(one) })).filter(({ how }) => how === 'pending' || how === 'ready' || how === 'running')
    .sort((a, b) => Number(b.how === 'running') - Number(a.how === 'running') || a.one.at - b.one.at);
  const holder = line.find(({ how }) => how === 'running');
  const polls = phasesOf(run, task).filter(({ state, at }) => state === 'running' && at <= cursor);
  const poll = polls[polls.length - 1];
  const polledIn = (/** @type {Try | undefined} */ one) => one !== undefined && poll !== undefined && one.task === task && one.polls.some((at) => at > poll.at && at <= cursor);
  // Its turn has come, its task was polled since, and it was not.
  const firstHow = how(first);
  const isDead = firstHow === 'ready' && !holder && first.task === task && polls.some(({ at, till }) => at > first.turn && till > 0 && till <= cursor) && !first.polls.some((at) => at > first.turn);
  const late = marks(run, 'timer_set').find(({ event }) => event.task === task);
  const end = Math.max(run.duration * 1.3, 1);
  return {
    run, cursor, params, task, first, second, line, holder, isDead, ms, end, late,
    shown: { cursor, now: ms, isKnown: deciding.isKnown },
    name: lanes[task - 1]?.name ?? '', state: task ? stateAt(run, task, cursor) ?? 'none' : 'none',
    hows: [firstHow, how(second)], polled: [polledIn(first), polledIn(second)],
    isKept: firstHow !== 'none' && first?.task === task && second !== undefined && second.polls[0] <= cursor && (firstHow === 'pending' || firstHow === 'ready'),
    fair: params.lock === 'unfair' ? 'unfair' : 'fair',
    isAsleep: isDead && run.length === cursor,
    pxPerMs: clockOf(size, end).pxPerMs,
  };
}
/** @typedef {ReturnType<typeof model>} Model */

/** @param {Size} size @param {number} end */
const clockOf = ({ width }, end) => (width < 560 ? createScale(end, 62, width - 26) : createScale(end, 130, width - 44));

/** @param {Size} size */
function plan({ width: w, height: h }) {
  const narrow = w < 560;
  const clock = h - (narrow ? 58 : 76);
  if (narrow) {
    const row = (clock - 4) / 4;
    // Between two boxes there is room for a road with its head, and for its word.
    const at = (/** @type {number} */ i) => ({ x: 34, y: 4 + row * i, w: w - 78, h: row - 24 });
    return { narrow, clock, lock: at(0), first: at(1), asker: at(2), second: at(3) };
  }
  const side = Math.min(270, w * 0.27);
  const middle = Math.min(250, w * 0.25);
  const tall = Math.max(76, Math.min(104, clock * 0.27));
  const sideY = clock * 0.2;
  return {
    narrow, clock,
    lock: { x: 20, y: sideY, w: side, h: clock * 0.6 },
    first: { x: (w - middle) / 2, y: 8, w: middle, h: tall },
    second: { x: (w - middle) / 2, y: clock - tall - 8, w: middle, h: tall },
    asker: { x: w - 20 - side, y: sideY, w: side, h: clock * 0.6 },
  };
}
/** @typedef {ReturnType<typeof plan>} Plan */

/** A box's state, at the right of its head. @param {Pen} pen @param {Box} box @param {string} text @param {string} how */
function stateOf(pen, { x, y, w }, text, how) {
  pen.text(`state little st ${how}`, x + w - 12, y + 24, text, { anchor: 'end', most: w * 0.6 });
}

/** @param {Pen} pen @param {Model} m @param {Plan} p @param {Words} words */
function drawLock(pen, m, p, words) {
  const { x, y, w, h } = p.lock;
  const isFree = !m.holder;
  station(pen, p.lock, { name: words('lock'), cls: m.isDead ? 'stuck' : 'sunk', key: 'lock', head: p.narrow ? 19 : 26 });
  padlock(pen, x + w - 18, y + (p.narrow ? 16 : 22), isFree ? 'open' : 'shut', 'padlock');
  pen.text('tiny', x + w - 34, y + (p.narrow ? 19 : 26), words(isFree ? 'free' : 'taken'), { anchor: 'end' });
  if (p.narrow) {
    pen.text('tiny', x + 14, y + h - 7, m.line.length ? m.line.map(({ name }) => name).join(' › ') : words('nobody'), { most: w - 24 });
    return;
  }
  pen.text('tiny', x + 14, y + 44, words(m.fair), { most: w - 24 });
  const top = y + 56;
  const row = Math.min(40, (h - 64) / Math.max(3, m.line.length));
  m.line.forEach(({ one, name, how }, i) => {
    const key = `try ${one.polls[0]}`;
    pen.group({ x: x + 12, y: top + row * i, cls: `deed st ${how}`, key, go: one.at || one.till }, () => {
      pen.rect('', 0, 0, w - 24, row - 6, { r: 3 });
      shape(pen, 15, (row - 6) / 2, how);
      const said = words(`how_${how}`);
      pen.text('deed-text', 30, (row - 6) / 2 + 4.5, name, { most: w - 70 - pen.width('deed-text', said) });
      pen.text('deed-text', w - 34, (row - 6) / 2 + 4.5, said, { anchor: 'end' });
    });
  });
  if (!m.line.length) pen.text('tiny', x + 14, top + 16, words('nobody'), {});
}

/** @param {Pen} pen @param {Model} m @param {Plan} p @param {Words} words @param {0 | 1} i */
function drawTry(pen, m, p, words, i) {
  const box = i ? p.second : p.first;
  const one = i ? m.second : m.first;
  const how = m.hows[i];
  const isDead = i === 0 && m.isDead;
  station(pen, box, { name: words(i ? 'second' : 'first'), cls: isDead ? 'stuck' : how === 'none' ? 'none' : how === 'running' ? 'lit' : how, key: i ? 'second' : 'first', head: p.narrow ? 19 : 26 });
  if (p.narrow) {
    pen.text(`state little st ${isDead ? 'panicked' : how}`, box.x + box.w - 12, box.y + 19, words(`how_${how}`), { anchor: 'end' });
    if (isDead) pen.text('bad', box.x + 14, box.y + box.h - 6, words('cannot_take'), { most: box.w - 24 });
    return;
  }
  stateOf(pen, { ...box, y: box.y + 2 }, words(`how_${how}`), isDead ? 'panicked' : how);
  if (!one || how === 'none') return;
  const since = one.at && one.at <= m.cursor ? words('since', { ms: one.from }) : '';
  pen.text('note', box.x + 14, box.y + 47, since, { most: box.w - 24 });
  const last = one.polls.filter((at) => at <= m.cursor).pop();
  if (isDead) pen.text('bad', box.x + 14, box.y + 67, words('cannot_take'), { most: box.w - 24 });
  else if (last) pen.text('tiny', box.x + 14, box.y + 66, words('polled_last', { ms: m.run.time(last) }), { most: box.w - 24, go: last });
}

/** @param {Pen} pen @param {Model} m @param {Plan} p @param {Words} words */
function drawAsker(pen, m, p, words) {
  const { x, y, w, h } = p.asker;
  station(pen, p.asker, { name: m.name, cls: m.isAsleep ? 'stuck' : m.state === 'running' ? 'lit tint' : 'sunk', key: 'asker', head: p.narrow ? 19 : 26 });
  pen.text(`state little st ${m.isAsleep ? 'panicked' : m.state}`, x + w - 12, y + (p.narrow ? 19 : 26), words(m.isAsleep ? 'for_good' : `is_${m.state}`), { anchor: 'end', most: w * 0.62 });
  const awaited = [m.first, m.second].findLastIndex((one, i) => one && one.task === m.task && (m.hows[i] === 'pending' || m.hows[i] === 'ready') && !(i === 0 && m.isKept));
  const awaits = awaited < 0 ? '' : words('awaits', { name: words(awaited ? 'second' : 'first') });
  if (p.narrow) {
    pen.text('tiny', x + 14, y + h - 7, m.isKept ? words('keeps') : awaits, { most: w - 24 });
    return;
  }
  const slotH = Math.min(62, (h - 60) / 2);
  const top = y + 44;
  [[m.isKept ? words('keeps') : '', 'keeps_say'], [awaits, 'awaits_say']].forEach(([is, say], i) => {
    const at = top + (slotH + 10) * i;
    pen.rect(is ? `slot-box${i === 0 && m.isDead ? ' dead' : ''}` : 'bed', x + 12, at, w - 24, slotH, { r: 3 });
    if (!is) return;
    pen.text('note', x + 24, at + Math.min(24, slotH / 2 - 2), is, { most: w - 44 });
    if (slotH > 46) pen.text('tiny', x + 24, at + 44, words(say), { most: w - 44 });
  });
}

/** @param {Pen} pen @param {Model} m @param {Plan} p @param {Words} words */
function drawRing(pen, m, p, words) {
  /** @type {Record<string, Way>} */
  const ways = {
    given: m.hows[0] === 'ready' ? 'wake' : m.hows[0] === 'running' || m.hows[0] === 'done' ? 'done' : 'open',
    to_first: m.isDead ? 'missing' : m.polled[0] ? 'poll' : 'open',
    to_second: m.polled[1] ? 'poll' : 'open',
    in_line: m.hows[1] === 'pending' || m.hows[1] === 'ready' ? 'pending' : m.hows[1] === 'running' || m.hows[1] === 'done' ? 'done' : 'open',
  };
  const { lock, first, second, asker } = p;
  if (p.narrow) {
    const gap = (/** @type {Box} */ a, /** @type {Box} */ b, /** @type {number} */ x) => /** @type {[number, number][]} */ ([[x, a.y + a.h + 1], [x, b.y - 1]]);
    road(pen, 'given', gap(lock, first, 60), ways.given);
    road(pen, 'to first', [[asker.x - 2, asker.y + asker.h / 2], [14, asker.y + asker.h / 2], [14, first.y + first.h / 2], [first.x - 3, first.y + first.h / 2]], ways.to_first, { cross: [14, (asker.y + first.y + first.h) / 2] });
    road(pen, 'to second', gap(asker, second, 60), ways.to_second);
    const given = m.hows[0] === 'ready';
    pen.text(given ? 'state little st ready' : 'tiny', 72, (lock.y + lock.h + first.y) / 2 + 4, words(given ? 'is_given' : 'gives'));
    pen.text(m.polled[1] ? 'state little st running' : 'tiny', 72, (asker.y + asker.h + second.y) / 2 + 4, words('polls'));
    const right = second.x + second.w;
    road(pen, 'in line', [[right + 2, second.y + second.h / 2], [right + 22, second.y + second.h / 2], [right + 22, lock.y + lock.h / 2], [right + 3, lock.y + lock.h / 2]], ways.in_line);
    return;
  }
  const [lx, ax] = [lock.x + lock.w / 2, asker.x + asker.w / 2];
  const [fy, sy] = [first.y + first.h * 0.42, second.y + second.h * 0.58];
  const [fr, sr] = [first.x + first.w, second.x + second.w];
  road(pen, 'given', [[lx, lock.y - 3], [lx, fy], [first.x - 5, fy]], ways.given, { go: m.first?.turn || undefined });
  road(pen, 'to first', [[ax, asker.y - 3], [ax, fy], [fr + 5, fy]], ways.to_first, { cross: [(fr + ax) / 2, fy] });
  road(pen, 'to second', [[ax, asker.y + asker.h + 3], [ax, sy], [sr + 5, sy]], ways.to_second);
  road(pen, 'in line', [[second.x - 3, sy], [lx, sy], [lx, lock.y + lock.h + 5]], ways.in_line, { go: m.second?.at || undefined });
  /** @param {string} key @param {number} x @param {number} y @param {number} most @param {string} cls */
  const label = (key, x, y, most, cls) => pen.text(cls, x, y, words(key), { anchor: 'middle', most });
  const left = (lx + first.x) / 2;
  const right = (fr + ax) / 2;
  const most = first.x - lx - 16;
  label(m.hows[0] === 'ready' ? 'is_given' : 'gives', left, fy - 9, most, m.hows[0] === 'ready' ? 'state little st ready' : 'tiny');
  label(m.isDead ? 'no_poll' : 'polls', right, fy - (m.isDead ? 16 : 9), most, m.isDead ? 'bad' : 'tiny');
  label('polls', right, sy + 20, most, m.polled[1] ? 'state little st running' : 'tiny');
  label('stands', left, sy + 20, most, ways.in_line === 'pending' ? 'state little st pending' : 'tiny');
  if (m.isDead) {
    const y = (first.y + first.h + second.y) / 2;
    pen.text('strong', (first.x + fr) / 2, y - 4, words('nobody_has'), { anchor: 'middle', most: asker.x - lock.x - lock.w - 16 });
    pen.text('strong', (first.x + fr) / 2, y + 16, words('nobody_takes'), { anchor: 'middle', most: asker.x - lock.x - lock.w - 16 });
  }
}

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, size, words) {
  const p = plan(size);
  drawRing(pen, m, p, words);
  drawLock(pen, m, p, words);
  drawTry(pen, m, p, words, 0);
  drawTry(pen, m, p, words, 1);
  drawAsker(pen, m, p, words);
  // The asker, to scale.
  const scale = clockOf(size, m.end);
  const bottom = size.height - 26;
  const y = bottom - (p.narrow ? 12 : 20);
  axis(pen, scale, y - 12, bottom, { unit: 'ms', apart: p.narrow ? 56 : 100 });
  pen.text(p.narrow ? 'tiny' : 'name little', p.narrow ? 6 : 20, y + 4, m.name, { most: scale.left - 24 });
  if (m.task) lane(pen, scale, m.run, m.task, m.shown, { y, h: p.narrow ? 14 : 20 });
  if (m.isAsleep) pen.line('lost', scale.x(m.ms) + 10, y, scale.right, y);
  // Below the moment that can be dragged.
  now(pen, scale, m.ms, y - 14, bottom);
  if (m.late && m.late.at <= m.cursor && m.late.event.deadline <= scale.end) {
    pen.group({ key: 'late', x: scale.x(m.late.event.deadline), y, drag: 'due late' }, () => {
      pen.rect('grip', -10, -16, 20, 34, {});
      pen.line('due', 0, -16, 0, 16);
    });
  }
}

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  const [first, second] = m.hows;
  return [
    { text: words('told_lock', { state: words(m.holder ? 'taken' : 'free') }), parts: m.line.map(({ name, how }) => ({ text: words('told_try', { name, how: words(`how_${how}`) }) })) },
    { text: words('told_try', { name: words('first'), how: words(`how_${first}`) }), parts: m.isDead ? [{ text: words('cannot_take') }, { text: words('no_poll') }] : [] },
    { text: words('told_try', { name: m.name, how: words(m.isAsleep ? 'for_good' : `is_${m.state}`) }), now: m.state === 'running', parts: m.isKept ? [{ text: words('keeps') }] : [] },
    { text: words('told_try', { name: words('second'), how: words(`how_${second}`) }) },
  ];
}

export const createHero = heroOf({
  name: 'line', model, draw, describe,
  // The moment at which the first try is given up, dragged along the clock: past the holder's end, the ring opens.
  drag(name, dx, _, m, host) {
    if (name === 'due late' && m.late) askTime(host, m.params, 'late', m.late.event.deadline + dx / m.pxPerMs);
  },
});
