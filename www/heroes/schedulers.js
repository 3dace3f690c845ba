// One workload under several schedulers, on one clock: cores above, then the task that computes long, then all others. A
// notch is a core that was taken away from it. At the right, how many others have had a turn.

import { axis, now } from './kit/clock.js';
import { heroOf } from './kit/hero.js';
import { once } from './kit/run.js';
import { createScale } from './kit/scale.js';
import { COMPUTING, lanes, legend, QUEUEING, tracksAt } from './kit/tracks.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */

/** What of a track is the same at every cursor. @param {import('../types.js').Run} run @param {number} i @param {import('./kit/tracks.js').Group} tasks */
const partsOf = (run, i, tasks) => once(run, `schedule ${i}`, () => {
  const spans = tasks.spans.filter(({ lane }) => lane === 0);
  const others = tasks.spans.filter(({ lane }) => lane > 0).map((span) => ({ ...span, lane: span.lane - 1 }));
  /** When each of the others has the core first. @type {Map<number, number>} */
  const firsts = new Map();
  for (const { lane, what, from } of others) if (what === COMPUTING) firsts.set(lane, Math.min(from, firsts.get(lane) ?? Infinity));
  return {
    // It stands in line again although it has not come to a wait: the core was taken from it.
    taken: spans.filter((span) => span.what === COMPUTING && spans.some((next) => next.what === QUEUEING && next.from === span.to)).map(({ to }) => to),
    firsts: [...firsts.values()],
    long: { spans, lanes: 1, end: tasks.end },
    others: { spans: others, lanes: Math.max(0, tasks.lanes - 1), end: tasks.end },
  };
});

/** @param {State} state @param {Words} _ @param {import('./kit/hero.js').Host} host */
function model(state, _, host) {
  const tracks = tracksAt(state, host.text);
  return {
    ...tracks,
    rows: tracks.rows.map((row, i) => {
      const parts = partsOf(tracks.run, i, row.tasks);
      return { ...row, ...parts, turns: parts.firsts.filter((first) => first < tracks.shown.now).length };
    }),
  };
}
/** @typedef {ReturnType<typeof model>} Model */

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, { width, height }, words) {
  const narrow = width < 560;
  const [left, right] = [narrow ? 92 : 176, width - (narrow ? 62 : 128)];
  const [top, bottom] = [narrow ? 16 : 36, height - 32];
  const scale = createScale(m.end, left, right);
  axis(pen, scale, top - 2, bottom, { unit: 'ms', apart: narrow ? 60 : 100 });
  if (!narrow) {
    legend(pen, right, 13, right - left, [['running', words('computes')], ['pending', words('waits')], ['ready', words('queues')], ['cancelled', words('changes')]]);
    pen.measure.lines('tiny', words('turns'), 112, 2).forEach((line, i) => pen.text('tiny', width - 12, 13 + i * 15, line, { anchor: 'end' }));
  }
  const tall = (bottom - top) / Math.max(1, m.rows.length);
  m.rows.forEach((row, i) => {
    const y = top + tall * i;
    const x = narrow ? 8 : 20;
    const cls = narrow ? 'name little' : 'name';
    const lines = pen.measure.lines(cls, row.name, left - x - 12, narrow && tall > 84 ? 3 : 2);
    lines.forEach((line, n) => pen.text(cls, x, y + 16 + n * 17, line, { most: left - x - 12 }));
    const after = y + 16 + lines.length * 17;
    // What is a model is always said; how it schedules, where there is room.
    const isTold = tall > 76 && !narrow;
    if (isTold) pen.text('tiny', x, after, row.about.split(' · ')[0] ?? '', { most: left - x - 12 });
    if (tall > 50) pen.text('tiny', x, isTold ? after + 16 : after, row.kind ? words('model') : row.real ?? words('real'), { most: left - x - 12 });
    const coreH = Math.min(tall * 0.3, 11 * Math.max(1, row.workers.lanes));
    const longH = Math.max(5, Math.min(16, tall * 0.16));
    const y0 = y + 6;
    lanes(pen, scale, m.run, row.workers, `w${i}`, m.shown, { top: y0, bottom: y0 + coreH });
    lanes(pen, scale, m.run, row.long, `l${i}`, m.shown, { top: y0 + coreH + 4, bottom: y0 + coreH + 4 + longH, thin: true });
    lanes(pen, scale, m.run, row.others, `o${i}`, m.shown, { top: y0 + coreH + longH + 8, bottom: y + tall - 8, thin: true });
    const notch = y0 + coreH + 4;
    row.taken.filter((ms) => ms <= m.shown.now).forEach((ms) => pen.path('notch', `M${scale.x(ms) - 4} ${notch - 5}h8l-4 7z`, { key: `taken ${i} ${ms}` }));
    pen.text(narrow ? 'name little' : 'number mid', width - 12, y + tall / 2 + 4, words(narrow ? 'of_short' : 'of', { n: row.turns, all: row.others.lanes }), { anchor: 'end', most: width - right - 14 });
    if (row.end !== undefined && !narrow && scale.x(row.end) + 60 < right + 20) pen.text('strong halo', scale.x(row.end) + 8, y + 18, words('ms', { ms: row.end }), { key: `end ${i}` });
  });
  now(pen, scale, Math.min(m.shown.now, m.end), top - 10, bottom);
}

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  return m.rows.map((row, i) => ({
    text: `${row.name} (${row.kind ? words('model') : row.real ?? words('real')}): ${row.about}`,
    now: i === m.rows.findIndex(({ kind, real }) => !kind && real === undefined) && m.cursor > 0,
    parts: [
      { text: words('had_turn', { n: row.turns, all: row.others.lanes }) },
      { text: words('taken', { n: row.taken.filter((ms) => ms <= m.shown.now).length }) },
      ...(row.end === undefined ? [] : [{ text: words('done_at', { ms: row.end }) }]),
    ],
  }));
}

export const createHero = heroOf({ name: 'schedulers', model, draw, describe });
