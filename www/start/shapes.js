// The figure's marks, which are those of the timeline made large; and how things move.

/** @typedef {(tag: keyof SVGElementTagNameMap, attrs?: Record<string, string | number>, ...children: any[]) => any} Make makes an SVG element: of a page, or of a text */

/** @param {number} a @param {number} b @param {number} u */
export const between = (a, b, u) => a + (b - a) * u;
/** How much of the stretch from a to b is over. @param {number} u @param {number} a @param {number} b */
export const part = (u, a, b) => Math.min(1, Math.max(0, (u - a) / (b - a)));
/** Cubic out. @param {number} u */
export const out = (u) => 1 - (1 - u) ** 3;
/** Cubic in and out. @param {number} u */
export const both = (u) => (u < 0.5 ? 4 * u ** 3 : 1 - (2 - 2 * u) ** 3 / 2);
/** A number as it stands in an attribute: no finer than is seen. @param {number} x */
export const n2 = (x) => Math.round(x * 100) / 100;

/** A task's state, in a square of 16. @param {Make} make @param {string} state */
export function glyph(make, state) {
  const shapes = {
    ready: () => [make('path', { d: 'M4 2.5 13 8l-9 5.5z', class: 'ln' })],
    running: () => [make('rect', { x: 2, y: 2, width: 12, height: 12, rx: 1.5, class: 'fl' })],
    pending: () => [make('circle', { cx: 8, cy: 8, r: 3.6, class: 'ln' }), make('path', { d: 'M0 8h4.4M11.6 8H16', class: 'ln' })],
    done: () => [make('circle', { cx: 8, cy: 8, r: 7, class: 'fl' }), make('path', { d: 'm4.8 8.2 2.3 2.3 4.2-4.6', class: 'cut' })],
  };
  return make('g', { class: `g ${state}` }, ...shapes[/** @type {keyof typeof shapes} */ (state)]());
}

/** An arrow's head with its tip at a point, upwards (-1) or downwards (1). @param {number} x @param {number} y @param {number} dir */
export const head = (x, y, dir) => `M${n2(x - 3.5)} ${n2(y - dir * 4.4)}L${n2(x)} ${n2(y)}L${n2(x + 3.5)} ${n2(y - dir * 4.4)}`;

/** @param {number} x @param {number} y @param {number} [scale] */
export const moveTo = (x, y, scale = 1) => `translate(${n2(x)} ${n2(y)})${scale === 1 ? '' : ` scale(${n2(scale)})`}`;
