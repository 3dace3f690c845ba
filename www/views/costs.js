// What a poll costs, by who wrote the machine: every round a tick, the middle half a whisker, the median a dot; beside
// it what the test suite counted. What is not to be compared stands apart and says why.

import { h, setShown, setText, svg } from '../dom.js';
import { createPen, px } from '../pen.js';
import { linearTicks, roundStep } from '../ticks.js';
import { paneHead } from './pane.js';
import { createUnits } from './units.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').CostRow} CostRow */
/** @typedef {NonNullable<CostRow['spread']>} Spread */
/** @typedef {import('../stages/costs.js').Progress} Progress */
/** @typedef {import('../stages/costs.js').Recorded} Recorded */

export const defaults = {
  /** In the order in which they are read; the first is what the others are held against. */
  polls: ['hand', 'async', 'boxed', 'boxed_dyn', 'deep'],
  /** Where the compiler sees through the driver, too: no poll is left to compare. */
  apart: ['seen'],
  calls: ['clerk_hand', 'clerk_async'],
  /** By row, the name of its count. */
  counts: /** @type {Record<string, string>} */ ({
    hand: 'poll_hand', async: 'poll_async', boxed: 'poll_boxed', boxed_dyn: 'poll_boxed_dyn', deep: 'poll_deep',
    clerk_hand: 'clerk_hand', clerk_async: 'clerk_async',
  }),
  /** The talk's claim: so much apart at most. */
  claim: 0.003,
  /** Less than this share of what the hand-written machine takes is no poll any more. */
  collapsed: 0.5,
};

/** How two measurements are compared in words. @param {import('../text.js').Text} text */
export function createComparison({ t, language }) {
  const exact = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
  const tenth = new Intl.NumberFormat(language, { maximumFractionDigits: 1, signDisplay: 'exceptZero' });
  /** By how much one is more than the other. @param {number} a @param {number} b */
  const more = (a, b, format = tenth) => t('costs.percent', { n: format.format(100 * (a / b - 1)) });
  const ns = (/** @type {number} */ n) => t('costs.ns', { n: exact.format(n) });
  /** How far two medians are apart, and whether that can be told from their spreads. @param {Spread} a @param {Spread} b */
  const compared = (a, b) => ({
    async: ns(a.median), hand: ns(b.median), change: more(a.median, b.median),
    apart: a.low > b.high ? 'more' : a.high < b.low ? 'less' : 'no',
  });
  return { exact, more, ns, compared };
}

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 */
export function createCosts(root, { text }) {
  const { t, say, language } = text;
  const { exact, more, ns, compared } = createComparison(text);
  const { duration } = createUnits(text);
  const counted = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  const hundredth = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'exceptZero' });
  const columns = /** @type {const} */ (['plot', 'time', 'ratio', 'count', 'weight']);
  /** @param {string} id */
  const rowOf = (id) => {
    const plot = svg('svg', { 'aria-hidden': 'true' });
    const cells = Object.fromEntries(columns.map((name) => [name, h('td', { class: name, role: 'cell', 'data-label': t(`costs.col.${name}`) })]));
    const [median, spread, bytes, allocations] = [h('b'), h('small'), h('span'), h('small')];
    cells.time.append(median, spread);
    cells.weight.append(bytes, allocations);
    cells.plot.append(plot);
    const isApart = defaults.apart.includes(id);
    if (isApart) {
      cells.ratio.append(h('span', { class: 'tag' }, t('costs.apart')));
      cells.ratio.colSpan = 2;
      cells.count.remove();
    }
    const el = h('tr', { class: isApart ? `${id} apart` : id, role: 'row' }, h('th', { class: 'name', scope: 'row', role: 'rowheader' },
      h('b', {}, t(`costs.row.${id}`)), h('small', {}, ...say(`costs.row.${id}.about`))), ...Object.values(cells).filter((cell) => !isApart || cell !== cells.count));
    return { id, isApart, el, cells, median, spread, bytes, allocations, pen: createPen(plot), plot };
  };
  /** @param {string} name @param {string[]} ids */
  const tableOf = (name, ids) => {
    const rows = ids.map(rowOf);
    const axis = svg('svg', { 'aria-hidden': 'true' });
    const el = h('table', { role: 'table', class: name, 'aria-label': t(`costs.table.${name}`) },
      h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, h('th', { class: 'name', scope: 'col', role: 'columnheader' }, h('span', {}, t(`costs.table.${name}`))),
        ...columns.map((c) => h('th', { class: c, scope: 'col', role: 'columnheader' }, h('span', { class: c === 'plot' ? 'vh' : '' }, t(`costs.col.${c}`)))))),
      h('tbody', { role: 'rowgroup' }, ...rows.map((r) => r.el)),
      h('tfoot', { 'aria-hidden': 'true' }, h('tr', {}, h('td'), h('td', { class: 'plot' }, axis), h('td', { colspan: 4 }))));
    return { el, rows, pen: createPen(axis) };
  };
  const tables = [tableOf('polls', [...defaults.polls, ...defaults.apart]), tableOf('calls', defaults.calls)];
  const claim = h('div', { class: 'claim' });
  const notes = h('ul', { class: 'notes' });
  const empty = h('p', { class: 'empty' }, t('costs.empty'));
  const body = h('div', { class: 'body', tabindex: 0, role: 'group', 'aria-label': t('pane.costs') }, empty, tables[0].el, tables[1].el, claim, notes);
  root.replaceChildren(paneHead(text, 'costs', h('div', { class: 'legend' },
    h('span', {}, h('i', { class: 'mark tick', 'aria-hidden': 'true' }), t('costs.legend.round')),
    h('span', {}, h('i', { class: 'mark half', 'aria-hidden': 'true' }), t('costs.legend.half')),
    h('span', {}, h('i', { class: 'mark dot', 'aria-hidden': 'true' }), t('costs.legend.median')))), body);

  /** @type {Progress | undefined} */
  let latest;

  /** @param {typeof tables[number]} table @param {CostRow[]} measured */
  const drawPlots = ({ rows, pen: axisPen }, measured) => {
    const of = rows.flatMap(({ id }) => measured.find((m) => m.id === id) ?? []);
    const wide = rows[0].plot.clientWidth;
    const most = Math.max(...of.flatMap(({ spread }) => (spread ? [spread.high + (spread.high - spread.low)] : [])), 0) * 1.08;
    if (wide === 0 || most === 0) {
      for (const { pen } of rows) pen.done();
      axisPen.done();
      return;
    }
    const [left, right] = [6, wide - 10];
    const x = (/** @type {number} */ value) => left + ((right - left) * Math.min(value, most * 1.02)) / most;
    const ticks = linearTicks(most, roundStep(most / Math.max(2, Math.min(6, wide / 45))));
    ticks.forEach((value, i) => {
      const anchor = i === 0 ? 'start' : x(value) > wide - 26 ? 'end' : 'mid';
      axisPen.put(`t${i}`, 'text', { class: anchor, x: px(anchor === 'end' ? wide : i === 0 ? 0 : x(value)), y: 13 }, i === ticks.length - 1 ? ns(value) : exact.format(value));
    });
    axisPen.done();
    const base = of[0]?.spread?.median;
    for (const { id, pen, plot } of rows) {
      const row = of.find((m) => m.id === id);
      const tall = plot.clientHeight || 34;
      const y = tall / 2;
      ticks.forEach((value, i) => pen.put(`g${i}`, 'line', { class: 'grid', x1: px(x(value)), x2: px(x(value)), y1: 0, y2: tall }));
      if (base !== undefined) pen.put('base', 'line', { class: 'here', x1: px(x(base)), x2: px(x(base)), y1: 0, y2: tall });
      if (row?.spread) {
        row.rounds.forEach((value, i) => pen.put(`r${i}`, 'line', { class: value > most ? 'round beyond' : 'round', x1: px(x(value)), x2: px(x(value)), y1: y - 8, y2: y + 8 }));
        const { median, low, high } = row.spread;
        pen.put('half', 'path', { class: 'half', d: `M${px(x(low))} ${y - 5}v10m0 -5H${px(x(high))}m0 -5v10` });
        pen.put('median', 'circle', { class: 'median', cx: px(x(median)), cy: y, r: 4 });
      }
      pen.done();
    }
  };

  const observer = new ResizeObserver(() => {
    if (latest) for (const table of tables) drawPlots(table, latest.rows);
  });
  observer.observe(body);

  return {
    /** @param {Progress | undefined} now @param {Recorded} recorded @param {boolean} isOver */
    update(now, recorded, isOver) {
      latest = now;
      const measured = now?.rows ?? [];
      setShown(empty, !now?.round);
      const fuel = (/** @type {string} */ id) => recorded.counts?.find((c) => c.workload === defaults.counts[id])?.fuel;
      const spreadOf = (/** @type {string} */ id) => measured.find((m) => m.id === id)?.spread ?? undefined;
      for (const table of tables) {
        const base = spreadOf(table.rows[0].id);
        for (const { id, isApart, cells, median, spread, bytes, allocations } of table.rows) {
          const row = measured.find((m) => m.id === id);
          const s = row?.spread;
          setText(median, s ? ns(s.median) : '');
          setText(spread, s ? t('costs.half', { low: exact.format(s.low), high: exact.format(s.high) }) : '');
          setText(bytes, row ? String(row.bytes) : '');
          setText(allocations, row?.allocations ? t('costs.allocations', { n: row.allocations }) : '');
          if (isApart) continue;
          setText(cells.ratio, s && base ? t('costs.times', { n: counted.format(s.median / base.median) }) : '');
          const count = fuel(id);
          // It answers the question.
          setText(cells.count, count === undefined || !isOver ? '–' : counted.format(count));
        }
        drawPlots(table, measured);
      }
      const [hand, compiled] = defaults.calls.map(fuel);
      const [handNow, compiledNow] = defaults.calls.map(spreadOf);
      const claims = [];
      if (hand && compiled) {
        const change = compiled / hand - 1;
        claims.push(h('p', {}, ...say('costs.claim', { holds: Math.abs(change) <= defaults.claim ? 'yes' : 'no', hand: counted.format(hand), async: counted.format(compiled), change: more(compiled, hand, hundredth), claim: t('costs.percent', { n: counted.format(100 * defaults.claim) }) })));
        const [b, a] = defaults.calls.map((id) => measured.find((m) => m.id === id)?.bytes);
        if (Math.abs(change) > defaults.claim && a !== undefined && b !== undefined && a > b) claims.push(h('p', {}, t('costs.claim.why', { hand: b, async: a })));
      } else claims.push(h('p', {}, t('costs.unrecorded')));
      if (isOver && handNow && compiledNow) claims.push(h('p', {}, ...say('costs.claim.here', compared(compiledNow, handNow))));
      if (isOver) claims.push(h('p', {}, ...say('scenario.zero-cost.verdict')));
      claim.replaceChildren(h('h3', {}, t('costs.claim.title')), ...claims);
      const seen = spreadOf('seen');
      const byHand = spreadOf('hand');
      const items = [];
      if (seen && byHand && now) {
        items.push(say('costs.note.seen', { collapsed: seen.median < defaults.collapsed * byHand.median ? 'yes' : 'no', seen: ns(seen.median), hand: ns(byHand.median) }));
        items.push(say('costs.note.clock', { tick: duration(now.resolution), lasts: duration(now.lasts), share: counted.format((100 * now.resolution) / now.lasts) }));
      }
      if (recorded.rustc) items.push(say('costs.note.counts', { rustc: recorded.rustc }));
      items.push(say('costs.note.here'));
      notes.replaceChildren(...items.map((item) => h('li', {}, ...item)));
    },
    destroy() {
      observer.disconnect();
      root.replaceChildren();
    },
  };
}
