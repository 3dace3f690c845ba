// A picture's clock: the axis, the cursor on it, and what lasts on a lane. All of one picture has one scale (scale.js).

import { ticks } from './scale.js';

/** @typedef {import('./pen.js').Pen} Pen */
/** @typedef {import('./scale.js').Scale} Scale */
/** @typedef {import('./hero.js').Shown} Shown */
/** @typedef {{ from: number, to: number, at: number, till: number }} Lasts */

/** A poll that takes no time is a stroke so wide, where there is room. */
export const defaults = { stroke: 6, apart: 64 };

/**
 * The axis: lines through the lanes, and times below.
 * @param {Pen} pen @param {Scale} scale @param {number} top @param {number} bottom
 * @param {{ unit: string, apart?: number }} o
 */
export function axis(pen, scale, top, bottom, { unit, apart = defaults.apart }) {
  const times = ticks(scale, apart);
  pen.line('axis', scale.left, bottom, scale.right, bottom);
  times.forEach((ms, i) => {
    const x = scale.x(ms);
    pen.line('grid', x, top, x, bottom + 4);
    const text = i === times.length - 1 ? `${ms} ${unit}` : String(ms);
    // The last one may not stand beyond the edge.
    const over = x + pen.width('axis-text', text) / 2 - (scale.right + 20);
    pen.text('axis-text', x - Math.max(0, over), bottom + 17, text, { anchor: 'middle' });
  });
}

/** The cursor. @param {Pen} pen @param {Scale} scale @param {number} ms @param {number} top @param {number} bottom */
export function now(pen, scale, ms, top, bottom) {
  pen.group({ x: scale.x(ms), key: 'now', cls: 'now' }, () => {
    pen.line('', 0, top + 6, 0, bottom);
    pen.path('', `M-6 ${top - 4}h12v6l-6 6-6-6z`);
  });
}

/** How wide a poll is drawn that takes no time. @param {Scale} scale */
export const strokeOf = (scale) => Math.max(1.5, Math.min(defaults.stroke, scale.pxPerMs * 0.8));

/**
 * The part of what lasts that is shown at the cursor, and the part that is to come, if that may be shown.
 * @param {Lasts} lasts @param {Shown} shown
 * @returns {{ from: number, to: number, isOpen: boolean, later?: number } | undefined}
 */
export function part({ from, to, at, till }, { cursor, now: ms, isKnown }) {
  if (at > cursor) return isKnown ? { from, to: from, isOpen: false, later: to } : undefined;
  const isOver = till > 0 && till <= cursor;
  const until = isOver ? to : Math.min(to, Math.max(from, ms));
  return { from, to: until, isOpen: !isOver, later: isKnown && until < to ? to : undefined };
}

/**
 * Draws a bar for what lasts, to scale.
 * @param {Pen} pen @param {Scale} scale @param {string} key @param {Lasts} lasts @param {Shown} shown
 * @param {{ y: number, h: number, cls: string, least?: number, go?: number, lit?: boolean }} o
 */
export function bar(pen, scale, key, lasts, shown, { y, h, cls, least = 0, go, lit = false }) {
  const seen = part(lasts, shown);
  if (!seen) return;
  const { from, to, later } = seen;
  const begun = lasts.at <= shown.cursor;
  /** @param {string} c @param {string} name @param {number} a @param {number} b @param {number} w */
  const put = (c, name, a, b, w) => pen.scene.put('rect', {
    class: c, x: scale.x(a), y: y - h / 2, width: Math.max(w, (b - a) * scale.pxPerMs), height: h, rx: Math.min(2, h / 4),
    fill: cls === 'late' ? 'url(#hero-late)' : undefined, 'data-from': a, 'data-to': b, 'data-go': go,
  }, { key: name });
  if (later !== undefined) put(`${cls} later`, `${key} later`, begun ? to : from, later, begun ? 0 : least);
  if (begun) put(`${cls}${lit ? ' lit' : ''}`, key, from, to, least);
}

/**
 * Draws a line for what lasts, to scale.
 * @param {Pen} pen @param {Scale} scale @param {string} key @param {Lasts} lasts @param {Shown} shown
 * @param {{ y: number, cls: string, go?: number }} o
 */
export function wait(pen, scale, key, lasts, shown, { y, cls, go }) {
  const seen = part(lasts, shown);
  if (!seen) return;
  const { from, to, later } = seen;
  /** @param {string} c @param {string} name @param {number} a @param {number} b */
  const put = (c, name, a, b) => pen.scene.put('line', {
    class: c, x1: scale.x(a), x2: scale.x(b), y1: y, y2: y, 'data-from': a, 'data-to': b, 'data-go': go,
  }, { key: name });
  const begun = lasts.at <= shown.cursor;
  if (later !== undefined) put(`${cls} later`, `${key} later`, begun ? to : from, later);
  if (begun && to > from) put(cls, key, from, to);
}

/**
 * A bracket that says how long something lasted: |── 24 ms ──|. Its words stand in it where they fit, else beside it.
 * @param {Pen} pen @param {Scale} scale @param {string} key @param {number} from @param {number} to @param {number} y
 * @param {string} text @param {string} [cls]
 */
export function bracket(pen, scale, key, from, to, y, text, cls = '') {
  const [x0, x1] = [scale.x(from), scale.x(to)];
  pen.group({ cls: `bracket ${cls}` }, () => {
    pen.path('', `M${x0 + 0.75} ${y - 5}V${y + 5}M${x1 - 0.75} ${y - 5}V${y + 5}M${x0} ${y}H${x1}`, { key: `${key} line` });
    const wide = pen.width('bracket-text', text);
    const fits = wide + 18 < x1 - x0;
    const beside = x1 + 8 + wide <= scale.right + 44;
    if (fits) pen.text('bracket-text halo', (x0 + x1) / 2, y + 4.5, text, { anchor: 'middle', key });
    else pen.text('bracket-text', beside ? x1 + 8 : x0 - 8, y + 4.5, text, { key, anchor: beside ? 'start' : 'end' });
  });
}

/** The hatching of time in which one that is due is kept waiting: a pattern that the styles name. @param {Pen} pen */
export function hatching({ scene }) {
  scene.within('defs', {}, () => scene.within('pattern', {
    id: 'hero-late', width: 7, height: 7, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)',
  }, () => {
    scene.put('rect', { class: 'late-ground', width: 7, height: 7 });
    scene.put('rect', { class: 'late-stripe', width: 2.4, height: 7 });
  }));
}
