// Slots of memory as one ruler: a value moves from one to the other, its bytes as they are. A pointer among them is an arrow
// to the byte whose address it spells: when the value moves, the arrow's foot goes along, its head does not.

import { hex } from '../describe.js';
import { brace, cells } from './kit/cells.js';
import { heroOf } from './kit/hero.js';
import { cross, head, padlock } from './kit/marks.js';
import { along } from './kit/road.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */
/** @typedef {import('../types.js').Frame['slots'][number]} Slot */
/** @typedef {NonNullable<Slot['bytes']>['fields'][number]} Field */

/** The places that are no slots of the ruler: a block pinned in its box, and bytes that were copied from one and are no value. */
const [PINNED, COPY] = ['async block', 'copy'];

/** The value of bytes: memory is little-endian. @param {number[]} bytes */
const valueOf = (bytes) => bytes.reduceRight((n, byte) => n * 256n + BigInt(byte), 0n).toString();

/** @param {State} state */
function model({ run, cursor }) {
  const frame = run.frame(cursor, 0);
  const all = frame.slots;
  // Slots that lie end to end are one ruler; all other places stand side by side below it.
  const ruler = all.filter((slot, i) => i === 0 || all.slice(0, i).every((before, n) => before.address + before.size === all[n + 1].address));
  const others = all.slice(ruler.length);
  const event = frame.description;
  // Nothing lives in the ruler, and something did: the value is in a variable, unless it was put elsewhere.
  const isPinned = others.some(({ name, alive }) => name === PINNED && alive);
  const onItsWay = isPinned || ruler.some(({ alive }) => alive) || cursor >= run.length ? undefined : ruler.findLast(({ bytes }) => bytes);
  const isThere = (/** @type {Slot} */ slot) => slot.bytes !== undefined || slot.alive;
  return {
    run, cursor, event, onItsWay, all, ruler,
    rows: [ruler, others.filter(isThere)].filter((row) => row.length),
    /** Places that nothing was in yet. */
    later: others.filter((slot) => !isThere(slot)),
  };
}
/** @typedef {ReturnType<typeof model>} Model */

/** What a field is called: the number of a state has no name in the code. @param {Field} field @param {Words} words */
const nameOf = ({ role, name }, words) => (role === 'padding' ? words('padding') : role === 'discriminant' ? words('state') : name);
/** @param {Slot} slot */
const pointersOf = (slot) => (slot.alive ? slot.bytes?.fields ?? [] : []).filter(({ target }) => target && target.address !== 0);
/** Whether a pointer leads to where its value lived once; where nothing was yet, it is only ahead of it. @param {Model} m @param {Field} field */
const isDangling = (m, { target }) => Boolean(target?.dangling && m.all.some(({ address, size, bytes }) => bytes && address <= target.address && target.address < address + size));
/** How far a pointer that dangles is off its value. @param {Slot} slot @param {NonNullable<NonNullable<Slot['bytes']>['fields'][number]['target']>} target */
const offBy = (slot, target) => Math.abs(slot.address + target.offset - target.address);

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, { width, height }, words) {
  const narrow = width < 560;
  const left = narrow ? 8 : 24;
  // In a narrow pane each slot has a row of its own, with its name at the left.
  const rows = narrow ? m.rows.flat().map((slot) => [slot]) : m.rows;
  const nameW = narrow ? 84 : 0;
  const gap = 3;
  const wide = Math.max(8, ...rows.map((row, r) => row.reduce((n, { size }) => n + size, 0) + (r > 0 && !narrow ? gap * (row.length - 1) : 0)));
  const cellW = Math.min(58, (width - 2 * left - nameW) / wide);
  const rowH = (height - (m.later.length ? 26 : 0)) / rows.length;
  const cellH = Math.min(narrow ? 30 : 56, Math.max(24, cellW), rowH * (narrow ? 0.34 : 0.22));
  /** @type {Map<string, { x: number, y: number, w: number }>} */
  const at = new Map();
  rows.forEach((row, r) => {
    let x = left + nameW;
    const y = rowH * r + (narrow ? Math.min(34, rowH * 0.42) : Math.max(74, Math.min(150, rowH * 0.42)));
    for (const slot of row) {
      at.set(slot.name, { x, y, w: cellW });
      x += (slot.size + (r > 0 ? gap : 0)) * cellW;
    }
    if (r > 0 && !narrow) pen.line('rule', left, rowH * r + 2, width - left, rowH * r + 2);
  });
  for (const slot of m.rows.flat()) {
    const place = at.get(slot.name);
    if (!place) continue;
    const { x, y } = place;
    const w = slot.size * cellW;
    const bytes = slot.bytes?.bytes ?? [];
    const fields = slot.bytes?.fields ?? [];
    const fieldAt = (/** @type {number} */ i) => fields.find((f) => f.offset <= i && i < f.offset + f.size);
    const how = slot.alive ? 'alive' : slot.bytes ? 'dead' : 'blank';
    const address = hex(slot.address);
    const isPlaced = m.ruler.includes(slot) || how !== 'blank';
    const [head0, headX] = narrow ? [y + cellH / 2 - 1, left] : [y - 58, x + 2];
    pen.text(narrow ? 'name little' : 'code bold', headX, head0, slot.name, { most: narrow ? nameW - 6 : w - 6 });
    const after = headX + pen.width('code bold', slot.name) + 12;
    const beside = !narrow && after + pen.width('code small', address) + 8 < x + w;
    if (isPlaced && narrow) pen.text('tiny', headX, head0 + 15, how === 'dead' ? words('moved_out') : address.slice(-5), { most: nameW - 6 });
    else if (isPlaced && beside) pen.text('code small', after, head0, address);
    if (how === 'dead' && !narrow) {
      const wordX = beside ? after + pen.width('code small', address) + 10 : after;
      pen.text('tiny', wordX, head0, words('moved_out'), { most: x + w - wordX });
    }
    if (how === 'blank') {
      pen.group({}, () => cells(pen, { x, y, w: cellW, h: cellH }, Array(slot.size).fill(0), () => 'blank pad'));
      continue;
    }
    const dangles = pointersOf(slot).some((field) => isDangling(m, field));
    // A byte leads to what wrote it.
    const which = m.all.indexOf(slot);
    const gone = fields.map(({ role, offset, size }) => (role === 'padding' ? undefined : m.run.writers(m.cursor, 'slot', which, offset, offset + size).last?.cursor));
    cells(pen, { x, y, w: cellW, h: cellH, key: how === 'alive' && m.ruler.includes(slot) ? 'value' : `${how} ${slot.name}` }, bytes, (i) => {
      const field = fieldAt(i);
      if (how === 'dead') return field?.role === 'padding' ? 'dead pad' : 'dead';
      return field?.role === 'padding' ? 'pad' : field?.role === 'pointer' ? (dangles ? 'pointer dangling' : 'pointer') : '';
    }, (i) => gone[fields.findIndex((f) => f.offset <= i && i < f.offset + f.size)]);
    if (how === 'dead') {
      if (!narrow) pen.measure.lines('tiny', words('left_behind'), w - 18, 2).forEach((text, i) => pen.text('tiny', x + 4, y + cellH + 20 + i * 16, text));
      continue;
    }
    // One byte has no room for a word.
    const isNamed = (/** @type {Field} */ field) => field.size * cellW >= 44 || pen.width('code bold small', nameOf(field, words)) <= field.size * cellW - 4;
    for (const [i, field] of fields.entries()) {
      const [x0, x1] = [x + field.offset * cellW, x + (field.offset + field.size) * cellW];
      if (narrow && rowH < 88) continue;
      brace(pen, x0, x1, y + cellH + (narrow ? 3 : 5));
      const isPad = field.role === 'padding';
      if (!isNamed(field)) continue;
      // A name runs on over those that have none.
      const next = fields.slice(i + 1).find(isNamed);
      const room = (next ? x + next.offset * cellW : x + w) - x0;
      pen.text(isPad ? 'tiny' : 'code bold small', x0 + 4, y + cellH + (narrow ? 22 : 29), nameOf(field, words), { most: isPad && pen.width('tiny', words('padding')) > room - 4 ? 0 : isPad ? room - 4 : room - 8 });
      if (narrow) continue;
      const value = isPad ? words('unread') : field.target ? (field.target.address === 0 ? words('null') : words(isDangling(m, field) ? 'still' : 'address', { address: hex(field.target.address) })) : valueOf(bytes.slice(field.offset, field.offset + field.size));
      pen.text(isDangling(m, field) ? 'code small bad' : isPad ? 'tiny' : 'code small', x0 + 4, y + cellH + 47, value, { most: isPad && pen.width('tiny', value) > room - 6 ? 0 : room - 6 });
    }
  }
  // Arrows from a pointer's bytes to the byte that they name.
  for (const slot of m.rows.flat()) {
    const from = at.get(slot.name);
    if (!from) continue;
    for (const field of pointersOf(slot)) {
      const { target } = field;
      if (!target) continue;
      const dangles = isDangling(m, field);
      const aim = m.all.find(({ address, size }) => address <= target.address && target.address < address + size);
      const to = aim && at.get(aim.name);
      const x0 = from.x + (field.offset + field.size / 2) * cellW;
      if (!aim || !to) continue;
      const x1 = to.x + (target.address - aim.address + 0.5) * cellW;
      const isFar = to.y !== from.y;
      const isCopy = slot.name === COPY;
      const lift = isFar ? 0 : (narrow ? 12 : 26) + (isCopy ? 12 : 0);
      /** @type {[number, number][]} */
      const points = isFar
        ? farPoints(x0, x1, from.y, to.y, cellH, narrow)
        : [[x0, from.y], [x0, from.y - lift], [x1, from.y - lift], [x1, from.y - (dangles ? 16 : 5)]];
      pen.path(`pointer-arrow${dangles ? ' dangling' : isCopy ? ' would' : ''}`, along(points, 8), { key: `arrow ${slot.name === m.onItsWay?.name ? 'value' : m.ruler.includes(slot) ? 'value' : slot.name}` });
      if (isCopy && !isFar) {
        head(pen, x1, from.y - 5, 90, 'ink', `head ${slot.name}`);
        const under = narrow ? from.y + cellH + 37 : from.y + cellH + 74;
        if (under < height) pen.text(narrow ? 'tiny' : 'said', from.x + (narrow ? 0 : 4), under, words('would', { n: Math.abs(slot.address - aim.address) }), { key: 'would', most: width - from.x - 8 });
      } else if (dangles && isFar) {
        cross(pen, x1, points[points.length - 1][1] + 4, '', 'dangles', 4);
        pen.text('bad halo', width - left, from.y - 6, words('dangling_short'), { anchor: 'end', key: 'dangling' });
      } else if (dangles) {
        cross(pen, x1, from.y - 13, '', 'dangles');
        const text = words('dangling', { n: offBy(slot, target) });
        const mid = (x0 + x1) / 2;
        const wide2 = pen.width('bad', text);
        pen.text('bad halo', Math.max(left + wide2 / 2, Math.min(width - left - wide2 / 2, mid)), from.y - lift - 9, text, { anchor: 'middle', key: 'dangling' });
      } else head(pen, points[points.length - 1][0], points[points.length - 1][1], to.y < from.y ? -90 : 90, 'ink', `head ${slot.name}`);
      if (slot.name === PINNED && aim === slot && !narrow) padlock(pen, from.x + slot.size * cellW - 12, from.y - 14, 'shut');
      if (isFar && !dangles && !narrow && !isCopy) padlock(pen, to.x + (aim.size * cellW) + 22, to.y + cellH / 2, 'shut');
    }
  }
  // Between two slots: the value is in a variable, its slot is empty.
  if (m.onItsWay) {
    const from = at.get(m.onItsWay.name);
    const bytes = m.onItsWay.bytes?.bytes ?? [];
    if (from) {
      const x = narrow ? from.x : Math.min(from.x + cellW * (m.onItsWay.size * 0.5), width - 8 - m.onItsWay.size * cellW);
      const y = narrow ? Math.min(height - cellH - 2, from.y + cellH + 7) : Math.min(height - cellH - (m.later.length ? 58 : 34), from.y + cellH + 66);
      cells(pen, { x, y, w: cellW, h: cellH, key: 'value' }, bytes, () => 'going');
      if (narrow) pen.text('state little st running', left, y + cellH / 2 + 4, words('on_its_way_short'), { most: nameW - 6 });
      else pen.text('state st running', x, y + cellH + 22, words('on_its_way'), { most: width - x - 10 });
    }
  }
  if (m.later.length) pen.text('said', left, height - 8, words('later', { names: m.later.map(({ name }) => name).join(', ') }), { most: width - 2 * left });
}

/** An arrow's way from one row to another, between the two. @param {number} x0 @param {number} x1 @param {number} from @param {number} to @param {number} cellH @param {boolean} narrow @returns {[number, number][]} */
function farPoints(x0, x1, from, to, cellH, narrow) {
  if (to < from) return [[x0, from], [x0, from - 9], [x1, from - 9], [x1, to + cellH + (narrow ? 4 : 54)]];
  const y = to - (narrow ? 22 : 42);
  return [[x0, from + cellH + (narrow ? 2 : 54)], [x0, y], [x1, y], [x1, to - 5]];
}

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  const { event } = m;
  const place = 'place' in event ? event.place : event.kind === 'moved' ? event.to : '';
  return m.rows.flat().map((slot) => ({
    text: `${slot.name}: ${slot.alive ? words('lives', { address: hex(slot.address) }) : words(slot.bytes ? 'moved_out' : 'blank')}`,
    now: slot.name === place,
    parts: (slot.alive ? slot.bytes?.fields ?? [] : []).filter(({ role }) => role !== 'padding').map((field) => ({
      text: `${nameOf(field, words)}: ${field.target ? `${hex(field.target.address)}${isDangling(m, field) ? `, ${words('dangling', { n: offBy(slot, field.target) })}` : slot.name === COPY ? `, ${words('would', { n: offBy(slot, field.target) })}` : ''}` : valueOf((slot.bytes?.bytes ?? []).slice(field.offset, field.offset + field.size))}`,
    })),
  }));
}

export const createHero = heroOf({ name: 'slots', model, draw, describe });
