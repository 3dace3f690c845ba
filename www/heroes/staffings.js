// Staffings on one clock, each whole: its clerks above, its calls below, and where it ends.

import { axis, now } from './kit/clock.js';
import { heroOf } from './kit/hero.js';
import { createScale } from './kit/scale.js';
import { lanes, legend, tracksAt, WAITING } from './kit/tracks.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */
/** @typedef {ReturnType<typeof tracksAt>} Model */

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, { width, height }, words) {
  const narrow = width < 560;
  // What stands at the end of the longest row fits beside it.
  const beside = Math.max(narrow ? 58 : 96, pen.width(narrow ? 'name little' : 'number', words('ms', { ms: m.end })) + 24);
  const [left, right] = [narrow ? 92 : 176, width - beside];
  const [top, bottom] = [narrow ? 16 : 36, height - 32];
  const scale = createScale(m.end, left, right);
  axis(pen, scale, top - 4, bottom, { unit: 'ms', apart: narrow ? 60 : 110 });
  if (!narrow) legend(pen, width - 12, 13, width - 40, [['running', words('speaks')], ['pending', words('rings')], ['ready', words('queues')], ['cancelled', words('changes')]]);
  // A row is as high as its lanes ask for: many clerks take more than one.
  const tall = (bottom - top) / Math.max(1, m.rows.length);
  m.rows.forEach((row, i) => {
    const y = top + tall * i;
    const x = narrow ? 8 : 20;
    const lines = pen.measure.lines(narrow ? 'name little' : 'name', row.name, left - x - 12, narrow && tall > 84 ? 3 : 2);
    lines.forEach((line, n) => pen.text(narrow ? 'name little' : 'name', x, y + 15 + n * 17, line, { most: left - x - 12 }));
    const after = y + 15 + lines.length * 17;
    if (tall > 52) pen.text('tiny', x, after, words(row.kind ? 'model' : 'real'), { most: left - x - 12 });
    if (tall > 76 && !narrow && m.cursor > 0) pen.text('tiny', x, after + 17, words('served', { n: row.track.finished, all: m.tasks }), { most: left - x - 12 });
    const clerks = Math.min(tall * 0.4, 12 * Math.max(1, row.workers.lanes) ** 0.6);
    const clerkTop = y + 8;
    lanes(pen, scale, m.run, row.workers, `w${i}`, m.shown, { top: clerkTop, bottom: clerkTop + clerks });
    lanes(pen, scale, m.run, row.tasks, `t${i}`, m.shown, { top: clerkTop + clerks + 4, bottom: y + tall - 8, thin: true });
    // A wait of a clerk that is wide enough says what it is.
    const wait = row.workers.lanes === 1 && row.workers.spans.find(({ what, from }) => what === WAITING && from < m.shown.now);
    const text = words('beside');
    if (wait && !narrow && tall > 60 && scale.x(m.shown.now) - scale.x(wait.from) > pen.width('wait-text', text) + 20) {
      pen.text('wait-text halo', scale.x(wait.from) + 4, clerkTop - 7, text, { most: right - scale.x(wait.from) });
    }
    if (row.end === undefined) return;
    const ended = words('ms', { ms: row.end });
    const ex = scale.x(row.end);
    pen.text(narrow ? 'name little halo' : 'number halo', ex + 10, y + (narrow ? 16 : 22), ended, { key: `end ${i}` });
    if (tall > 48 && !narrow) pen.text('tiny halo', ex + 10, y + 39, words('speaking', { percent: Math.round(row.track.busy * 100) }), { key: `busy ${i}` });
  });
  now(pen, scale, Math.min(m.shown.now, m.end), top - 8, bottom);
}

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  return m.rows.map((row, i) => ({
    text: `${row.name}: ${words(row.kind ? 'model' : 'real')}, ${row.end === undefined ? words('served', { n: row.track.finished, all: m.tasks }) : words('done_at', { ms: row.end })}`,
    now: i === m.rows.findLastIndex(({ kind }) => !kind) && m.cursor > 0,
    parts: [
      { text: words('speaking', { percent: Math.round(row.track.busy * 100) }) },
      ...(row.track.percentiles ? [{ text: words('takes', { p50: row.track.percentiles[0], p90: row.track.percentiles[1], p99: row.track.percentiles[2] }) }] : []),
    ],
  }));
}

export const createHero = heroOf({ name: 'staffings', model: (state, _, host) => tracksAt(state, host.text), draw, describe });
