// The few lines of code that there is room for, on a projector and inside another page.

import { onceLaidOut } from '../laidout.js';
import { createLessonCode } from './code.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */

/** Where the code of a file begins: behind what is said of it, and what it uses. */
const BEGINS = /^(pub |export )*(async )*(fn|function|impl|struct|enum|const|let)\b/;

/**
 * The few lines of code that there is room for: around the one that is lit, else where the code begins.
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @param {number} [before] how many lines stand above the one that is lit
 * @returns {View}
 */
export function createLines(root, deps, before = 2) {
  const view = createLessonCode(root, deps);
  /** Whose wish it is. */
  const own = {};
  return {
    update(frame, extra) {
      view.update(frame, extra);
      // After the code has brought its line into the middle.
      onceLaidOut(own, () => {
        for (const scroller of root.querySelectorAll('.follow')) {
          const lines = /** @type {HTMLElement[]} */ ([...scroller.querySelectorAll('.ln')]);
          const bad = lines.findIndex((line) => line.matches('.bad'));
          const lit = bad >= 0 ? bad : lines.findIndex((line) => line.matches('.on, .wait'));
          const first = lit >= 0 ? Math.max(0, lit - before) : Math.max(0, lines.findIndex((line) => BEGINS.test(line.textContent ?? '')));
          scroller.scrollTop = (lines[first]?.offsetTop ?? 0) - (lines[0]?.offsetTop ?? 0);
        }
      });
    },
    destroy: () => view.destroy(),
  };
}
