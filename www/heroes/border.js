// Futures and promises: what is Rust's at the left, what is the page's at the right, and between them the reaction, which runs
// as a microtask. A promise that is awaited has a task's waker; a future that is awaited settles a promise.

import { axis, now } from './kit/clock.js';
import { heroOf } from './kit/hero.js';
import { lane, phasesOf, stateAt } from './kit/lane.js';
import { road } from './kit/road.js';
import { lanesOf, marks, once, stretches } from './kit/run.js';
import { createScale } from './kit/scale.js';
import { station, slot, tag, tagWidth } from './kit/things.js';
import { describeTwo, drawTwo, isOfTwo, modelTwo } from './kit/two.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */
/** @typedef {import('../types.js').Run} Run */
/** @typedef {import('./kit/road.js').Way} Way */

/** Which task each promise is for: the one that leaves its waker there, or the one that it is made of. @param {import('../types.js').Run} run */
const pairsOf = (run) => once(run, 'pairs', () => {
  const { lanes } = lanesOf(run);
  return marks(run, 'promise_created').flatMap(({ at, event: { promise, name } }) => {
    const waker = stretches(run, 'waker').find(({ of }) => of.by.kind === 'promise' && of.by.promise === promise);
    const made = lanes.findIndex((lane) => name.includes(`(${lane.name})`)) + 1;
    const task = waker?.task ?? made;
    return task ? [{ promise, name, at, task, isAwaited: waker !== undefined || !made, waker }] : [];
  }).slice(0, 3);
});

/** The microtask in which a task is polled. @param {Run} run @param {number} task @param {number} cursor */
function driverOf(run, task, cursor) {
  const poll = phasesOf(run, task).find(({ state }) => state === 'running');
  return poll && poll.at <= cursor ? marks(run, 'microtask_started').findLast(({ at }) => at < poll.at)?.event.name : undefined;
}

/** @param {State} state @param {Words} words @param {import('./kit/hero.js').Host} host */
function model({ run, cursor, deciding }, words, host) {
  const { lanes } = lanesOf(run);
  const event = run.describe(cursor);
  const panicked = marks(run, 'panicked').some(({ at }) => at <= cursor);
  const isHeard = (/** @type {number} */ promise) => marks(run, 'listened').some((mark) => mark.at <= cursor && mark.event.promise === promise);
  const rows = pairsOf(run).map((pair) => {
    const of = (/** @type {{ event: { promise?: number } }} */ mark) => mark.event.promise === pair.promise;
    const settled = marks(run, 'promise_resolved', 'promise_rejected').find((mark) => mark.at <= cursor && of(mark));
    const reaction = marks(run, 'reaction').find((mark) => mark.at <= cursor && of(mark));
    const woken = marks(run, 'woken_queued').find(({ at, event: { task, by } }) => at <= cursor && task === pair.task && by.kind === 'promise');
    const state = stateAt(run, pair.task, cursor);
    const held = pair.waker !== undefined && pair.waker.at <= cursor && !(pair.waker.till && pair.waker.till <= cursor);
    return {
      ...pair, taskName: lanes[pair.task - 1]?.name ?? '', state, stateWord: state ? host.text.t(`state.${state}`) : words('not_yet'),
      isMade: pair.at <= cursor, settled, how: settled ? (settled.event.kind === 'promise_resolved' ? 'resolved' : 'rejected') : 'pending', reaction, reactionName: reaction?.event.name ?? '',
      isDue: settled !== undefined && reaction === undefined && (pair.isAwaited || isHeard(pair.promise)), isLost: settled === undefined && panicked, isHeard: pair.isAwaited || isHeard(pair.promise),
      driver: driverOf(run, pair.task, cursor), held, woken,
    };
  });
  const turn = marks(run, 'macrotask_started', 'microtask_started').findLast(({ at }) => at <= cursor);
  return { run, cursor, event, rows, turn: turn?.event.name ?? '', macrotasks: marks(run, 'macrotask_started').filter(({ at }) => at <= cursor), shown: { cursor, now: run.time(cursor), isKnown: deciding.isKnown }, end: Math.max(run.duration, 1) * 1.04 };
}
/** @typedef {ReturnType<typeof model>} Model */

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, { width, height }, words) {
  const narrow = width < 560;
  const clockH = narrow ? 84 : 118;
  const side = narrow ? width * 0.36 : Math.min(300, width * 0.31);
  const [left, right] = [narrow ? 8 : 20, width - (narrow ? 8 : 20)];
  const middle = width / 2;
  const high = height - clockH - 34;
  const tall = Math.min(170, high / Math.max(1, m.rows.length) - 12);
  pen.line('border-line', middle, 26, middle, height - clockH - 6);
  pen.text('strong', left, 16, words('rust'), { most: side });
  pen.text('strong', right, 16, words('page'), { anchor: 'end', most: side });
  pen.text('tiny', middle, 16, words('border'), { anchor: 'middle', most: width - 2 * side - 30 });
  m.rows.forEach((row, i) => {
    const y = 30 + i * (tall + 14);
    const inner = { x: left, y, w: side, h: tall };
    const outer = { x: right - side, y, w: side, h: tall };
    const boxW = narrow ? 64 : 132;
    const mid = { x: middle - boxW / 2, y: y + tall * 0.3, w: boxW, h: Math.max(40, tall * 0.44) };
    const line = mid.y + mid.h / 2;
    station(pen, inner, {
      key: `task ${row.promise}`, name: narrow ? words('task_short', { task: row.task }) : words('task', { task: row.task, name: row.taskName }), head: 24,
      cls: `st ${row.state ?? 'none'}${row.state === 'running' ? ' lit tint' : ''}`, nameCls: narrow ? 'name little' : 'name',
    });
    pen.text(`state little st ${row.state ?? 'none'}`, inner.x + 14, inner.y + 43, row.stateWord, { most: side - 24 });
    if (row.driver && !narrow && tall > 90) pen.text('tiny', inner.x + 14, inner.y + 62, words(row.driver === 'spawn_local' ? 'by_wasm_bindgen' : 'by_ours'), { most: side - 24 });
    const stateWord = words(`promise_${row.isMade ? row.how : 'none'}`);
    station(pen, outer, { key: `promise ${row.promise}`, name: narrow ? words('promise_short', { n: row.promise }) : words('promise', { n: row.promise }), head: 24, cls: row.isMade ? `st ${row.how === 'resolved' ? 'done' : row.how === 'rejected' ? 'panicked' : 'pending'}` : 'none', nameCls: narrow ? 'name little' : 'name' });
    pen.text(`state little st ${!row.isMade ? 'none' : row.how === 'resolved' ? 'done' : row.how === 'rejected' ? 'panicked' : 'pending'}`, outer.x + 14, outer.y + 43, stateWord, { most: side - 24 });
    if (!narrow) pen.text('code small', outer.x + 14, outer.y + 62, row.name, { most: side - 28 });
    if (row.settled?.event.value && !narrow) pen.text('note', outer.x + 14, outer.y + tall - 12, `“${row.settled.event.value}”`, { most: side - (row.isAwaited ? 130 : 28) });
    if (row.isLost && !narrow) pen.text('bad', outer.x + 14, outer.y + tall - 12, words('lost'), { most: side - 28 });
    // The reaction stands at the border, and runs as a microtask.
    const isRunning = m.event.kind === 'reaction' && m.event.promise === row.promise;
    pen.rect(`station ${isRunning ? 'lit tint' : row.isDue ? 'st ready' : row.reaction ? 'sunk' : 'none'}`, mid.x, mid.y, mid.w, mid.h, { r: 3, key: `reaction ${row.promise}` });
    pen.text('name little', middle, mid.y + 19, words(narrow ? 'reaction_short' : 'reaction'), { anchor: 'middle', most: boxW - 6 });
    if (mid.h > 44 && !narrow) pen.text(row.isDue ? 'state little st ready' : 'tiny', middle, mid.y + 37, words(isRunning ? 'runs' : row.isDue ? 'queued' : row.reaction ? 'has_run' : row.isHeard ? 'microtask' : 'nobody'), { anchor: 'middle', most: boxW - 8 });
    /** @type {Way} */
    const settles = row.settled ? (row.reaction ? 'past' : 'done') : 'open';
    const isOn = row.isAwaited;
    if (isOn) {
      road(pen, `settle ${row.promise}`, [[outer.x - 4, line], [mid.x + mid.w + 4, line]], settles);
      road(pen, `wake ${row.promise}`, [[mid.x - 4, line], [inner.x + inner.w + 4, line]], row.woken ? (row.state === 'ready' ? 'wake' : 'past') : 'open');
      if (!narrow) {
        pen.text(row.woken && row.state === 'ready' ? 'state little st ready' : 'tiny', (mid.x + inner.x + inner.w) / 2, line - 10, words('wake'), { anchor: 'middle', most: mid.x - inner.x - inner.w - 8 });
        pen.text('tiny', (outer.x + mid.x + mid.w) / 2, line - 10, words('settles'), { anchor: 'middle', most: outer.x - mid.x - mid.w - 8 });
      }
      // The task's waker lies with the promise's reaction.
      const text = words('waker', { task: row.task });
      const w = tagWidth(pen, text);
      const at = { x: outer.x + side - w - 12, y: outer.y + tall - 22 };
      if (!narrow) {
        slot(pen, `slot ${row.promise}`, at.x, at.y, w, words('empty'), row.held ? 'full' : 'open');
        if (row.held) tag(pen, `waker ${row.promise}`, at.x, at.y, text);
      }
    } else {
      const isReady = row.state === 'done';
      road(pen, `ready ${row.promise}`, [[inner.x + inner.w + 4, y + tall - 16], [outer.x - 4, y + tall - 16]], isReady ? (row.settled ? 'past' : 'done') : 'open');
      road(pen, `react ${row.promise}`, [[outer.x - 4, line - 4], [mid.x + mid.w + 4, line - 4]], row.settled ? (row.reaction ? 'past' : 'done') : 'open');
      if (!narrow) pen.text('tiny halo', (inner.x + inner.w + mid.x) / 2, y + tall - 24, words('ready_settles'), { anchor: 'middle', most: mid.x - inner.x - inner.w - 6 });
    }
  });
  // The clock: polls of tasks, and the macrotasks between which they run.
  const scale = createScale(m.end, narrow ? 74 : 150, width - (narrow ? 26 : 44));
  const bottom = height - 26;
  const top = height - clockH + 16;
  axis(pen, scale, top, bottom, { unit: 'ms', apart: narrow ? 56 : 100 });
  const lanes = [0, ...new Set(m.rows.map(({ task }) => task))];
  const pitch = (bottom - top) / lanes.length;
  lanes.forEach((task, i) => {
    const y = top + pitch * (i + 0.5);
    pen.text('name little', narrow ? 8 : 20, y + 4.5, task ? m.rows.find((row) => row.task === task)?.taskName ?? '' : words(narrow ? 'loop_short' : 'loop'), { most: (narrow ? 74 : 150) - 24 });
    pen.line('bed-line', scale.left, y, scale.right, y);
    if (task) lane(pen, scale, m.run, task, m.shown, { y, h: Math.min(18, pitch * 0.6) });
    else m.macrotasks.forEach(({ at, time }) => pen.rect('macrotask', scale.x(time), y - pitch * 0.3, 4, pitch * 0.6, { key: `macro ${at}`, go: at }));
  });
  now(pen, scale, m.shown.now, top - 10, bottom);
}

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  const { event } = m;
  return m.rows.flatMap((row, i) => [
    // A task that awaits a promise, and is one, is told of once.
    ...m.rows.findIndex(({ task }) => task === row.task) < i ? [] : [{ text: `${words('task', { task: row.task, name: row.taskName })}: ${row.stateWord}`, now: 'task' in event && event.task === row.task }],
    {
      text: `${words('promise', { n: row.promise })}: ${words(`promise_${row.isMade ? row.how : 'none'}`)}`, now: 'promise' in event && event.promise === row.promise,
      parts: [{ text: words(row.reaction ? 'told_has_run' : row.isDue ? 'told_queued' : row.isHeard ? 'told_waits' : 'told_nobody') }, ...(row.isLost ? [{ text: words('lost') }] : []), ...(row.held ? [{ text: words('told_waker', { task: row.task }) }] : [])],
    },
  ]);
}

export const createHero = heroOf({
  name: 'border',
  model: (state, words, host) => (isOfTwo(state.run) ? { two: modelTwo(state, words, host) } : { one: model(state, words, host) }),
  draw: (pen, m, size, words) => (m.two ? drawTwo(pen, m.two, size, words) : draw(pen, m.one, size, words)),
  describe: (m, words) => (m.two ? describeTwo(m.two, words) : describe(m.one, words)),
});
