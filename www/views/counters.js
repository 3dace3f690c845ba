// The counts since the start of the run; which of them, by stage.

import { h, setClass, setText } from '../dom.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {keyof import('../types.js').Frame['counters']} Counter */

/** @type {Record<import('../types.js').Info['stage'], Counter[]>} */
export const defaults = {
  scene: ['polls', 'wasted', 'wakes', 'coalesced', 'calls', 'allocations', 'bytes'],
  slots: ['moves', 'moved_bytes', 'polls', 'bytes'],
  queues: ['polls', 'wakes', 'microtasks', 'macrotasks', 'bytes'],
  staffings: ['tasks', 'polls', 'wasted', 'wakes', 'coalesced', 'allocations', 'bytes'],
};

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createCounters(root, { text: { t, number }, info }) {
  const rows = defaults[info.stage].map((name) => {
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
