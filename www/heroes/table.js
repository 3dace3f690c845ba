// A reactor’s table: a row for each source, with what it waits for, whether it is ready, and whom to wake. Readiness comes in from the
// left, a wake goes out to the right, if the row has a waker. Below, on the clock, what one task did: when it looked, when it left its
// waker, when the data came; and the other order of the two.

import { askTime } from './kit/change.js';
import { heroOf } from './kit/hero.js';
import { stateAt } from './kit/lane.js';
import { cross, shape } from './kit/marks.js';
import { road } from './kit/road.js';
import { lanesOf, marks, once, stretches } from './kit/run.js';
import { isSocket } from './kit/sockets.js';
import { chip, chipWidth, slot, tag, tagWidth } from './kit/things.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */
/** @typedef {import('../types.js').Run} Run */
/** @typedef {{ ms: number, at: number, kind: 'look' | 'leave' | 'read' | 'told' | 'done', n?: number, woke?: number }} Step `woke`: the wake that being told caused */

/** The task that the story is about. */
const READER = 'reader';
/** What a loop calls to sleep until something is ready. */
const CALLS = { epoll: 'epoll_wait', kqueue: 'kevent', io_uring: 'io_uring_enter' };

/** The sources that were registered: what for, and whose each is. @param {Run} run */
const sourcesOf = (run) => once(run, 'sources', () => marks(run, 'registered').map(({ at, event }) => {
  const nth = event.by.kind === 'socket' ? event.by.nth : 0;
  const looks = marks(run, 'found_empty').find((one) => isSocket(one.event.by, nth))?.event.task;
  const keeps = stretches(run, 'waker').find(({ of }) => isSocket(of.by, nth))?.task;
  const reads = marks(run, 'drained').find((one) => isSocket(one.event.by, nth) && one.event.task > 0)?.event.task;
  return { nth, at, interest: event.interest, task: looks ?? keeps ?? reads ?? nth };
}));

/** What a task did with a source, in order; alike ones at one time are one. @param {Run} run @param {number} task @param {number} nth @returns {Step[]} */
const stepsOf = (run, task, nth) => once(run, `steps ${task} ${nth}`, () => {
  const wakes = marks(run, 'woken_queued', 'woken_coalesced', 'woken_during_poll').filter(({ event }) => isSocket(event.by, nth));
  /** @type {Step[]} */
  const all = [
    ...marks(run, 'found_empty').filter(({ event }) => isSocket(event.by, nth)).map(({ at, time }) => ({ at, ms: time, kind: /** @type {const} */ ('look') })),
    ...stretches(run, 'waker').filter((one) => one.task === task && isSocket(one.of.by, nth)).map(({ at, from }) => ({ at, ms: from, kind: /** @type {const} */ ('leave') })),
    ...marks(run, 'drained').filter(({ event }) => isSocket(event.by, nth)).map(({ at, time, event }) => ({ at, ms: time, n: event.bytes, kind: event.task ? /** @type {const} */ ('read') : /** @type {const} */ ('done') })),
    ...marks(run, 'reported').filter(({ event }) => isSocket(event.by, nth)).map(({ at, time }) => ({ at, ms: time, kind: /** @type {const} */ ('told'), woke: wakes.find((wake) => wake.at === at + 1)?.at })),
  ];
  return all.sort((a, b) => a.at - b.at);
});

/** @param {State} state @param {Words} words */
function model({ run, cursor, deciding, params }, words) {
  const { lanes } = lanesOf(run);
  const nameOf = (/** @type {number} */ task) => lanes[task - 1]?.name ?? '';
  const ms = run.time(cursor);
  const frame = run.frame(cursor, 0);
  const polls = stretches(run, 'task').filter(({ of, at }) => of.state === 'running' && at <= cursor);
  // What is told, and whom that wakes, is one picture, until the next poll.
  const since = Math.max(0, ...polls.map(({ at }) => at));
  const held = stretches(run, 'waker').filter(({ at, till }) => at <= cursor && !(till && till <= cursor));
  const isLevel = params.trigger === 'level';
  const seen = sourcesOf(run).map(({ nth, at, interest, task }) => {
    const steps = stepsOf(run, task, nth).filter((step) => step.at <= cursor);
    const came = marks(run, 'arrived').filter(({ event, at }) => at <= cursor && isSocket(event.by, nth));
    const told = steps.filter(({ kind }) => kind === 'told');
    const last = told[told.length - 1];
    const read = steps.findLast(({ kind }) => kind === 'read');
    const bytes = came.reduce((n, { event }) => n + event.bytes, 0) - steps.reduce((n, step) => n + (step.n ?? 0), 0);
    const isReady = last !== undefined && !(read && read.at > last.at);
    const woke = last?.woke;
    const tagged = held.find(({ of }) => isSocket(of.by, nth));
    const left = stepsOf(run, task, nth).some(({ kind, at }) => kind === 'leave' && at <= cursor);
    const isNow = last !== undefined && last.at > since;
    const isLost = isReady && !woke && bytes > 0;
    return {
      key: `socket ${nth}`, name: words('socket', { nth }), interest, task, at, since: (told.find((one) => one.at > (read?.at ?? 0)) ?? last)?.ms ?? 0, times: told.length, told: last?.at, bytes,
      isReady, isNow, tagged, used: left && !tagged, isLost: isLost && !isLevel, isTold: isLost && isLevel,
      /** @type {import('./kit/road.js').Way} */
      way: isNow && woke && woke <= cursor ? 'wake' : isLost ? (isLevel ? 'stop' : 'missing') : woke ? 'past' : 'open', woke,
      // It lies there, and the row says nothing of it.
      isUnread: !isReady && bytes > 0 && read !== undefined,
    };
  });
  const timers = held.filter(({ of }) => of.by.kind === 'timer').map((one) => ({ task: one.task, at: one.at, due: one.of.by.kind === 'timer' ? one.of.by.deadline : 0 })).sort((a, b) => a.due - b.due);
  const reader = Math.max(0, lanes.findIndex(({ name }) => name === READER)) + 1;
  const mine = sourcesOf(run).find(({ task }) => task === reader);
  const isBusy = frame.ready.length > 0 || lanes.some((_, i) => stateAt(run, i + 1, cursor) === 'running');
  const kind = /** @type {keyof typeof CALLS} */ (params.interface in CALLS ? params.interface : 'epoll');
  const steps = mine ? stepsOf(run, reader, mine.nth) : [];
  const data = mine ? marks(run, 'arrived').find(({ event }) => isSocket(event.by, mine.nth)) : undefined;
  const isRing = kind === 'io_uring';
  return {
    run, cursor, params, ms, kind, isRing, isLevel, nameOf,
    call: CALLS[kind],
    rows: seen,
    timer: timers[0],
    ready: frame.ready.map(({ task }) => nameOf(task)),
    state: (/** @type {number} */ task) => stateAt(run, task, cursor) ?? 'none',
    isOver: cursor >= run.length,
    isParked: !isBusy && cursor > 0 && cursor < run.length && polls.length > 0,
    steps: steps.filter(({ at }) => at <= cursor),
    data: data && { ms: data.time, isHere: data.at <= cursor, at: data.at },
    due: Number(params.data ?? data?.time ?? 0),
    // When its second step was, of looking and leaving.
    between: (steps.find((step, i) => i > 0 && step.kind !== 'told' && step.kind !== 'done' && step.ms > steps[0].ms) ?? { ms: Number(params.between ?? 20) }).ms,
    /** @type {'look_first' | 'leave_first'} */
    order: params.waiting === 'leave_first' ? 'leave_first' : 'look_first',
    isKnown: deciding.isKnown,
    isStuck: cursor >= run.length && stateAt(run, reader, cursor) === 'pending',
    end: Math.max(run.duration, Number(params.data ?? 0), 1),
    pxPerMs: 1,
  };
}
/** @typedef {ReturnType<typeof model>} Model */
/** @typedef {Model['rows'][number]} Row */

/** @param {Model} m @param {Size} size */
function plan(m, { width: w, height: h }) {
  const narrow = w < 560;
  const rows = m.rows.length + 1;
  if (narrow) {
    const low = 128;
    const head = 42;
    const line = 18;
    const pitch = Math.max(31, Math.min(62, (h - head - low - line - 8) / rows));
    return { narrow, w, h, head, pitch, top: 4, x: 4, wide: w - 8, loop: 0, exec: 0, execW: 0, loopW: 0, cols: [12, 0, w * 0.30, w * 0.56], low: 4 + head + pitch * rows + line + 8 };
  }
  const low = Math.min(164, h * 0.34);
  const head = 56;
  const pitch = Math.max(34, Math.min(60, (h - head - low - 22) / rows));
  const loopW = Math.min(176, w * 0.175);
  const execW = Math.min(168, w * 0.165);
  const gap = Math.max(40, w * 0.065);
  const x = 20 + loopW + gap;
  const wide = w - 20 - execW - gap - x;
  const of = (/** @type {number} */ part) => x + 16 + part * (wide - 24);
  return { narrow, w, h, head, pitch, top: 6, x, wide, loop: 20, loopW, exec: w - 20 - execW, execW, cols: [of(0), of(0.17), of(0.465), of(0.7)], low: 6 + head + pitch * rows + 10 };
}
/** @typedef {ReturnType<typeof plan>} Plan */

/** What is said in the place of a wake. @param {Row} row @param {Words} words */
const wakeWord = (row, words) => (row.way === 'missing' ? words('nobody') : row.way === 'stop' ? words('again') : row.way === 'wake' ? words('wake') : row.way === 'past' ? words('woke') : '');

/** The waker of a row, or its empty place. @param {Pen} pen @param {Model} m @param {Plan} p @param {Row} row @param {number} y */
function drawWaker(pen, m, p, row, y, words = /** @type {Words} */ ((key) => key)) {
  const x = p.cols[3];
  const most = p.x + p.wide - x - 10;
  if (row.tagged) return tag(pen, `waker ${row.key}`, x, y, m.nameOf(row.tagged.task), { go: row.tagged.at, cls: row.isLost ? 'wrong' : '' });
  const w = Math.min(most, Math.max(74, tagWidth(pen, m.nameOf(row.task))));
  slot(pen, `slot ${row.key}`, x, y, w, words(row.used ? 'used' : 'empty'), row.isLost ? 'missing' : 'open');
}

/** @param {Pen} pen @param {Model} m @param {Plan} p @param {Words} words */
function drawTable(pen, m, p, words) {
  const all = m.rows.length + 1;
  const bottom = p.top + p.head + p.pitch * all;
  const Y = (/** @type {number} */ i) => p.top + p.head + p.pitch * (i + 0.5);
  const [nameX, interestX, readyX, wakerX] = p.cols;
  pen.rect('station', p.x, p.top, p.wide, bottom - p.top, { r: 3 });
  pen.text(p.narrow ? 'name little' : 'title', nameX, p.top + (p.narrow ? 16 : 23), words('table'), { most: p.wide * 0.5 });
  if (p.narrow) pen.text('tiny', p.x + p.wide - 10, p.top + 16, words('interface', { name: m.kind }), { anchor: 'end', most: p.wide * 0.55 });
  const headY = p.top + p.head - 8;
  pen.text('tiny', nameX, headY, words('source'));
  if (!p.narrow) pen.text('tiny', interestX, headY, words('interest'));
  pen.text('tiny', readyX, headY, words(m.isRing ? 'done' : 'ready'));
  pen.text('tiny', wakerX, headY, words('waker'));
  m.rows.forEach((row, i) => {
    const [y, top] = [Y(i), p.top + p.head + p.pitch * i];
    const tint = row.isLost ? 'fault' : row.way === 'wake' || row.isTold ? 'told' : '';
    if (tint) pen.rect(`row-tint ${tint}`, p.x + 1, top + 1, p.wide - 2, p.pitch - 2, { r: 0, key: `tint ${row.key}` });
    pen.line('rule firm', p.x, top, p.x + p.wide, top);
    pen.text('name little', nameX, p.narrow ? y - 1 : y + 4.5, row.name, { most: (p.narrow ? readyX : interestX) - nameX - 6, go: row.at });
    if (!p.narrow) interestLines(pen, row.interest, readyX - interestX - 10).forEach((line, k, lines) => pen.text('code small', interestX, y + 4.5 + (k - (lines.length - 1) / 2) * 15, line));
    else pen.text('tiny', nameX, y + 14, row.bytes > 0 ? words('bytes', { n: row.bytes }) : words('no_bytes'), { most: readyX - nameX - 6 });
    if (row.isReady) {
      pen.group({ cls: 'st ready', go: row.told }, () => shape(pen, readyX + 6, y, 'ready'));
      pen.text('state little st ready', readyX + 18, y + 4.5, words(p.narrow ? 'at_ms' : 'since', { ms: row.since }), { most: wakerX - readyX - 22, go: row.told });
    } else pen.text(row.isUnread ? 'bad' : 'said', readyX, y + 4.5, words('no'), { most: wakerX - readyX - 4 });
    drawWaker(pen, m, p, row, y, words);
    if (p.narrow) {
      // The ends of the roads, as glyphs in the row.
      const x = p.x + p.wide - 18;
      if (row.way === 'missing') cross(pen, x, y, '', `lost ${row.key}`, 5);
      else if (row.way === 'wake' || row.way === 'past') pen.group({ cls: `st ${row.way === 'wake' ? 'ready' : 'none'}`, go: row.woke }, () => shape(pen, x, y, 'ready'));
      return;
    }
    // In from the left.
    const told = row.isReady || row.times > 0;
    road(pen, `in ${row.key}`, [[p.loop + p.loopW + 3, y], [p.x - 5, y]], row.isNow ? 'wake' : told ? 'past' : 'open', { go: row.told });
    if (row.times > 1) pen.text('tiny halo', (p.loop + p.loopW + p.x) / 2, y - 8, words('times', { n: row.times }), { anchor: 'middle' });
    if (row.bytes > 0) pen.text(row.isUnread ? 'bad' : 'state little st ready', p.loop + p.loopW - 12, y + 4.5, words('bytes', { n: row.bytes }), { anchor: 'end', most: p.loopW - 20 });
    // Out to the right.
    const [from, to] = [p.x + p.wide + 3, p.exec - 5];
    road(pen, `out ${row.key}`, [[from, y], [to, y]], row.way, { cross: [(from + to) / 2, y], go: row.woke });
    const state = m.state(row.task);
    const w = Math.min(p.execW - 20, chipWidth(pen, m.nameOf(row.task)));
    const isLostFor = row.isLost && state === 'pending';
    chip(pen, `task ${row.key}`, p.exec + 10, y - (isLostFor || row.isTold ? 21 : 15), w, m.nameOf(row.task), state === 'none' ? 'spawned' : state);
    if (isLostFor || row.isTold) pen.text(isLostFor ? 'bad' : 'tiny', p.exec + 12, y + 23, wakeWord(row, words), { most: p.execW - 18 });
    else if (row.way === 'wake') pen.text('state little st ready halo', (from + to) / 2, y - 9, wakeWord(row, words), { anchor: 'middle' });
  });
  if (p.narrow) pen.text('tiny', nameX, bottom + 16, `${words('executor')}: ${words('queue', { all: m.ready.length ? m.ready.join(', ') : words('nothing') })}`, { most: p.wide - 16 });
  // Timers: the loop sleeps no longer than until the next one.
  const y = Y(all - 1);
  pen.line('rule firm', p.x, y - p.pitch / 2, p.x + p.wide, y - p.pitch / 2);
  pen.text('name little', nameX, p.narrow ? y - 1 : y + 4.5, words('timer'), { most: (p.narrow ? readyX : interestX) - nameX - 6 });
  if (m.timer) {
    pen.text(p.narrow ? 'tiny' : 'code small', p.narrow ? nameX : interestX, p.narrow ? y + 14 : y + 4.5, words('due', { ms: m.timer.due }), { most: readyX - (p.narrow ? nameX : interestX) - 6 });
    pen.text('said', readyX, y + 4.5, words('no'));
    tag(pen, 'waker timer', wakerX, y, m.nameOf(m.timer.task), { go: m.timer.at });
  } else pen.text('tiny', p.narrow ? readyX : interestX, y + 4.5, words('no_timer'), { most: wakerX - (p.narrow ? readyX : interestX) });
}

/** What is registered, in a line or two: flags are parted at their bars. @param {Pen} pen @param {string} text @param {number} most */
function interestLines(pen, text, most) {
  if (pen.width('code small', text) <= most) return [text];
  const [first, ...rest] = text.split(/(?<=[|,]) /);
  return rest.length ? [first, rest.join(' ')] : [text];
}

/** The system at the left, and the executor at the right. @param {Pen} pen @param {Model} m @param {Plan} p @param {Words} words */
function drawEnds(pen, m, p, words) {
  const bottom = p.top + p.head + p.pitch * (m.rows.length + 1);
  pen.rect(`station${m.isParked ? ' pending' : ''}`, p.loop, p.top, p.loopW, bottom - p.top, { r: 3, key: 'system' });
  pen.text('title', p.loop + 12, p.top + 23, m.kind, { most: p.loopW - 70 });
  pen.text('tiny', p.loop + p.loopW - 10, p.top + 23, words('model'), { anchor: 'end' });
  pen.text('tiny', p.loop + 12, p.top + 41, words('page'), { most: p.loopW - 18 });
  const y = bottom - p.pitch / 2;
  if (m.isParked) {
    pen.text('state little st pending', p.loop + 12, y - 3, m.call, { most: p.loopW - 20 });
    pen.text('tiny', p.loop + 12, y + 14, m.timer ? words('park', { ms: m.timer.due }) : words('park_open'), { most: p.loopW - 20 });
  } else pen.text('tiny', p.loop + 12, y + 4.5, words(m.isOver ? 'over' : 'awake'), { most: p.loopW - 20 });
  pen.rect('station', p.exec, p.top, p.execW, bottom - p.top, { r: 3 });
  pen.text('title', p.exec + 12, p.top + 23, words('executor'), { most: p.execW - 20 });
  pen.text('tiny', p.exec + 12, p.top + 41, words('queue', { all: m.ready.length ? m.ready.join(', ') : words('nothing') }), { most: p.execW - 18 });
  if (m.timer) {
    const w = Math.min(p.execW - 20, chipWidth(pen, m.nameOf(m.timer.task)));
    if (m.nameOf(m.timer.task) !== READER) chip(pen, 'task timer', p.exec + 10, y - 15, w, m.nameOf(m.timer.task), m.state(m.timer.task));
  }
}

/** What is said of the steps of one time: one word each. @param {Step[]} steps @param {Model} m @param {Words} words */
function labelOf(steps, m, words) {
  const bytes = steps.reduce((n, { kind, n: more }) => n + (kind === 'read' ? more ?? 0 : 0), 0);
  const has = (/** @type {Step['kind']} */ kind) => steps.some((step) => step.kind === kind);
  const first = (/** @type {Step['kind']} */ kind) => steps.findIndex((step) => step.kind === kind);
  /** @type {[number, string][]} */
  const said = [];
  if (bytes) said.push([first('read'), words('step_read', { n: bytes })]);
  // What is read until there is nothing left looks once more; that is no step.
  if (has('look') && !bytes) said.push([first('look'), words('step_look')]);
  if (has('leave')) said.push([first('leave'), words(m.isRing ? 'step_await' : 'step_leave')]);
  return said.sort(([a], [b]) => a - b).map(([, text]) => text).join(', ');
}

/** On the clock: what the task did with its source; and the other order of the two. @param {Pen} pen @param {Model} m @param {Plan} p @param {Words} words */
function drawOrders(pen, m, p, words) {
  const left = p.narrow ? 10 : 178;
  const right = p.w - (p.narrow ? 12 : 40);
  const end = m.end;
  const X = (/** @type {number} */ ms) => left + (p.narrow ? 14 : 26) + ((right - left - 60) * ms) / end;
  m.pxPerMs = (right - left - 60) / end;
  pen.line('rule firm', p.narrow ? 6 : 20, p.low, p.w - (p.narrow ? 6 : 20), p.low);
  pen.text(p.narrow ? 'name little' : 'title', p.narrow ? 8 : 20, p.low + (p.narrow ? 18 : 24), words(p.narrow ? (m.isRing ? 'orders_ring_short' : 'orders_short') : m.isRing ? 'orders_ring' : 'orders'), { most: p.w * (p.narrow ? 0.4 : 0.5) });
  const low = p.h - p.low;
  const y1 = p.low + (p.narrow ? 58 : Math.max(58, low * 0.5));
  const y2 = p.low + (p.narrow ? 105 : Math.max(96, low * 0.82));
  const other = m.order === 'look_first' ? 'leave_first' : 'look_first';
  // The data.
  const dataX = X(m.data?.ms ?? m.due);
  const isHere = m.data?.isHere ?? false;
  pen.line(isHere ? 'data-line' : 'due', dataX, p.low + (p.narrow ? 26 : 36), dataX, m.isKnown && !m.isRing ? y2 + 16 : y1 + 18);
  pen.group({ key: 'data', drag: 'data' }, () => {
    const text = words('data', { ms: m.data?.ms ?? m.due });
    const wide = pen.width('state little', text);
    const at = Math.max(p.narrow ? p.w * 0.42 : left, Math.min(p.w - 12 - wide, dataX - wide / 2));
    pen.rect('grip', at - 4, p.low + (p.narrow ? 4 : 14), wide + 8, 22);
    pen.text(`state little st ${isHere ? 'ready' : 'none'}`, at, p.low + (p.narrow ? 18 : 29), text);
  });
  const line = (/** @type {number} */ y, /** @type {string} */ name, cls = 'strong') => {
    if (p.narrow) pen.text('tiny', 8, y - 19, name, { most: p.w * 0.5 });
    else pen.text(cls, 20, y + 4.5, name, { most: left - 24 });
    pen.line('bed-line', X(0), y, right, y);
  };
  line(y1, words(m.isRing ? 'order_ring' : `order_${m.order}`));
  /** @type {Map<number, Step[]>} */
  const byTime = new Map();
  for (const step of m.steps) byTime.set(step.ms, [...(byTime.get(step.ms) ?? []), step]);
  let [edge, boxed] = [-Infinity, false];
  for (const [ms, steps] of byTime) {
    const told = steps.find(({ kind }) => kind === 'told');
    if (told) {
      // Where a step stands already, it is told above it.
      const isTaken = X(ms) - 10 < edge && edge > -Infinity && boxed;
      const y = isTaken ? y1 - 24 : y1;
      if (!told.woke && !m.isLevel && !m.isRing) cross(pen, X(ms), y, '', `told ${ms}`, 5);
      else pen.group({ cls: 'st ready', go: told.at, key: `told ${ms}` }, () => { pen.circle('told-ground', X(ms), y, 9); shape(pen, X(ms), y, 'ready'); });
      if (!isTaken) [edge, boxed] = [Math.max(edge, X(ms) + 10), false];
    }
    const text = labelOf(steps, m, words);
    if (!text) continue;
    const wide = pen.width('note', text) + 16;
    const x = Math.max(edge + 5, Math.min(X(ms) - (ms === 0 ? 14 : wide / 2), p.w - 10 - wide));
    if (x + wide > p.w - 6) continue;
    const isRead = steps.some(({ kind }) => kind === 'read');
    pen.rect(`station ${isRead ? 'done' : ''}`, x, y1 - 14, wide, 28, { r: 2, key: `step ${ms}`, go: steps[0].at });
    pen.text('note', x + 8, y1 + 4.5, text, { go: steps[0].at });
    [edge, boxed] = [x + wide, true];
  }
  const said = m.isStuck ? words(m.steps.some(({ kind }) => kind === 'read') ? 'left_there' : 'told_nobody') : '';
  if (said && !p.narrow && edge + 14 + pen.width('bad', said) < p.w - 8) pen.text('bad halo', edge + 12, y1 + 4.5, said);
  // The other order: held back as long as it would answer the guess.
  if (m.isRing) {
    if (m.isKnown) pen.measure.lines('note', words('ring_note'), p.w - 60, 2).forEach((one, i) => pen.text('note', p.narrow ? 8 : 20, y2 - 4 + i * 18, one));
    return;
  }
  if (!m.isKnown) return pen.line('due', X(0), y2, right, y2);
  line(y2, words(`order_${other}`));
  const [first, second] = other === 'look_first' ? ['step_look', 'step_leave'] : ['step_leave', 'step_look_last'];
  let at = X(0) - 14;
  const outcome = words(`outcome_${other}${m.isLevel && other === 'look_first' ? '_level' : ''}`);
  for (const [key, ms] of /** @type {[string, number][]} */ ([[first, 0], [second, m.between]])) {
    const text = words(key);
    const wide = pen.width('note', text) + 16;
    const x = Math.max(at, Math.min(X(ms) - (ms === 0 ? 14 : wide / 2), p.w - 10 - wide));
    pen.rect('station none', x, y2 - 14, wide, 28, { r: 2, key: `other ${key}` });
    pen.text('note', x + 8, y2 + 4.5, text);
    at = x + wide + 5;
  }
  if (!p.narrow && at + 8 + pen.width('note', outcome) < p.w - 6) pen.text('note halo', at + 8, y2 + 4.5, outcome);
}

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, size, words) {
  const p = plan(m, size);
  if (!p.narrow) drawEnds(pen, m, p, words);
  drawTable(pen, m, p, words);
  if (p.h - p.low > 84) drawOrders(pen, m, p, words);
}

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  // One thing is present: what was told last, or the loop that sleeps.
  const latest = Math.max(...m.rows.filter(({ isNow }) => isNow).map(({ told }) => told ?? -1));
  return [
    { text: `${m.kind}, ${words('model')}: ${m.isParked ? `${m.call}, ${m.timer ? words('park', { ms: m.timer.due }) : words('park_open')}` : words(m.isOver ? 'over' : 'awake')}`, now: m.isParked && latest === -Infinity },
    ...m.rows.map((row) => ({
      text: `${row.name}, ${row.interest}: ${row.isReady ? words('since', { ms: row.since }) : words('not_ready')}`, now: row.isNow && row.told === latest,
      parts: [
        { text: row.tagged ? words('has_waker', { name: m.nameOf(row.tagged.task) }) : words(row.used ? 'waker_used' : 'no_waker') },
        ...(row.bytes > 0 ? [{ text: words('bytes', { n: row.bytes }) }] : []),
        ...(wakeWord(row, words) ? [{ text: wakeWord(row, words) }] : []),
      ],
    })),
    { text: `${words('timer')}: ${m.timer ? `${words('due', { ms: m.timer.due })}, ${words('has_waker', { name: m.nameOf(m.timer.task) })}` : words('no_timer')}` },
    { text: `${words('executor')}: ${words('queue', { all: m.ready.length ? m.ready.join(', ') : words('nothing') })}` },
  ];
}

export const createHero = heroOf({
  name: 'table', model, draw, describe,
  drag(name, dx, _, m, host) {
    if (name === 'data') askTime(host, m.params, 'data', Math.max(0, m.due + dx / m.pxPerMs));
  },
});
