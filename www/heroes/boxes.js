// What a call runs: a future, whose box is whole and untouched until it is polled, and a promise, which runs at once to its
// first await. The box holds the lines of the function that was called, each with what became of it.
//
// Where the run was recorded live, the promise is in it, with the lines of its own file. Elsewhere it is a model, labelled so: what
// JavaScript does with the same three lines is known.

import { axis, now } from './kit/clock.js';
import { code, linesOf } from './kit/code.js';
import { heroOf } from './kit/hero.js';
import { check, cross } from './kit/marks.js';
import { road } from './kit/road.js';
import { marks, once, stretches } from './kit/run.js';
import { createScale } from './kit/scale.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */
/** @typedef {import('./kit/code.js').Line} Line */
/** @typedef {{ line: Line, how: 'open' | 'ran' | 'here' | 'never' }} Step */

/** The statements of a function: lines that log, and lines that await. @param {Line[]} lines */
const statements = (lines) => lines.filter(({ text }) => /log!?\(|\.await|\bawait /.test(text));

/** The last file in a language. @param {import('./kit/hero.js').Host} host @param {string} ending */
const fileIn = (host, ending) => host.code?.files.findLast(({ name }) => name.endsWith(ending))?.name ?? '';
/** The file of the function that is called, of those that are there: the last one. @param {import('./kit/hero.js').Host} host */
const calleeOf = (host) => fileIn(host, '.rs');

/** What a line writes. @param {Line} line */
const textOf = (line) => /log!?\("([^"]*)"/.exec(line.text)?.[1];

/** Of a page's script. */
const BY_PAGE = 0;

/**
 * The promise of a function, as a live run has it: when its call began and returned, and when it was settled.
 * @param {import('../types.js').Run} run @param {string} name of the function @param {import('./kit/hero.js').Host} host
 */
const promiseIn = (run, name, host) => once(run, 'promise', () => {
  const made = marks(run, 'promise_created').find(({ event }) => event.name.startsWith(`${name}(`));
  if (!made) return undefined;
  const all = linesOf(host.code, fileIn(host, '.js'));
  const from = all.findIndex(({ text }) => text.startsWith(`async function ${name}(`));
  const lines = statements(all.slice(from, all.findIndex(({ text }, i) => i > from && text === '}')));
  const logs = marks(run, 'logged').filter(({ event }) => event.task === BY_PAGE);
  const begun = logs.find(({ event }) => lines.some((line) => textOf(line) === event.text));
  // It waits for the promise that was made while it was called.
  const slept = marks(run, 'promise_created').find(({ at }) => begun && at > begun.at && at < made.at);
  return {
    lines, logs, begun, made, slept,
    woke: slept && marks(run, 'reaction').find(({ event }) => event.promise === slept.event.promise),
    settled: marks(run, 'promise_resolved').find(({ event }) => event.promise === made.event.promise),
    call: all.find(({ text }) => text.includes(` = ${name}(`))?.text.trim() ?? '',
  };
});

/**
 * The promise at the cursor.
 * @param {import('../types.js').Run} run @param {number} cursor
 * @param {NonNullable<ReturnType<typeof promiseIn>>} promise
 */
function recorded(run, cursor, { lines, logs, begun, slept, woke, settled, call }) {
  const seen = (/** @type {{ at: number } | undefined} */ mark) => mark !== undefined && mark.at <= cursor;
  const steps = lines.map((line) => {
    const text = textOf(line);
    const isRun = text === undefined ? seen(woke) : logs.some(({ at, event }) => at <= cursor && event.text === text);
    return { line, how: isRun ? 'ran' : text === undefined && seen(slept) ? 'here' : 'open' };
  });
  return {
    steps: /** @type {Step[]} */ (steps), call, isModel: false, isCalled: seen(begun), isSettled: seen(settled), running: seen(begun) && !seen(slept),
    begunAt: begun?.time ?? 0, overAt: settled?.time ?? run.duration,
  };
}

/** What JavaScript does with the same lines, where it was not recorded. @param {{ isCalled: boolean, ms: number, sleepMs: number }} at @param {Words} words */
function modelled({ isCalled, ms, sleepMs }, words) {
  const isSettled = isCalled && ms >= sleepMs;
  const steps = ['line1', 'line2', 'line3'].map((key, i) => ({
    line: { n: i + 1, text: words(key), parts: [['', words(key)]] },
    how: !isCalled ? 'open' : i === 0 || isSettled ? 'ran' : i === 1 ? 'here' : 'open',
  }));
  return { steps: /** @type {Step[]} */ (steps), call: words('js_call'), isModel: true, isCalled, isSettled, running: false, begunAt: 0, overAt: sleepMs };
}

/** @param {State} state @param {Words} words @param {import('./kit/hero.js').Host} host */
function model({ run, cursor, deciding, params }, words, host) {
  const file = calleeOf(host);
  const callerFile = host.code?.files[0]?.name ?? '';
  const lines = statements(linesOf(host.code, file));
  const logs = marks(run, 'logged').filter(({ event }) => event.task !== BY_PAGE);
  const begun = once(run, 'begun', () => logs.find(({ event }) => lines.some((line) => textOf(line) === event.text)));
  const waits = stretches(run, 'future').filter(({ of }) => of.line?.file === file);
  const isOver = cursor >= run.length;
  const over = logs.find(({ event }) => event.text === textOf(lines[lines.length - 1] ?? { n: 0, text: '', parts: [] }));
  const isDropped = isOver && !over;
  /** @type {Step[]} */
  const steps = lines.map((line) => {
    const text = textOf(line);
    if (text !== undefined) return { line, how: logs.some(({ at, event }) => at <= cursor && event.text === text) ? 'ran' : isDropped ? 'never' : 'open' };
    const polls = waits.filter(({ at, of }) => at <= cursor && of.line?.line === line.n);
    const isReady = polls.some(({ till, of }) => of.ready && till <= cursor);
    return { line, how: isReady ? 'ran' : isDropped ? 'never' : polls.length ? 'here' : 'open' };
  });
  // The call, and what the caller does with what it got.
  const called = logs[0];
  const held = logs[1];
  const used = logs[2];
  const running = waits.some(({ at, till }) => at <= cursor && till > cursor) || Boolean(begun && begun.at === cursor);
  const takes = once(run, 'takes', () => marks(run, 'timer_set').find(({ at }) => begun && at > begun.at)?.event.after);
  const ms = run.time(cursor);
  const sleepMs = takes ?? Number(params.takes ?? 30);
  const isCalled = called !== undefined && cursor >= called.at;
  const known = promiseIn(run, file.replace(/\.rs$/, ''), host);
  const promise = known ? recorded(run, cursor, known) : modelled({ isCalled, ms, sleepMs }, words);
  return {
    run, cursor, file, callerFile, steps, promise, isCalled, isHeld: held !== undefined && cursor >= held.at, isUsed: used !== undefined && cursor >= used.at, isBegun: begun !== undefined && begun.at <= cursor,
    isDropped, isDone: over !== undefined && over.at <= cursor, running,
    begunAt: begun?.time, overAt: over?.time, usedAt: used?.time,
    shown: { cursor, now: ms, isKnown: deciding.isKnown }, end: Math.max(run.duration, promise.overAt) * 1.06,
    held: linesOf(host.code, callerFile).find(({ text }) => /let future =/.test(text)),
  };
}
/** @typedef {ReturnType<typeof model>} Model */

/**
 * The box of what a call gave, with the lines of the function.
 * @param {Pen} pen @param {{ x: number, y: number, w: number, h: number }} at
 * @param {{ key: string, name: string, say: string, cls: string, sayCls: string, steps: Step[], narrow: boolean, note: (how: Step['how']) => string }} o
 */
function box(pen, { x, y, w, h }, { key, name, say, cls, sayCls, steps, narrow, note }) {
  pen.rect(`station ${cls}`, x, y, w, h, { r: 3, key: `box ${key}` });
  pen.text('name', x + 14, y + 23, name, { most: w * 0.5 });
  pen.text(sayCls, x + w - 12, y + 23, say, { anchor: 'end', most: w - 40 - pen.width('name', name) });
  const pitch = Math.min(34, (h - 36) / Math.max(1, steps.length));
  steps.forEach(({ line, how }, i) => {
    const ly = y + 34 + pitch * (i + 0.5);
    if (how === 'here') pen.rect('step-here', x + 2, ly - pitch / 2, w - 4, pitch, { r: 0, key: `${key} here` });
    const cx = x + 20;
    if (how === 'ran') check(pen, cx, ly, 6);
    else if (how === 'never') pen.path('never', `M${cx - 4} ${ly - 4}l8 8m0-8l-8 8`);
    else pen.rect(how === 'here' ? 'step-mark here' : 'step-mark', cx - 5, ly - 5, 10, 10, { r: 1 });
    const said = note(how);
    const room = said && !narrow ? pen.width('tiny', said) + 18 : 0;
    const trimmed = { ...line, text: line.text.trim(), parts: line.parts.map(([c, t], n) => /** @type {[string, string]} */ ([c, n === 0 ? t.trimStart() : t])) };
    code(pen, x + 36, ly + 5, trimmed, { cls: `mid${how === 'open' || how === 'never' ? ' dim' : ''}`, most: w - 46 - room });
    if (said && !narrow) pen.text('tiny', x + w - 12, ly + 4.5, said, { anchor: 'end' });
  });
}

/** What the promise is doing, in words. @param {Model} m @param {Words} words */
const promiseSays = ({ promise: { isCalled, isSettled, running } }, words) => words(!isCalled ? 'not_called' : isSettled ? 'settled' : running ? 'js_runs' : 'waiting');

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, { width, height }, words) {
  const narrow = width < 560;
  const clockH = narrow ? 78 : Math.max(104, Math.min(150, height * 0.28));
  const high = height - clockH - 14;
  const halves = narrow
    ? [{ x: 8, y: 4, w: width - 16, h: high / 2 - 6 }, { x: 8, y: high / 2 + 2, w: width - 16, h: high / 2 - 6 }]
    : [{ x: 20, y: 8, w: width / 2 - 34, h: high - 8 }, { x: width / 2 + 14, y: 8, w: width / 2 - 34, h: high - 8 }];
  const count = (/** @type {Step[]} */ steps) => words('ran', { n: steps.filter(({ how }) => how === 'ran').length, all: steps.length });
  const sides = [
    { key: 'future', lang: words('rust'), call: m.held?.text.trim() ?? '', steps: m.steps, isIn: m.isBegun,
      name: words('future'),
      say: m.isDropped ? words(m.isBegun ? 'dropped' : 'dropped_unpolled') : m.isDone ? words('returned') : m.isBegun ? words(m.running ? 'polled' : 'asleep') : words('never_polled'),
      cls: m.isDropped ? 'st cancelled broken' : m.isDone ? 'st done' : m.isBegun ? (m.running ? 'lit tint' : 'st pending') : m.isCalled ? 'solid' : 'none',
      sayCls: m.isDropped ? 'state little st cancelled' : m.isDone ? 'state little st done' : m.isBegun ? `state little st ${m.running ? 'running' : 'pending'}` : 'tiny',
      said: words(m.isBegun ? 'poll_ran' : 'ran_none') },
    { key: 'promise', lang: words('js'), call: m.promise.call, steps: m.promise.steps, isIn: m.promise.isCalled,
      name: words('promise'), say: promiseSays(m, words),
      cls: m.promise.isCalled ? (m.promise.isSettled ? 'st done' : m.promise.running ? 'lit tint' : 'st pending') : 'none',
      sayCls: m.promise.isCalled ? `state little st ${m.promise.isSettled ? 'done' : m.promise.running ? 'running' : 'pending'}` : 'tiny', said: words('ran_first') },
  ];
  sides.forEach((side, i) => {
    const { x, y, w, h } = halves[i];
    const headH = narrow ? 0 : Math.min(118, h * 0.4);
    if (!narrow) {
      pen.text('tiny', x, y + 10, side.lang);
      if (i === 1) pen.text('tiny', x + w, y + 10, words(m.promise.isModel ? 'model' : 'live'), { anchor: 'end' });
      code(pen, x + 14, y + 36, { n: 0, text: side.call, parts: [['', side.call]] }, { cls: 'bold', most: w - 20 });
      // The call goes down its road: to the border of the box, or through it to the first await and back.
      const bx = x + 26;
      const boxY = y + headH;
      const wayIn = side.isIn && (i === 1 || m.isBegun);
      const isCalled = i === 1 ? m.promise.isCalled : m.isCalled;
      road(pen, `call ${side.key}`, [[bx, y + 46], [bx, wayIn ? boxY + 34 : boxY - 6]], isCalled ? 'poll' : 'open');
      if (isCalled) {
        const lines = pen.measure.lines('state st running', side.said, w - 70, 2);
        lines.forEach((line, n) => pen.text('state st running', bx + 18, y + 68 + n * 17, line));
      }
    }
    box(pen, { x, y: y + headH, w, h: Math.min(h - headH, 52 + 34 * side.steps.length) }, { ...side, narrow, note: (how) => (how === 'here' ? words('here') : '') });
    const ran = count(side.steps);
    if (!narrow) pen.text('tiny', x + w, y + headH - 8, ran, { anchor: 'end', most: w * 0.4 });
    if (i === 0 && m.isDropped) cross(pen, x + w - (narrow ? 8 : 0), y + headH + (narrow ? 6 : 0), 'cancelled', 'dropped');
  });
  // Both on one clock.
  const [left, right] = [narrow ? 82 : 150, width - (narrow ? 26 : 50)];
  const scale = createScale(m.end, left, right);
  const bottom = height - 26;
  const top = height - clockH + 8;
  axis(pen, scale, top, bottom, { unit: 'ms', apart: narrow ? 60 : 100 });
  const rows = [top + (bottom - top) * 0.3, top + (bottom - top) * 0.72];
  const upTo = (/** @type {number} */ ms) => Math.min(ms, m.shown.now);
  ['promise', 'future'].forEach((key, i) => {
    const y = rows[i];
    pen.text(narrow ? 'name little' : 'name', narrow ? 8 : 20, y + 5, words(key), { most: left - 24 });
    pen.line('bed-line', left, y, right, y);
  });
  if (m.promise.isCalled) {
    const { begunAt, overAt, isSettled } = m.promise;
    pen.rect('poll', scale.x(begunAt), rows[0] - 9, 6, 18, { key: 'promise first' });
    const waited = isSettled ? overAt : upTo(overAt);
    if (waited > begunAt) pen.line('wait', scale.x(begunAt) + 6, rows[0], scale.x(waited), rows[0], { key: 'promise waits' });
    if (isSettled) check(pen, scale.x(overAt) + 8, rows[0], 7, 'promise done');
  }
  if (m.isCalled) {
    const from = m.isBegun ? m.begunAt ?? 0 : m.shown.now;
    pen.line('made', scale.x(0), rows[1], scale.x(Math.max(from, 0.01)), rows[1], { key: 'future held' });
    const text = words('held', { ms: Math.round(m.usedAt ?? m.shown.now) });
    if (m.isUsed && pen.width('tiny', text) + 16 < from * scale.pxPerMs) pen.text('tiny halo', scale.x(from / 2), rows[1] + 4, text, { anchor: 'middle' });
    if (m.isBegun) {
      pen.rect(`poll${m.running ? ' lit' : ''}`, scale.x(from), rows[1] - 9, 6, 18, { key: 'future first' });
      const until = m.isDone ? m.overAt ?? 0 : m.shown.now;
      if (until > from) pen.line('wait', scale.x(from) + 6, rows[1], scale.x(until), rows[1], { key: 'future waits' });
      if (m.isDone) check(pen, scale.x(until) + 8, rows[1], 7, 'future done');
    }
    if (m.isDropped) {
      const dx = scale.x(m.shown.now);
      cross(pen, dx, rows[1], 'cancelled', 'future dropped', 5);
    }
  }
  now(pen, scale, m.shown.now, top - 10, bottom);
}

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  const steps = (/** @type {Step[]} */ all) => all.map(({ line, how }) => ({ text: `${line.text.trim()}: ${words(`step_${how}`)}`, now: how === 'here' }));
  const state = m.isDropped ? words(m.isBegun ? 'dropped' : 'dropped_unpolled') : m.isDone ? words('returned') : m.isBegun ? words(m.running ? 'polled' : 'asleep') : words('never_polled');
  return [
    { text: `${words('future')}: ${state}`, now: m.cursor > 0, parts: steps(m.steps) },
    { text: `${words('promise')}${m.promise.isModel ? ` (${words('model')})` : ''}: ${promiseSays(m, words)}`, parts: steps(m.promise.steps) },
  ];
}

export const createHero = heroOf({ name: 'boxes', model, draw, describe });
