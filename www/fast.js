// The module of what runs without a trace, on the page's thread: fetched when something first wants it.

import { createInstance } from './instance.js';

/** @typedef {import('./types.js').FastGlue} FastGlue */

export const fast = /** @type {ReturnType<typeof createInstance<FastGlue>>} */ (createInstance('fast'));
