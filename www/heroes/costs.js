// What a poll costs, by how the machine was written: instructions as counted, a bar each, and beside them what was measured
// here, as its middle half. Two that lie within each other's spread cannot be told apart, and the picture says so.

import { heroOf } from './kit/hero.js';
import { createScale, ticks } from './kit/scale.js';
import { defaults } from '../views/costs.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */

/** @param {State} state @param {Words} _ @param {import('./kit/hero.js').Host} host */
function model({ live }, _, host) {
  const progress = live?.progress;
  const ended = Boolean(progress?.ended);
  const rows = defaults.polls.map((id) => {
    const measured = progress?.rows.find((row) => row.id === id);
    const counted = live?.recorded.counts?.find(({ workload }) => workload === defaults.counts[id])?.fuel;
    return { id, name: host.text.t(`costs.row.${id}`), spread: measured?.spread ?? undefined, rounds: measured?.rounds ?? [], counted: ended ? counted : undefined, allocations: measured?.allocations ?? 0, bytes: measured?.bytes ?? 0 };
  });
  const [a, b] = rows;
  const within = a.spread && b.spread ? a.spread.low <= b.spread.high && b.spread.low <= a.spread.high : undefined;
  const exact = new Intl.NumberFormat(host.text.language, { maximumSignificantDigits: 3 });
  return { rows, ended, round: progress?.round ?? 0, rounds: progress?.rounds ?? 0, within, ns: (/** @type {number} */ n) => host.text.t('costs.ns', { n: exact.format(n) }), number: host.text.number };
}
/** @typedef {ReturnType<typeof model>} Model */

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, { width, height }, words) {
  const narrow = width < 560;
  const [nameW, gap] = [narrow ? 104 : 210, narrow ? 18 : 40];
  const left = (narrow ? 8 : 20) + nameW;
  const room = width - left - (narrow ? 40 : 64);
  const countW = narrow ? 0 : room * 0.36;
  const timeX = narrow ? left : left + countW + gap + 40;
  const right = width - (narrow ? 20 : 40);
  const [top, bottom] = [44, height - (narrow ? 56 : 66)];
  const pitch = (bottom - top) / m.rows.length;
  const mostCount = Math.max(1, ...m.rows.map(({ counted }) => counted ?? 0));
  const mostTime = Math.max(1, ...m.rows.map(({ spread }) => (spread ? spread.high + (spread.high - spread.low) : 0))) * 1.05;
  if (!narrow) pen.text('strong', left, 22, words('counted'), { most: countW + gap });
  pen.text('strong', timeX, 22, words('measured'), { most: right - timeX });
  const counts = createScale(mostCount, left, left + countW);
  const times = createScale(mostTime, timeX, right);
  for (const n of ticks(times, narrow ? 60 : 80)) {
    pen.line('grid', times.x(n), top - 8, times.x(n), bottom);
    pen.text('axis-text', times.x(n), bottom + 16, String(n), { anchor: 'middle' });
  }
  m.rows.forEach((row, i) => {
    const y = top + pitch * (i + 0.5);
    pen.text(narrow ? 'name little' : 'name', narrow ? 8 : 20, y + (narrow ? 4 : -1), row.name, { most: nameW - 12 });
    if (!narrow && row.bytes) pen.text('tiny', 20, y + 17, words('weighs', { bytes: row.bytes, allocations: row.allocations }), { most: nameW - 12 });
    pen.line('bed-line', times.left, y, times.right, y);
    if (!narrow) pen.line('bed-line', counts.left, y, counts.right, y);
    if (row.counted !== undefined && !narrow) {
      pen.rect('count', left, y - pitch * 0.28, counts.x(row.counted) - left, pitch * 0.56, { key: `count ${row.id}` });
      pen.text('strong', counts.x(row.counted) + 8, y + 5, m.number(row.counted));
    }
    row.rounds.filter((value) => value <= mostTime).forEach((value, n) => pen.line('round', times.x(value), y - pitch * 0.24, times.x(value), y + pitch * 0.24, { key: `round ${row.id} ${n}` }));
    if (row.spread) {
      const { low, high, median } = row.spread;
      pen.rect('half', times.x(low), y - 6, Math.max(2, (high - low) * times.pxPerMs), 12, { key: `half ${row.id}` });
      pen.circle('median', times.x(median), y, 5, { key: `median ${row.id}` });
      pen.text('tiny halo', times.x(high) + 12, y + 4.5, m.ns(median), { key: `said ${row.id}`, most: Math.max(0, width - times.x(high) - 14) });
    }
  });
  const said = m.within === undefined ? words(m.round ? 'round' : 'waits', { n: m.round, all: m.rounds }) : words(m.ended ? (m.within ? 'within' : 'apart') : 'round', { n: m.round, all: m.rounds });
  pen.measure.lines('strong', said, width - 40, 2).forEach((line, i) => pen.text('strong', narrow ? 8 : 20, height - 22 + i * 18, line));
}

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  return m.rows.map((row) => ({
    text: `${row.name}: ${row.spread ? m.ns(row.spread.median) : words('waits')}`,
    parts: row.counted === undefined ? [] : [{ text: words('told_count', { n: row.counted }) }],
  }));
}

export const createHero = heroOf({ name: 'costs', model, draw, describe });
