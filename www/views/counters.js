// The counts since the start of the run; which of them, the stage says.

import { h, setClass, setText } from '../dom.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Counter} Counter */

export const defaults = {};

/**
 * @param {HTMLElement} root
 * @param {Deps & { counters: Counter[] }} deps
 * @returns {View}
 */
export function createCounters(root, { text: { t, number }, counters: names }) {
  const rows = names.map((name) => {
    const value = h('dd');
    return { name, value, el: h('div', { title: t(`counter.${name}.means`) }, h('dt', {}, t(`counter.${name}`)), value) };
  });
  root.replaceChildren(...rows.map((r) => r.el));
  return {
    update({ counters }) {
      for (const { name, value, el } of rows) {
        setText(value, number(counters[name]));
        setClass(el, counters[name] === 0 ? 'zero' : '');
      }
    },
    destroy: () => root.replaceChildren(),
  };
}
