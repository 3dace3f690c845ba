// Slots of memory: where the value lives, where it lived, and what the pointers among its bytes say. A slot
// keeps its place for good; only what stands in it changes. Arrows are laid over the slots, from where they are.
//
// A pointer is bytes like any other: where it leads is the engine's to say, and nothing here follows it.

import { h, keyedList, setAttr, setClass, setShown, setText, svg } from '../dom.js';
import { createPen, px } from '../pen.js';
import { hex, hexByte } from '../describe.js';
import { paneHead } from './pane.js';
import { createArea, createWriters } from './writers.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Frame} Frame */
/** @typedef {import('../types.js').FieldFrame} FieldFrame */
/** @typedef {Frame['slots'][number]} Slot */
/** @typedef {NonNullable<FieldFrame['target']>} Target */
/** @typedef {{ slot: Slot, which: number, boxed: boolean, owner?: Slot, at: (slot: number) => string }} Item what a slot is drawn from; which: its place among all; boxed: the run's slots hold boxes; owner: what a copy is of; at: names of others */

export const defaults = {
  /** The places that are no slots of the arena, by their names in the code. */
  owned: 'heap',
  apart: 'async block',
  copy: 'copy',
  /** How far above its cells a pointer's arrow runs, and how far a lane beside them is away. */
  lift: 11,
  /** Bytes of a value that is not long. */
  short: 8,
  gutter: 15,
};

/** What a field is called. @param {FieldFrame} field @param {Deps['text']['t']} t */
const nameOf = ({ role, name }, t) => (role === 'padding' ? t('memory.padding') : name || (role === 'discriminant' ? t('slots.tag') : ''));

/** The bytes as a number: memory is little-endian. @param {number[]} bytes */
const decimal = (bytes) => bytes.reduceRight((n, b) => n * 256n + BigInt(b), 0n).toString();

/** @param {Slot} slot */
const stateOf = (slot) => (slot.alive ? 'alive' : slot.bytes == null ? 'blank' : 'left');

/** The pointers of a value that lives, and that point somewhere. @param {Slot} slot @returns {{ field: FieldFrame, target: Target }[]} */
const pointersOf = (slot) => (slot.alive ? (slot.bytes?.fields ?? []) : []).flatMap((field) => (field.target?.address ? [{ field, target: field.target }] : []));

/**
 * One slot: its name, its bytes with the fields under them, and a sentence.
 * @param {Deps['text']} text
 * @param {Slot} first
 * @param {number} which
 */
function createSlot(text, first, which) {
  const { t, say } = text;
  const area = createArea(text);
  const address = h('span', { class: 'num' });
  const state = h('small');
  const cells = h('div', { class: 'slot-cells', role: 'row' });
  const fields = h('div', { class: 'slot-fields', 'aria-hidden': 'true' });
  const bytes = h('div', { class: 'slot-bytes', role: 'grid' }, cells, fields);
  const note = h('p', { class: 'slot-note' });
  const el = h('li', { class: 'slot' }, h('div', { class: 'slot-name' }, h('b', {}, first.name), address, area.el, state), bytes, note);
  bytes.style.setProperty('--n', String(first.size));

  const cellList = keyedList(cells, (/** @type {{ at: number, text: string, was: string, look: string, name: string }} */ c) => c.at, ({ at }) => {
    const now = h('span');
    const cell = h('span', { role: 'gridcell', tabindex: -1, 'data-at': at, 'data-slot': which }, now);
    return {
      el: cell,
      update(c) {
        setClass(cell, `cell${c.look}`);
        setAttr(cell, 'data-was', c.was || undefined);
        setText(now, c.text);
        setAttr(cell, 'aria-label', `+${hexByte(c.at)} ${c.text} ${c.name}`);
      },
    };
  });
  const fieldList = keyedList(fields, (/** @type {{ field: FieldFrame, value: string, look: string }} */ f) => f.field.offset, ({ field }) => {
    const [name, value] = [h('b'), h('span')];
    const stretch = h('span', { 'data-field': field.offset, 'data-slot': which }, name, value);
    stretch.style.setProperty('grid-column', `${field.offset + 1} / span ${field.size}`);
    return {
      el: stretch,
      update(f) {
        setClass(stretch, `stretch${f.look}`);
        setText(name, nameOf(f.field, t));
        setText(value, f.value);
        setAttr(stretch, 'title', `${nameOf(f.field, t)} ${f.value}`);
      },
    };
  });

  /** @param {FieldFrame} field @param {number[]} all */
  const valueOf = (field, all) => {
    if (field.role === 'padding') return t('slots.unread');
    const address = hex(field.target?.address ?? 0);
    if (field.target) return field.target.dangling ? t('slots.still', { address }) : address;
    return decimal(all.slice(field.offset, field.offset + field.size));
  };

  /** What there is to say of it. @param {Item} item @returns {{ key: string, args?: import('../text.js').Args } | undefined} */
  const sentenceOf = ({ slot, boxed, owner, at }) => {
    if (!slot.alive) return slot.bytes == null ? undefined : { key: 'slots.note.left' };
    const field = (slot.bytes?.fields ?? []).find((f) => f.role === 'pointer');
    const target = field?.target;
    const holds = (slot.bytes?.fields ?? []).filter(({ role }) => role !== 'padding');
    // What a compiler made has the number of its state among its bytes.
    const isMade = holds.some(({ role }) => role === 'discriminant');
    if (slot.name === defaults.copy && field && target && owner) return { key: 'slots.note.copy', args: { name: field.name, place: owner.name, off: Math.abs(slot.address - owner.address) } };
    if (isMade && !field) return { key: holds.length > 1 ? 'slots.note.unpolled' : 'slots.note.returned' };
    if (slot.name === defaults.apart) return { key: 'slots.note.apart' };
    if (!field || !target) return { key: 'slots.note.plain' };
    if (target.address === 0) return { key: 'slots.note.null', args: { name: field.name } };
    if (target.slot != null && (target.address < slot.address || target.address >= slot.address + slot.size) && !target.dangling && !boxed) return { key: 'slots.note.elsewhere', args: { name: field.name, place: at(target.slot) } };
    if (slot.name === defaults.owned) return { key: 'slots.note.owned', args: { name: field.name } };
    if (boxed) return { key: 'slots.note.boxed', args: { place: defaults.owned } };
    if (!target.dangling) return { key: 'slots.note.whole', args: { name: field.name } };
    const off = Math.abs(slot.address + target.offset - target.address);
    return { key: 'slots.note.dangling', args: { name: field.name, off } };
  };

  /** @type {string | undefined} */
  let said;
  return {
    el,
    cells,
    /** @param {Item} item */
    update(item) {
      const { slot } = item;
      const look = stateOf(slot);
      const all = slot.bytes?.bytes ?? [];
      const known = slot.alive ? (slot.bytes?.fields ?? []) : [];
      const padding = (slot.bytes?.fields ?? []).filter((f) => f.role === 'padding');
      const inside = (/** @type {FieldFrame[]} */ list, /** @type {number} */ at) => list.find((f) => f.offset <= at && at < f.offset + f.size);
      setClass(el, `slot ${look}`);
      // Where a box will be, nobody knows before it is there.
      const isPlaced = slot.bytes != null || ![defaults.owned, defaults.apart, defaults.copy].includes(slot.name);
      setText(address, isPlaced ? hex(slot.address) : '');
      area.update(isPlaced ? slot.area : undefined);
      setText(state, t(`slots.${look}`));
      cellList(Array.from({ length: slot.size }, (_, at) => {
        const field = inside(known, at);
        const name = field ? nameOf(field, t) : '';
        if (look === 'blank' || all.length === 0) return { at, text: '', was: '', look: '', name };
        if (inside(padding, at)) return { at, text: '', was: '', look: ' pad', name };
        const before = look === 'alive' && slot.was && slot.was[at] !== all[at] ? hexByte(slot.was[at]) : '';
        const edge = field?.role === 'pointer' ? ` ptr${field.offset === at ? ' from' : ''}${at === field.offset + field.size - 1 ? ' to' : ''}` : '';
        return { at, text: hexByte(all[at]), was: before, name, look: `${before ? ' chg' : ''}${edge}${field?.target?.dangling ? ' bad' : all[at] === 0 ? ' z' : ''}` };
      }));
      const values = known.map((field) => ({
        field,
        value: valueOf(field, all),
        look: `${field.role === 'padding' ? ' pad' : field.role === 'discriminant' ? ' tag' : ''}${field.target?.dangling ? ' bad' : ''}`,
      }));
      fieldList(values);
      const sentence = sentenceOf(item);
      const key = JSON.stringify(sentence);
      if (key !== said) {
        said = key;
        note.replaceChildren(...(sentence ? say(sentence.key, sentence.args) : []));
      }
      const read = all.map((b, at) => (inside(padding, at) ? '··' : hexByte(b))).join(' ');
      const named = values.filter((v) => v.field.role !== 'padding').map((v) => `${nameOf(v.field, t)} ${v.value}`).join(', ');
      setAttr(bytes, 'aria-label', t('slots.read', { name: slot.name, state: look, size: slot.size, bytes: read, fields: named || 'none' }));
    },
  };
}

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createSlots(root, deps) {
  const { text } = deps;
  const { t } = text;
  const arrows = svg('svg', { class: 'arrows', 'aria-hidden': 'true' });
  const pen = createPen(arrows);
  const [arena, owned, apart, copied] = ['arena', 'owned', 'apart', 'copied'].map((name) => h('ol', { class: name }));
  /** @param {string} name @param {Node} list */
  const group = (name, list) => h('section', { class: `group of-${name}` }, h('h3', {}, h('b', {}, t(`slots.${name}`)), h('span', {}, t(`slots.${name}.about`))), list);
  const groups = { arena: group('arena', arena), owned: group('owned', owned), apart: group('apart', apart), copied: group('copy', copied) };
  const sheet = h('div', { class: 'sheet' }, arrows, groups.arena, groups.owned, groups.apart, groups.copied);
  const body = h('div', { class: 'body', tabindex: 0, role: 'group', 'aria-label': t('pane.slots') }, sheet);
  const writers = createWriters(deps, sheet, (el, isWhole) => {
    const which = Number(el.dataset.slot);
    const at = Number(isWhole ? el.dataset.field : el.dataset.at);
    const fields = frame?.slots[which]?.bytes?.fields ?? [];
    const field = fields.find((f) => f.offset <= at && at < f.offset + f.size);
    const all = field && { from: field.offset, size: field.size };
    const name = field ? nameOf(field, t) : '';
    const byte = { of: /** @type {const} */ ('slot'), which, name, from: at, size: 1 };
    return isWhole && all ? { ...byte, ...all } : { ...byte, whole: all && all.size > 1 ? all : undefined };
  });
  root.replaceChildren(paneHead(text, 'slots', h('span', {}, t('slots.real')), h('span', {}, t('slots.never'))), body, writers.el);

  /** @type {Map<string, ReturnType<typeof createSlot>>} */
  const rows = new Map();
  const lists = [arena, owned, apart, copied].map((list) => keyedList(list, (/** @type {Item} */ { slot }) => slot.name, ({ slot, which }) => {
    const row = createSlot(text, slot, which);
    rows.set(slot.name, row);
    return row;
  }));

  /** Where a slot's cells stand on the sheet. @param {Slot} slot */
  const boxOf = (slot) => {
    const cells = /** @type {ReturnType<typeof createSlot>} */ (rows.get(slot.name)).cells;
    const { offsetLeft: x, offsetTop: y, offsetWidth: w, offsetHeight: tall } = cells;
    return { x, y, w, tall, right: x + w, bottom: y + tall, middle: y + tall / 2, cell: w / slot.size };
  };
  /** @typedef {ReturnType<typeof boxOf>} Box */

  /** @param {string} name @param {number} x @param {number} y @param {'down' | 'right'} way */
  const tip = (name, x, y, way) => pen.put(name, 'path', { d: way === 'down' ? `M${px(x - 5)} ${px(y - 8)}h10l-5 8z` : `M${px(x - 8)} ${px(y - 5)}v10l8-5z`, class: 'sl-tip' });

  /**
   * @param {Slot[]} slots
   * @param {Slot} slot
   * @param {FieldFrame} field
   * @param {Target} target
   * @param {boolean} wide
   */
  const drawPointer = (slots, slot, field, target, wide) => {
    const name = `${slot.name} ${field.name} ${field.offset}`;
    const to = slots[target.slot ?? -1];
    if (!to) return;
    const from = boxOf(slot);
    const x = from.x + (field.offset + field.size / 2) * from.cell;
    const lift = from.y - defaults.lift;
    const { gutter } = defaults;
    if (to === slot) {
      const end = from.x + (target.offset + 0.5) * from.cell;
      const turn = end > x ? 6 : -6;
      pen.put(`path ${name}`, 'path', { d: `M${px(x)} ${px(from.y)}V${px(lift + 6)}q0-6 ${turn}-6H${px(end - turn)}q${turn} 0 ${turn} 6V${px(from.y - 4)}`, class: 'sl-pointer' });
      tip(`tip ${name}`, end, from.y - 0.5, 'down');
      return;
    }
    const there = boxOf(to);
    if (slot.name === defaults.copy) {
      // Bytes that are no value: where the pointer leads is where they were copied from.
      const lane = there.x - gutter + 4;
      const way = from.x === there.x ? `M${px(from.x)} ${px(from.middle)}H${px(lane)}` : `M${px(x)} ${px(from.y)}V${px(lift)}H${px(lane)}`;
      pen.put(`path ${name}`, 'path', { d: `${way}V${px(there.middle)}H${px(there.x - 6)}`, class: 'sl-pointer would' });
      tip(`tip ${name}`, there.x - 0.5, there.middle, 'right');
      return;
    }
    if (!target.dangling) {
      // Beside the cells, into the first byte of what it owns.
      const lane = wide ? (from.right + there.x) / 2 : from.x - gutter + 4;
      const start = wide ? from.right : from.x;
      pen.put(`path ${name}`, 'path', { d: `M${px(start)} ${px(from.middle)}H${px(lane)}V${px(there.middle)}H${px(there.x - 6)}`, class: 'sl-pointer' });
      tip(`tip ${name}`, there.x - 0.5, there.middle, 'right');
      return;
    }
    // Short of its target: up to the cross, around the slots that stand between.
    const end = there.x + (target.offset + 0.5) * there.cell;
    const cross = there.bottom + 12;
    const apartBy = slots.indexOf(slot) - slots.indexOf(to);
    const lane = wide ? from.right + gutter : from.x - gutter + 6;
    const way = apartBy === 1 ? `V${px(lift)}` : `V${px(lift)}H${px(lane)}V${px(cross + 20)}`;
    pen.put(`path ${name}`, 'path', { d: `M${px(x)} ${px(from.y)}${way}H${px(end)}V${px(cross + 8)}`, class: 'sl-pointer bad' });
    pen.put(`cross ${name}`, 'path', { d: `M${px(end - 6)} ${px(cross - 6)}l12 12m0-12l-12 12`, class: 'sl-cross' });
  };

  /** @param {Slot} from @param {Slot} to @param {number} size @param {boolean} wide */
  const drawMove = (from, to, size, wide) => {
    const [a, b] = [boxOf(from), boxOf(to)];
    const [side, out] = wide ? [a.x - 4, -1] : [a.right + 4, 1];
    const reach = side + out * (wide ? 24 : 30);
    pen.put('move', 'path', { d: `M${px(side)} ${px(a.middle)}C${px(reach)} ${px(a.middle)} ${px(reach)} ${px(b.middle)} ${px(side)} ${px(b.middle)}`, class: 'sl-move' });
    pen.put('move tip', 'path', { d: `M${px(side + out * 7)} ${px(b.middle - 5)}l${-out * 7} 5l${out * 7} 5`, class: 'sl-move' });
    if (!wide) return;
    const between = a.middle + (b.y > a.y ? 1 : -1) * Math.min(Math.abs(b.middle - a.middle) / 2, a.tall * 1.6) + 4;
    pen.put('move size', 'text', { x: px(side - 24), y: px(between), class: 'sl-copied' }, t('slots.copied', { size }));
  };

  /** @type {Frame | undefined} */
  let frame;
  let at = -1;
  const draw = () => {
    if (!frame || sheet.clientWidth === 0) return;
    const { slots, description: event } = frame;
    const wide = getComputedStyle(sheet).getPropertyValue('--wide').trim() === '1';
    for (const slot of slots) {
      for (const { field, target } of pointersOf(slot)) drawPointer(slots, slot, field, target, wide);
    }
    if (event.kind === 'moved') {
      const [from, to] = [event.from, event.to].map((name) => slots.find((s) => s.name === name));
      if (from && to) drawMove(from, to, event.size, wide);
    }
    pen.done();
  };
  const observer = new ResizeObserver(draw);
  observer.observe(sheet);

  return {
    update(now, { picture }) {
      frame = now;
      const { slots } = now;
      const boxed = slots.some((s) => s.name === defaults.owned);
      const owner = slots.find(({ name }) => name === defaults.owned) ?? slots.find(({ name }) => name === defaults.apart);
      const nameAt = (/** @type {number} */ slot) => slots[slot]?.name ?? '';
      const items = slots.map((slot, which) => ({ slot, which, boxed, owner, at: nameAt }));
      const is = (/** @type {string} */ name) => items.filter(({ slot }) => slot.name === name);
      const rest = items.filter(({ slot }) => ![defaults.owned, defaults.apart, defaults.copy].includes(slot.name));
      [rest, is(defaults.owned), is(defaults.apart), is(defaults.copy)].forEach((list, i) => lists[i](list));
      setClass(sheet, `sheet${boxed ? ' boxed' : ''}${Math.max(slots[0]?.size ?? 0, boxed ? owner?.size ?? 0 : 0) > defaults.short ? ' long' : ''}`);
      setShown(groups.owned, boxed);
      setShown(groups.apart, is(defaults.apart).length > 0);
      setShown(groups.copied, is(defaults.copy).length > 0);
      draw();
      writers.update(now.cursor, picture);
      // As little as shows all of what the event is about.
      const { description } = now;
      const about = description.kind === 'moved' ? description.to : 'place' in description ? description.place : '';
      const row = typeof about === 'string' ? rows.get(about)?.el : undefined;
      if (!row || now.cursor === at) return;
      at = now.cursor;
      const { offsetTop: top, offsetHeight: tall } = row;
      body.scrollTop = Math.min(top, Math.max(body.scrollTop, top + tall - body.clientHeight));
    },
    destroy() {
      observer.disconnect();
      root.replaceChildren();
    },
  };
}
