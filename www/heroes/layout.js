// What a future holds, as the compiler laid it out: a task is a group, a state is a row, and every byte is to scale. The future is as
// large as its longest row. Rows that would be too short to read are drawn once more beside it, larger.
//
// A row is drawn when the run first comes to its state. How large a later task's future is, is held back until that is decided.
// What a later future put on the heap is drawn, too; in the first one's first poll room is made for timers.

import { heroOf } from './kit/hero.js';
import { once } from './kit/run.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */
/** @typedef {import('../types.js').Run} Run */
/** @typedef {import('../types.js').Layouts} Layouts */
/** @typedef {Layouts['tasks'][number]} Layout */
/** @typedef {Layout['states'][number]} StateLayout */
/** @typedef {StateLayout['fields'][number]} Field */

/** A future that is so few px wide is drawn once more, larger; a field of so many bytes is worth a word when it goes. */
const defaults = { little: 110, large: 64 };

/** @param {State} state */
function model({ run, cursor, deciding }) {
  const { tasks } = once(run, 'layouts', () => run.layouts());
  const isDecided = deciding.isKnown || cursor >= deciding.at;
  const groups = tasks.map((task, nth) => {
    const isSized = task.at <= cursor && (nth === 0 || isDecided);
    const isToldApart = task.states.some(({ fields }) => fields.some(({ role }) => role !== 'discriminant'));
    const reached = task.states.filter(({ at }) => at > 0 && at <= cursor);
    return { ...task, isSized, isThere: task.at <= cursor, latest: reached[reached.length - 1], first: tasks[0], heap: task.heap.filter(({ at }) => at <= cursor), isToldApart, hasHeap: nth > 0 && task.heap.length > 0 };
  });
  const event = run.describe(cursor);
  const most = Math.max(...groups.filter(({ isSized }, nth) => isSized || nth === 0).map(({ size }) => size), 1);
  return { run, cursor, isKnown: deciding.isKnown, groups, most, running: 'task' in event ? event.task : 0 };
}
/** @typedef {ReturnType<typeof model>} Model */
/** @typedef {Model['groups'][number]} Group */

/** @param {StateLayout} state @param {number} i @param {Group} group @param {Words} words */
const nameOf = (state, i, group, words) => state.name || words(i === 0 ? 'start' : i === group.states.length - 1 ? 'end' : 'state');
/** @param {Field} field */
const kindOf = ({ role, size }) => (role === 'awaited' ? 'awaited' : role === 'discriminant' ? 'tagged' : size >= defaults.large ? 'much' : 'few');
/** @param {Field} field @param {Words} words */
const fieldName = ({ name, role }, words) => (role === 'discriminant' ? words('tag') : name);
/** @param {StateLayout} state */
const bytesOf = (state) => state.fields.reduce((n, { size }) => n + size, 0);
/** @param {Field} a @param {Field} b */
const isSame = (a, b) => a.name === b.name && a.offset === b.offset && a.size === b.size;
/** What a task allocated so far. @param {Group} group */
const heapOf = ({ heap }) => heap.reduce((all, { count, bytes }) => ({ count: all.count + count, bytes: all.bytes + bytes }), { count: 0, bytes: 0 });

/** What stands beside a future's size: how it differs from the first one's. @param {Group} group @param {Words} words */
const differs = (group, words) => (group.task === group.first.task ? '' : words('differs', { n: Math.abs(group.first.size - group.size), how: group.size < group.first.size ? 'fewer' : group.size > group.first.size ? 'more' : 'same' }));

/**
 * A row's bytes, from `x` on, each `unit` px wide.
 * @param {Pen} pen @param {Group} group @param {StateLayout} state @param {Words} words
 * @param {{ x: number, y: number, h: number, unit: number, key: string, isLit: boolean, later: boolean, small: boolean }} o
 */
function drawRow(pen, group, state, words, { x, y, h, unit, key, isLit, later, small }) {
  const shown = later ? ' later' : '';
  for (const field of state.fields) {
    const [from, wide] = [x + field.offset * unit, field.size * unit];
    pen.rect(`of-bytes ${kindOf(field)}${isLit ? ' lit' : ''}${shown}`, from, y, Math.max(wide - (wide > 3 ? 1 : 0), 1), h, { go: state.at, r: wide > 6 ? 2 : 0, key: `${key} ${field.offset}` });
    if (later || h < 14) continue;
    const name = fieldName(field, words);
    const cls = small ? 'code small' : 'code bold small';
    const size = field.size.toLocaleString('en');
    // A name is not cut in the middle of a byte: it is there, or it is not.
    const isTag = field.role === 'discriminant';
    const wideName = pen.width(cls, name);
    if (wideName > wide - (isTag ? 3 : 8)) continue;
    pen.text(`${cls} ${isTag ? 'on-tag' : 'in-bytes'}`, from + Math.min(5, (wide - wideName) / 2), y + h / 2 + 4.5, name);
    if (!isTag && pen.width(cls, name) + pen.width('tiny', size) < wide - 22) pen.text('tiny', from + wide - 6, y + h / 2 + 4, size, { anchor: 'end' });
  }
  // What the state before held, and this one does not: its place is free.
  const before = group.states[group.states.indexOf(state) - 1];
  if (later || !before?.at || !state.name) return;
  for (const field of before.fields) {
    if (field.size < defaults.large || state.fields.some((own) => isSame(own, field) || (own.offset < field.offset + field.size && field.offset < own.offset + own.size))) continue;
    const wide = field.size * unit;
    pen.rect('gone', x + field.offset * unit + 1, y + 1, wide - 2, h - 2, { key: `${key} gone` });
    const text = words('leaves', { name: fieldName(field, words) });
    if (h >= 14 && pen.width('tiny', text) < wide - 10) pen.text('tiny', x + (field.offset + field.size / 2) * unit, y + h / 2 + 4, text, { anchor: 'middle' });
  }
}

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, { width, height }, words) {
  const narrow = width < 560;
  const left = narrow ? 8 : 20;
  const names = narrow ? 92 : 186;
  const totals = narrow ? 58 : 74;
  const [x0, x1] = [left + names, width - left - totals];
  const unit = (x1 - x0) / m.most;
  const head = narrow ? 20 : 26;
  const gap = narrow ? 6 : 12;
  const top = narrow ? 18 : 24;
  const rows = m.groups.reduce((n, { states, hasHeap }) => n + states.length + (hasHeap ? 1 : 0), 0);
  // A group that is drawn larger has an axis of its own below it: the first one's lines end above it.
  const larger = m.groups.filter((group) => isLittle(group, unit)).length;
  const own = narrow ? 18 : 22;
  const rowH = Math.min(narrow ? 26 : 38, (height - top - 4 - larger * own - m.groups.length * head - (m.groups.length - 1) * gap) / Math.max(1, rows));
  const barH = Math.max(6, Math.min(26, rowH - 5));
  // The scale, above: bytes of a future.
  const step = 2 ** Math.ceil(Math.log2((narrow ? 46 : 80) / unit));
  const firstLarger = m.groups.findIndex((group) => isLittle(group, unit));
  const end = firstLarger < 0 ? height - 4 : m.groups.slice(0, firstLarger).reduce((y, { states, hasHeap }) => y + head + (states.length + (hasHeap ? 1 : 0)) * rowH + gap, top) - gap;
  for (let at = 0; at <= m.most; at += step) {
    pen.line('grid', x0 + at * unit, top - 6, x0 + at * unit, Math.max(end, top));
    pen.text('axis-text', x0 + at * unit, top - 10, at.toLocaleString('en'), { anchor: at === 0 ? 'start' : 'middle' });
  }
  pen.text('tiny', left, top - 10, words('bytes'), { most: names - 8 });
  let y = top;
  for (const group of m.groups) {
    const zoom = isLittle(group, unit) ? zoomOf(group, x0, x1, unit) : undefined;
    const titleY = y + head - 8;
    pen.text(narrow ? 'name little' : 'name', left, titleY, group.name, { most: names - 8 });
    const heap = heapOf(group);
    const said = !group.isThere ? words('not_made') : !group.isSized ? words('untold') : words('size', { n: group.size });
    pen.text(group.isSized ? (narrow ? 'strong small' : 'strong') : 'tiny', x0, titleY, said, { most: x1 + totals - x0 });
    if (group.isSized) {
      const after = x0 + pen.width('strong', said) + 14;
      // A larger copy says how much larger.
      const scaled = zoom ? words('zoom', { n: Math.round(zoom.unit / unit) }) : '';
      const both = [differs(group, words), scaled].filter(Boolean).join(' · ');
      // Where there is room for one of them: the scale, which nothing else says.
      const more = pen.width('said', both) <= width - left - after ? both : scaled || both;
      if (more) pen.text('said', after, titleY, more, { most: width - left - after });
    }
    y += head;
    if (zoom) {
      const step = 2 ** Math.max(0, Math.ceil(Math.log2((narrow ? 36 : 60) / zoom.unit)));
      const foot = y + group.states.length * rowH;
      // The tag is the one that cannot be guessed: where its name has no room in it, it stands below it.
      const tag = group.states.flatMap(({ fields }) => fields).find(({ role }) => role === 'discriminant');
      const name = words('tag');
      const isBelow = tag !== undefined && pen.width('code small', name) > tag.size * zoom.unit - 3;
      const middle = tag ? zoom.from + (tag.offset + tag.size / 2) * zoom.unit : 0;
      if (isBelow) pen.text('code small', middle, foot + 15, name, { anchor: 'middle' });
      for (let at = 0; at <= group.size; at += step) {
        const x = zoom.from + at * zoom.unit;
        pen.line('grid', x, y, x, foot + 4);
        if (isBelow && Math.abs(x - middle) < (pen.width('code small', name) + pen.width('axis-text', String(at))) / 2 + 8) continue;
        pen.text('axis-text', x, foot + 15, at.toLocaleString('en'), { anchor: at === 0 ? 'start' : 'middle' });
      }
    }
    group.states.forEach((state, i) => {
      const rowY = y + (rowH - barH) / 2;
      const isTold = state.at > 0 && state.at <= m.cursor && group.isSized;
      const later = !isTold && m.isKnown && state.at > 0;
      const isLit = isTold && state === group.latest && group.task === m.running;
      const key = `${group.task} ${i}`;
      pen.text(`code small${isTold ? '' : ' dim'}`, left, rowY + barH / 2 + 4.5, nameOf(state, i, group, words), { most: names - 10, go: state.at || undefined });
      if (group.isSized) pen.rect('free', x0, rowY, group.size * unit, barH, { key: `${key} free`, r: 2 });
      else pen.line('bed-line', x0, rowY + barH / 2, x1, rowY + barH / 2);
      if (!isTold && !later) {
        y += rowH;
        return;
      }
      drawRow(pen, group, state, words, { x: x0, y: rowY, h: barH, unit, key, isLit, later, small: narrow });
      if (zoom) {
        const { from, unit: larger } = zoom;
        pen.rect('free', from, rowY, group.size * larger, barH, { key: `${key} free larger`, r: 2 });
        drawRow(pen, group, state, words, { x: from, y: rowY, h: barH, unit: larger, key: `${key} larger`, isLit, later, small: true });
      }
      if (isTold && group.isToldApart) pen.text('code small', width - left, rowY + barH / 2 + 4.5, words('row', { n: bytesOf(state) }), { anchor: 'end' });
      y += rowH;
    });
    if (zoom) y += own;
    if (group.hasHeap) {
      const rowY = y + (rowH - barH) / 2;
      pen.text(`code small${heap.count ? '' : ' dim'}`, left, rowY + barH / 2 + 4.5, words('heap'), { most: names - 10 });
      if (heap.count) {
        pen.rect('of-bytes much', x0, rowY, Math.min(heap.bytes * unit, x1 - x0), barH, { go: group.heap[0].at, key: `${group.task} heap` });
        const text = words('allocated', { count: heap.count, bytes: heap.bytes });
        if (barH >= 14) pen.text('code small in-bytes', x0 + 6, rowY + barH / 2 + 4.5, text, { most: x1 - x0 - 12 });
      } else pen.line('bed-line', x0, rowY + barH / 2, x1, rowY + barH / 2);
      y += rowH;
    }
    y += gap;
  }
}

/** Whether a group is drawn once more. @param {Group} group @param {number} unit */
const isLittle = (group, unit) => group.isSized && group.size * unit < defaults.little;

/** Where the larger copy of a group's rows stands. @param {Group} group @param {number} x0 @param {number} x1 @param {number} unit */
function zoomOf(group, x0, x1, unit) {
  const from = x0 + Math.max(group.size * unit + 28, (x1 - x0) * 0.1);
  return { from, unit: (x1 - from) / group.size };
}

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  return m.groups.map((group) => {
    const heap = heapOf(group);
    const size = !group.isThere ? words('not_made') : !group.isSized ? words('untold') : words('size', { n: group.size });
    const rows = group.states.flatMap((state, i) => (state.at > 0 && state.at <= m.cursor && group.isSized ? [{
      text: `${nameOf(state, i, group, words)}: ${state.fields.length ? words('told_row', { n: bytesOf(state), fields: state.fields.map((field) => `${fieldName(field, words)} ${field.size.toLocaleString('en')}`).join(', ') }) : words('told_nothing')}`,
      now: state === group.latest && group.task === m.running,
    }] : []));
    const differing = group.isSized ? differs(group, words) : '';
    return {
      text: `${group.name}: ${[size, differing].filter(Boolean).join(', ')}`,
      now: group.task === m.running,
      parts: heap.count ? [...rows, { text: `${words('heap')}: ${words('allocated', { count: heap.count, bytes: heap.bytes })}` }] : rows,
    };
  });
}

export const createHero = heroOf({ name: 'layout', model, draw, describe });
