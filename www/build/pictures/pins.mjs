// Ways to pin, a column each: the pointer, its value below, and what has moved beside it. A value that was to stay, and has moved, has
// a cross.

import { createPen } from './pen.mjs';

const WAYS = ['not_pinned', 'new', 'box_pin', 'pin_macro', 'new_unchecked'];
const [WIDE, APART] = [20, 23];

/**
 * @param {import('../../types.js').Run} run
 * @param {number} seen events
 */
export function pins(run, seen) {
  const { slots } = run.frame(seen, 0);
  const pen = createPen();
  for (const [i, way] of WAYS.entries()) {
    const x = i * APART;
    const of = (/** @type {string} */ part) => slots.find(({ name, bytes }) => name === `${way}::${part}` && bytes);
    const place = of('heap') ?? of('hidden') ?? of('fut');
    const [pointer, moved] = [of('pinned'), of('moved')];
    pen.rect(place?.alive ? 'byte' : 'gone', x + 0.5, 24, 9, 12);
    if (pointer) {
      pen.rect(pointer.alive ? 'soft' : 'gone', x + 0.5, 4, 9, 7);
      if (pointer.alive) pen.arrow('edge', x + 5, 12, 22);
    }
    if (!moved) continue;
    pen.rect('byte', x + WIDE - 9, 24, 9, 12);
    const isDangling = moved.bytes?.fields.some(({ target }) => target?.dangling);
    if (isDangling) pen.cross('cross', x + WIDE - 4.5, 17, 2.6);
  }
  return pen.drawn;
}
