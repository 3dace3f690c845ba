// Tracks on one clock: a row each, its workers above and its tasks below, to scale. A row is whole: what it did, and where it
// ended. Where lanes are thinner than they can be seen, they are as many as there is room for, one upon the other.

import { seriesOf } from '../../describe.js';
import { areasOf, onceASize, pastAndLater } from './areas.js';
import { once } from './run.js';
import { px } from './scene.js';

/** @typedef {import('./pen.js').Pen} Pen */
/** @typedef {import('./scale.js').Scale} Scale */
/** @typedef {import('./hero.js').Shown} Shown */
/** @typedef {import('./hero.js').State} State */
/** @typedef {import('../../types.js').Run} Run */
/** @typedef {import('../../types.js').Text} Text */
/** @typedef {{ lane: number, from: number, to: number, what: number }} Span */
/** @typedef {{ spans: Span[], lanes: number, end: number }} Group */
/** @typedef {import('../../types.js').TracksFrame['tracks'][number]} Track */

/** What somebody does during a span, by its number in `Run.spans`, and the state that has its hue. */
export const WHAT = /** @type {const} */ (['running', 'pending', 'ready', 'cancelled']);
export const [COMPUTING, WAITING, QUEUEING, OVERHEAD] = [0, 1, 2, 3];
/** Beyond so many spans of a group, its lanes are drawn as counts. */
export const defaults = { spans: 2500 };

/** Each track's workers and tasks. @param {Run} run @returns {{ workers: Group, tasks: Group }[]} */
export const groupsOf = (run) => once(run, 'groups', () => {
  const rows = run.spans();
  /** @type {Group[]} */
  const groups = [];
  for (let i = 0; i < rows.length; i += 5) {
    const group = (groups[rows[i]] ??= { spans: [], lanes: 0, end: 0 });
    const span = { lane: rows[i + 1], from: rows[i + 2], to: rows[i + 3], what: rows[i + 4] };
    group.spans.push(span);
    group.lanes = Math.max(group.lanes, span.lane + 1);
    group.end = Math.max(group.end, span.to);
  }
  const none = { spans: [], lanes: 0, end: 0 };
  return Array.from({ length: Math.ceil(groups.length / 2) }, (_, i) => ({ workers: groups[2 * i] ?? none, tasks: groups[2 * i + 1] ?? none }));
});

/** How many lanes of a group do what at each of some places. @param {Run} run @param {Group} group @param {string} name @param {number} end @param {number} places */
const countsOf = (run, group, name, end, places) => once(run, `counts ${name} ${places}`, () => {
  const ms = end / places;
  const counts = WHAT.map(() => new Float64Array(places));
  for (const { from, to, what } of group.spans) {
    const last = Math.min(places - 1, Math.floor(to / ms));
    for (let i = Math.floor(from / ms); i <= last; i++) counts[what][i] += (Math.min(to, (i + 1) * ms) - Math.max(from, i * ms)) / ms;
  }
  return counts;
});

/** Every span of a group as a box: a path for each thing that is done. @param {Group} group @param {{ scale: Scale, top: number, pitch: number, isThin: boolean }} place @returns {string[]} */
function boxes(group, { scale, top, pitch, isThin }) {
  const paths = WHAT.map(() => '');
  for (const { lane, from, to, what } of group.spans) {
    const isLine = isThin && what !== COMPUTING && what !== OVERHEAD;
    const h = Math.max(1, isLine ? Math.min(2, pitch * 0.3) : pitch * (pitch > 5 ? 0.8 : 0.9));
    const y = top + pitch * (lane + 0.5) - h / 2;
    paths[what] += `M${px(scale.x(from))} ${px(y)}H${px(scale.x(to))}V${px(y + h)}H${px(scale.x(from))}z`;
  }
  return paths;
}

/**
 * The lanes of a group between two heights: drawn once, whole; what the cursor moves is where the past ends.
 * @param {Pen} pen @param {Scale} scale @param {Run} run @param {Group} group @param {string} name @param {Shown} shown
 * @param {{ top: number, bottom: number, thin?: boolean }} o thin: waits are lines
 */
export function lanes(pen, scale, run, group, name, shown, { top, bottom, thin: isThin = false }) {
  const pitch = (bottom - top) / Math.max(1, group.lanes);
  // Where lanes can be told apart, each has its bed from the start.
  if (pitch >= 5) for (let i = 0; i < group.lanes; i++) pen.line('bed-line', scale.left, top + pitch * (i + 0.5), scale.right, top + pitch * (i + 0.5));
  const isCrowd = group.spans.length > defaults.spans || pitch < 1.2;
  const paths = onceASize(run, name, [scale.left, scale.right, scale.end, top, bottom], () => (isCrowd
    ? areasOf(scale, countsOf(run, group, name, scale.end, Math.max(1, Math.floor(scale.right - scale.left))), [COMPUTING, OVERHEAD, QUEUEING, WAITING], top, pitch)
    : boxes(group, { scale, top, pitch, isThin })));
  pastAndLater(pen, scale, shown, top - 1, bottom + 1, (cls) => paths.forEach((d, what) => {
    if (d) pen.path(`span ${WHAT[what]}${cls}`, d);
  }));
}

/** A track's name and what is said of it, in words that its scenario has. @param {Text} text @param {Track} track @param {number} tasks */
export function named(text, { name, workers, threads, model }, tasks) {
  const { series, n } = seriesOf(name);
  const args = { n, chairs: workers, calls: tasks, clerks: threads, model: model ? 'yes' : 'no' };
  const about = `staffing.${series}.about`;
  const real = `staffing.${series}.real`;
  return { name: text.t(`staffing.${series}.name`, args), about: text.has(about) ? text.t(about, args) : '', kind: model, real: text.has(real) ? text.t(real) : undefined };
}

/** The axis of tracks ends with the last of them that does not leave all others far behind, so that none is cut. @param {Run} run */
export const endOf = (run) => Math.max(1, ...groupsOf(run).map(({ workers, tasks }) => Math.max(workers.end, tasks.end)));

/** What is drawn of all tracks at the cursor. @param {State} state @param {Text} text */
export function tracksAt({ run, cursor, deciding }, text) {
  const frame = run.tracks(cursor);
  const now = cursor >= run.length ? Math.max(frame?.time ?? 0, endOf(run)) : frame?.time ?? 0;
  const rows = groupsOf(run).map((groups, i) => {
    const track = frame?.tracks[i];
    return track ? { ...groups, track, ...named(text, track, frame?.tasks ?? 0), end: track.all_finished ?? undefined } : undefined;
  }).filter((row) => row !== undefined);
  return { run, cursor, rows, tasks: frame?.tasks ?? 0, shown: { cursor, now, isKnown: deciding.isKnown }, end: endOf(run) };
}

/** What the hues stand for, in a line that ends at the right. @param {Pen} pen @param {number} right @param {number} y @param {number} most @param {[string, string][]} entries of state and word */
export function legend(pen, right, y, most, entries) {
  let x = right;
  for (const [state, word] of entries.toReversed()) {
    const w = pen.width('tiny', word) + 26;
    if (right - x + w > most) return;
    x -= w;
    pen.rect(`span ${state}`, x, y - 9, 10, 10);
    pen.text('tiny', x + 15, y, word);
  }
}
