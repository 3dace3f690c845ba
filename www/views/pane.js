// The head that every pane has.

import { h } from '../dom.js';

/** @typedef {import('../types.js').Text} Text */

/**
 * @param {Text} text
 * @param {string} area the pane's name in the catalogues
 * @param {...Node} rest what stands at the right of the title
 */
export function paneHead({ t }, area, ...rest) {
  return h('header', {}, h('h2', {}, t(`pane.${area}`)), ...rest);
}
