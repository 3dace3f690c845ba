// The picture of a machine: a box a state with its line, what it holds and who is in it, an edge for each way with how often it
// was taken, and, where a state awaits another machine, that one within. What does not fit in full is drawn in less detail,
// never smaller: a text below 12 px is none.
//
// What stands where depends on the machine alone; what is lit, counted and written into a box, on the cursor.

import { placed } from './layout.js';
import { head, shape } from '../heroes/kit/marks.js';

/** @typedef {import('../heroes/kit/pen.js').Pen} Pen */
/** @typedef {import('../types.js').MachineFrame} MachineFrame */
/** @typedef {import('../types.js').MachineState} MachineState */
/** @typedef {import('./layout.js').Placed} Placed */
/** @typedef {(key: string, args?: import('../text.js').Args) => string} Words */
/** How much of a state is written in its box. @typedef {'whole' | 'narrow' | 'named' | 'close' | 'short' | 'numbered'} Detail */
/**
 * @typedef {object} Plan
 * @property {MachineFrame} machine whose states and edges it has
 * @property {Detail} detail
 * @property {boolean} across
 * @property {Placed} placed
 * @property {string[][]} names of each state, in lines
 * @property {(Plan | undefined)[]} inner
 * @property {number} width
 * @property {number} height
 */
/**
 * @typedef {object} How
 * @property {boolean} across whether states follow each other to the right
 * @property {number} most how wide a box may be
 * @property {number} [least] how wide boxes are where there is room
 * @property {(state: number) => boolean} [opens] whether what a state awaits is drawn within it; else all are
 */

/** From the most to the least. @type {Detail[]} */
export const DETAILS = ['whole', 'narrow', 'named', 'close', 'short', 'numbered'];

const defaults = { pad: 10, line: 15.5, foot: 15, bar: 5, inner: 10, narrow: 190, short: 116, number: 34, low: 26, kept: 24 };

/** What stands for a state where the code has no name for it: before the first poll, and after the last. @param {MachineFrame} machine @param {number} i @param {Words} words */
export const nameOf = (machine, i, words) => short(machine.states[i].name) || words(i === 0 ? 'start' : 'end');

/** A future's name as one would call it: what is awaited is a state, and the compiler's own names are long. @param {string} name */
export const short = (name) => name.replace(/\.await$/, '').replace(/::\{async_fn_env#\d+\}.*/, '()').replace(/::\{async_block_env#\d+\}.*/, ': async');

/** A name in two lines if it is narrower so, broken at a hump, a point or a blank; beside the first stands a count. @param {Pen} pen @param {string} name @param {number} count */
function linesOf(pen, name, count) {
  /** @param {string[]} lines */
  const wide = ([first, second = '']) => Math.max(pen.width('mc-name bold', first) + count, pen.width('mc-name bold', second));
  const parts = name.split(/(?<=[a-z])(?=[A-Z])|(?<=[.:,(])|(?<= )/);
  const breaks = parts.slice(1).map((_, i) => [parts.slice(0, i + 1).join('').trimEnd(), parts.slice(i + 1).join('')]);
  const lines = [[name], ...breaks].reduce((best, other) => (wide(other) < wide(best) ? other : best));
  return { lines, wide: wide(lines) };
}

/** What a picture of a machine depends on: what is in it, not what happens in it. @param {MachineFrame} machine @returns {unknown} */
export const shapeOf = ({ name, states, edges }) => [name, states.map(({ name: of, line, inner }) => [of, line, inner && shapeOf(inner)]), edges.map(({ from, to }) => [from, to])];

/** What was made last with a pen: placing states takes its time, and each step asks for the same. @type {WeakMap<Pen, Map<string, unknown>>} */
const made = new WeakMap();
/**
 * @template T
 * @param {Pen} pen @param {unknown[]} key @param {() => T} make
 * @returns {T}
 */
function once(pen, key, make) {
  const known = made.get(pen) ?? new Map();
  made.set(pen, known);
  // Fonts that come later change widths.
  const name = JSON.stringify([...key, pen.width('mc-name', 'mmm')]);
  if (!known.has(name)) {
    if (known.size >= defaults.kept) known.delete(known.keys().next().value);
    known.set(name, make());
  }
  return /** @type {T} */ (known.get(name));
}

/** @typedef {{ sizes: import('./layout.js').Size[], names: string[][], inner: (Plan | undefined)[], label: import('./layout.js').Size, isClose: boolean }} Sized */

/**
 * How large the boxes are, in a detail.
 * @param {Pen} pen @param {MachineFrame} machine @param {Detail} detail @param {How} how @param {Words} words
 * @returns {Sized}
 */
function sized(pen, machine, detail, { across, most, least = 0, opens = () => true }, words) {
  const { states } = machine;
  const isWide = detail === 'whole' || detail === 'narrow';
  const isNumber = detail === 'numbered';
  // Where there is little room, an edge to the next state says no more than its box does.
  const isClose = detail === 'close' || detail === 'short' || isNumber;
  const cap = detail === 'narrow' || detail === 'short' ? Math.min(most, defaults[detail]) : most;
  const counts = pen.width('mc-count', '00×');
  const all = states.map((_, i) => nameOf(machine, i, words));
  const broken = all.map((name) => (detail === 'narrow' || detail === 'short' ? linesOf(pen, name, counts + 6) : { lines: [name], wide: pen.width('mc-name bold', name) + counts + 10 }));
  const wish = broken.map(({ wide }, i) => {
    const line = detail === 'whole' && states[i].line ? pen.width('mc-small', ` :${states[i].line}`) : 0;
    return Math.max(2 * defaults.pad + wide + line, detail === 'whole' ? 112 : detail === 'narrow' ? 76 : 62);
  });
  const names = broken.map((one) => one.lines);
  const lines = Math.max(...names.map(({ length }) => length), 1);
  const inner = states.map((state, i) => (state.inner && !isNumber && opens(i) ? mapOf(pen, state.inner, 'short', { across: true, most: 110 }, words) : undefined));
  const column = Math.min(cap, Math.max(least, ...wish));
  const sizes = states.map((_, i) => {
    if (isNumber) return { w: defaults.number, h: defaults.low };
    const within = inner[i];
    const w = Math.max(across ? Math.min(cap, wish[i]) : column, within ? within.width + 2 * defaults.pad : 0);
    const h = (isWide ? 5 + lines * defaults.line + defaults.foot + defaults.bar + 7 : 26 + (lines - 1) * defaults.line) + (within ? within.height + defaults.inner : 0);
    return { w, h };
  });
  const label = isNumber ? { w: 24, h: 14 } : { w: across ? 28 : Math.max(44, pen.width('mc-edge', words('not_yet'))), h: 14 };
  return { sizes, names, inner, label, isClose };
}

/**
 * @param {Pen} pen
 * @param {MachineFrame} machine
 * @param {Detail} detail
 * @param {How} how
 * @param {Words} words
 * @returns {Plan}
 */
export function mapOf(pen, machine, detail, how, words) {
  const opened = machine.states.map((_, i) => how.opens?.(i) ?? true);
  return once(pen, [shapeOf(machine), detail, how, opened, words('start')], () => {
    const { sizes, names, inner, label, isClose } = sized(pen, machine, detail, how, words);
    const edges = machine.edges.map(({ from, to }) => ({ from, to, label: isClose && to === from + 1 ? undefined : label }));
    const place = placed(sizes, edges, how.across);
    return { machine, detail, across: how.across, placed: place, names, inner, width: Math.ceil(place.width), height: Math.ceil(place.height) };
  });
}

/**
 * The most detailed map that has room; and if none has, the least detailed one, and how much smaller than it is.
 * @param {Pen} pen
 * @param {MachineFrame} machine
 * @param {How} how
 * @param {{ width: number, height: number }} room
 * @param {Words} words
 */
export function fitting(pen, machine, how, room, words) {
  const opened = machine.states.map((_, i) => how.opens?.(i) ?? true);
  return once(pen, ['fit', shapeOf(machine), how, room, opened, words('start')], () => {
    const along = how.across ? 'w' : 'h';
    /** Of each state, as soon as one map was laid out: they are the same in each detail. @type {number[] | undefined} */
    let ranks;
    /** Whether boxes of these sizes could have room, whatever the edges take: this is cheap to say. @param {import('./layout.js').Size[]} sizes */
    const mayFit = (sizes) => {
      if (!ranks) return sizes.reduce((sum, { w, h }) => sum + w * h, 0) <= room.width * room.height;
      const rows = Array.from({ length: Math.max(...ranks) + 1 }, () => ({ most: 0, sum: 0 }));
      for (const [i, size] of sizes.entries()) {
        const row = rows[ranks[i]];
        row.most = Math.max(row.most, size[along]);
        row.sum += size[how.across ? 'h' : 'w'];
      }
      const [length, breadth] = [rows.reduce((sum, { most }) => sum + most, 14 * (rows.length - 1)), Math.max(...rows.map(({ sum }) => sum))];
      return length <= (how.across ? room.width : room.height) && breadth <= (how.across ? room.height : room.width);
    };
    for (const detail of DETAILS) {
      // Boxes are as wide as is asked for, if all have room so, or as they need be.
      for (const least of new Set([how.least ?? 0, 0])) {
        const asked = { ...how, least };
        if (!mayFit(sized(pen, machine, detail, asked, words).sizes)) continue;
        const map = mapOf(pen, machine, detail, asked, words);
        ranks ??= map.placed.ranks;
        if (map.width <= room.width && map.height <= room.height) return { map, scale: 1 };
      }
    }
    const last = mapOf(pen, machine, 'numbered', how, words);
    return { map: last, scale: Math.min(room.width / last.width, room.height / last.height) };
  });
}

/**
 * What is lit of a machine now.
 * @typedef {object} Lit
 * @property {(state: number) => boolean} here whether somebody of whom the picture speaks is there
 * @property {(state: number) => boolean} runs whether it is polled there
 * @property {boolean} edge whether the edge that was taken last is
 */

/**
 * @param {Pen} pen
 * @param {Plan} map
 * @param {MachineFrame} now the same machine, at the cursor
 * @param {Lit} lit
 * @param {Words} words
 * @param {{ key: string, silent?: boolean, within?: import('./layout.js').Box }} how `silent` without any text: it is drawn too small; and what is in sight, if not all is
 */
export function drawMap(pen, map, now, lit, words, { key, silent = false, within }) {
  /** @param {import('./layout.js').Box} box */
  const isSeen = ({ x, y, w, h }) => !within || (x >= within.x && y >= within.y && x + w <= within.x + within.w && y + h <= within.y + within.h);
  map.placed.boxes.forEach((box, i) => isSeen(box) && drawState(pen, map, now, i, lit, words, key, silent));
  map.placed.ways.forEach(({ d, head: end, label }, n) => {
    const { from, to } = map.machine.edges[n];
    const edge = now.edges.find((one) => one.from === from && one.to === to);
    const isLit = lit.edge && edge?.last === true;
    const how = isLit ? 'lit' : edge?.count ? 'taken' : 'open';
    pen.path(`mc-edge-line ${how}`, d, { key: `${key} edge ${from} ${to}` });
    head(pen, end.x, end.y, end.angle, isLit ? 'poll' : edge?.count ? 'past' : 'open');
    if (!label || silent || !isSeen(label)) return;
    const said = edge?.count ? words('times', { n: edge.count }) : map.detail === 'numbered' ? '' : map.across ? words('times', { n: 0 }) : words('not_yet');
    const [x, anchor] = map.across ? [label.x + label.w / 2, /** @type {const} */ ('middle')] : [label.x, /** @type {const} */ ('start')];
    pen.text(`mc-edge${isLit ? ' lit' : ''}`, x, label.y + label.h / 2 + 4.5, said, { anchor, most: map.across ? undefined : label.w + 4 });
  });
}

/** @param {Pen} pen @param {Plan} map @param {MachineFrame} now @param {number} i @param {Lit} lit @param {Words} words @param {string} key @param {boolean} silent */
function drawState(pen, map, now, i, lit, words, key, silent) {
  const { x, y, w, h } = map.placed.boxes[i];
  const state = now.states[i];
  const [isHere, isLit] = [lit.here(i), lit.runs(i)];
  const isMet = state.visits > 0 || state.tasks.length > 0;
  pen.rect(`mc-state${isLit ? ' lit' : isHere ? ' here' : ''}${isMet ? '' : ' never'}`, x, y, w, h, { r: 3, key: `${key} state ${i}` });
  if (silent) return;
  const { pad, line } = defaults;
  const dim = isHere ? ' bold' : isMet ? '' : ' dim';
  if (map.detail === 'numbered') {
    pen.text(`mc-small${dim}`, x + w / 2, y + h / 2 + 4.5, words('nth', { n: i }), { anchor: 'middle' });
    return;
  }
  const isWide = map.detail === 'whole' || map.detail === 'narrow';
  const count = words('times', { n: state.visits });
  const countW = pen.width('mc-count', count) + 8;
  const lines = Math.max(...map.names.map(({ length }) => length));
  const top = isWide ? y + 5 + line * 0.8 : y + (lines > 1 ? 16.5 : 17.5);
  pen.text('mc-count', x + w - pad, top, count, { anchor: 'end' });
  const room = w - 2 * pad - countW;
  map.names[i].forEach((name, n) => pen.text(`mc-name${dim}`, x + pad, top + n * line, name, { most: n ? w - 2 * pad : room }));
  const nameW = pen.width('mc-name bold', map.names[i][0]);
  if (map.detail === 'whole' && state.line && nameW + pen.width('mc-small', ` :${state.line}`) < room) pen.text('mc-small', x + pad + nameW + 7, top, `:${state.line}`);
  const inner = map.inner[i];
  if (inner && state.inner) {
    const within = state.inner;
    const left = x + (w - inner.width) / 2;
    /** @param {number} n */
    const here = (n) => within.states[n].tasks.length > 0;
    pen.group({ x: left, y: isWide ? top + map.names[i].length * line - 6 : y + 26 + (lines - 1) * line }, () => drawMap(pen, inner, within, { here, runs: (n) => isLit && here(n), edge: lit.edge }, words, { key: `${key} ${i}` }));
  }
  if (!isWide) return;
  // What it holds, and who is in it; below, to scale of the whole machine, how much of it that is.
  const foot = y + h - defaults.bar - 9;
  const held = state.holds.filter(({ role }) => role !== 'padding');
  const bytes = held.reduce((n, { size }) => n + size, 0);
  const said = bytes ? words('held', { n: bytes }) : '';
  pen.text('mc-small', x + w - pad, foot, said, { anchor: 'end' });
  let left = x + pad;
  const shown = state.tasks.slice(0, 2);
  for (const task of shown) {
    pen.group({ cls: `st ${task.state}`, x: left + 7, y: foot - 4.5, key: `${key} task ${task.task}` }, () => {
      shape(pen, 0, 0, task.state);
      pen.text('mc-task', 12, 4.5, String(task.task));
    });
    left += 24 + pen.width('mc-task', String(task.task));
  }
  if (state.tasks.length > shown.length) {
    const more = words('more', { n: state.tasks.length - shown.length });
    pen.text('mc-small', left, foot, more);
    left += pen.width('mc-small', more) + 8;
  }
  const free = x + w - pad - pen.width('mc-small', said) - 8 - left;
  pen.text('mc-small', left, foot, isMet ? held.filter(({ name }) => name).map(({ name }) => name).join(', ') : map.detail === 'narrow' ? '' : words('never'), { most: Math.max(0, free) });
  const whole = Math.max(now.size, bytes);
  if (!bytes) return;
  const perByte = (w - 2 * pad) / whole;
  let at = x + pad;
  for (const { role, size } of held) {
    const wide = size * perByte;
    pen.rect(`mc-held ${role}${isLit && role === 'awaited' ? ' lit' : ''}`, at, y + h - defaults.bar - 5, Math.max(wide - 1, 1), defaults.bar, { r: 0 });
    at += wide;
  }
}

/**
 * The machine as a list, for those who do not see it.
 * @param {MachineFrame} machine
 * @param {(state: number) => boolean} here
 * @param {Words} words
 * @returns {import('../heroes/kit/hero.js').Item[]}
 */
export function told(machine, here, words) {
  return machine.states.map((state, i) => {
    const bytes = state.holds.filter(({ role }) => role !== 'padding').reduce((n, { size }) => n + size, 0);
    const within = state.inner;
    const at = within?.states.findIndex(({ tasks }) => tasks.length > 0) ?? -1;
    const to = machine.edges.filter(({ from }) => from === i);
    return {
      text: [
        `${nameOf(machine, i, words)}: ${state.visits ? words('told', { n: state.visits }) : words('never')}`,
        ...(state.line ? [words('line', { line: state.line })] : []),
        ...(bytes ? [words('held_told', { n: bytes })] : []),
      ].join(', '),
      now: here(i),
      parts: [
        ...state.tasks.map(({ task }) => ({ text: words('task', { task }) })),
        ...to.map((edge) => ({ text: words('way', { to: nameOf(machine, edge.to, words), n: edge.count, itself: edge.to === i ? 'yes' : 'no', last: edge.last ? 'yes' : 'no' }) })),
        ...(within ? [{ text: words('within', { name: short(within.name), n: within.states.length, at: at < 0 ? '' : nameOf(within, at, words), is: at < 0 ? 'no' : 'yes' }) }] : []),
      ],
    };
  });
}
