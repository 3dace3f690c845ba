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

/** The value of bytes: memory is little-endian. @param {number[]} bytes */
const valueOf = (bytes) => bytes.reduceRight((n, byte) => n * 256n + BigInt(byte), 0n).toString();

/** @param {State} state */
function model({ run, cursor }) {
  const frame = run.frame(cursor, 0);
  const all = frame.slots;
  // Slots that lie end to end are one ruler; each other one has a row of its own.
  /** @type {Slot[][]} */
  const rows = [];
  for (const slot of all) {
    const last = rows[rows.length - 1]?.at(-1);
    if (last && last.size > 0 && last.address + last.size === slot.address && rows.length === 1) rows[0].push(slot);
    else rows.push([slot]);
  }
  const event = frame.description;
  // Nothing lives in the ruler, and something did: the value is in a variable.
  const onItsWay = rows[0]?.some(({ alive }) => alive) || cursor >= run.length ? undefined : rows[0]?.findLast(({ bytes }) => bytes);
  return {
    run, cursor, event, onItsWay, all,
    rows: rows.filter((row, i) => i === 0 || row.some((slot) => slot.bytes || slot.alive)),
    /** Of a row that nothing lives in yet, what is known from the start. */
    later: rows.filter((row, i) => i > 0 && !row.some((slot) => slot.bytes || slot.alive)).flat(),
    line: frame.lines[0],
  };
}
/** @typedef {ReturnType<typeof model>} Model */

/** @param {Slot} slot */
const pointersOf = (slot) => (slot.alive ? slot.bytes?.fields ?? [] : []).filter(({ target }) => target && target.address !== 0);
/** How far a pointer that dangles is off its value. @param {Slot} slot @param {NonNullable<NonNullable<Slot['bytes']>['fields'][number]['target']>} target */
const offBy = (slot, target) => Math.abs(slot.address + target.offset - target.address);

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, { width, height }, words) {
  const narrow = width < 560;
  const wide = Math.max(...m.rows.map((row) => row.reduce((n, { size }) => n + size, 0)), 8);
  const left = narrow ? 10 : 24;
  const cellW = Math.min(58, (width - 2 * left) / wide);
  const cellH = Math.min(narrow ? 34 : 58, Math.max(28, cellW));
  const rowH = height / (m.rows.length + (m.later.length ? 0.25 : 0));
  /** @type {Map<string, { x: number, y: number, w: number }>} */
  const at = new Map();
  m.rows.forEach((row, r) => {
    let x = left;
    const y = rowH * r + (r === 0 ? Math.max(narrow ? 92 : 118, m.rows.length > 1 ? Math.min(190, rowH * 0.4) : height * 0.38) : Math.max(narrow ? 80 : 100, Math.min(120, rowH * 0.4)));
    for (const slot of row) {
      at.set(slot.name, { x, y, w: cellW });
      x += slot.size * cellW;
    }
    if (r > 0) pen.line('rule', left, rowH * r + 2, width - left, rowH * r + 2);
  });
  for (const slot of m.rows.flat()) {
    const place = at.get(slot.name);
    if (!place) continue;
    const { x, y } = place;
    const w = slot.size * cellW;
    const bytes = slot.bytes?.bytes ?? [];
    const fields = slot.bytes?.fields ?? [];
    const fieldAt = (/** @type {number} */ i) => fields.find((f) => f.offset <= i && i < f.offset + f.size);
    const head0 = y - (narrow ? 74 : 92);
    pen.text('code bold', x + 2, head0, slot.name, { most: w - 6 });
    if (slot.bytes || slot.alive || m.rows[0].includes(slot)) pen.text('code small', x + 2, head0 + 19, hex(slot.address), { most: w - 6 });
    const how = slot.alive ? 'alive' : slot.bytes ? 'dead' : 'blank';
    const wordX = x + 10 + pen.width('code small', hex(slot.address));
    if (how === 'dead') pen.text('tiny', wordX, head0 + 19, words('moved_out'), { most: x + w - wordX - 4 });
    if (how === 'blank') {
      pen.group({}, () => cells(pen, { x, y, w: cellW, h: cellH }, Array(slot.size).fill(0), () => 'blank pad'));
      continue;
    }
    const dangles = pointersOf(slot).some(({ target }) => target?.dangling);
    cells(pen, { x, y, w: cellW, h: cellH, key: how === 'alive' && m.rows[0].includes(slot) ? 'value' : `${how} ${slot.name}` }, bytes, (i) => {
      const field = fieldAt(i);
      if (how === 'dead') return field?.role === 'padding' ? 'dead pad' : 'dead';
      return field?.role === 'padding' ? 'pad' : field?.role === 'pointer' ? (dangles ? 'pointer dangling' : 'pointer') : '';
    });
    if (how === 'dead') {
      pen.measure.lines('tiny', words('left_behind'), w - 8, m.rows.length > 1 && height < 460 ? 1 : 2).forEach((text, i) => pen.text('tiny', x + 4, y + cellH + 20 + i * 16, text));
      continue;
    }
    for (const field of fields) {
      const [x0, x1] = [x + field.offset * cellW, x + (field.offset + field.size) * cellW];
      brace(pen, x0, x1, y + cellH + 5);
      const isPad = field.role === 'padding';
      pen.text(isPad ? 'tiny' : 'code bold small', x0 + 4, y + cellH + 29, isPad ? words('padding') : field.name, { most: x1 - x0 - 4 });
      const value = isPad ? words('unread') : field.target ? (field.target.address === 0 ? words('null') : words(field.target.dangling ? 'still' : 'address', { address: hex(field.target.address) })) : valueOf(bytes.slice(field.offset, field.offset + field.size));
      pen.text(field.target?.dangling ? 'code small bad' : isPad ? 'tiny' : 'code small', x0 + 4, y + cellH + 47, value, { most: x1 - x0 - 2 });
    }
  }
  // Arrows from a pointer's bytes to the byte that they name.
  for (const slot of m.rows.flat()) {
    const from = at.get(slot.name);
    if (!from) continue;
    for (const field of pointersOf(slot)) {
      const { target } = field;
      if (!target) continue;
      const aim = m.all.find(({ address, size }) => address <= target.address && target.address < address + size);
      const to = aim && at.get(aim.name);
      const x0 = from.x + (field.offset + field.size / 2) * cellW;
      if (!aim || !to) continue;
      const x1 = to.x + (target.address - aim.address + 0.5) * cellW;
      const isFar = to.y !== from.y;
      const lift = isFar ? 0 : narrow ? 20 : 30;
      /** @type {[number, number][]} */
      const points = isFar
        ? [[x0, from.y + (to.y > from.y ? cellH + 54 : -4)], [x0, (from.y + to.y) / 2 + (to.y > from.y ? 28 : 0)], [x1, (from.y + to.y) / 2 + (to.y > from.y ? 28 : 0)], [x1, to.y - 5]]
        : [[x0, from.y], [x0, from.y - lift], [x1, from.y - lift], [x1, from.y - (target.dangling ? 16 : 5)]];
      pen.path(`pointer-arrow${target.dangling ? ' dangling' : ''}`, along(points, 8), { key: `arrow ${slot.name === m.onItsWay?.name ? 'value' : m.rows[0].includes(slot) ? 'value' : slot.name}` });
      if (target.dangling) {
        cross(pen, x1, from.y - 13, '', 'dangles');
        const text = words('dangling', { n: offBy(slot, target) });
        const mid = (x0 + x1) / 2;
        const wide2 = pen.width('bad', text);
        pen.text('bad halo', Math.max(left + wide2 / 2, Math.min(width - left - wide2 / 2, mid)), from.y - lift - 9, text, { anchor: 'middle', key: 'dangling' });
      } else head(pen, points[3][0], points[3][1], 90, 'ink', `head ${slot.name}`);
      if (isFar) padlock(pen, to.x + (aim.size * cellW) + 22, to.y + cellH / 2, 'shut');
    }
  }
  // Between two slots: the value is in a variable, its slot is empty.
  if (m.onItsWay) {
    const from = at.get(m.onItsWay.name);
    const bytes = m.onItsWay.bytes?.bytes ?? [];
    if (from) {
      const x = from.x + cellW * (m.onItsWay.size * 0.5);
      const y = Math.min(height - cellH - 34, from.y + cellH + 66);
      cells(pen, { x, y, w: cellW, h: cellH, key: 'value' }, bytes, () => 'going');
      pen.text('state st running', x, y + cellH + 22, words('on_its_way'), { most: width - x - 10 });
    }
  }
  if (m.later.length) pen.text('said', left, height - 12, words('later', { names: m.later.map(({ name }) => name).join(', ') }), { most: width - 2 * left });
}

/** @param {Model} m @param {Words} words */
function tell(m, words) {
  const { event } = m;
  const place = 'place' in event ? event.place : event.kind === 'moved' ? event.to : '';
  return m.rows.flat().map((slot) => ({
    text: `${slot.name}: ${slot.alive ? words('lives', { address: hex(slot.address) }) : words(slot.bytes ? 'moved_out' : 'blank')}`,
    now: slot.name === place,
    parts: (slot.alive ? slot.bytes?.fields ?? [] : []).filter(({ role }) => role !== 'padding').map((field) => ({
      text: `${field.name}: ${field.target ? `${hex(field.target.address)}${field.target.dangling ? `, ${words('dangling', { n: offBy(slot, field.target) })}` : ''}` : valueOf((slot.bytes?.bytes ?? []).slice(field.offset, field.offset + field.size))}`,
    })),
  }));
}

export const createHero = heroOf({ name: 'slots', model, draw, tell });
