// The module of what runs without a trace, on the page's thread: fetched when something first wants it.

import { createInstance } from './instance.js';
import { flat } from './jobs.js';

/** @typedef {import('./types.js').FastGlue} FastGlue */

export const fast = /** @type {ReturnType<typeof createInstance<FastGlue>>} */ (createInstance('fast'));

/**
 * Whether what runs without a trace can begin with these parameters. Throws a `Problem` where they are wrong.
 * @param {string} scenario
 * @param {Record<string, string>} params as they were typed
 */
export async function checkParams(scenario, params) {
  const { glue } = await fast.get();
  glue.check(scenario, flat(params));
}
