// Lanes to scale: each task's polls, waits, and how late it was polled for what was due. Every ms has the same width.

import { askTime } from './kit/change.js';
import { axis, bar, hatching, now, part, strokeOf } from './kit/clock.js';
import { heroOf } from './kit/hero.js';
import { duesOf, lane, latesOf, phasesOf, stateAt } from './kit/lane.js';
import { head } from './kit/marks.js';
import { lanesOf, marks, once } from './kit/run.js';
import { createScale } from './kit/scale.js';
import { band } from './kit/band.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */
/** @typedef {import('./kit/hero.js').Shown} Shown */
/** @typedef {import('../types.js').Run} Run */

/** A lane is no lower than this; of more lanes than fit, all together are a band. */
export const defaults = { least: 9 };

/** @param {number} ms */
const round = (ms) => Math.round(ms * 10) / 10;

/** @param {State} state @param {Words} words @param {import('./kit/hero.js').Host} host */
function model({ run, cursor, deciding, size, params }, words, host) {
  const { lanes } = lanesOf(run);
  const ms = run.time(cursor);
  const shown = { cursor, now: ms, isKnown: deciding.isKnown };
  const fits = lanes.length <= (size.height - 60) / defaults.least;
  const event = run.describe(cursor);
  const rows = (fits ? lanes : []).map((_, i) => {
    const task = i + 1;
    const name = run.nameOf(task);
    const state = stateAt(run, task, cursor);
    const lates = latesOf(run, task).filter(({ at }) => at <= cursor);
    const late = lates[lates.length - 1];
    const isLate = late !== undefined && !(late.till && late.till <= cursor);
    const word = isLate ? words('due_since', { ms: round(late.from) }) : state ? host.text.t(`state.${state}`) : words('not_yet');
    const polls = phasesOf(run, task).filter((phase) => phase.state === 'running' && phase.at <= cursor);
    return { task, name, state, word, hue: isLate ? 'ready' : state ?? 'none', lates, polls, set: duesOf(run, task).filter(({ at, till }) => at <= cursor && !(till && till <= cursor)) };
  });
  const wakes = marks(run, 'woken_queued', 'woken_during_poll', 'woken_coalesced').filter(({ at, time, event: { by } }) => at <= cursor && time === ms && by.kind !== 'itself');
  return { run, cursor, params, pxPerMs: 1, shown, rows: [...rows, ...elsewhere(run, shown, words)], all: lanes.length, wakes, running: 'task' in event ? event.task : 0, end: Math.max(run.duration, 1) };
}

/** What page.js writes where there is no worker. */
const NO_WORKER = /^no worker: (.*)$/;

/**
 * The lane of a worker, if jobs were handed to one: each is with it from the message to it until the message from it. When it works
 * on it is not seen. @param {Run} run @param {Shown} shown @param {Words} words
 */
function elsewhere(run, shown, words) {
  const jobs = once(run, 'elsewhere', () => marks(run, 'promise_created').filter(({ event }) => event.name.startsWith('spawnBlocking(')).map(({ at, time, event }) => {
    const end = marks(run, 'promise_resolved', 'promise_rejected').find((mark) => mark.event.promise === event.promise);
    return { at, from: time, till: end?.at ?? 0, to: end?.time ?? run.duration, state: /** @type {const} */ ('running'), polls: 0 };
  }));
  const refused = marks(run, 'logged').find(({ event }) => NO_WORKER.test(event.text));
  if (!jobs.length && !refused) return [];
  const polls = jobs.filter(({ at }) => at <= shown.cursor);
  const isBusy = polls.some(({ till }) => !(till && till <= shown.cursor));
  const why = refused && refused.at <= shown.cursor ? NO_WORKER.exec(refused.event.text)?.[1] : undefined;
  const word = why === undefined ? words(isBusy ? 'worker_busy' : 'worker_idle') : words('no_worker', { why });
  return [{ task: 0, name: words('worker'), state: isBusy ? /** @type {const} */ ('running') : undefined, word, hue: isBusy ? 'running' : why === undefined ? 'none' : 'panicked', lates: [], polls, set: [] }];
}
/** @typedef {ReturnType<typeof model>} Model */

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, { width, height }, words) {
  hatching(pen);
  const narrow = width < 560;
  const [top, bottom] = [narrow ? 20 : 34, height - 34];
  const [left, right] = [narrow ? 76 : 150, width - (narrow ? 22 : 44)];
  const scale = createScale(m.end, left, right);
  m.pxPerMs = scale.pxPerMs;
  axis(pen, scale, top, bottom, { unit: 'ms', apart: narrow ? 56 : 110 });
  if (!m.rows.length) {
    pen.text('name', narrow ? 8 : 20, top + 18, words('tasks', { n: m.all }), { most: left - 16 });
    band(pen, scale, m.run, m.shown, top + 6, bottom - 8);
    now(pen, scale, m.shown.now, top - 20, bottom);
    return;
  }
  const pitch = Math.min(128, (bottom - top - 6) / m.rows.length);
  const h = Math.max(4, Math.min(58, pitch * (pitch > 40 ? 0.48 : 0.72)));
  const y0 = top + Math.max(0, (bottom - top - pitch * m.rows.length) / 3);
  m.rows.forEach((row, i) => {
    const y = y0 + pitch * (i + 0.5);
    const isLarge = pitch >= 38;
    const cls = `name${isLarge && !narrow ? '' : ' little'}`;
    const labelled = pitch >= 12 || i % Math.ceil(12 / pitch) === 0;
    const x = narrow ? 8 : 20;
    if (isLarge) {
      pen.text(cls, x, y - 2, row.name, { most: left - x - 10 });
      pen.text(`state little st ${row.hue}`, x, y + 15, narrow && row.hue === 'ready' && row.state !== 'ready' ? words('due') : row.word, { most: left - x - 8 });
    } else if (labelled) pen.text(cls, x, y + 4.5, row.name, { most: left - x - 10 });
    pen.line('bed-line', left, y, right, y);
    for (const { due, from } of row.set) {
      pen.group({ key: `due ${row.task} ${due}`, x: scale.x(due), y, drag: `due ${row.task} ${due - from}` }, () => {
        pen.rect('grip', -5, -h / 2 - 3, 10, h + 6);
        pen.line('due', 0, -h / 2 - 3, 0, h / 2 + 3);
      });
    }
    if (row.task) lane(pen, scale, m.run, row.task, m.shown, { y, h, late: true });
    else for (const job of row.polls) bar(pen, scale, `worker ${job.at}`, job, m.shown, { y, h, cls: 'poll elsewhere', least: strokeOf(scale), go: job.at });
    if (!isLarge) return;
    // Words stand in what is long enough for them.
    for (const late of row.lates) {
      const seen = part(late, m.shown);
      const text = words('late', { ms: seen ? round(seen.to - seen.from) : 0 });
      const wide = pen.width('late-text', text) + 16;
      if (!seen || (seen.to - seen.from) * scale.pxPerMs < wide + 6) continue;
      const x = (scale.x(seen.from) + scale.x(seen.to)) / 2;
      pen.rect('late-ground-text', x - wide / 2, y - 10, wide, 20);
      pen.text('late-text', x, y + 5, text, { anchor: 'middle' });
      if (late === row.lates[0] && scale.x(seen.from) - left > 44) pen.text('tiny', scale.x(seen.from) - 4, y - h / 2 - 2, words('due'), { anchor: 'end' });
    }
    for (const poll of row.polls) {
      const seen = part(poll, m.shown);
      if (!seen) continue;
      const room = (seen.to - seen.from) * scale.pxPerMs - 14;
      const text = words(row.task ? 'one_poll' : 'one_job', { ms: round(seen.to - seen.from) });
      const short = words('ms', { ms: round(seen.to - seen.from) });
      const fits = [...(row.task ? [words('one_poll_long', { ms: round(seen.to - seen.from) })] : []), text, short].find((one) => pen.width('in-block', one) <= room);
      if (fits) pen.text('in-block', (scale.x(seen.from) + scale.x(seen.to)) / 2, y + 5, fits, { anchor: 'middle' });
    }
  });
  for (const [n, { at, event }] of m.wakes.entries()) {
    const i = event.task - 1;
    const from = event.by.kind === 'task' ? y0 + pitch * (event.by.task - 0.5) : bottom;
    const to = y0 + pitch * (i + 0.5) + (from > y0 + pitch * (i + 0.5) ? h / 2 + 3 : -h / 2 - 3);
    // Beside the cursor, within the axis: at the end of the run, before it.
    const beside = 9 + 7 * n;
    const isWithin = scale.x(m.shown.now) + 9 + 7 * (m.wakes.length - 1) <= right - 4;
    const x = scale.x(m.shown.now) + (isWithin ? beside : -beside);
    pen.scene.put('path', { class: 'road wake taken', d: `M${x} ${from}V${to}`, pathLength: 1 }, { key: `wake ${at}` });
    head(pen, x, to, from > to ? -90 : 90, 'wake', `wake head ${at}`);
  }
  now(pen, scale, m.shown.now, top - 16, bottom);
}

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  if (!m.rows.length) return [{ text: words('tasks', { n: m.all }), now: m.cursor > 0 }];
  return m.rows.map((row) => ({
    text: `${row.name}: ${row.word}`,
    now: row.task > 0 && row.task === m.running,
    parts: [
      ...row.polls.slice(-6).map((poll) => {
        const seen = part(poll, m.shown);
        return { text: words(row.task ? 'told_poll' : 'told_job', { from: round(poll.from), to: round(seen?.to ?? poll.to) }), now: seen?.isOpen };
      }),
      ...row.lates.slice(-3).map((late) => {
        const seen = part(late, m.shown);
        return { text: words('told_late', { from: round(late.from), to: round(seen?.to ?? late.to) }) };
      }),
    ],
  }));
}

export const createHero = heroOf({
  name: 'lanes', model, draw, describe,
  // A timer that is dragged along the axis is due at another time: the parameter that has its length gets another one.
  drag(name, dx, _, m, host) {
    const after = Number(name.split(' ')[2]);
    const param = Object.keys(m.params).find((key) => Number(m.params[key]) === after);
    if (param) askTime(host, m.params, param, after + dx / m.pxPerMs);
  },
});
