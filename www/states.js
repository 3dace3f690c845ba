// One colour, shape and word per state: the class gives hue and shape (styles/tokens.css), the key the word.

import { glyph, h, setClass, setText } from './dom.js';

/** @typedef {import('./types.js').TaskState} TaskState */
/** @typedef {import('./types.js').Text} Text */

/**
 * A chip that stands for a task: shape, number and, for those who do not see the shape, the word.
 * @param {Text} text
 */
export function createChip(text) {
  const shape = glyph('');
  const id = h('span');
  const word = h('span', { class: 'vh' });
  const el = h('span', { class: 'task' }, shape, id, word);
  return {
    el,
    /** @param {number} task @param {TaskState} state @param {string} [said] the word's key, where it is not the state's own */
    update(task, state, said = state) {
      setClass(el, `task ${state}${state === 'running' ? ' full' : ''}`);
      setClass(shape, `gl ${state}`);
      setText(id, String(task));
      setText(word, text.t(`state.${said}`));
      if (el.dataset.task !== String(task)) el.dataset.task = String(task);
    },
  };
}
