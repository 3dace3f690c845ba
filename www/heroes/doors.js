// A pinned whole, and its fields as rooms. Each has two doors: one gives a pinned pointer to the field, the other one a plain one. A
// field that is pinned has the first, any other the second; a crate walls the other one up, by hand it is only promised to stay shut.
// Below: what whoever pins a field has to see to, and what the compiler says where that is broken.

import { hex } from '../describe.js';
import { heroOf } from './kit/hero.js';
import { cross, head } from './kit/marks.js';
import { marks } from './kit/run.js';
import { cell, innerArrow, innerPointer, numberOf } from './kit/values.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */
/** @typedef {import('../types.js').Frame['slots'][number]} Slot */
/** @typedef {{ x: number, y: number, w: number, h: number }} Box */
/** @typedef {'open' | 'shut' | 'walled' | 'promised' | 'none'} Door */

/** What has to be seen to, and who can write it. */
const PROMISES = /** @type {const} */ (['unpin', 'drop', 'moved_out', 'not_dropped']);
const CRATES = /** @type {const} */ (['lite', 'attribute']);

/** @param {State} state @param {Words} words @param {import('./kit/hero.js').Host} host */
function model({ run, cursor, params }, words, host) {
  const { slots } = run.frame(cursor, 0);
  const projected = params.projected ?? 'by_hand';
  const promise = params.promise ?? 'moved_out';
  const isTalk = projected === 'talk';
  const isCrate = projected === 'lite' || projected === 'attribute';
  const isKept = promise === 'kept' || isTalk;
  const all = marks(run, 'placed', 'place_changed', 'moved', 'pinned', 'refused').filter(({ at }) => at <= cursor);
  const refused = all.find(({ event }) => event.kind === 'refused');
  const message = refused?.event.kind === 'refused' ? refused.event.message : '';
  const of = (/** @type {string} */ name) => slots.find((slot) => slot.name === name);
  const moved = of('moved');
  const changes = all.filter(({ event }) => event.kind === 'place_changed' && event.place === 'fut').length;
  const isOver = promise === 'not_dropped' && projected === 'by_hand' && changes > 1;
  const isBroken = Boolean(moved?.bytes) || isOver;
  const rooms = (isKept ? ['fut1', 'fut2', 'polls'] : ['fut']).map((name) => {
    const slot = of(name);
    const isPinned = name !== 'polls';
    const pointer = of(`this.${name}`);
    const isUsed = Boolean(pointer?.bytes);
    /** @type {Door} */
    const other = isCrate ? 'walled' : isTalk ? 'none' : 'promised';
    return {
      name, isPinned, slot, pointer,
      pinnedDoor: /** @type {Door} */ (isTalk ? 'none' : isPinned ? (isUsed ? 'open' : 'shut') : 'walled'),
      plainDoor: /** @type {Door} */ (isTalk ? (isPinned ? 'none' : 'shut') : !isPinned ? (isUsed ? 'open' : 'shut') : isBroken && promise !== 'unpin' ? 'open' : other),
      at: all.findLast(({ event }) => ('place' in event && event.place === name))?.at,
    };
  });
  const files = host.code?.files ?? [];
  const code = (/** @type {string} */ crate, /** @type {string} */ what) => /^error(?:\[(\w+)\])?/.exec(files.find(({ name }) => name === `${crate}_${what}.stderr`)?.source ?? '');
  const event = run.describe(cursor);
  const now = event.kind === 'pinned' || event.kind === 'placed' || event.kind === 'place_changed' ? event.place.replace('this.', '') : event.kind === 'moved' ? event.from : '';
  return {
    run, cursor, rooms, projected, promise, isTalk, isCrate, isKept, refused, message, moved: moved?.bytes ? moved : undefined, isOver, isBroken, now,
    says: (/** @type {typeof CRATES[number]} */ crate, /** @type {string} */ what) => code(crate, what)?.[1] ?? (code(crate, what) ? words('error') : ''),
    isEnd: cursor >= run.length,
  };
}
/** @typedef {ReturnType<typeof model>} Model */
/** @typedef {Model['rooms'][number]} Room */

/** A door in the upper wall of a room: a gap of so much, with a leaf. @param {Pen} pen @param {number} x @param {number} y @param {number} w @param {Door} how @param {boolean} isWrong @param {string} key */
function door(pen, x, y, w, how, isWrong, key) {
  const hue = isWrong ? ' wrong' : '';
  if (how === 'walled') {
    pen.rect('wall', x, y - 4, w, 8, { r: 1 });
    return;
  }
  pen.line('door-gap', x, y, x + w, y);
  if (how === 'none') return pen.line('door none', x, y, x + w, y);
  pen.group({ x, y, key: `door ${key}` }, () => {
    if (how === 'open') {
      pen.path(`door${hue}`, `M0 0V${-w}`);
      pen.path(`door-swing${hue}`, `M0 ${-w}A${w} ${w} 0 0 1 ${w} 0`);
    } else pen.path(`door ${how}`, `M0 0H${w}`);
  });
}

/** @param {Pen} pen @param {Model} m @param {Room} room @param {Box} at @param {Words} words @param {boolean} narrow */
function drawRoom(pen, m, room, { x, y, w, h }, words, narrow) {
  const isNow = m.now === room.name;
  const doorW = narrow ? 22 : 30;
  const top = y + doorW + (narrow ? 20 : 24);
  if (isNow) pen.rect('column-now', x - 6, y - 2, w + 12, h + 2, { r: 3, key: 'now' });
  pen.rect(`station sunk${m.isTalk ? ' none' : ''}`, x, top, w, y + h - top, { r: 2, key: `room ${room.name}` });
  const [left, right] = [x + w * 0.08, x + w * 0.92 - doorW];
  const isBoth = room.pinnedDoor === 'open' && room.plainDoor === 'open';
  door(pen, left, top, doorW, room.pinnedDoor, false, `${room.name} pinned`);
  door(pen, right, top, doorW, room.plainDoor, isBoth, `${room.name} plain`);
  pen.text(room.pinnedDoor === 'open' ? 'code bold small' : 'code small dim', x, y + 12, 'Pin<&mut _>', { most: w * 0.55 });
  pen.text(room.plainDoor === 'open' ? 'code bold small' : 'code small dim', x + w, y + 12, '&mut _', { anchor: 'end', most: w * 0.4 });
  if (isBoth) cross(pen, right + doorW / 2, top - doorW * 0.45, '', `both ${room.name}`, 6);
  if (room.pinnedDoor === 'open' || room.plainDoor === 'open') {
    const into = room.pinnedDoor === 'open' ? left + doorW / 2 : right + doorW / 2;
    pen.path('edge firm', `M${into} ${top - 16}V${top + 14}`, { key: `in ${room.name}` });
    head(pen, into, top + 16, 90, 'ink', `in head ${room.name}`);
  }
  const nameY = top + (narrow ? 20 : 30);
  pen.text('code bold', x + w / 2, nameY, room.name, { anchor: 'middle', most: w - 2 * doorW - 10, go: room.at });
  const how = m.isTalk ? '' : room.isPinned ? words(m.isCrate ? 'pin' : 'promised') : words('not_pinned');
  pen.text('tiny', x + w / 2, nameY + 17, how, { anchor: 'middle', most: w - 12 });
  const cellW = Math.min(66, (w - 34) / (m.isKept ? 1 : 2));
  const room0 = y + h - (nameY + 26);
  const cellH = Math.min(40, room0 - 18);
  const isOne = !m.moved;
  const here = { x: isOne ? x + (w - cellW) / 2 : x + 14, y: y + h - cellH - 8, w: cellW, h: cellH };
  if (!room.slot?.bytes || cellH < 14) return;
  if (room.slot.alive) cell(pen, here, room.slot, m.isOver ? 'stuck' : '', words('size', { n: room.slot.size }), `value ${room.name}`, room.at);
  else pen.rect('bed', here.x, here.y, cellW, cellH, { r: 2 });
  innerArrow(pen, room.slot, here, here, room.name);
  if (m.moved) {
    const there = { ...here, x: x + w - cellW - 14 };
    cell(pen, there, m.moved, 'stuck', words('size', { n: m.moved.size }), 'value moved', room.at);
    innerArrow(pen, m.moved, there, here, 'moved');
  }
}

/** What the run has come to. @param {Model} m @param {Words} words @returns {[string, string]} with its class */
function verdict(m, words) {
  if (m.refused) return [m.message.replaceAll('`', ''), 'bad'];
  if (m.moved) return [words(`broken_${m.promise}`), 'bad'];
  if (m.isOver) return [words('broken_not_dropped'), 'bad'];
  return [m.isEnd && m.isKept ? words('kept') : words('head'), 'said'];
}

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, { width, height }, words) {
  const narrow = width < 560;
  const left = narrow ? 8 : 24;
  const wide = width - 2 * left;
  const rowH = narrow ? 21 : Math.min(30, Math.max(22, height * 0.055));
  const tableH = rowH * 5 + 6;
  const [say, cls] = verdict(m, words);
  const lines = pen.measure.lines(cls, say, wide, 2);
  const bottom = height - tableH - (narrow ? 8 : 16);
  lines.forEach((line, i) => pen.text(cls, left, bottom - 6 - (lines.length - 1 - i) * 18, line, { go: m.refused?.at }));
  const roomsH = bottom - 18 * lines.length - 14;
  const n = m.rooms.length;
  const gap = narrow ? 12 : 34;
  const roomW = Math.min(n === 1 ? 420 : 300, (wide - gap * (n - 1)) / n);
  const x0 = left + (wide - roomW * n - gap * (n - 1)) / 2;
  const roomH = Math.min(roomsH - 8, 250);
  m.rooms.forEach((room, i) => drawRoom(pen, m, room, { x: x0 + i * (roomW + gap), y: 4 + Math.max(0, (roomsH - roomH) / 2 - 6), w: roomW, h: roomH }, words, narrow));
  // The four promises.
  const names = narrow ? wide * 0.4 : wide * 0.46;
  const colW = (wide - names) / 3;
  const top = height - tableH;
  pen.line('rule', left, top, left + wide, top);
  pen.text('tiny', left, top + rowH - 7, words('promises'), { most: names - 8 });
  ['by_hand', ...CRATES].forEach((who, i) => pen.text(who === m.projected ? 'code bold small' : 'code small', left + names + i * colW, top + rowH - 7, words(`who_${who}`), { most: colW - 6 }));
  PROMISES.forEach((promise, j) => {
    const y = top + rowH * (j + 2) - 7;
    const isNow = promise === m.promise && !m.isTalk;
    if (isNow) pen.rect('column-now', left - 6, y - rowH + 8, wide + 12, rowH - 1, { r: 2 });
    pen.text(isNow ? 'strong small' : 'note', left, y, words(`promise_${promise}`), { most: names - 8 });
    const isTold = m.isEnd || (isNow && (m.isBroken || m.refused));
    if (!isTold) return ['by_hand', ...CRATES].forEach((_, i) => pen.line('bed-line', left + names + i * colW, y - 4, left + names + i * colW + 34, y - 4));
    pen.text(isNow && m.isBroken ? 'bad' : 'note', left + names, y, words(isNow && m.isBroken ? 'broken' : 'yours'), { most: colW - 6 });
    CRATES.forEach((crate, i) => pen.text('code small refused', left + names + (i + 1) * colW, y, m.says(crate, promise), { most: colW - 6 }));
  });
}

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  return [
    ...m.rooms.map((room) => ({
      text: [room.name, m.isTalk ? '' : room.isPinned ? words(m.isCrate ? 'pin' : 'promised') : words('not_pinned')].filter(Boolean).join(', '),
      now: m.now === room.name,
      parts: [
        { text: `Pin<&mut _>: ${words(`door_${room.pinnedDoor}`)}` }, { text: `&mut _: ${words(`door_${room.plainDoor}`)}` },
        ...(room.slot?.alive ? [{ text: words('told_at', { number: numberOf(room.slot), address: hex(room.slot.address), size: room.slot.size }) }] : []),
        ...(m.moved && innerPointer(m.moved)?.target ? [{ text: words('told_moved', { address: hex(m.moved.address), still: hex(innerPointer(m.moved)?.target?.address ?? 0) }) }] : []),
      ],
    })),
    ...(m.refused || m.isBroken || m.isEnd ? [{ text: verdict(m, words)[0] }] : []),
    ...(m.isEnd ? PROMISES.map((promise) => ({ text: `${words(`promise_${promise}`)}: ${CRATES.map((crate) => `${words(`who_${crate}`)} ${m.says(crate, promise)}`).join(', ')}` })) : []),
  ];
}

export const createHero = heroOf({ name: 'doors', model, draw, describe });
