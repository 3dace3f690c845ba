// Stacks of futures side by side, over a shelf of the heap: a column a task, a frame a future that its poll is in, the innermost
// above. What was taken from the heap is a box on the shelf below, numbered; one that was given back is an outline. Between polls
// there is no stack: then the frames are those that the future will be polled through again. Below, the account of each column.
//
// Of what the test suite counted the instructions, each column has those of a call, once its task is done.
//
// What the compiler refused has a column, too: its message stands where frames would be.

import recorded from '../../benches/recorded.json' with { type: 'json' };
import { heroOf } from './kit/hero.js';
import { stateAt } from './kit/lane.js';
import { cross } from './kit/marks.js';
import { road } from './kit/road.js';
import { once } from './kit/run.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */
/** @typedef {import('../types.js').Run} Run */
/** @typedef {import('../types.js').Frames} Frames */
/** @typedef {Frames['stacks'][number]} Stack */
/** @typedef {Stack['frames'][number]} Frame */
/** @typedef {Stack['boxes'][number]} Box */
/** @typedef {{ x: number, y: number, w: number, h: number }} Area */
/** @typedef {{ name: string, more?: number, frame?: Frame, isTop: boolean }} Row of a stack */

const TILE = { w: 26, h: 24, gap: 4, between: 10 };

/** What the compiler says first where a future would hold itself. */
const defaults = { endless: '[E0733]' };

/** The instructions of a call in a column: counted as it is run here, with a wait or without. @param {string} way @param {Record<string, string>} params */
function counted(way, { read_takes: takes, known_as: known }) {
  const fuelOf = (/** @type {string} */ name) => recorded.counts.find(({ workload }) => workload === `${takes === '0' ? 'ready' : 'read'}_${name}`)?.fuel;
  return (known === 'any' ? fuelOf(`any_${way}`) : undefined) ?? fuelOf(way);
}

/** A file's name without its ending. @param {string | undefined} file */
const stem = (file) => (file ?? '').replace(/\.\w+$/, '');

/** What stands in a task's stack at a cursor: the poll that runs, or the futures in which the last one stopped. @param {Stack} stack @param {number} cursor */
function framesAt(stack, cursor) {
  const begun = stack.frames.filter(({ at }) => at <= cursor);
  const live = begun.filter(({ till }) => till === 0 || till > cursor);
  const last = begun[begun.length - 1]?.poll;
  return { live, kept: begun.filter(({ till, poll, ready }) => poll === last && till > 0 && till <= cursor && !ready) };
}

/** @param {State} state @param {Words} words @param {import('./kit/hero.js').Host} host */
function model({ run, cursor, params }, words, host) {
  const { stacks, refused } = once(run, 'frames', () => run.frames());
  const about = (/** @type {string} */ name) => (host.text.has(`hero.frames.about_${name}`) ? words(`about_${name}`) : '');
  const hasVtable = stacks.some(({ frames }) => frames.some(({ by_vtable: by }) => by));
  const columns = stacks.map((stack) => {
    const { live, kept } = framesAt(stack, cursor);
    const state = stateAt(run, stack.task, cursor);
    const isRunning = state === 'running';
    const made = stack.boxes.filter(({ at }) => at <= cursor);
    const alive = made.filter(({ till }) => till === 0 || till > cursor);
    const sum = (/** @type {Box[]} */ boxes, /** @type {'count' | 'bytes'} */ of) => boxes.reduce((n, one) => n + one[of], 0);
    return {
      task: stack.task, name: stack.name, about: about(stack.name), size: stack.size, isThere: stack.at <= cursor, at: stack.at,
      isRunning, isDone: state === 'done', hasBegun: stack.polls.some((at) => at <= cursor),
      frames: live.length || isRunning ? live : kept, isLive: isRunning,
      fuel: counted(stack.name, params),
      made, alive, count: sum(made, 'count'), bytes: sum(made, 'bytes'), now: sum(alive, 'bytes'),
      // Where all are alike, the sum is told as a product.
      each: made.length > 1 && made.every(({ count, bytes }) => count === 1 && bytes === made[0].bytes) ? made[0].bytes : 0,
      byVtable: stack.frames.filter(({ at, by_vtable: by, till }) => by && at <= cursor && till !== 0).length,
      polled: stack.polls.filter((at) => at <= cursor).at(-1) ?? 0,
    };
  });
  const refusals = refused.map(({ at, message, line }) => ({ name: stem(line?.file), at, line, message: message.replace(/^error(\[\w+\])?: /, '$1 ').trim(), isSaid: at <= cursor }));
  const event = run.describe(cursor);
  const isCounted = columns.some(({ fuel }) => fuel !== undefined);
  return { run, cursor, hasVtable, isCounted, columns, refusals, running: 'task' in event ? event.task : 0, isOver: cursor >= run.length };
}
/** @typedef {ReturnType<typeof model>} Model */
/** @typedef {Model['columns'][number]} Column */
/** @typedef {Model['refusals'][number]} Refusal */

/** The rows of a stack, from above; where they are too many, those in the middle are one. @param {Column} column @param {number} most @returns {Row[]} */
function rowsOf(column, most) {
  const rows = column.frames.map((frame, i, all) => ({ name: frame.name, frame, isTop: column.isLive && i === all.length - 1 })).reverse();
  const task = { name: column.name, isTop: column.isLive && rows.length === 0 };
  const room = most - 1;
  if (rows.length <= room) return [...rows, task];
  const above = Math.max(1, Math.floor((room - 1) / 2));
  const below = Math.max(0, room - 1 - above);
  return [...rows.slice(0, above), { name: '', more: rows.length - above - below, isTop: false }, ...rows.slice(rows.length - below), task];
}

/** @param {Pen} pen @param {Column} column @param {Area} area @param {number} most @param {Words} words @returns {Map<number, Area>} where the frame of a future stands */
function drawStack(pen, column, { x, y, w, h }, most, words) {
  /** @type {Map<number, Area>} */
  const places = new Map();
  const pitch = h / most;
  const rowH = Math.min(30, pitch - 5);
  const rows = column.hasBegun && !column.isDone ? rowsOf(column, most) : [{ name: column.name, isTop: false }];
  rows.forEach((row, i) => {
    const rowY = y + h - (rows.length - i) * pitch;
    const state = column.isDone ? 'done' : !column.hasBegun ? 'none' : row.isTop ? 'top' : column.isLive ? 'running' : 'pending';
    const base = i === rows.length - 1;
    if (row.more) {
      pen.text('tiny', x + w / 2, rowY + rowH / 2 + 4, words('more', { n: row.more }), { anchor: 'middle', most: w });
      return;
    }
    const key = `frame ${column.task} ${rows.length - i}`;
    pen.rect(`frame ${state}`, x, rowY, w, rowH, { r: 3, key, go: row.frame?.at ?? column.at });
    const text = base ? words(column.isDone ? 'done' : 'task', { n: column.size }) : row.name;
    pen.text(`code small in-frame ${state}`, x + 8, rowY + rowH / 2 + 4.5, text, { most: w - 14, key: `${key} name` });
    if (row.frame) places.set(row.frame.id, { x, y: rowY, w, h: rowH });
  });
  return places;
}

/** The boxes of a column on the shelf. @param {Pen} pen @param {Column} column @param {Area} area @param {Words} words @returns {Map<Box, Area>} where each stands that has a place of its own */
function drawShelf(pen, column, { x, y, w, h }, words) {
  /** @type {Map<Box, Area>} */
  const places = new Map();
  pen.rect('shelf', x, y, w, h, { r: 3 });
  const { made, alive, task } = column;
  if (!made.length) {
    pen.text('tiny', x + w / 2, y + h / 2 + 4, words('nothing'), { anchor: 'middle', most: w - 8 });
    return places;
  }
  const [left, top, room] = [x + 8, y + TILE.between, w - 16];
  const lineH = 20;
  const perRow = Math.max(1, Math.floor((room + TILE.gap) / (TILE.w + TILE.gap)));
  const tileRows = Math.max(1, Math.floor((h - lineH - 2) / (TILE.h + TILE.between)));
  const said = alive.length === 0 ? words('given_back') : alive.length === 1 ? words('alive', { n: made.indexOf(alive[0]) + 1, bytes: alive[0].bytes }) : words('all_alive', { n: alive.length, bytes: column.now });
  if (made.length <= perRow * tileRows) {
    made.forEach((box, i) => {
      const isAlive = alive.includes(box);
      const place = { x: left + (i % perRow) * (TILE.w + TILE.gap), y: top + Math.floor(i / perRow) * (TILE.h + TILE.between), w: TILE.w, h: TILE.h };
      pen.rect(`heap-box ${isAlive ? 'alive' : 'freed'}`, place.x, place.y, place.w, place.h, { r: 2, key: `box ${task} ${i}`, go: box.at });
      pen.text(`code small in-box ${isAlive ? 'alive' : 'freed'}`, place.x + place.w / 2, place.y + place.h / 2 + 4.5, String(i + 1), { anchor: 'middle', go: box.at });
      places.set(box, place);
    });
  } else {
    // More than have room: a strip, a tick each; where ticks have no room, a part of it.
    const tick = room / made.length;
    const stripH = Math.max(12, h - 16 - lineH);
    const first = made.indexOf(alive[0]);
    if (tick >= 3) {
      made.forEach((box, i) => {
        const isAlive = alive.includes(box);
        const place = { x: left + i * tick, y: top, w: Math.max(2, tick - 1.5), h: stripH };
        pen.rect(`heap-box ${isAlive ? 'alive' : 'freed'} tick`, place.x, place.y, place.w, place.h, { r: 0, key: `box ${task} ${i}`, go: box.at });
        if (isAlive) places.set(box, place);
      });
    } else {
      pen.rect('heap-box freed tick', left, top, room, stripH, { r: 0 });
      if (alive.length) pen.rect('heap-box alive tick', left + first * tick, top, Math.max(2, alive.length * tick), stripH, { r: 0, key: `box ${task} all`, go: alive[0].at });
    }
  }
  pen.text(alive.length ? 'heap-said' : 'tiny', left, y + h - 7, said, { most: room });
  return places;
}

/** An arrow from a future's frame to the box that was taken for it; before its first poll, from the frame that has it. @param {Pen} pen @param {Column} column @param {Map<number, Area>} frames @param {Map<Box, Area>} boxes */
function drawPointer(pen, column, frames, boxes) {
  const latest = column.alive.at(-1);
  const isNew = column.isLive && latest !== undefined && !frames.has(latest.of);
  const box = isNew ? latest : column.alive.findLast(({ of }) => frames.has(of));
  const from = isNew ? frames.get(column.frames.at(-1)?.id ?? 0) : box && frames.get(box.of);
  const to = box && boxes.get(box);
  if (!from || !to) return;
  const side = from.x + from.w + 9;
  // From the side where nothing stands between, else from above.
  const isFree = ![...boxes.values()].some(({ x, y }) => y === to.y && x > to.x);
  const y = isFree ? to.y + to.h / 2 : to.y - 6;
  /** @type {[number, number][]} */
  const way = [[from.x + from.w, from.y + from.h / 2], [side, from.y + from.h / 2], [side, y], ...(isFree ? [] : /** @type {[number, number][]} */ ([[to.x + to.w / 2, y]])), [isFree ? to.x + to.w + 3 : to.x + to.w / 2, isFree ? y : to.y - 1]];
  road(pen, `pointer ${column.task}`, way, column.isLive ? 'poll' : 'ink', { go: box?.at });
}

/** @param {Pen} pen @param {Refusal} refusal @param {Area} area @param {Words} words */
function drawRefusal(pen, { message, isSaid, at, line }, { x, y, w, h }, words) {
  if (!isSaid) {
    pen.rect('frame none', x, y, w, h, { r: 3 });
    pen.text('tiny', x + w / 2, y + h / 2 + 4, words('not_compiled'), { anchor: 'middle', most: w - 12 });
    return;
  }
  pen.rect('frame refused', x, y, w, h, { r: 3, go: at });
  cross(pen, x + 18, y + 19, '', `refused ${at}`, 5);
  pen.text('bad', x + 34, y + 24, words('refused', { line: line?.line ?? 0 }), { most: w - 40 });
  const lines = pen.measure.lines('note', message, w - 22, Math.max(1, Math.floor((h - 40) / 17)));
  lines.forEach((text, i) => pen.text('note', x + 11, y + 46 + i * 17, text, { most: w - 18 }));
  if (!message.startsWith(defaults.endless)) return;
  // What would have to hold itself: a copy within each, and so on.
  let inner = { x: x + 11, y: y + 46 + lines.length * 17, w: w - 22, h: h - 57 - lines.length * 17 };
  for (let depth = 0; inner.h > 26 && inner.w > 44; depth++) {
    pen.rect('frame endless', inner.x, inner.y, inner.w, inner.h, { r: 2 });
    const isLast = inner.h <= 64 || inner.w <= 72;
    if (inner.h > 30) pen.text('tiny', inner.x + 7, inner.y + 15, isLast ? '…' : words(depth === 0 ? 'future' : 'copy'), { most: inner.w - 12 });
    inner = { x: inner.x + 8, y: inner.y + 22, w: inner.w - 16, h: inner.h - 30 };
    if (isLast) break;
  }
}

/** What is told of a column, row by row. @param {Model} m @param {Column} column @param {Words} words @returns {[string, string, boolean][]} name, value, and whether it is more than none */
const accountOf = ({ hasVtable, isCounted }, column, words) => [
  ['boxes', column.count.toLocaleString('en'), column.count > 0],
  ['bytes', column.each ? words('product', { n: column.made.length, each: column.each, all: column.bytes }) : column.bytes.toLocaleString('en'), column.bytes > 0],
  ['now', column.now.toLocaleString('en'), column.now > 0],
  .../** @type {[string, string, boolean][]} */ (hasVtable ? [['by_vtable', String(column.byVtable), column.byVtable > 0]] : []),
  ['future', column.isThere ? words('size', { n: column.size }) : '', false],
  .../** @type {[string, string, boolean][]} */ (isCounted ? [['counted', fuelOf(column), false]] : []),
];

/** What the test suite counted answers too much while it runs. @param {Column} column */
const fuelOf = ({ fuel, isDone }) => (isDone && fuel !== undefined ? fuel.toLocaleString('en') : '');

/** The release that was counted under, without its hash. */
const rustc = recorded.rustc.split(' ').slice(0, 2).join(' ');

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, size, words) {
  if (size.width < 560) return drawNarrow(pen, m, size, words);
  const { width, height } = size;
  const all = m.refusals.length + m.columns.length;
  const names = Math.min(124, width * 0.107);
  const left = 20 + names;
  const pitch = (width - left - 12) / Math.max(1, all);
  const colW = Math.min(300, pitch - 27);
  const isLow = height < 430;
  const top = isLow ? 46 : 52;
  const rowH = isLow ? 22 : 26;
  const rows = ['boxes', 'bytes', 'now', ...(m.hasVtable ? ['by_vtable'] : []), 'future', ...(m.isCounted ? ['counted'] : [])];
  const noteH = m.isCounted ? 18 : 0;
  const table = height - rows.length * rowH - 4 - noteH;
  if (noteH) {
    pen.line('grid', 20, height - noteH - 3, width - 12, height - noteH - 3);
    pen.text('tiny', 20, height - 6, words('counted', { rustc }), { most: width - 32 });
  }
  const shelfH = isLow ? 56 : 92;
  const shelfY = table - shelfH - (isLow ? 10 : 14);
  const stackH = shelfY - top - (isLow ? 8 : 14);
  const most = Math.max(3, Math.min(6, Math.floor(stackH / 27)));
  pen.text('strong', 20, shelfY - (isLow ? 8 : 14) - stackH / most + 20, words('stack'), { most: names - 8 });
  pen.text('strong', 20, shelfY + 22, words('heap'), { most: names - 8 });
  pen.measure.lines('tiny', words('outlined'), names - 12, isLow ? 2 : 4).forEach((text, i) => pen.text('tiny', 20, shelfY + 40 + i * 15, text));
  const account = m.columns.map((column) => accountOf(m, column, words));
  rows.forEach((name, i) => {
    const y = table + i * rowH;
    pen.line('grid', 20, y, width - 12, y);
    pen.text('tiny', 20, y + rowH / 2 + 5, words(`row_${name}`), { most: names - 6 });
  });
  m.refusals.forEach((refusal, i) => {
    const x = left + i * pitch;
    pen.text('code bold', x, 18, refusal.name, { most: pitch - 16 });
    pen.text('tiny', x, 36, words('no_program'), { most: pitch - 16 });
    drawRefusal(pen, refusal, { x, y: top, w: colW, h: shelfY + shelfH - top }, words);
  });
  m.columns.forEach((column, i) => {
    const x = left + (i + m.refusals.length) * pitch;
    if (i + m.refusals.length > 0) pen.line('grid', x - 14, 4, x - 14, height - 4 - noteH);
    pen.text(`code bold${column.task === m.running ? '' : ' quiet'}`, x, 18, column.name, { most: pitch - 16 });
    if (column.about) pen.text('tiny', x, 36, column.about, { most: pitch - 18 });
    const frames = drawStack(pen, column, { x, y: top, w: colW, h: stackH }, most, words);
    const boxes = drawShelf(pen, column, { x, y: shelfY, w: colW, h: shelfH }, words);
    drawPointer(pen, column, frames, boxes);
    account[i].forEach(([, value, isMore], row) => pen.text(`code small${isMore ? ' bold' : ''}`, x, table + row * rowH + rowH / 2 + 5, value, { most: pitch - 18 }));
  });
}

/** One task's stack and shelf, and below it the account of all. @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function drawNarrow(pen, m, { width, height }, words) {
  const column = m.columns.find(({ task }) => task === m.running) ?? m.columns.toSorted((a, b) => b.polled - a.polled)[0];
  const refusal = m.refusals.find(({ isSaid, at }) => isSaid && at === m.cursor) ?? (column ? undefined : m.refusals[0]);
  const rows = [...m.refusals, ...m.columns];
  const rowH = 22;
  // When all are done, stacks leave room for it.
  const told = m.columns.filter((one) => fuelOf(one)).map((one) => `${one.name} ${fuelOf(one)}`);
  const notes = m.isOver && told.length ? pen.measure.lines('tiny', words('counted_all', { rustc, all: told.join(', ') }), width - 18, 4) : [];
  const table = height - (rows.length + 1) * rowH - 2 - (notes.length ? notes.length * 15 + 7 : 0);
  notes.forEach((text, i) => pen.text('tiny', 8, height - 4 - (notes.length - 1 - i) * 15, text));
  const [x, w] = [8, width - 30];
  pen.text('name little', x, 16, refusal?.name ?? column?.name ?? '', { most: w });
  const top = 24;
  if (refusal) drawRefusal(pen, refusal, { x, y: top, w: width - 16, h: table - top - 10 }, words);
  else if (column) {
    const shelfH = 58;
    const shelfY = table - shelfH - 8;
    const stackH = shelfY - top - 4;
    const most = Math.max(2, Math.min(5, Math.floor(stackH / 25)));
    const frames = drawStack(pen, column, { x, y: top, w, h: stackH }, most, words);
    drawPointer(pen, column, frames, drawShelf(pen, column, { x, y: shelfY, w, h: shelfH }, words));
  }
  const at = [width * 0.5, width * 0.74, width - 10];
  ['boxes', 'bytes', 'future'].forEach((name, i) => pen.text('tiny', at[i], table + 15, words(`short_${name}`), { anchor: 'end', most: width * 0.24 }));
  rows.forEach((row, i) => {
    const y = table + (i + 1) * rowH;
    pen.line('grid', 8, y, width - 8, y);
    const isNow = row === column && !refusal || row === refusal;
    pen.text(`code small${isNow ? ' bold' : ''}`, x, y + 15.5, row.name, { most: width * 0.34 });
    if (!('size' in row)) return pen.text(row.isSaid ? 'bad' : 'tiny', at[2], y + 15.5, words(row.isSaid ? 'refused_short' : 'not_compiled'), { anchor: 'end', most: width * 0.6 });
    [row.count, row.bytes, row.size].forEach((n, k) => pen.text(`code small${k < 2 && n > 0 ? ' bold' : ''}`, at[k], y + 15.5, n.toLocaleString('en'), { anchor: 'end' }));
  });
}

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  return [
    ...m.refusals.map(({ name, isSaid, message, line, at }) => ({
      text: `${name}: ${isSaid ? `${words('refused', { line: line?.line ?? 0 })} ${message}` : words('not_compiled')}`, now: at === m.cursor,
    })),
    ...m.columns.map((column) => ({
      text: `${column.name}: ${column.isThere ? words('told', { size: column.size, n: column.count, bytes: column.bytes, now: column.now }) : words('not_made')}`,
      now: column.task === m.running,
      parts: fuelOf(column) ? [{ text: words('told_counted', { n: column.fuel ?? 0, rustc }) }] : column.frames.length > 12 ? [{ text: words('told_frames', { n: column.frames.length, name: column.frames[column.frames.length - 1].name }) }]
        : column.frames.map(({ name, line }) => ({ text: `${name}${line ? `, ${line.file}:${line.line}` : ''}` })),
    })),
  ];
}

export const createHero = heroOf({ name: 'frames', model, draw, describe });
