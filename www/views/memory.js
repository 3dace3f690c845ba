// The bytes of one future: 16 a row, named stretches in brackets, what the last change changed with its old
// value struck out. A name is never guessed: what is not known is shown as bytes. From a pointer into these bytes an arrow leads to
// the byte that it names.

import { h, keyedList, setAttr, setClass, setText, svg } from '../dom.js';
import { createPen, px } from '../pen.js';
import { hex, hexByte, part } from '../describe.js';
import { paneHead } from './pane.js';
import { createArea, createWriters } from './writers.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Frame} Frame */
/** @typedef {import('../types.js').FieldFrame} FieldFrame */
/** @typedef {NonNullable<Frame['memory']>} Memory */

/** Bytes of a row, tasks to choose from, and rows: what is beyond them is counted. */
export const defaults = { row: 16, chips: 9, rows: 1024, /** How far above its cells an arrow runs, and how far one lane is from the next. */ lift: 14, lane: 5 };

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createMemory(root, deps) {
  const { text, act } = deps;
  const { t } = text;
  const pick = h('div', { class: 'pick', role: 'group', 'aria-label': t('memory.pick') });
  const address = h('span', { class: 'num addr' });
  const changes = h('span');
  const area = createArea(text);
  const owner = h('span');
  const sum = h('p', { class: 'sum' }, owner, address, area.el, changes);
  const table = h('div', { class: 'bytes', role: 'grid' });
  const empty = h('p', { class: 'empty' });
  const beyond = h('p', { class: 'empty' });
  const arrows = svg('svg', { class: 'inner', 'aria-hidden': 'true' });
  const pen = createPen(arrows);
  const sheet = h('div', { class: 'within' }, table, arrows);
  const body = h('div', { class: 'body', tabindex: 0, role: 'region', 'aria-label': t('memory.bytes') }, empty, sheet, beyond);
  /** @type {Memory | undefined} */
  let shown;
  /** @param {number} at */
  const fieldAt = (at) => shown?.now.fields.find((f) => f.offset <= at && at < f.offset + f.size);
  const writers = createWriters(deps, table, (el, isWhole) => {
    if (!shown) return undefined;
    const at = Number(isWhole ? el.dataset.field : el.dataset.at);
    const field = fieldAt(at);
    const name = field ? nameOf(field) : '';
    const all = field && { from: field.offset, size: field.size };
    const byte = { of: /** @type {const} */ ('task'), which: shown.task, name, from: at, size: 1 };
    return isWhole && all ? { ...byte, ...all } : { ...byte, whole: all && all.size > 1 && name ? all : undefined };
  });
  root.replaceChildren(paneHead(text, 'memory', pick), sum, body, writers.el);

  const picks = keyedList(pick, (/** @type {{ task: number, on: boolean, now: boolean }} */ p) => p.task, ({ task }) => {
    const el = h('button', { 'aria-pressed': 'false', title: t('memory.task', { task }), click: () => act.focus(task) }, String(task));
    return {
      el,
      update(p) {
        setAttr(el, 'aria-pressed', String(p.on));
        setAttr(el, 'aria-current', p.now ? 'true' : undefined);
      },
    };
  });

  /** @typedef {{ at: number, value: number | undefined, was: number | undefined, pad: boolean, name: string }} Byte */
  /** @typedef {{ name: string, detail: string, at: number, from: number, size: number, changed: boolean }} Stretch */

  /** @param {FieldFrame} field */
  const nameOf = ({ role, name }) => (role === 'padding' ? t('memory.padding') : name || (role === 'discriminant' ? t('memory.state') : ''));

  /** A stretch's name and what is known of it. @param {FieldFrame} field @param {Memory} memory @returns {{ name: string, detail: string }} */
  const describe = (field, { now }) => {
    switch (field.role) {
      case 'discriminant': return { name: nameOf(field), detail: String(now.bytes[field.offset] ?? '') };
      case 'pointer': return { name: field.name, detail: field.target ? pointed(field.target) : '' };
      case 'awaited': return { name: field.name, detail: t('memory.awaited', { n: field.size }) };
      default: return { name: field.name, detail: t('bytes.short', { n: field.size }) };
    }
  };

  /** Where a pointer leads. @param {NonNullable<FieldFrame['target']>} target */
  const pointed = ({ address: at, area: used }) => {
    const { address, size } = shown?.now ?? { address: 0, size: 0 };
    const isOwn = at >= address && at < address + size;
    return `→ ${isOwn ? t('memory.own', { at: `+${hexByte(at - address)}` }) : used ? t(`area.${used}`) : ''} ${hex(at)}`;
  };

  /** One row of the table: its cells, then the names under them. */
  const createRow = (/** @type {number} */ offset) => {
    const off = h('span', { class: 'off', role: 'rowheader' }, `+${hexByte(offset)}`);
    const cells = h('div', { class: 'cells', role: 'none' });
    const names = h('div', { class: 'names', 'aria-hidden': 'true' });
    const bytes = keyedList(cells, (/** @type {Byte} */ b) => b.at, ({ at }) => {
      const value = h('span');
      const el = h('span', { class: 'by', role: 'gridcell', tabindex: -1, 'data-at': at }, value);
      return {
        el,
        update(b) {
          const changed = b.was !== undefined && b.was !== b.value && !b.pad;
          setAttr(el, 'aria-label', `+${hexByte(b.at)} ${b.pad || b.value === undefined ? '' : hexByte(b.value)} ${b.name}`);
          setClass(el, `by${b.pad ? ' pad' : changed ? ' chg' : b.value === 0 ? ' z' : ''}`);
          setAttr(el, 'data-was', changed && b.was !== undefined ? hexByte(b.was) : undefined);
          setText(value, b.value === undefined || b.pad ? '' : hexByte(b.value));
        },
      };
    });
    const stretches = keyedList(names, (/** @type {Stretch} */ s) => s.from, () => {
      const [name, detail] = [h('b'), h('span')];
      const el = h('span', { class: 'fld' }, name, detail);
      return {
        el,
        update(s) {
          setClass(el, `fld${s.changed ? ' chg' : ''}`);
          setAttr(el, 'data-field', s.at);
          el.style.setProperty('grid-column', `${s.from + 1} / span ${s.size}`);
          setText(name, part(s.name));
          setText(detail, s.detail);
          setAttr(el, 'title', `${s.name} ${s.detail}`);
        },
      };
    });
    return { el: h('div', { class: 'bytes-row', role: 'row' }, off, cells, names), bytes, stretches };
  };

  const rows = keyedList(table, (/** @type {{ at: number, bytes: Byte[], stretches: Stretch[] }} */ r) => r.at, ({ at }) => {
    const row = createRow(at);
    let drawn = '';
    return {
      el: row.el,
      update(r) {
        const key = JSON.stringify(r);
        if (key === drawn) return;
        drawn = key;
        row.bytes(r.bytes);
        row.stretches(r.stretches);
      },
    };
  });

  /** @param {Memory} memory */
  const layout = (memory) => {
    const { bytes, fields, size } = memory.now;
    const was = memory.was ?? undefined;
    const padding = fields.filter((f) => f.role === 'padding');
    /** @type {string[]} */
    const names = [];
    for (const field of fields) names.fill(nameOf(field), field.offset, names.length = Math.max(names.length, field.offset + field.size));
    const out = [];
    for (let at = 0; at < Math.min(size, defaults.row * defaults.rows); at += defaults.row) {
      const end = Math.min(at + defaults.row, size);
      /** @type {Byte[]} */
      const row = [];
      for (let i = at; i < end; i += 1) {
        row.push({ at: i, value: bytes[i], was: was?.[i], pad: padding.some((f) => f.offset <= i && i < f.offset + f.size), name: names[i] ?? '' });
      }
      const stretches = fields.filter((f) => f.role !== 'padding' && f.offset < end && f.offset + f.size > at).map((f) => {
        const from = Math.max(f.offset, at);
        const to = Math.min(f.offset + f.size, end);
        const changed = was !== undefined && bytes.slice(f.offset, f.offset + f.size).some((b, i) => was[f.offset + i] !== b);
        const words = f.offset >= at ? describe(f, memory) : { name: `… ${f.name}`, detail: '' };
        return { ...words, at: f.offset, from: from - at, size: to - from, changed };
      });
      // A name may run on over the bytes without a name that follow.
      stretches.forEach((s, i) => { s.size = (stretches[i + 1]?.from ?? end - at) - s.from; });
      out.push({ at, bytes: row, stretches });
    }
    return out;
  };

  /** Arrows to the bytes that pointers name, around what stands between. */
  const drawArrows = () => {
    const { address, size, fields } = shown?.now ?? { address: 0, size: 0, fields: [] };
    const own = fields.filter(({ target }) => target && target.address >= address && target.address < address + size);
    setClass(table, `bytes${own.length ? ' pointing' : ''}`);
    // Nothing is measured where nothing is drawn.
    if (!own.length) return pen.done();
    const from = sheet.getBoundingClientRect();
    /** @param {number} at */
    const cellOf = (at) => {
      const box = table.querySelector(`.by[data-at="${at}"]`)?.getBoundingClientRect();
      return box && box.width > 0 ? { x: box.left - from.left, y: box.top - from.top, w: box.width, row: Math.floor(at / defaults.row) } : undefined;
    };
    const last = cellOf(Math.min(size, defaults.row) - 1);
    own.forEach(({ offset, target }, nth) => {
      const [a, b] = [cellOf(offset), cellOf((target?.address ?? 0) - address)];
      if (!a || !b || !last) return;
      const [x, end, lift] = [a.x + 3, b.x + 3, defaults.lift + nth * 3];
      const lane = last.x + last.w + 4 + nth * defaults.lane;
      const way = a.row === b.row ? '' : `H${px(lane)}V${px(b.y - lift)}`;
      pen.put(`path ${offset}`, 'path', { class: 'pointer', d: `M${px(x)} ${px(a.y)}V${px(a.y - lift)}${way}H${px(end)}V${px(b.y - 4)}` });
      pen.put(`tip ${offset}`, 'path', { class: 'tip', d: `M${px(end - 3)} ${px(b.y - 6)}h6l-3 6z` });
    });
    pen.done();
  };
  const observer = new ResizeObserver(drawArrows);
  observer.observe(sheet);

  let drawn = '';
  return {
    update(frame, { state, picture }) {
      const { memory, counters } = frame;
      const ids = Array.from({ length: Math.min(counters.tasks, defaults.chips) }, (_, i) => i + 1);
      const more = [state.focus, memory?.task ?? 0].filter((task, i, all) => task > defaults.chips && all.indexOf(task) === i);
      picks([...ids, ...more].map((task) => ({ task, on: state.focus === task, now: memory?.task === task })));
      // A step that leaves these bytes alone leaves their cells alone.
      const key = memory ? JSON.stringify(memory) : `none ${state.focus}`;
      shown = memory ?? undefined;
      writers.keep(({ which, from, size }) => memory != null && memory.task === which && from + size <= memory.now.size);
      if (key === drawn) return writers.update(frame.cursor, picture);
      drawn = key;
      const readable = memory != null && memory.now.bytes.length > 0;
      rows(memory && readable ? layout(memory) : []);
      empty.hidden = readable;
      sheet.hidden = !readable;
      setText(empty, memory ? t('memory.unread', { n: memory.now.size }) : state.focus ? t('memory.none', { task: state.focus }) : t('memory.empty'));
      setText(address, memory && readable ? hex(memory.now.address) : '');
      area.update(memory && readable ? memory.now.area : undefined);
      const words = memory && readable ? t('memory.changed', { n: memory.changed, size: memory.now.size, first: memory.was ? 'no' : 'yes' }) : '';
      setText(changes, words);
      const most = defaults.row * defaults.rows;
      beyond.hidden = !memory || !readable || memory.now.size <= most;
      setText(beyond, memory ? t('memory.more', { n: memory.now.size - most }) : '');
      const whose = memory ? t(memory.dropped ? 'memory.dropped' : 'memory.of', { task: memory.task, name: memory.name }) : '';
      setText(owner, whose);
      sum.hidden = !readable;
      setAttr(table, 'aria-label', `${whose}: ${words}`);
      writers.update(frame.cursor, picture);
      drawArrows();
      const changed = table.querySelector('.by.chg')?.closest('.bytes-row');
      if (!(changed instanceof HTMLElement)) return;
      // As little as shows the whole row.
      const { offsetTop: top, offsetHeight: tall } = changed;
      body.scrollTop = Math.min(top, Math.max(body.scrollTop, top + tall - body.clientHeight));
    },
    destroy() {
      observer.disconnect();
      root.replaceChildren();
    },
  };
}
