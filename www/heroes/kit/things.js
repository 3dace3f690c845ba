// Things that go about: wakers as tags, tasks as chips, polls and answers as tokens; and where they may stand: boxes, slots.

import { shape } from './marks.js';

/** @typedef {import('./pen.js').Pen} Pen */

const TAG = 26;
/** The outline of a tag of some width. @param {number} w */
const tagPath = (w) => `M11 0H${w - 4}a4 4 0 0 1 4 4V22a4 4 0 0 1-4 4H11L1.500 14.500a2 2 0 0 1 0-3z`;

/** How wide a tag is. @param {Pen} pen @param {string} text */
export const tagWidth = (pen, text) => pen.width('tag-text', text) + 34;

/** A waker: a tag, its middle at `y`. @param {Pen} pen @param {string} key @param {number} x @param {number} y @param {string} text @param {{ cls?: string, go?: number, drag?: string }} [o] */
export function tag(pen, key, x, y, text, { cls = '', go, drag } = {}) {
  pen.group({ x, y: y - TAG / 2, cls: `tag ${cls}`, key, go, drag }, () => {
    pen.path('', tagPath(tagWidth(pen, text)));
    pen.circle('', 13, 13, 3);
    pen.text('tag-text', 24, 17.5, text);
  });
}

/** A place for a waker, in the shape of what it should hold. @param {Pen} pen @param {string} key @param {number} x @param {number} y @param {number} w @param {string} text @param {'open' | 'missing' | 'full'} how */
export function slot(pen, key, x, y, w, text, how) {
  pen.group({ x, y: y - TAG / 2, cls: `slot ${how}`, key }, () => {
    pen.path('', tagPath(w));
    if (how !== 'full') pen.text('slot-text', (w + 8) / 2, 17.5, text, { anchor: 'middle', most: w - 20 });
  });
}

/** How wide a chip is. @param {Pen} pen @param {string} text */
export const chipWidth = (pen, text) => pen.width('chip-text', text) + 42;
export const CHIP = 30;

/** A task: a chip with the shape of its state. @param {Pen} pen @param {string} key @param {number} x @param {number} y @param {number} w @param {string} text @param {string} state @param {{ go?: number, drag?: string }} [o] */
export function chip(pen, key, x, y, w, text, state, { go, drag } = {}) {
  pen.group({ x, y, cls: `chip st ${state}`, key, go, drag }, () => {
    pen.rect('', 0, 0, w, CHIP, { r: 3 });
    shape(pen, 15, CHIP / 2, state);
    pen.text('chip-text', 30, 20, text, { most: w - 36 });
  });
}

/** Where a chip could stand. @param {Pen} pen @param {number} x @param {number} y @param {number} w */
export const bed = (pen, x, y, w) => pen.rect('bed', x, y, w, CHIP, { r: 3 });

/** A poll that is on its way, or an answer. @param {Pen} pen @param {string} key @param {number} x @param {number} y @param {string} text @param {string} state @param {'start' | 'middle' | 'end'} [anchor] */
export function token(pen, key, x, y, text, state, anchor = 'start') {
  const w = pen.width('token-text', text) + 18;
  const left = anchor === 'start' ? x : anchor === 'end' ? x - w : x - w / 2;
  pen.group({ x: left, y: y - 13, cls: `token st ${state}`, key }, () => {
    pen.rect('', 0, 0, w, 26, { r: 3 });
    pen.text('token-text', 9, 17.5, text);
  });
  return w;
}

/**
 * A station: a box with a name at the left of its head, and what it says of itself at the right, where there is room.
 * @param {Pen} pen
 * @param {{ x: number, y: number, w: number, h: number }} at
 * @param {{ name: string, cls?: string, say?: string, sayCls?: string, nameCls?: string, key?: string, head?: number }} o
 */
export function station(pen, { x, y, w, h }, { name, cls = '', say = '', sayCls = 'small', nameCls = 'title', key, head = 26 }) {
  pen.rect(`station ${cls}`, x, y, w, h, { r: 3, key });
  pen.text(nameCls, x + 14, y + head, name, { most: w - 28 });
  const room = w - 28 - 14 - Math.min(w - 28, pen.width(nameCls, name));
  if (say && pen.width(sayCls, say) <= room) pen.text(sayCls, x + w - 14, y + head, say, { anchor: 'end' });
}
