// The same tasks over one worker and over more: what is computed gets shorter with workers, what waits does not. A lane is a
// task, the number in a block is the worker that computes it.

import { axis, bracket, now } from './kit/clock.js';
import { heroOf } from './kit/hero.js';
import { createScale } from './kit/scale.js';
import { COMPUTING, lanes, legend, tracksAt, WAITING } from './kit/tracks.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */

/** @param {State} state @param {Words} _ @param {import('./kit/hero.js').Host} host */
function model(state, _, host) {
  const tracks = tracksAt(state, host.text);
  return {
    ...tracks,
    rows: tracks.rows.map((row) => {
      const waits = row.tasks.spans.filter(({ what }) => what === WAITING);
      // While all of them wait: from when the last one has begun to until the first one is over.
      const all = waits.length > 0 && new Set(waits.map(({ lane }) => lane)).size === row.tasks.lanes;
      const [from, to] = all ? [Math.max(...waits.map((w) => w.from)), Math.min(...waits.map((w) => w.to))] : [0, 0];
      return { ...row, asleep: to > from ? { from, to } : undefined, last: Math.max(0, ...row.tasks.spans.map((s) => s.to)) };
    }),
  };
}
/** @typedef {ReturnType<typeof model>} Model */

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, { width, height }, words) {
  const narrow = width < 560;
  // What stands at the end of the longest row fits beside it.
  const beside = Math.max(narrow ? 52 : 92, pen.width(narrow ? 'name little' : 'number', words('ms', { ms: m.end })) + 24);
  const [left, right] = [narrow ? 80 : 146, width - beside];
  const [top, bottom] = [narrow ? 16 : 34, height - 32];
  const scale = createScale(m.end, left, right);
  axis(pen, scale, top - 2, bottom, { unit: 'ms', apart: narrow ? 60 : 100 });
  if (!narrow) legend(pen, width - 12, 13, width - 40, [['running', words('computes')], ['pending', words('waits')], ['ready', words('queues')]]);
  const tall = (bottom - top) / Math.max(1, m.rows.length);
  m.rows.forEach((row, i) => {
    const y = top + tall * i;
    const x = narrow ? 8 : 20;
    const foot = 24;
    pen.text(narrow ? 'name little' : 'name', x, y + 16, row.name, { most: left - x - 8 });
    if (tall > 56) pen.text('tiny', x, y + 33, words(row.kind ? 'model' : 'real'), { most: left - x - 8 });
    const [t0, t1] = [y + 4, y + tall - foot - 4];
    lanes(pen, scale, m.run, row.tasks, `t${i}`, m.shown, { top: t0, bottom: t1, thin: true });
    const pitch = (t1 - t0) / Math.max(1, row.tasks.lanes);
    if (pitch >= 11 && !narrow) {
      for (const span of row.tasks.spans) {
        if (span.what !== COMPUTING || span.from >= m.shown.now) continue;
        const w = (Math.min(span.to, m.shown.now) - span.from) * scale.pxPerMs;
        const worker = row.workers.spans.find((s) => s.what === COMPUTING && s.from <= span.from && s.to >= Math.min(span.to, m.shown.now) && sameWork(row, s, span))?.lane ?? 0;
        if (w > 14) pen.text('in-block little', scale.x(span.from) + w / 2, t0 + pitch * (span.lane + 0.5) + 4.5, String(worker + 1), { anchor: 'middle' });
      }
    }
    const by = y + tall - foot / 2 - 2;
    /** @param {string} key @param {number} a @param {number} b @param {string} word @param {string} cls */
    const say = (key, a, b, word, cls) => {
      if (b <= a || m.shown.now < b) return;
      const text = words(word, { ms: b - a });
      const w = (b - a) * scale.pxPerMs;
      const fits = [text, words('ms', { ms: b - a })].find((one) => pen.width('bracket-text', one) + 20 < w);
      if (fits) bracket(pen, scale, `${key} ${i}`, a, b, by, fits, cls);
    };
    if (row.asleep) {
      say('before', 0, row.asleep.from, 'computing', 'running');
      say('asleep', row.asleep.from, row.asleep.to, 'all_wait', 'pending');
      say('after', row.asleep.to, row.last, 'computing', 'running');
    }
    if (row.end === undefined) return;
    pen.text(narrow ? 'name little halo' : 'number halo', scale.x(row.end) + 10, y + 22, words('ms', { ms: row.end }), { key: `end ${i}` });
    if (!narrow && tall > 56) pen.text('tiny halo', scale.x(row.end) + 10, y + 39, words('busy', { percent: Math.round(row.track.busy * 100) }), { key: `busy ${i}` });
  });
  now(pen, scale, Math.min(m.shown.now, m.end), top - 10, bottom);
}

/** Whether a worker's span is that of a task: of those that begin together, the nth worker has the nth task. @param {Model['rows'][number]} row @param {{ lane: number, from: number }} work @param {{ lane: number, from: number }} span */
function sameWork(row, work, span) {
  const nth = row.tasks.spans.filter((s) => s.what === COMPUTING && s.from === span.from).sort((a, b) => a.lane - b.lane).findIndex((s) => s.lane === span.lane);
  const workers = row.workers.spans.filter((s) => s.what === COMPUTING && s.from <= span.from && s.to > span.from).map(({ lane }) => lane).sort((a, b) => a - b);
  return workers[nth] === work.lane || workers.length <= nth;
}

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  return m.rows.map((row, i) => ({
    text: `${row.name}: ${words(row.kind ? 'model' : 'real')}, ${row.end === undefined ? words('done_of', { n: row.track.finished, all: m.tasks }) : words('done_at', { ms: row.end })}`,
    now: i === m.rows.findIndex(({ kind }) => !kind) && m.cursor > 0,
    parts: row.asleep && m.shown.now >= row.asleep.to ? [{ text: words('all_wait', { ms: row.asleep.to - row.asleep.from }) }, { text: words('busy', { percent: Math.round(row.track.busy * 100) }) }] : [],
  }));
}

export const createHero = heroOf({ name: 'workers', model, draw, describe });
