// A pinned value and its fields, as one house with a room a field. Each room has two doors: one gives a pinned pointer to the field, the
// other one a plain one. A field has one of them, for good; a macro walls the other one up, by hand it is only promised to stay shut.
// Below: what a pinned field takes, who sees to it, and what the compiler or Miri says where it is broken.

import { hex } from '../describe.js';
import { heroOf } from './kit/hero.js';
import { cross, head, padlock } from './kit/marks.js';
import { marks } from './kit/run.js';
import { cell, innerArrow, innerPointer, numberOf } from './kit/values.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */
/** @typedef {{ x: number, y: number, w: number, h: number }} Box */
/** @typedef {'open' | 'broken' | 'shut' | 'walled' | 'promised' | 'none' | 'error'} Door */

/** What a pinned field takes, and who writes the code for it. The programs by hand have names of their own. */
const PROMISES = /** @type {const} */ (['unpin', 'drop', 'moved_out', 'not_dropped']);
const BY_HAND = /** @type {Record<string, string>} */ ({ kept: 'by_hand', unpin: 'unpin', drop: 'drop_moves', moved_out: 'moved_out', not_dropped: 'not_dropped' });
const CRATES = /** @type {const} */ (['lite', 'attribute']);

/** A struct as its source says it: its name, and each field with its type and whether it is pinned. @param {string} source */
function structOf(source) {
  const name = /pub struct (\w+)/.exec(source)?.[1] ?? '';
  const body = /pub struct [^{]*\{([^}]*)\}/.exec(source)?.[1] ?? '';
  const isPinned = (/** @type {string} */ field) => new RegExp(`Pin::new_unchecked\\(${field}\\)|&mut me\\.${field}\\n\\s+\\}\\)`).test(source);
  const fields = [...body.matchAll(/(#\[pin\]\s+)?pub (\w+): ([^,\n]+),/g)].map(([, pin, field, type]) => ({ name: field, type, isPinned: Boolean(pin) || isPinned(field) }));
  return { name, fields: fields.filter(({ name: field }) => field !== 'saved') };
}

/** @param {State} state @param {Words} words @param {import('./kit/hero.js').Host} host */
function model({ run, cursor, params }, words, host) {
  const { slots } = run.frame(cursor, 0);
  const projected = params.projected ?? 'by_hand';
  const isTalk = projected === 'talk';
  const isCrate = projected === 'lite' || projected === 'attribute';
  const promise = isTalk ? 'kept' : params.promise ?? 'moved_out';
  const isKept = promise === 'kept';
  const source = (/** @type {string} */ name) => host.code?.files.find((file) => file.name === name)?.source ?? '';
  const program = isTalk ? 'talk' : projected === 'by_hand' ? BY_HAND[promise] : isKept ? projected : `${projected}_${promise}`;
  const { name, fields } = structOf(source(`${program}.rs`));
  const all = marks(run, 'placed', 'place_changed', 'moved', 'pinned', 'refused').filter(({ at }) => at <= cursor);
  const refused = all.find(({ event }) => event.kind === 'refused');
  const message = refused?.event.kind === 'refused' ? refused.event.message.replaceAll('`', '') : '';
  const of = (/** @type {string} */ slot) => slots.find((one) => one.name === slot && one.bytes);
  const moved = of('moved');
  const changes = all.filter(({ event }) => event.kind === 'place_changed' && event.place === 'fut').length;
  const isOver = promise === 'not_dropped' && !isCrate && changes > 1;
  const isBroken = Boolean(moved) || isOver;
  const event = run.describe(cursor);
  const now = event.kind === 'pinned' || event.kind === 'placed' || event.kind === 'place_changed' || event.kind === 'place_unchanged' ? event.place.replace('this.', '') : event.kind === 'moved' ? event.from : '';
  const isUsed = (/** @type {string} */ field) => Boolean(of(`this.${field}`));
  const rooms = fields.map((field, i) => {
    const opened = isUsed(field.name) ? 'open' : 'shut';
    /** @type {Door} */
    const other = isCrate ? 'walled' : 'promised';
    const isError = Boolean(refused) && (isTalk ? field.type !== 'u32' : promise !== 'unpin');
    const isBoth = isBroken && promise !== 'unpin' && i === 0;
    const [pin, plain] = isTalk
      ? [isError ? 'error' : 'none', 'none']
      : field.isPinned ? [opened, isBoth ? 'broken' : isError ? 'error' : other] : ['walled', opened];
    return {
      ...field, slot: of(field.name), pin: /** @type {Door} */ (pin), plain: /** @type {Door} */ (plain),
      said: isTalk ? '' : words(field.isPinned ? (isCrate ? 'pin' : 'said') : isCrate ? 'no_pin' : 'not_said'),
      at: all.findLast(({ event: e }) => 'place' in e && e.place === field.name)?.at,
    };
  });
  const codes = (/** @type {string} */ file) => /^error\[(\w+)\]/.exec(source(file))?.[1] ?? '';
  return {
    run, cursor, name, rooms, projected, promise, isTalk, isCrate, isKept, refused, message, moved, isOver, isBroken, now,
    code: /^error\[(\w+)\]/.exec(message)?.[1] ?? '',
    says: (/** @type {typeof CRATES[number]} */ crate, /** @type {string} */ what) => codes(`${crate}_${what}.stderr`),
    finds: (/** @type {string} */ what) => source(`${BY_HAND[what]}.miri`).includes('Undefined Behavior'),
    isEnd: cursor >= run.length,
  };
}
/** @typedef {ReturnType<typeof model>} Model */
/** @typedef {Model['rooms'][number]} Room */

/** A door in the right wall: a gap of so much, and its leaf. @param {Pen} pen @param {number} x @param {number} y its middle @param {number} h @param {Door} how @param {string} key */
function door(pen, x, y, h, how, key) {
  const [top, foot] = [y - h / 2, y + h / 2];
  if (how === 'walled' || how === 'none' || how === 'error') {
    if (how !== 'none') pen.rect('door-wall', x - 4, top, 8, h, { r: 0, key: `walled ${key}` });
    return;
  }
  pen.line('door-gap', x, top, x, foot);
  pen.path('door', `M${x - 5} ${top}h10M${x - 5} ${foot}h10`);
  const hue = how === 'broken' ? ' wrong' : '';
  if (how === 'open' || how === 'broken') {
    pen.path(`door-swing${hue}`, `M${x + h} ${top}A${h} ${h} 0 0 1 ${x} ${foot}`);
    pen.path(`door${hue}`, `M${x} ${top}h${h}`, { key: `door ${key}` });
  } else pen.path(`door ${how}`, `M${x} ${top}v${h}`, { key: `door ${key}` });
}

/** One way out of a room: the arrow through its door, the pointer that comes of it, and what that may be used for. @param {Pen} pen @param {Model} m @param {string} label @param {Door} how @param {{ from: number, wall: number, x: number, y: number, w: number, h: number, right: number }} at @param {Words} words @param {string} key @param {boolean} isPin */
function wayOut(pen, m, label, how, { from, wall, x, y, w, h, right }, words, key, isPin) {
  const isOpen = how === 'open';
  const isWrong = how === 'broken' || how === 'error';
  door(pen, wall, y, Math.min(h - 4, 24), how, key);
  if (isOpen || isWrong) {
    const stop = how === 'error' ? wall - 16 : x - 4;
    pen.path(isWrong ? 'edge wrong' : 'edge firm', `M${from} ${y}H${stop - 3}`, { key: `way ${key}` });
    if (how === 'error') cross(pen, wall - 16, y, '', `stop ${key}`, 5);
    else head(pen, x - 3, y, 0, isWrong ? 'missing' : 'ink', `head ${key}`);
    pen.rect(isWrong ? 'station stuck' : 'station lit tint', x, y - h / 2, w, h, { r: 2, key: `pointer ${key}`, go: how === 'error' ? m.refused?.at : undefined });
  }
  pen.text(isWrong ? 'code small refused' : isOpen ? 'code small bold' : 'code small', x + 9, y + 4.500, label, { most: w - 12 });
  const what = how === 'error' ? m.code || words('error') : words(isOpen ? (isPin ? 'may_poll' : 'may_move') : how);
  const room = right - x - w - 10;
  if (pen.width(isWrong ? 'bad' : 'tiny', what) <= room || !m.moved) pen.text(isWrong ? 'bad' : 'tiny', x + w + 10, y + 4.500, what, { most: room });
}

/** @param {Pen} pen @param {Model} m @param {Room} room @param {Box & { right: number, narrow: boolean }} at @param {Words} words @param {number} nth */
function drawRoom(pen, m, room, { x, y, w, h, right, narrow }, words, nth) {
  if (m.now === room.name) pen.rect('column-now', x + 2, y + 2, w - 6, h - 4, { r: 2, key: 'now' });
  if (nth) pen.line('rule', x, y, x + w, y);
  const middle = y + h / 2;
  const wall = x + w;
  const cellW = narrow ? 46 : 64;
  const cellH = Math.min(42, h - 30);
  const nameW = w - cellW - (narrow ? 34 : 84);
  pen.text('code bold', x + 12, middle - 4, `${room.name}: ${room.type}`, { most: nameW, go: room.at });
  const said = narrow && room.said === words('said') ? words('said_short') : room.said;
  pen.text('tiny', x + 12, middle + 14, said, { most: nameW });
  const lockX = x + nameW + (narrow ? 0 : 18);
  if (room.isPinned && !narrow) {
    const how = room.plain === 'broken' || (m.isBroken && m.promise === 'unpin') ? 'open' : m.isCrate ? 'shut' : 'promised';
    pen.group({ cls: m.isBroken ? 'lock-broken' : '' }, () => padlock(pen, lockX, middle + 2, how, `lock ${room.name}`));
  }
  const here = { x: wall - cellW - (narrow ? 22 : 44), y: middle - cellH / 2 + 6, w: cellW, h: cellH };
  const gap = Math.min(h * 0.27, 46);
  const px = wall + (narrow ? 34 : 62);
  const pw = narrow ? Math.min(120, right - px) : 138;
  const ph = Math.min(28, gap * 2 - 6);
  const out = { from: here.x + cellW + 6, wall, x: px, w: pw, h: ph, right: m.moved ? (narrow ? px + pw : right - 130) : right };
  wayOut(pen, m, `Pin<&mut ${room.type}>`, room.pin, { ...out, y: middle - gap }, words, `${room.name} pin`, true);
  wayOut(pen, m, `&mut ${room.type}`, room.plain, { ...out, right: room.plain === 'broken' && m.moved ? px + pw : out.right, y: middle + gap }, words, `${room.name} plain`, false);
  if (!room.slot) return;
  if (room.slot.alive) cell(pen, here, room.slot, m.isOver ? 'stuck' : '', words('size', { n: room.slot.size }), `value ${room.name}`, room.at);
  else pen.rect('bed', here.x, here.y, cellW, cellH, { r: 2 });
  innerArrow(pen, room.slot, here, here, room.name);
  if (!m.moved) return;
  // On a phone it stands between the pointers, clear of both.
  const free = 2 * gap - ph;
  const there = narrow ? { ...here, x: right - cellW - 4, y: middle - free / 2 + 18, h: Math.max(18, Math.min(cellH, free - 32)) } : { ...here, x: right - cellW - 4 };
  cell(pen, there, m.moved, 'stuck', words('size', { n: m.moved.size }), 'value moved', room.at);
  innerArrow(pen, m.moved, there, here, 'moved');
  if (room.plain !== 'broken') return;
  if (narrow) return;
  const [fromX, knee] = [px + pw + 4, there.x + cellW / 2];
  if (knee - fromX < 20) return;
  pen.path('edge wrong', `M${fromX} ${middle + gap}H${knee}V${there.y + cellH + 8}`, { key: 'went' });
  head(pen, knee, there.y + cellH + 5, -90, 'missing', 'went head');
}

/** What the run has come to. @param {Model} m @param {Words} words @returns {[string, string]} with its class */
function verdict(m, words) {
  if (m.refused) return [m.message, 'bad'];
  if (m.isBroken) return [words(`broken_${m.promise}`), 'bad'];
  return [m.isEnd && m.isKept ? words('kept') : '', 'answer'];
}

/** Who sees to what, and what is said where it is broken. @param {Pen} pen @param {Model} m @param {Box} at @param {Words} words */
function drawPromises(pen, m, { x, y, w, h }, words) {
  const rowH = h / 5;
  const isLow = w < 540;
  const names = w * (isLow ? 0.27 : 0.4);
  const colW = (w - names) / 3;
  const columns = /** @type {const} */ (['by_hand', ...CRATES]);
  pen.line('rule', x, y, x + w, y);
  pen.text(isLow ? 'tiny' : 'strong', x, y + rowH - 7, words(isLow ? 'promises_short' : 'promises'), { most: names - 8 });
  columns.forEach((who, i) => pen.text(isLow ? 'tiny' : who === m.projected ? 'code bold small' : 'code small', x + names + i * colW, y + rowH - 7, words(`who_${who}`), { most: colW - 6 }));
  PROMISES.forEach((promise, j) => {
    const foot = y + rowH * (j + 2) - 7;
    const isNow = promise === m.promise && !m.isTalk;
    if (isNow) pen.rect('column-now', x - 6, foot - rowH + 7, w + 12, rowH, { r: 2, key: 'promise' });
    pen.text(isNow ? 'answer' : 'note', x, foot, `${j + 1} ${isLow ? words(`short_${promise}`) : words(`promise_${promise}`)}`, { most: names - 8 });
    columns.forEach((who, i) => {
      const isTold = m.isEnd || (isNow && who === m.projected && (m.isBroken || m.refused));
      const at = x + names + i * colW;
      if (!isTold) return pen.line('bed-line', at, foot - 4, at + 34, foot - 4);
      const isHere = isNow && who === m.projected;
      if (who === 'by_hand') pen.text(isHere && !isLow ? 'bad' : isLow ? 'tiny' : 'note', at, foot, words(isHere && !m.isEnd ? 'broken_one' : m.finds(promise) ? 'finds' : 'yours'), { most: colW - 6 });
      else pen.text('code small refused', at, foot, m.says(who, promise), { most: colW - 6 });
    });
  });
}

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, { width, height }, words) {
  const narrow = width < 560;
  const left = narrow ? 6 : 22;
  const right = width - (narrow ? 4 : 20);
  const [say, cls] = verdict(m, words);
  const lines = say ? pen.measure.lines(cls, say, right - left, 2) : [];
  const rowH = Math.min(30, Math.max(narrow ? 20 : 22, height * 0.062));
  const tableH = Math.min(rowH * 5, height * 0.44);
  const top = 30;
  const saidH = narrow ? 50 : 44;
  const houseH = Math.min(height - tableH - saidH - top - 6, 92 * Math.max(m.rooms.length, 2));
  const spare = Math.max(0, height - tableH - saidH - top - houseH - 10) / 2;
  const y0 = top + spare;
  const selfW = narrow ? 0 : 146;
  const x0 = left + (narrow ? 0 : selfW + 34);
  const houseW = narrow ? (right - left) * 0.54 : Math.min(320, (right - left) * 0.34);
  // The whole, and the pointer that pins it.
  pen.text('code bold', x0, y0 - 9, words('pinned_whole', { name: m.name }), { most: houseW - 20 });
  const isWholeBroken = m.isBroken && m.promise === 'unpin';
  pen.group({ cls: isWholeBroken ? 'lock-broken' : '' }, () => padlock(pen, x0 + houseW - 12, y0 - 13, isWholeBroken ? 'open' : 'shut', 'lock whole'));
  if (!narrow) {
    const middle = y0 + houseH / 2;
    pen.rect('station solid', left, middle - 27, selfW, 54, { r: 3, key: 'self' });
    pen.text('code bold', left + 11, middle - 6, words('self'));
    pen.text('code small', left + 11, middle + 15, words('whole_pinned', { name: m.name }), { most: selfW - 14 });
    pen.path('edge firm', `M${left + selfW + 3} ${middle}H${x0 - 7}`);
    head(pen, x0 - 4, middle, 0, 'ink');
  }
  pen.rect('house', x0, y0, houseW, houseH, { r: 0 });
  const roomH = houseH / Math.max(1, m.rooms.length);
  m.rooms.forEach((room, i) => drawRoom(pen, m, room, { x: x0, y: y0 + i * roomH, w: houseW, h: roomH, right, narrow }, words, i));
  lines.forEach((line, i) => pen.text(cls, left, height - tableH - saidH + 20 + i * 18, line, { go: m.refused?.at }));
  drawPromises(pen, m, { x: left, y: height - tableH, w: right - left, h: tableH }, words);
}

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  const way = (/** @type {string} */ pointer, /** @type {Door} */ how) => ({ text: words('told_door', { pointer, how: how === 'error' ? m.code || words('error') : words(how) }) });
  return [
    ...m.rooms.map((room) => ({
      text: [`${room.name}: ${room.type}`, room.said].filter(Boolean).join(', '),
      now: m.now === room.name,
      parts: [
        way(`Pin<&mut ${room.type}>`, room.pin), way(`&mut ${room.type}`, room.plain),
        ...(room.slot?.alive ? [{ text: words('told_at', { number: numberOf(room.slot), address: hex(room.slot.address), size: room.slot.size }) }] : []),
        ...(m.moved && innerPointer(m.moved)?.target ? [{ text: words('told_moved', { address: hex(m.moved.address), still: hex(innerPointer(m.moved)?.target?.address ?? 0) }) }] : []),
      ],
    })),
    ...(verdict(m, words)[0] ? [{ text: verdict(m, words)[0] }] : []),
    ...(m.isEnd ? PROMISES.map((promise) => ({ text: `${words(`short_${promise}`)}: ${[words(`promise_${promise}`), `${words('who_by_hand')} ${words(m.finds(promise) ? 'finds' : 'yours')}`, ...CRATES.map((crate) => `${words(`who_${crate}`)} ${m.says(crate, promise)}`)].join(', ')}` })) : []),
  ];
}

export const createHero = heroOf({ name: 'doors', model, draw, describe });
