// Bytes: a cell each, with the fields that they belong to below.

/** @typedef {import('./pen.js').Pen} Pen */

/** @param {number} byte */
const hexByte = (byte) => byte.toString(16).padStart(2, '0');

/**
 * @param {Pen} pen
 * @param {{ x: number, y: number, w: number, h: number, key?: string }} at of the first cell
 * @param {number[]} bytes
 * @param {(i: number) => string} clsOf
 * @param {(i: number) => number | undefined} [goOf] the cursor that a click on a byte leads to
 */
export function cells(pen, { x, y, w, h, key }, bytes, clsOf, goOf) {
  pen.group({ x, y, key, cls: 'bytes' }, () => {
    bytes.forEach((byte, i) => {
      const cls = clsOf(i);
      pen.rect(`byte ${cls}`, i * w, 0, w, h, { r: 0, go: goOf?.(i) });
      if (!cls.includes('pad') && w >= 15.5) pen.text(`byte-text ${cls}${w < 40 ? ' little' : ''}`, (i + 0.5) * w, h / 2 + (w < 40 ? 4.5 : 6), hexByte(byte), { anchor: 'middle', go: goOf?.(i) });
    });
  });
}

/** A stretch of cells, with its name below. @param {Pen} pen @param {number} x0 @param {number} x1 @param {number} y */
export function brace(pen, x0, x1, y) {
  pen.path('brace', `M${x0 + 1} ${y}V${y + 7}H${x1 - 1}V${y}`);
}
