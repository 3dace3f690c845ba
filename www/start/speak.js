// The page's words, put in their places. Each element names its text (`data-t`), what the text takes (`data-a`), or its label
// (`data-label`): so the page that was built in one language speaks the other.

import { setAttr } from '../dom.js';

/** @typedef {import('../text.js').Text} Text */
/** @typedef {import('../text.js').Args} Args */

/** @param {Element} el @param {string} name */
const of = (el, name) => el.getAttribute(name) ?? '';
/** @param {Element} el @returns {Args} */
const argsOf = (el) => JSON.parse(el.getAttribute('data-a') ?? '{}');

/** All of the page. @param {Text} text */
export function speak(text) {
  for (const el of document.querySelectorAll('.start [data-t]')) el.replaceChildren(...text.say(of(el, 'data-t'), argsOf(el)));
  for (const el of document.querySelectorAll('.start [data-label]')) setAttr(el, 'aria-label', text.t(of(el, 'data-label'), argsOf(el)));
  document.title = text.t('start.title');
}

/**
 * An element says this from now on; tells whether that is something else than before.
 * @param {Text} text
 * @param {Element} el
 * @param {string} key
 * @param {Args} [args]
 */
export function say(text, el, key, args = {}) {
  const given = JSON.stringify(args);
  const isNew = of(el, 'data-t') !== key || of(el, 'data-a') !== given;
  if (!isNew) return false;
  setAttr(el, 'data-t', key);
  setAttr(el, 'data-a', given);
  el.replaceChildren(...text.say(key, args));
  return true;
}

/** @param {Text} text @param {Element} el @param {string} key */
export function label(text, el, key) {
  setAttr(el, 'data-label', key);
  setAttr(el, 'aria-label', text.t(key));
}
