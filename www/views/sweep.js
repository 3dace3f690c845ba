// The sweep: how the staffings do with ever more callers. Three charts with one pick between them, a sentence on what
// is picked, and all of it as a table.

import { h, keyedList, setAttr, setShown, setText } from '../dom.js';
import { MOST, sweptBy } from '../sweep.js';
import { createChart } from './chart.js';
import { paneHead } from './pane.js';
import { createUnits } from './units.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').State} State */
/** @typedef {import('../types.js').SweepPoint} SweepPoint */
/** @typedef {import('./chart.js').Axis} Axis */

/** @typedef {{ name: string, value: (point: SweepPoint) => number, axis: Omit<Axis, 'name'> }} Measure */

export const defaults = {
  /** In the order of the form. */
  staffings: /** @type {const} */ (['one', 'pool', 'threads', 'each', 'async']),
  /** What addresses of 32 bits reach, in bytes. */
  reach: 2 ** 32,
};

/** All that a staffing takes of memory, in bytes. @param {SweepPoint} point */
const memory = ({ stacks, held }) => stacks + held;

/** The powers of a base between two values and around them, at most seven. @param {number} base */
const powers = (base) => (/** @type {number} */ low, /** @type {number} */ high) => {
  const at = (/** @type {number} */ n) => Math.log(n) / Math.log(base);
  const from = Math.floor(at(low) + 1e-9);
  const to = Math.max(from + 1, Math.ceil(at(high) - 1e-9));
  const by = Math.ceil((to - from) / 6);
  return Array.from({ length: Math.ceil((to - from) / by) + 1 }, (_, i) => base ** (from + i * by));
};

/** Round durations, in ms: every unit, and ten of it. */
const DURATIONS = [1, 10, 100, 1000, 10_000, 60_000, 600_000, 3_600_000, 36_000_000, 360_000_000, 3_600_000_000];

/** Round durations between two values and around them. @param {number} low @param {number} high */
function durations(low, high) {
  const from = Math.max(0, DURATIONS.findLastIndex((ms) => ms <= low));
  const to = Math.max(from + 1, DURATIONS.findIndex((ms) => ms >= high));
  return DURATIONS.slice(from, to < from ? undefined : to + 1);
}

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createSweep(root, { text, act, info, speech }) {
  const { t, say, number } = text;
  const { bytes, duration } = createUnits(text);
  const rate = (/** @type {number} */ n) => t('sweep.rate', { n: number(n < 10 ? n : Math.round(n)) });

  /** @type {Measure[]} */
  const measures = [
    { name: 'throughput', value: (p) => p.throughput, axis: { ticks: powers(10), word: (n) => number(n) } },
    { name: 'takes', value: (p) => p.takes[1], axis: { ticks: durations, word: duration } },
    { name: 'memory', value: memory, axis: { ticks: powers(32), word: bytes, limit: { value: defaults.reach, name: t('sweep.reach') } } },
  ];
  const charts = measures.map(({ name, value, axis }) => {
    const el = h('figure', { class: name }, h('figcaption', {}, h('b', {}, t(`sweep.${name}`)), h('span', {}, t(`sweep.${name}.about`))));
    return { el, value, chart: createChart(el, { text, axis: { name: t(`sweep.${name}.axis`), ...axis }, pick: act.pick }) };
  });

  const status = h('span', { class: 'status' });
  const progress = h('progress', { max: 1, 'aria-label': t('sweep.progress') });
  const run = h('button', { type: 'button', class: 'tool', click: () => (isRunning ? act.stopSweep() : act.sweep()) });
  let isRunning = false;
  let asTable = false;
  const toggle = h('button', { type: 'button', class: 'tool', 'aria-pressed': 'false', click: () => {
    asTable = !asTable;
    arrange();
  } }, t('sweep.table'));
  const legend = h('div', { class: 'legend' },
    h('span', {}, h('i', { class: 'mark real', 'aria-hidden': 'true' }), t('sweep.measured')),
    h('span', {}, h('i', { class: 'mark model', 'aria-hidden': 'true' }), t('sweep.model')));
  const description = h('p', { class: 'description' });
  const stale = h('p', { class: 'stale' });
  const columns = /** @type {const} */ (['callers', 'staffing', 'kind', 'throughput', 'p50', 'p95', 'served', 'speaking', 'stacks', 'alive', 'held']);
  const rows = h('tbody');
  const table = h('table', {}, h('caption', { class: 'vh' }, t('pane.sweep')),
    h('thead', {}, h('tr', {}, ...columns.map((c) => h('th', { scope: 'col' }, t(`sweep.col.${c}`))))), rows);
  const tableBox = h('div', { class: 'table' }, table);
  const figures = h('div', { class: 'figures' }, ...charts.map((c) => c.el));
  root.replaceChildren(
    paneHead(text, 'sweep', legend, status, progress, h('div', { class: 'tools' }, run, toggle)),
    h('div', { class: 'body' }, stale, figures, description, tableBox));

  const arrange = () => {
    setAttr(toggle, 'aria-pressed', String(asTable));
    setShown(figures, !asTable);
    setShown(description, !asTable);
    // Not shown it is still there for those who read it by ear.
    tableBox.className = asTable ? 'table' : 'table vh';
    for (const [name, value] of Object.entries({ tabindex: 0, role: 'group', 'aria-label': t('sweep.table') })) setAttr(tableBox, name, asTable ? value : undefined);
  };
  arrange();

  /** @param {SweepPoint} point */
  const nameOf = ({ staffing, chairs, clerks }) => t(`sweep.staffing.${staffing}`, { chairs, clerks });

  const list = keyedList(rows, (/** @type {SweepPoint} */ p) => `${p.callers} ${p.staffing}`, (p) => {
    const none = '–';
    const cells = [
      t(`sweep.kind.${p.model ? 'model' : 'real'}`), rate(p.throughput), duration(p.takes[0]), duration(p.takes[1]), duration(p.all_served),
      t('percent', { n: number(Math.round(p.speaking * 100)) }), bytes(p.stacks),
      p.model ? none : number(p.most_alive), p.model ? none : bytes(p.held),
    ];
    return {
      el: h('tr', { class: p.staffing === 'async' ? 'real' : '' }, h('th', { scope: 'row' }, number(p.callers)), h('td', { class: 'who' }, nameOf(p)), ...cells.map((cell) => h('td', {}, cell))),
      update() {},
    };
  });

  /** @param {SweepPoint} p */
  const sentence = (p) => ({
    callers: p.callers, staffing: nameOf(p), model: p.model ? 'yes' : 'no', rate: rate(p.throughput), p50: duration(p.takes[0]), p95: duration(p.takes[1]),
    speaking: number(Math.round(p.speaking * 100)), stacks: bytes(p.stacks), clerks: p.clerks, alive: p.most_alive, size: p.future_size,
    held: bytes(p.held), each: p.most_alive > 0 ? number(p.held / p.most_alive) : '',
  });

  /** What the form says otherwise. @param {State} state @param {Record<string, string>} swept */
  const otherwise = (state, swept) => {
    const now = sweptBy(info, state.params);
    const initial = /** @type {{ properties: Record<string, { default: unknown, 'x-unit'?: string }> }} */ (info.schema).properties;
    const fields = Object.keys(initial).filter((name) => (now[name] ?? '') !== (swept[name] ?? ''));
    return fields.map((name) => t('sweep.field', {
      field: t(`field.${name}`), value: swept[name] ?? String(initial[name].default), unit: initial[name]['x-unit'] ? ` ${initial[name]['x-unit']}` : '',
    })).join(', ');
  };

  /** @type {unknown} */
  let made;
  return {
    update(_frame, { state }) {
      const { sweep, picked, params } = state;
      if (!sweep) return;
      const wasRunning = isRunning;
      isRunning = sweep.status === 'running';
      setText(run, t(isRunning ? 'sweep.stop' : 'sweep.again'));
      setShown(progress, isRunning);
      progress.value = sweep.done;
      const reached = sweep.points.filter((p) => p.staffing === 'async').reduce((most, p) => Math.max(most, p.callers), 0);
      setText(status, t(`sweep.status.${sweep.status}`, { callers: sweep.callers, reached, most: MOST }));
      // What moves all the time is not said, but that it has begun, and what it came to.
      if (isRunning !== wasRunning) speech.say(status.textContent ?? '');
      const different = otherwise(state, sweep.params);
      setShown(stale, different !== '');
      if (different) setText(stale, t('sweep.stale', { fields: different }));
      // The last point of the real futures, until one is picked.
      const at = picked ?? { callers: reached, id: 'async' };
      const point = sweep.points.find((p) => p.callers === at.callers && p.staffing === at.id);
      const words = point ? t('sweep.description', sentence(point)) : t('sweep.nothing');
      for (const { chart, value } of charts) {
        chart.update({
          most: MOST, here: Number(params.callers ?? 24), picked: point && at, description: words, unrun: !isRunning && reached < MOST ? t('sweep.unrun') : '',
          lines: defaults.staffings.map((id) => {
            const of = sweep.points.filter((p) => p.staffing === id);
            return { id, name: of.length ? nameOf(of[of.length - 1]) : '', model: of[0]?.model ?? true, points: of.map((p) => [p.callers, value(p)]) };
          }),
        });
      }
      const key = `${words} ${sweep.points.length}`;
      if (key === made) return;
      made = key;
      description.replaceChildren(...(point ? say('sweep.description', sentence(point)) : [words]));
      list(sweep.points);
    },
    destroy() {
      for (const { chart } of charts) chart.destroy();
      root.replaceChildren();
    },
  };
}
