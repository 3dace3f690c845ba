// The staffings on one clock: a row each, its chairs above and its calls below, and how well it does so far. Tasks over
// workers are staffings, too, in words of their own.
//
// The lanes of the whole run are painted once, out of sight; a step only uncovers them up to the cursor.

import { createSheet, inkAt } from '../canvas.js';
import { glyph, h, keyedList, setAttr, setClass, setText } from '../dom.js';
import { seriesOf } from '../describe.js';
import { paintLanes, readGroups } from './lanes.js';
import { paneHead } from './pane.js';
import { linearTicks, logTicks, roundStep } from '../ticks.js';
import { createUnits } from './units.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Extra} Extra */
/** @typedef {import('../types.js').TracksFrame} TracksFrame */
/** @typedef {TracksFrame['tracks'][number]} Staffing */
/** @typedef {{ x: number, y: number, width: number, height: number }} Box */

export const defaults = {
  /** One staffing that goes on this much longer than all others does not get to set the axis. */
  longest: 2.5,
};

/**
 * Where the clock's axis ends: with the last of the staffings, unless that one is far behind all others.
 * @param {number[]} ends when each has served its last call
 */
function axisEnd(ends) {
  const [last, second] = [...ends].sort((a, b) => b - a);
  const end = second !== undefined && last > defaults.longest * second ? second : last;
  const step = roundStep(Math.max(end / 7, 1));
  return { step, until: Math.max(step, Math.ceil((end * 1.01) / step) * step) };
}

/** @typedef {import('../types.js').Info['columns'][number]} Name */
/**
 * What a column says of a staffing: a value, a smaller one, and whether the value is not the last one.
 * @typedef {(now: Staffing, calls: number) => [value: string, more?: string, yet?: boolean]} Column
 */

/**
 * @param {import('../types.js').Text} text
 * @param {(key: string) => string} word where a word stands in the catalogues
 */
function createColumns(text, word) {
  const { t, number } = text;
  const { bytes: size } = createUnits(text);
  /** @param {number[]} numbers */
  const atOnce = ([now, most]) => /** @type {[string, string]} */ ([number(now), t(word('most'), { most })]);
  /** @type {Record<Name, Column>} */
  const columns = {
    lanes: (now, calls) => [t(word('sofar'), { arrived: now.arrived, served: now.finished, calls })],
    takes({ percentiles }) {
      const [p50, p90, p99] = percentiles ?? [];
      return [t(word(percentiles ? 'takes' : 'none'), { p50, p90, p99 })];
    },
    served: ({ all_finished: end, finished: served }, calls) => (end != null ? [t('ms', { ms: end })] : [number(served), t(word('served'), { calls }), true]),
    speaking: (now) => [t('percent', { n: number(Math.round(now.busy * 100)) })],
    throughput: (now) => [number(Math.round(now.throughput))],
    memory(now) {
      const holds = `staffing.${seriesOf(now.name).series}.holds`;
      const isHeld = now.futures > 0 || !now.model;
      return [size(now.stacks), isHeld ? t(text.has(holds) ? holds : word('futures'), { size: size(now.futures) }) : ''];
    },
    waiting: (now) => atOnce(now.waiting),
    computing: (now) => atOnce(now.computing),
    taken: (now) => [number(now.taken), t(`staffing.${seriesOf(now.name).series}.taken`)],
  };
  return columns;
}

/**
 * @typedef {object} Options
 * @property {string} words what the keys of its texts begin with
 */

/**
 * @param {Options} options
 * @returns {import('../types.js').CreateView}
 */
export const staffings = ({ words }) => (root, { text, act, info }) => {
  const { columns: names } = info;
  const { t, has, number } = text;
  /** A scenario may have a word of its own. @param {string} key */
  const word = (key) => (has(`${words}.${key}.${info.id}`) ? `${words}.${key}.${info.id}` : `${words}.${key}`);
  const columns = createColumns(text, word);
  /** @param {string} state @param {string} key @param {Node} [mark] */
  const legend = (state, key, mark = glyph(state)) => h('span', { class: state }, mark, t(word(key)));
  const bar = h('i', { class: 'seat', 'aria-hidden': 'true' });
  const canvas = h('canvas', { 'aria-hidden': 'true' });
  const heads = names.map((name) => h('th', { class: name, scope: 'col', role: 'columnheader' }, t(word(`col.${name}`))));
  const rows = h('tbody', { role: 'rowgroup' });
  const table = h('table', { role: 'table', 'aria-label': t(`pane.${words}`) },
    h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, h('th', { class: 'name', scope: 'col', role: 'columnheader' }, h('span', { class: 'vh' }, t(word('col.name')))), ...heads)),
    rows);
  /** What stands below. */
  const below = info.sweeps.length === 0 ? [] : /** @type {const} */ (['', 'sweep']).map((show) => ({
    show, el: h('button', { type: 'button', click: () => act.show(show) }, t(`staffings.below.${show || 'run'}`)),
  }));
  const body = h('div', { class: 'body' }, table, canvas);
  root.replaceChildren(
    paneHead(text, words,
      h('div', { class: 'legend' }, legend('running', 'speaking'), legend('pending', 'ringing'), legend('ready', 'queueing'), legend('plain', 'changing', bar)),
      h('span', {}, t(word('about'))),
      ...(below.length ? [h('div', { class: 'seg', role: 'group', 'aria-label': t('staffings.below') }, ...below.map((b) => b.el))] : [])),
    body);

  /** @typedef {{ staffing: Staffing, calls: number, described: boolean }} Item */
  const list = keyedList(rows, (/** @type {Item} */ { staffing }) => staffing.name, ({ staffing: { name, model } }) => {
    const { series } = seriesOf(name);
    const [title, about] = [h('b'), h('small')];
    const cells = names.map((column) => {
      const [value, more] = [h('b'), h('small')];
      return { column, value, more, el: h('td', { class: column, role: 'cell', 'data-label': t(word(`col.${column}`)) }, value, more) };
    });
    const el = h('tr', { role: 'row' },
      h('th', { class: 'name', scope: 'row', role: 'rowheader' },
        title, about,
        h('span', { class: 'tag' }, t(!model && has(`staffing.${series}.real`) ? `staffing.${series}.real` : word(model ? 'model' : 'real')))),
      ...cells.map((c) => c.el));
    return {
      el,
      update({ staffing: now, calls, described }) {
        setClass(el, described ? 'described' : '');
        const args = { clerks: now.threads, chairs: now.workers, calls, model: model ? 'yes' : 'no' };
        setText(title, t(`staffing.${series}.name`, args));
        setText(about, now.cut == null ? t(`staffing.${series}.about`, args) : t(word('cut'), { ms: now.cut }));
        for (const { column, value, more } of cells) {
          const [says, adds = '', isYet = false] = columns[column](now, calls);
          setText(value, says);
          setText(more, adds);
          setClass(value, isYet ? 'yet' : '');
        }
      },
    };
  });

  /** Where things stand on the sheet. @type {{ rows: { lanes: Box, takes: Box }[], until: number, step: number, low: number, high: number, ends: number[] } | undefined} */
  let layout;
  /** @type {Extra | undefined} */
  let extra;

  /** @param {string} name */
  const ink = (name) => inkAt(canvas, name);

  const sheet = createSheet(canvas, (pen, { scale }, { picture: { spans } }) => {
    const all = [...rows.children];
    const groups = readGroups(spans, 2 * all.length);
    const ends = all.map((_, i) => Math.max(groups[2 * i].end, groups[2 * i + 1].end));
    const outer = body.getBoundingClientRect();
    /** @param {Element} row @param {string} column @returns {Box} */
    const boxOf = (row, column) => {
      const cell = row.querySelector(`td.${column}`);
      const { left, top, width: wide, height: tall } = (cell ?? row).getBoundingClientRect();
      return { x: left - outer.left, y: top - outer.top, width: wide, height: tall };
    };
    const calls = groups.filter((g, i) => i % 2 === 1 && g.lanes > 0);
    // Where nobody's call took any time there is none of them to take the ends of the axis from.
    const [least, most] = [calls.length ? Math.max(1, Math.min(...calls.map((g) => g.least))) : 1, Math.max(2, ...calls.map((g) => g.most))];
    layout = {
      rows: all.map((row) => ({ lanes: boxOf(row, 'lanes'), takes: boxOf(row, 'takes') })),
      ...axisEnd(ends), ends,
      low: least / 1.15, high: Math.max(most, least * 3) * 1.1,
    };
    const areas = layout.rows.flatMap(({ lanes: box }, i) => {
      const n = groups[2 * i].lanes;
      const pad = Math.min(9, box.height * 0.1);
      const each = n > 1 ? Math.min(8, (box.height * 0.44) / n) : Math.min(12, box.height * 0.17);
      const above = n * each;
      const gap = box.height * 0.06;
      const below = Math.max(1, box.height - 2 * pad - above - gap);
      const across = { left: box.x, width: box.width };
      return [{ ...across, top: box.y + pad, height: above }, { ...across, top: box.y + pad + above + gap, height: below }];
    });
    const { until } = layout;
    // A chair that nobody sits on is a faint line, until its staffing is done.
    pen.fillStyle = ink('--rule');
    areas.forEach((area, i) => {
      const n = groups[i].lanes;
      if (i % 2 === 1 || area.height / n < 3) return;
      const wide = Math.min(1, ends[i / 2] / until) * area.width;
      for (let lane = 0; lane < n; lane += 1) pen.fillRect(area.left, area.top + ((lane + 0.5) * area.height) / n - 1, wide, 1);
    });
    paintLanes(pen, spans, groups, areas, until, ink, scale);
  }, () => act.read(draw));

  const draw = () => {
    const now = extra?.picture.tracks;
    if (!extra || !now) return;
    const begun = sheet.begin(extra);
    if (begun && layout) drawRows(begun.pen, layout, now, begun.scale);
  };

  /**
   * @param {CanvasRenderingContext2D} pen @param {NonNullable<typeof layout>} on @param {TracksFrame} now
   * @param {number} scale
   */
  const drawRows = (pen, on, now, scale) => {
    const { time } = now;
    const [black, grey, rule, firm, pane] = ['--ink', '--ink-3', '--rule', '--rule-firm', '--pane'].map(ink);
    const { rows: all, until, step, low, high } = on;
    if (all.length === 0) return;
    const last = all.length - 1;
    const style = getComputedStyle(table);
    const isWide = style.getPropertyValue('--dots').trim() === '1';
    const isDotted = isWide && names.includes('takes');
    pen.font = style.getPropertyValue('--axis-font');
    pen.textAlign = 'center';
    // Beside the percentiles there is room for the longest label.
    const margin = pen.measureText(number(Math.round(high))).width + 18;
    /** Labels, as far as they leave room for one another. @param {number[]} values @param {(value: number) => number} x @param {number} y @param {(value: number) => string} word */
    const label = (values, x, y, word) => {
      let free = -Infinity;
      for (const value of values) {
        const [middle, half] = [x(value), pen.measureText(word(value)).width / 2];
        if (middle - half < free) continue;
        free = middle + half + 5;
        pen.fillText(word(value), middle, y);
      }
    };
    const clock = linearTicks(until, step);
    /** @param {Box} box @param {number} ms */
    const at = (box, ms) => box.x + (Math.min(ms, until) / until) * box.width;
    /** @param {Box} box @param {number} ms */
    const logAt = (box, ms) => box.x + margin + ((box.width - 2 * margin) * Math.log(ms / low)) / Math.log(high / low);
    const ticks = logTicks(low, high);
    all.forEach(({ lanes: box, takes }, i) => {
      pen.fillStyle = rule;
      for (const ms of clock) pen.fillRect(Math.round(at(box, ms)), box.y, 1, box.height);
      if (isDotted) for (const ms of ticks) pen.fillRect(Math.round(logAt(takes, ms)), takes.y, 1, takes.height);
      // Uncovered up to the cursor: what comes after it is blank.
      const wide = Math.round((at(box, time) - box.x) * scale);
      if (wide > 0) {
        const [x, y, tall] = [Math.round(box.x * scale), Math.round(box.y * scale), Math.round(box.height * scale)];
        pen.drawImage(sheet.whole, x, y, wide, tall, x / scale, y / scale, wide / scale, tall / scale);
      }
      pen.fillStyle = grey;
      if (on.ends[i] > until && time > until) pen.fillText('→', box.x + box.width + 9, box.y + Math.min(22, box.height / 4));
      if (i === last) {
        label(clock, (ms) => at(box, ms), box.y + box.height + 15, (ms) => (ms === 0 ? t('ms', { ms }) : number(ms)));
        if (isDotted) label(ticks, (ms) => logAt(takes, ms), takes.y + takes.height + 15, (ms) => (ms < 1000 ? number(ms) : t('seconds', { n: number(ms / 1000) })));
      }
      const { percentiles } = now.tracks[i];
      if (percentiles && isDotted) drawTakes(pen, takes, percentiles, (ms) => logAt(takes, ms), { black, grey, pane });
    });
    const first = all[0].lanes;
    pen.fillStyle = firm;
    pen.fillRect(first.x, all[last].lanes.y + all[last].lanes.height, first.width, 1);
    pen.fillStyle = black;
    if (time > until) {
      if (!isWide) return;
      pen.textAlign = 'right';
      pen.fillText(`${t('ms', { ms: time })} →`, first.x + first.width, first.y - 6);
      return;
    }
    const x = at(first, time);
    for (const { lanes: box } of all) pen.fillRect(x - 0.75, box.y - 1, 1.5, box.height + 2);
    // Where the rows stand apart, there is a name where the grip would be.
    if (!isWide) return;
    pen.beginPath();
    pen.moveTo(x - 5, first.y - 12);
    pen.lineTo(x + 5, first.y - 12);
    pen.lineTo(x + 5, first.y - 7);
    pen.lineTo(x, first.y - 1);
    pen.lineTo(x - 5, first.y - 7);
    pen.fill();
  };

  /**
   * How long a call takes: three dots on a line.
   * @param {CanvasRenderingContext2D} pen @param {Box} box @param {number[]} percentiles
   * @param {(ms: number) => number} x @param {{ black: string, grey: string, pane: string }} inks
   */
  const drawTakes = (pen, box, percentiles, x, { black, grey, pane }) => {
    const y = box.y + box.height / 2;
    const [p50, p90, p99] = percentiles.map((ms) => x(Math.max(1, ms)));
    pen.fillStyle = black;
    pen.fillRect(p50, y - 0.75, p99 - p50, 1.5);
    /** @param {number} at @param {number} radius @param {string} fill */
    const dot = (at, radius, fill) => {
      pen.fillStyle = fill;
      pen.beginPath();
      pen.arc(at, y, radius, 0, 2 * Math.PI);
      pen.fill();
    };
    dot(p50, 4, black);
    dot(p99, 4, black);
    dot(p90, 4.2, black);
    dot(p90, 2.6, pane);
    pen.fillStyle = grey;
    pen.textAlign = 'right';
    pen.fillText(number(Math.round(percentiles[0])), p50 - 8, y + 4);
    pen.textAlign = 'left';
    pen.fillText(number(Math.round(percentiles[2])), p99 + 8, y + 4);
    pen.textAlign = 'center';
  };

  return {
    update(nextFrame, nextExtra) {
      extra = nextExtra;
      for (const { show, el } of below) setAttr(el, 'aria-pressed', String(extra.state.show === show));
      const now = extra.picture.tracks;
      if (!now) return;
      const running = nextFrame.cursor > 0 && nextFrame.ending == null ? now.tracks.find((s) => !s.model)?.name : undefined;
      body.style.setProperty('--n', String(now.tracks.length));
      list(now.tracks.map((staffing) => ({ staffing, calls: now.tasks, described: staffing.name === running })));
      draw();
    },
    destroy() {
      sheet.destroy();
      root.replaceChildren();
    },
  };
};
