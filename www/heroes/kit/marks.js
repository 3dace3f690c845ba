// Small marks: bell, padlock, cross, check, arrowhead, a state's shape. Each stands at a place and has no words.

/** @typedef {import('./pen.js').Pen} Pen */

const BELL = 'M0-26a4.500 4.500 0 0 1 4.500 4.500c10 2.500 14.500 11 14.500 22 0 9 2 13 6 17H-25c4-4 6-8 6-17 0-11 4.500-19.500 14.500-22A4.500 4.500 0 0 1 0-26z';
const CLAPPER = 'M-7 21a7.200 7.200 0 0 0 14 0z';
const WAVES = ['M-33-12a22 22 0 0 0 0 26', 'M33-12a22 22 0 0 1 0 26'];
/** Shapes of states in a square of 16, around its middle; as in styles/tokens.css. */
const SHAPES = /** @type {Record<string, string>} */ ({
  spawned: 'M5.500 0a5.500 5.500 0 1 1-.1-1', ready: 'M-4-5.500L5 0L-4 5.500z', running: 'M-6-6H6V6H-6z', pending: 'M-8 0h4.400M3.600 0H8M3.600 0a3.600 3.600 0 1 1-7.200 0a3.600 3.600 0 1 1 7.200 0',
  done: 'M-4.500.5l3 3 6-6.500', cancelled: 'M-5-5L5 5M5-5L-5 5', panicked: 'M0-7L7 0 0 7-7 0z',
});

/** @param {Pen} pen @param {number} x @param {number} y @param {number} scale @param {'silent' | 'rings' | 'rung' | 'unset'} how @param {string} [key] */
export function bell(pen, x, y, scale, how, key) {
  pen.group({ x, y, scale, cls: `bell ${how}`, key }, () => {
    pen.path('body', BELL);
    pen.path('clapper', CLAPPER);
    if (how === 'rings') for (const wave of WAVES) pen.path('wave', wave, { key: wave });
  });
}

/** @param {Pen} pen @param {number} x @param {number} y @param {'shut' | 'open' | 'promised'} how @param {string} [key] */
export function padlock(pen, x, y, how, key) {
  pen.group({ x, y, cls: `padlock ${how}`, key }, () => {
    pen.path('shackle', how === 'open' ? 'M-4.500-2V-7a4.500 4.500 0 0 1 9-1' : 'M-4.500-2V-6a4.500 4.500 0 0 1 9 0V-2');
    pen.rect('case', -7, -2, 14, 11, { r: 2 });
  });
}

/** Something is missing, or is over before its end. @param {Pen} pen @param {number} x @param {number} y @param {string} [cls] @param {string} [key] @param {number} [r] */
export function cross(pen, x, y, cls = '', key, r = 6) {
  pen.group({ x, y, cls: `cross ${cls}`, key }, () => {
    pen.circle('ground', 0, 0, r + 5);
    pen.path('', `M-${r}-${r}L${r} ${r}M${r}-${r}L-${r} ${r}`);
  });
}

/** @param {Pen} pen @param {number} x @param {number} y @param {number} [r] @param {string} [key] */
export function check(pen, x, y, r = 7, key) {
  pen.group({ x, y, cls: 'check', key }, () => {
    pen.circle('', 0, 0, r);
    pen.path('', `M${-r * 0.48} ${r * 0.04}l${r * 0.34} ${r * 0.34} ${r * 0.6}-${r * 0.68}`);
  });
}

/** An arrow's head that looks to the right, turned. @param {Pen} pen @param {number} x @param {number} y @param {number} angle @param {string} cls @param {string} [key] */
export function head(pen, x, y, angle, cls, key) {
  pen.path(`head ${cls}`, 'M-8-5L0 0L-8 5', { transform: `translate(${x} ${y}) rotate(${angle})`, key });
}

/** A state's shape. @param {Pen} pen @param {number} x @param {number} y @param {string} state */
export function shape(pen, x, y, state) {
  pen.path(`shape ${state}`, SHAPES[state] ?? '', { transform: `translate(${x} ${y})` });
}
