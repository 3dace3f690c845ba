// Two runs on one clock, small: the one that was guessed, and the one that was. A row a task, to scale; one that is left asleep is
// dotted to the edge.

import { h } from '../dom.js';
import { axis } from '../heroes/kit/clock.js';
import { createPen } from '../heroes/kit/pen.js';
import { createScale } from '../heroes/kit/scale.js';

/** @typedef {import('../otherwise.js').Strips} Strips */

/** Px: of the picture, of a row, of the line with the times; and how many rows a run has at most;
 * and what lies beyond the later end. */
export const defaults = { width: 296, row: 11, axis: 20, rows: 6, beyond: 44 };

/** What a task that is not polled is drawn as. @type {Partial<Record<import('../types.js').TaskState, string>>} */
const LINES = { pending: 'wait', ready: 'queue' };
/** @type {import('../types.js').TaskState[]} */
const ENDS = ['done', 'cancelled', 'panicked'];

/** @param {import('../heroes/kit/pen.js').Pen} pen @param {import('../heroes/kit/scale.js').Scale} scale @param {Strips} strips @param {number} top */
function draw(pen, scale, { end, tasks }, top) {
  tasks.forEach((stretches, i) => {
    const y = top + (i + 0.5) * defaults.row;
    for (const { from, to, state } of stretches) {
      if (state === 'running') pen.rect('poll', scale.x(from), y - 4.5, Math.max(4, (to - from) * scale.pxPerMs), 9, { r: 1 });
      else if (LINES[state] && to > from) pen.line(LINES[state], scale.x(from), y, scale.x(to), y);
      else if (ENDS.includes(state)) pen.circle(`over ${state}`, scale.x(from) + 11, y, 4);
    }
    const last = stretches[stretches.length - 1];
    if (last?.state === 'pending') pen.line('missing', scale.x(end), y, scale.right + defaults.beyond - 6, y);
  });
}

/**
 * @param {{ label: string, strips: Strips, action?: { label: string, click: () => void } }[]} runs
 * @param {{ only?: number, unit: string }} options the one task that is drawn where there are too many
 */
export function createStrips(runs, { only = 1, unit }) {
  const end = Math.max(...runs.map(({ strips }) => strips.end));
  const isCrowd = runs.some(({ strips }) => strips.tasks.length > defaults.rows);
  const rows = runs.map(({ label, strips, action }, i) => {
    const shown = isCrowd ? { ...strips, tasks: strips.tasks.slice(only - 1, only) } : strips;
    const pen = createPen();
    const isLast = i === runs.length - 1;
    const height = Math.max(1, shown.tasks.length) * defaults.row + 4 + (isLast ? defaults.axis : 0);
    pen.scene.root.setAttribute('viewBox', `0 0 ${defaults.width} ${height}`);
    const scale = createScale(end, 2, defaults.width - defaults.beyond);
    pen.draw(false, () => {
      if (isLast) axis(pen, scale, 0, height - defaults.axis, { unit, apart: 90 });
      draw(pen, scale, shown, 2);
    });
    const named = h('p', {}, label);
    if (action) named.append(' ', h('button', { class: 'link', click: action.click }, action.label));
    return h('div', { class: 'strip' }, named, pen.scene.root);
  });
  return h('div', { class: 'strips' }, ...rows);
}
