// The one large picture of a lesson: the hero that the manifest names, or, where there is none, the scenario's main view.

import { h } from '../dom.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../stages/traced.js').Pane} Pane */

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @param {Pane | undefined} main
 * @returns {View}
 */
export function createHero(root, deps, main) {
  if (!main) return { update() {}, destroy() {} };
  const { area, create, like } = main;
  const pane = h('div', { class: `pane ${area}`, 'data-pane': like ?? area, tabindex: -1 });
  root.append(pane);
  const view = create(pane, deps);
  return { update: (frame, extra) => view.update(frame, extra), destroy: () => view.destroy() };
}
