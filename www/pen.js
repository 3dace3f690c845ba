// Draws SVG by name: a mark that is drawn again under the same name is the same element, and only the
// attributes that differ are written. What is not drawn again disappears; what is drawn later lies above.

import { svg } from './dom.js';

/**
 * @typedef {object} Pen
 * @property {(name: string, tag: keyof SVGElementTagNameMap, attrs: Record<string, string | number>, text?: string) => void} put
 * @property {() => void} done ends a drawing
 */

/**
 * A number as SVG wants it: tenths of a pixel are seen, hundredths only make strings longer.
 * @param {number} n
 */
export const px = (n) => Math.round(n * 10) / 10;

/**
 * @param {SVGElement} root
 * @returns {Pen}
 */
export function createPen(root) {
  /** @type {Map<string, { el: SVGElement, attrs: Record<string, string | number>, text?: string, drawn: number }>} */
  const marks = new Map();
  /** @type {SVGElement[]} */
  let order = [];
  let drawing = 1;
  return {
    put(name, tag, attrs, text) {
      let mark = marks.get(name);
      if (!mark) {
        mark = { el: svg(tag), attrs: {}, drawn: 0 };
        marks.set(name, mark);
        root.append(mark.el);
      }
      for (const key in attrs) {
        if (mark.attrs[key] !== attrs[key]) mark.el.setAttribute(key, String(attrs[key]));
      }
      if (mark.text !== text) mark.el.textContent = text ?? '';
      mark.attrs = attrs;
      mark.text = text;
      mark.drawn = drawing;
      order.push(mark.el);
    },
    done() {
      for (const [name, mark] of marks) {
        if (mark.drawn === drawing) continue;
        mark.el.remove();
        marks.delete(name);
      }
      let place = root.firstChild;
      for (const el of order) {
        if (el === place) place = place.nextSibling;
        else root.insertBefore(el, place);
      }
      order = [];
      drawing += 1;
    },
  };
}
