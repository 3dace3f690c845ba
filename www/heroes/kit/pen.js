// What pictures are drawn with: shapes, texts that know their width, and groups. A class gives a mark its colours
// (styles/stages/heroes.css); a key makes it a thing that moves (scene.js).

import { createMeasure } from './measure.js';
import { createScene, px } from './scene.js';

/** @typedef {import('./scene.js').Words} Words */
/**
 * @typedef {object} Options
 * @property {string} [key]
 * @property {number} [go] the cursor that a click leads to
 * @property {'start' | 'middle' | 'end'} [anchor]
 * @property {number} [most] how wide a text may be
 * @property {number} [r] of a rect's corners
 * @property {string} [transform]
 */

export function createPen() {
  const scene = createScene();
  const measure = createMeasure(scene.root);
  const { put } = scene;
  const pen = {
    scene,
    measure,
    /** A drawing, as `scene.draw` has it. @param {boolean} inMotion @param {() => void} paint */
    draw(inMotion, paint) {
      scene.draw(inMotion, paint);
      measure.rest();
    },
    /** @param {string} cls @param {number} x @param {number} y @param {number} w @param {number} h @param {Options} [o] */
    rect(cls, x, y, w, h, { key, go, r = 2, transform } = {}) {
      put('rect', { class: cls, x, y, width: Math.max(0, w), height: Math.max(0, h), rx: r, 'data-go': go, transform }, { key });
    },
    /** @param {string} cls @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 @param {Options} [o] */
    line(cls, x1, y1, x2, y2, { key, go } = {}) {
      put('line', { class: cls, x1, y1, x2, y2, 'data-go': go }, { key });
    },
    /** @param {string} cls @param {string} d @param {Options} [o] */
    path(cls, d, { key, go, transform } = {}) {
      put('path', { class: cls, d, transform, 'data-go': go }, { key });
    },
    /** @param {string} cls @param {number} cx @param {number} cy @param {number} r @param {Options} [o] */
    circle(cls, cx, cy, r, { key, go } = {}) {
      put('circle', { class: cls, cx, cy, r, 'data-go': go }, { key });
    },
    /**
     * A text; where it does not fit into `most`, its end is cut with a mark, and where nothing fits, it is left out.
     * @param {string} cls @param {number} x @param {number} y @param {string} text @param {Options} [o]
     */
    text(cls, x, y, text, { key, go, anchor = 'start', most } = {}) {
      const fits = most === undefined ? text : measure.cut(cls, text, most);
      if (fits) put('text', { class: cls, x, y, 'text-anchor': anchor === 'start' ? undefined : anchor, 'data-go': go }, { key, words: fits });
    },
    /** A text whose parts have classes of their own. @param {string} cls @param {number} x @param {number} y @param {[string, string][]} parts @param {Options} [o] */
    parts(cls, x, y, parts, { key, go, anchor } = {}) {
      put('text', { class: cls, x, y, 'text-anchor': anchor, 'data-go': go, 'xml:space': 'preserve' }, { key, words: parts });
    },
    /** What `paint` draws, moved. @param {{ x?: number, y?: number, scale?: number, cls?: string, key?: string, go?: number, drag?: string, pick?: string }} o @param {() => void} paint */
    group({ x = 0, y = 0, scale, cls, key, go, drag, pick }, paint) {
      const moved = x || y || scale || key ? `translate(${px(x)} ${px(y)})${scale ? ` scale(${scale})` : ''}` : undefined;
      scene.group({ class: cls, transform: moved, 'data-go': go, 'data-drag': drag, 'data-pick': pick }, key, paint);
    },
    /** What `paint` draws, as far as it lies within a rect. @param {number} x @param {number} y @param {number} w @param {number} h @param {() => void} paint */
    window(x, y, w, h, paint) {
      const [width, height] = [Math.max(0, w), Math.max(0, h)];
      scene.within('svg', { x, y, width, height, viewBox: [x, y, width, height].map(px).join(' '), preserveAspectRatio: 'none' }, paint);
    },
    /** @param {string} cls @param {string} text */
    width: (cls, text) => measure.width(cls, text),
  };
  return pen;
}

/** @typedef {ReturnType<typeof createPen>} Pen */
