// What takes long says so: in words, beside what was asked for, and with a way to stop it. What is there at once says nothing.

import { h } from './dom.js';

/** Nobody waits for a word for longer than this, in ms. */
const PATIENCE = 200;

/**
 * Says what is waited for until it is there.
 * @template T
 * @param {Element} root what it is said in, after all else
 * @param {import('./types.js').Text} text
 * @param {string} key of the words
 * @param {Promise<T>} promise
 * @param {() => void} stop ends it
 */
export function waiting(root, { t }, key, promise, stop) {
  /** @type {HTMLElement | undefined} */
  let line;
  const timer = setTimeout(() => {
    line = h('p', { class: 'waits' }, h('span', {}, t(key)), h('progress', { 'aria-label': t(key) }), h('button', { class: 'tool', click: stop }, t('waits.stop')));
    root.append(line);
  }, PATIENCE);
  const over = () => {
    clearTimeout(timer);
    line?.remove();
  };
  promise.then(over, over);
  return promise;
}
