// The idea of a scenario, in two sentences.

import { h } from '../dom.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */

export const defaults = {};

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createIdea(root, { text: { say }, info }) {
  root.replaceChildren(h('h1', { tabindex: -1 }, ...say(`scenario.${info.id}.title`)), h('p', {}, ...say(`scenario.${info.id}.idea`)));
  return { update() {}, destroy: () => root.replaceChildren() };
}
