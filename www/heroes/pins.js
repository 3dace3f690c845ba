// Ways to pin, a column each: the pointer above, the place below it, and the value in that place. What has moved leaves its outline
// behind; a padlock stands where the value is kept. Below, what each way costs and leaves free, and what the compiler says to every
// move that can be tried: where there is no room for both, that comes in the place of the costs when the run is over, and in a narrow
// pane in the place of all.

import { hex } from '../describe.js';
import { heroOf } from './kit/hero.js';
import { check, cross, head, padlock } from './kit/marks.js';
import { along } from './kit/road.js';
import { marks, once } from './kit/run.js';
import { cell, innerArrow, numberOf } from './kit/values.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */
/** @typedef {import('../types.js').Run} Run */
/** @typedef {import('../types.js').Frame['slots'][number]} Slot */
/** @typedef {{ x: number, y: number, w: number, h: number }} Box */

/** The ways by their names in the code, and the moves that can be tried. */
const WAYS = /** @type {const} */ (['not_pinned', 'new', 'box_pin', 'pin_macro', 'new_unchecked']);
const TRIES = /** @type {const} */ (['value', 'pointer', 'after', 'set', 'get_mut', 'into_inner']);
/** @typedef {typeof WAYS[number]} Way */

/** What the compiler refuses: by file and function, the code of its message. @param {import('./kit/hero.js').Host} host */
function refusals(host) {
  const files = host.code?.files ?? [];
  const source = (/** @type {string} */ name) => files.find((file) => file.name === name)?.source ?? '';
  /** @type {Map<string, string>} */
  const codes = new Map();
  for (const file of ['new', ...TRIES]) {
    const lines = source(`refused_${file}.rs`).split('\n');
    const said = source(`refused_${file}.stderr`).split('\n');
    said.forEach((line, i) => {
      const code = /^error\[(\w+)\]/.exec(line)?.[1];
      const at = Number(/-->\s*[\w.]+:(\d+):/.exec(said[i + 1] ?? '')?.[1] ?? 0);
      const name = lines.slice(0, at).findLast((one) => one.startsWith('pub fn '))?.match(/^pub fn (\w+)/)?.[1];
      if (code && name && !codes.has(`${file} ${name}`)) codes.set(`${file} ${name}`, code);
    });
  }
  return codes;
}

/** What happened up to a cursor, way by way: of each, where it was refused, and what it allocated. @param {Run} run */
const history = (run) => once(run, 'pins', () => {
  const all = marks(run, 'placed', 'place_changed', 'moved', 'pinned', 'refused', 'line');
  /** @type {{ way: string, at: number, count: number, bytes: number }[]} */
  const allocated = [];
  let way = '';
  for (let at = 1; at <= run.length; at += 1) {
    const event = run.describe(at);
    if (event.kind === 'line' && event.at) way = event.at.file.replace(/\.rs$/, '');
    else if (event.kind === 'allocated') allocated.push({ way, at, count: event.count, bytes: event.bytes });
  }
  return { all, allocated };
});

/** @param {State} state @param {Words} words @param {import('./kit/hero.js').Host} host */
function model({ run, cursor, params }, words, host) {
  const { slots } = run.frame(cursor, 0);
  const { all, allocated } = history(run);
  const codes = refusals(host);
  const isUnpin = params.pinned_value === 'plain';
  const only = params.pinned_by ?? 'all';
  const tried = params.tried ?? 'after';
  const functionAt = (/** @type {{ file: string, line: number } | null | undefined} */ at) => {
    const lines = host.code?.files.find(({ name }) => name === at?.file)?.source.split('\n') ?? [];
    return lines.slice(0, at?.line ?? 0).findLast((line) => line.startsWith('pub fn '))?.match(/^pub fn (\w+)/)?.[1];
  };
  const event = run.describe(cursor);
  const now = nameNow(event, functionAt);
  const columns = WAYS.map((way) => {
    const of = (/** @type {string} */ part) => slots.find(({ name }) => name === `${way}::${part}`);
    const isOff = only !== 'all' && only !== way;
    const moved = of('moved');
    const isPointer = moved?.bytes?.fields[0]?.name === 'pin';
    const place = [of('heap'), of('hidden'), of('fut')].find((slot) => slot?.bytes);
    const refusal = all.find(({ at, event: e }) => at <= cursor && e.kind === 'refused' && functionAt(e.at) === way);
    const set = tried === 'set' && all.filter(({ at, event: e }) => at <= cursor && e.kind === 'place_changed' && e.place.startsWith(`${way}::`)).length > 1;
    const pinned = of('pinned');
    const isPinned = Boolean(pinned?.bytes);
    const heap = allocated.filter((one) => one.way === way && one.at <= cursor);
    return {
      way, isOff, place, isPinned, refusal, set,
      pointer: isPointer && moved?.bytes ? moved : pinned?.bytes ? pinned : undefined,
      /** Where the pointer was before. */
      pointerWas: isPointer && moved?.bytes ? pinned : undefined,
      value: moved?.bytes && !isPointer ? moved : undefined,
      isTried: Boolean(refusal || set || moved?.bytes),
      isInHeap: Boolean(of('heap')?.bytes),
      isBroken: way === 'new_unchecked' && !isUnpin && Boolean(moved?.bytes) && !isPointer,
      allocations: heap.reduce((n, { count }) => n + count, 0), bytes: heap.reduce((n, one) => n + one.bytes, 0),
      go: all.findLast(({ at, event: e }) => at <= cursor && 'place' in e && String(e.place).startsWith(`${way}::`))?.at,
      isNow: now === way,
    };
  });
  /** What the compiler says to a move in a way: a code, or nothing. @param {Way} way @param {string} what */
  const says = (way, what) => {
    if (way === 'new' && !isUnpin) return codes.get('new new');
    if (isUnpin && (what === 'get_mut' || what === 'into_inner')) return undefined;
    return codes.get(`${what} ${way}`);
  };
  return { run, cursor, columns, slots, isUnpin, tried, says, isOver: cursor >= run.length };
}
/** @typedef {ReturnType<typeof model>} Model */
/** @typedef {Model['columns'][number]} Column */

/** Of which way an event is. @param {import('../types.js').Description} event @param {(at: { file: string, line: number } | null | undefined) => string | undefined} functionAt */
function nameNow(event, functionAt) {
  if (event.kind === 'refused') return functionAt(event.at);
  if (event.kind === 'line') return event.at?.file.replace(/\.rs$/, '');
  const place = 'place' in event ? event.place : 'to' in event ? String(event.to) : '';
  return place.split('::')[0];
}

/** What came of the move: two lines. @param {Column} column @param {Model} m @param {Words} words @returns {[string, string, string]} and a hue */
function verdict(column, m, words) {
  const { way } = column;
  if (column.isOff) return [words('off'), '', ''];
  if (column.refusal?.event.kind === 'refused') {
    const [, code = '', text = ''] = /^error\[(\w+)\]: (.*)$/.exec(column.refusal.event.message) ?? [];
    return [words('refused'), `${code}: ${text.replaceAll('`', '')}`, 'refused'];
  }
  if (column.isBroken) return [words('broken'), words('broken_more'), 'broken'];
  if (column.value && way === 'not_pinned') return [words('moved'), words('moved_not_pinned'), 'moved'];
  if (column.value) return [words('moved'), words('moved_unpin'), 'moved'];
  if (column.pointerWas) return [words('pointer_moved'), words('pointer_moved_more'), 'moved'];
  if (column.set) return [words('set'), words('set_more'), 'moved'];
  if (column.isPinned) return [words('pinned'), '', ''];
  return [column.place ? words('placed') : '', '', ''];
}

/** The account: what each way leaves free, and costs. @param {Column} column @param {Model} m @param {Words} words */
function account(column, m, words) {
  const { way, place } = column;
  if (column.isOff) return ['', '', '', ''];
  const isThere = way === 'not_pinned' ? Boolean(place) : column.isPinned;
  const isNew = way === 'new' && !m.isUnpin;
  const may = way === 'not_pinned' ? 'may_value' : m.isUnpin ? 'may_both' : 'may_pointer';
  const kept = way === 'not_pinned' ? 'kept_nobody' : m.isUnpin ? 'kept_unpin' : `kept_${way}`;
  const isTold = column.isTried && !isNew;
  const size = place?.size ?? 0;
  return [
    isTold ? words(may) : '', isTold ? words(kept) : '',
    isThere ? words('allocated', { n: column.allocations, bytes: column.bytes }) : '',
    isThere ? words(way === 'not_pinned' ? 'bytes_alone' : column.isInHeap ? 'bytes_in_heap' : 'bytes_both', { value: size, pointer: column.pointer?.size ?? 0 }) : '',
  ];
}

/** The picture of one way: pointer, place and value in a box. @param {Pen} pen @param {Column} column @param {Model} m @param {{ pointer: Box, place: Box }} at @param {Words} words */
function picture(pen, column, m, at, words) {
  const { way, place, pointer, value } = column;
  const { x, y, w, h } = at.place;
  const isApart = column.isInHeap && Boolean(value);
  const half = isApart ? (w - 6) / 2 : w;
  // Where values have pointers, these go above them.
  const labelY = m.isUnpin && h >= 70 ? y + 16 : y + h - (h < 70 ? 4 : 8);
  const boxed = column.isInHeap ? 'solid sunk' : 'sunk';
  pen.rect(`station ${boxed}${column.isOff || !place ? ' none' : ''}`, x, y, half, h, { r: 3, key: `place ${way}` });
  pen.text('tiny', x + half - 8, labelY, words(column.isInHeap ? 'heap' : 'frame'), { anchor: 'end', most: half - 12 });
  if (isApart) {
    pen.rect('station sunk', x + half + 6, y, half, h, { r: 3 });
    pen.text('tiny', x + w - 8, labelY, words('frame'), { anchor: 'end' });
  }
  if (!place) return;
  const isLow = h < 70;
  const cellH = isLow ? h - 31 : Math.min(40, h - 44);
  const cellW = Math.min(66, (w - 30) / 2);
  const inset = isApart ? (half - cellW) / 2 : 10;
  const here = { x: x + inset, y: y + (isLow ? 13 : 24), w: cellW, h: cellH };
  const there = { ...here, x: x + w - cellW - inset };
  const middle = here.y + cellH / 2;
  const tail = here.y + cellH + (isLow ? 8 : 11);
  if (place.alive) cell(pen, here, place, '', words('size', { n: place.size }), `value ${way} place`, column.go);
  else pen.rect('bed', here.x, here.y, cellW, cellH, { r: 2 });
  if (value) {
    cell(pen, there, value, column.isBroken ? 'stuck' : 'solid', words('size', { n: value.size }), `value ${way}`, column.go);
    const from = here.x + 8;
    pen.path(column.isBroken ? 'edge wrong' : 'edge firm', `M${from} ${tail}H${there.x + 10}`, { key: `went ${way}` });
    head(pen, there.x + 12, tail, 0, column.isBroken ? 'missing' : 'ink', `went ${way} head`);
  }
  // Its pointer into itself, as its bytes spell it.
  innerArrow(pen, place, here, here, `${way} place`);
  innerArrow(pen, value, there, here, way);
  // The pointer: it leads to the place, whatever is there.
  if (pointer) {
    const p = at.pointer;
    const isGone = !pointer.alive;
    const isBeside = at.place.y < p.y + p.h;
    const shifted = column.pointerWas && !isBeside ? p.x + Math.min(60, w - p.w - 40) : p.x;
    const lowered = column.pointerWas && isBeside ? p.y + p.h + (isLow ? 6 : 8) : p.y;
    if (column.pointerWas) {
      pen.rect('bed', p.x, p.y, p.w, p.h, { r: 2 });
      pen.path('edge firm', isBeside ? `M${p.x - 7} ${p.y + 6}V${lowered + p.h * 0.5}` : `M${p.x + 8} ${p.y - 6}H${shifted + p.w * 0.5}`);
      if (isBeside) head(pen, p.x - 7, lowered + p.h * 0.5 + 2, 90, 'ink');
      else head(pen, shifted + p.w * 0.5 + 2, p.y - 6, 0, 'ink');
    }
    pen.group({ x: shifted, y: lowered, key: `pointer ${way}`, go: column.go }, () => {
      pen.rect(isGone ? 'bed' : 'station', 0, 0, p.w, p.h, { r: 2 });
      pen.text(isGone ? 'code small' : 'code bold small', p.w / 2, p.h / 2 + 4.5, way === 'box_pin' ? 'Box' : '&mut', { anchor: 'middle' });
    });
    const side = isBeside;
    const to = side ? [here.x - 3, middle] : [here.x + 12, here.y - 4];
    if (!isGone) {
      const foot = side ? [shifted + p.w, lowered + p.h / 2] : [Math.max(to[0], shifted + 14), p.y + p.h];
      const knee = side ? [] : [/** @type {[number, number]} */ ([foot[0], at.place.y - 8]), /** @type {[number, number]} */ ([to[0], at.place.y - 8])];
      const points = /** @type {[number, number][]} */ ([foot, ...knee.filter(() => Math.abs(foot[0] - to[0]) > 2), to]);
      pen.path('edge firm', along(points, 6), { key: `leads ${way}` });
      head(pen, to[0], to[1], side ? 0 : 90, 'ink', `leads ${way} head`);
    }
    // What keeps the value: nobody's name reaches it, or a promise.
    const isKept = !m.isUnpin && (way === 'box_pin' || way === 'pin_macro');
    const how = m.isUnpin ? 'open' : isKept ? 'shut' : 'promised';
    const isAtValue = !value && (isKept || side);
    const lockX = isAtValue ? x + w - 22 : side ? p.x + p.w / 2 : x + w - 22;
    const lockY = isAtValue || isKept ? middle : side ? p.y + p.h + 14 : p.y + p.h / 2;
    // Where rows are low, there is room for it beside the value alone.
    const isTight = side && isLow;
    if (!isTight || !value) pen.group({ cls: column.isBroken ? 'lock-broken' : '' }, () => padlock(pen, isTight ? x + w - 22 : lockX, isTight ? middle : lockY, how, `lock ${way}`));
  }
  if (column.refusal && way !== 'new' && !value) {
    pen.path('edge open', `M${here.x + 8} ${tail}H${here.x + cellW - 8}`);
    cross(pen, here.x + cellW + 4, tail, '', `stopped ${way}`, 4);
  }
}

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, { width, height }, words) {
  if (width < 560) return drawNarrow(pen, m, width, height, words);
  const left = 20;
  const headW = 104;
  const colW = (width - left - headW - 16) / m.columns.length;
  const around = Math.min(Math.max(234, height * 0.46), 268);
  const isBoth = height - around - 4 - 4 * 24 >= 7 * 18;
  const isInstead = !isBoth && m.isOver;
  const rowsTop = isInstead ? Math.max(220, Math.min(around, height - 7 * 18 - 4)) : around;
  const placeY = 96;
  const placeH = rowsTop - placeY - 62;
  [['pointer', 74], ['place', placeY + 17], ['value', placeY + 17 + (placeH - 17) / 2 + 4]].forEach(([key, y]) => pen.text('strong', left, Number(y), words(String(key)), { most: headW - 8 }));
  m.columns.forEach((column, i) => {
    const x = left + headW + i * colW;
    const w = colW - 14;
    if (i) pen.line('rule', x - 8, 6, x - 8, height - 6);
    if (column.isNow) pen.rect('column-now', x - 7, 2, colW - 2, rowsTop - 8, { r: 3, key: 'now' });
    pen.text('code bold', x, 22, words(`name_${column.way}`), { most: w });
    pen.text('tiny', x, 41, words(`sub_${column.way}`), { most: w });
    picture(pen, column, m, { pointer: { x: x + 2, y: 56, w: 60, h: 26 }, place: { x, y: placeY, w, h: placeH } }, words);
    const [first, second, hue] = verdict(column, m, words);
    pen.text(hue === 'broken' || hue === 'refused' ? 'bad' : hue ? 'answer' : 'tiny', x, rowsTop - 43, first, { most: w, go: column.refusal?.at ?? column.go });
    if (second) pen.measure.lines('tiny', second, w, 2).forEach((line, n) => pen.text('tiny', x, rowsTop - 25 + n * 15, line));
  });
  // The account, and below it every move that can be tried.
  const rows = ['may', 'kept', 'allocations', 'bytes'];
  const rest = height - rowsTop - 4;
  if (isInstead) return drawCompiles(pen, m, { x: left, y: rowsTop, w: width - left - 16, h: rest }, headW, words);
  const tableH = isBoth ? 7 * Math.min(23, (rest - rows.length * 24) / 7) : 0;
  const pitch = Math.min(29, Math.max(17, (rest - tableH) / rows.length));
  const accounts = m.columns.map((column) => account(column, m, words));
  rows.forEach((row, j) => {
    const y = rowsTop + pitch * (j + 1) - 6;
    pen.line('rule', left, y - pitch + 6, width - 16, y - pitch + 6);
    pen.text('tiny', left, y, words(`row_${row}`), { most: headW - 6 });
    accounts.forEach((lines, i) => pen.text(j > 1 ? 'code small ink' : 'note', left + headW + i * colW, y, lines[j], { most: colW - 16 }));
  });
  if (isBoth) drawCompiles(pen, m, { x: left, y: rowsTop + pitch * rows.length, w: width - left - 16, h: tableH }, headW, words);
}

/** What the compiler says to a move in a way, once it is told. @param {Pen} pen @param {Model} m @param {Column} column @param {typeof TRIES[number]} what @param {number} x @param {number} y @param {number} w */
function drawSaid(pen, m, column, what, x, y, w) {
  if (!m.isOver && !(what === m.tried && column.isTried)) return pen.line('bed-line', x, y - 4, x + 34, y - 4);
  const code = m.says(column.way, what);
  if (code) pen.text('code small refused', x, y, code, { most: w });
  else check(pen, x + 8, y - 4.5, 6);
}

/** Every move that can be tried, in every way. @param {Pen} pen @param {Model} m @param {Box} at @param {number} headW before the first column @param {Words} words */
function drawCompiles(pen, m, { x, y: top, w, h }, headW, words) {
  const colW = (w - headW) / m.columns.length;
  const step = h / 7;
  pen.line('rule', x, top, x + w, top);
  pen.text('tiny', x, top + step - 6, words('compiles'), { most: w - 4 });
  TRIES.forEach((what, j) => {
    const y = top + step * (j + 2) - 6;
    const isNow = what === m.tried;
    if (isNow) pen.rect('column-now', x - 6, y - step + 6, w + 8, step - 1, { r: 2 });
    pen.text(isNow ? 'code bold small' : 'code small', x, y, words(`try_${what}`), { most: headW + colW - 20 });
    m.columns.forEach((column, i) => {
      if (column.way !== 'not_pinned') drawSaid(pen, m, column, what, x + headW + i * colW, y, colW - 16);
    });
  });
}

/** The same in a narrow pane: above each row its move, and the ways by names of one line or two. @param {Pen} pen @param {Model} m @param {number} width @param {number} height @param {Words} words */
function drawCompilesNarrow(pen, m, width, height, words) {
  const columns = m.columns.filter(({ way }) => way !== 'not_pinned');
  const colW = (width - 12) / columns.length;
  pen.text('strong', 8, 18, words('compiles'), { most: width - 16 });
  columns.forEach(({ way }, i) => {
    const name = words(`name_${way}`);
    const parts = pen.width('code small', name) < colW - 6 ? [name] : name.split(/(?<=[:_])(?=[^:_])/);
    parts.forEach((part, n) => pen.text('code small', 8 + i * colW, 40 + (n + 2 - parts.length) * 15, part, { most: colW - 1 }));
  });
  const top = 64;
  const step = Math.min(58, (height - top - 4) / TRIES.length);
  TRIES.forEach((what, j) => {
    const y = top + j * step;
    const isNow = what === m.tried;
    pen.line('rule', 4, y, width - 4, y);
    if (isNow) pen.rect('column-now', 2, y + 1, width - 4, step - 2, { r: 3 });
    const gap = Math.min(21, step / 2);
    pen.text(isNow ? 'code bold small' : 'code small', 8, y + step / 2 - gap / 2 + 4, words(`try_${what}`), { most: width - 16 });
    columns.forEach((column, i) => drawSaid(pen, m, column, what, 8 + i * colW, y + step / 2 + gap / 2 + 5, colW - 6));
  });
}

/** In a narrow pane each way is a row. @param {Pen} pen @param {Model} m @param {number} width @param {number} height @param {Words} words */
function drawNarrow(pen, m, width, height, words) {
  if (m.isOver) return drawCompilesNarrow(pen, m, width, height, words);
  const pitch = height / m.columns.length;
  const isLow = pitch - 12 < 70;
  m.columns.forEach((column, i) => {
    const y = i * pitch;
    if (i) pen.line('rule', 4, y, width - 4, y);
    if (column.isNow) pen.rect('column-now', 2, y + 2, width - 4, pitch - 4, { r: 3, key: 'now' });
    const [first, second, hue] = verdict(column, m, words);
    const nameW = 116;
    pen.text('code bold small', 8, y + 17, words(`name_${column.way}`), { most: nameW });
    pen.text(hue === 'broken' || hue === 'refused' ? 'bad' : hue ? 'answer' : 'tiny', 8, y + 36, first, { most: nameW });
    pen.measure.lines('tiny', second, nameW, pitch > 84 ? 2 : 1).forEach((line, n) => second && pen.text('tiny', 8, y + 53 + n * 15, line));
    const top = y + 6;
    picture(pen, column, m, { pointer: { x: nameW + 14, y: top + (isLow ? 3 : 14), w: 42, h: isLow ? 19 : 24 }, place: { x: nameW + 74, y: top, w: width - nameW - 82, h: pitch - 12 } }, words);
  });
}

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  return m.columns.map((column) => {
    const { place, pointer, value } = column;
    const [first, second] = verdict(column, m, words);
    const [may, kept, allocated] = account(column, m, words);
    const at = (/** @type {Slot} */ slot) => words('told_at', { number: numberOf(slot), address: hex(slot.address), size: slot.size });
    return {
      text: [words(`name_${column.way}`), first, second].filter(Boolean).join(', '),
      now: column.isNow,
      parts: [
        ...(place?.alive ? [{ text: `${words(column.isInHeap ? 'heap' : 'frame')}: ${at(place)}` }] : []),
        ...(value ? [{ text: `${words('moved')}: ${at(value)}` }] : []),
        ...(pointer?.alive ? [{ text: words('told_pointer', { address: hex(pointer.address), size: pointer.size }) }] : []),
        ...(may ? [{ text: `${words('row_may')}: ${may}` }, { text: `${words('row_kept')}: ${kept}` }] : []),
        ...(allocated ? [{ text: `${words('row_allocations')}: ${allocated}` }] : []),
        ...(m.isOver && column.way !== 'not_pinned' ? [{ text: `${words('compiles')}: ${TRIES.map((what) => `${words(`try_${what}`)}: ${m.says(column.way, what) ?? words('yes')}`).join(' / ')}` }] : []),
      ],
    };
  });
}

export const createHero = heroOf({ name: 'pins', model, draw, describe });
