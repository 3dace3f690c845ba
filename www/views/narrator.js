// One sentence: what the event at the cursor was, and what it means. It is what a screen reader hears.

import { h, setAttr, setClass } from '../dom.js';
import { sentence } from '../told.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */

export const defaults = {
  /** Events told in red: after each of them the run is at an end that nobody wanted. */
  faults: new Set(['poll_panicked', 'panicked', 'ended.deadlock', 'ended.panicked']),
};

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createNarrator(root, { text, info }) {
  const where = h('p', { class: 'step-of', 'aria-hidden': 'true' });
  const narrator = h('p', { class: 'narrator', 'aria-live': 'polite' });
  root.replaceChildren(where, narrator);
  let drawn = '';
  return {
    update(frame, { state }) {
      // Played faster than it can be read out, it would only pile up.
      setAttr(narrator, 'aria-live', state.playing && state.speed > 1 ? 'off' : 'polite');
      const key = `${frame.cursor} ${JSON.stringify(frame.told)}`;
      if (key === drawn) return;
      drawn = key;
      const { key: message, args } = sentence(frame.told, text);
      setClass(narrator, `narrator${defaults.faults.has(message.slice('told.'.length)) ? ' bad' : ''}`);
      // A run that came to its end closes with what it has shown.
      const moral = message === 'told.ended.completed' ? [' ', ...text.say(`scenario.${info.id}.verdict`)] : [];
      narrator.replaceChildren(...text.say(message, args), ...moral);
      where.textContent = text.t('where.long', { scenario: info.id, at: frame.cursor, of: frame.len, ms: frame.time });
    },
    destroy: () => root.replaceChildren(),
  };
}
