// What is said aloud: through the one live region of the page, which outlives every view.
//
// The page *stands still* when nothing plays, no key is held down, and nothing was told for a moment. What comes of steps is
// told only then, in one utterance, and of each teller the last: a run that is played, scrubbed or rushed through is silent,
// and where it comes to rest is heard. A slider that has the focus is read out by itself when its value changes: it changes
// then, too, and carries what would have been said.

import { h, setAttr } from './dom.js';

/** Who tells, in the order in which what they told is said. */
const SOURCES = /** @type {const} */ (['scenario', 'run', 'focus', 'narrator', 'writers', 'verdict', 'orders']);
/** @typedef {typeof SOURCES[number]} Source */

/** How long nothing is told before it is said, in ms. */
const STILL = 300;

/** @typedef {{ el: Element, now: number, text: string }} Value of a slider */

/**
 * @param {import('./store.js').Store} store
 * @param {HTMLElement} region that is live, and empty
 */
export function createSpeech(store, region) {
  /** What waits, by its teller. @type {Map<Source, string>} */
  const waiting = new Map();
  /** @type {Map<Element, Value>} */
  const values = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let isHeld = false;
  /** Who opens the page finds it as it is. */
  let isOpened = false;

  /** A new element each time: the same words may be said twice. @param {string[]} words */
  const utter = (words) => region.replaceChildren(h('p', {}, words.join(' ')));

  const rest = () => {
    if (store.state.playing || isHeld) return;
    let words = SOURCES.flatMap((source) => waiting.get(source) || []);
    waiting.clear();
    for (const { el, now, text } of values.values()) {
      const isRead = el === document.activeElement;
      setAttr(el, 'aria-valuenow', now);
      setAttr(el, 'aria-valuetext', isRead ? [text, ...words].join('. ') : text);
      if (isRead) words = [];
    }
    values.clear();
    if (words.length) utter(words);
  };
  const settle = () => {
    clearTimeout(timer);
    if (waiting.size + values.size > 0) timer = setTimeout(rest, STILL);
  };
  /** @param {boolean} held */
  const hold = (held) => {
    if (held === isHeld) return;
    isHeld = held;
    settle();
  };
  addEventListener('keydown', ({ repeat }) => hold(repeat), { capture: true });
  addEventListener('keyup', () => hold(false));
  addEventListener('blur', () => hold(false));
  store.subscribe((state, before) => {
    if (state.playing !== before.playing) settle();
  });

  return {
    /** Says it once the page stands still, in place of what the same teller told before. @param {Source} source @param {string} text */
    announce(source, text) {
      if (!isOpened) return;
      waiting.set(source, text);
      settle();
    },
    /** Says it now: what a reader asked for, and what went wrong. @param {string} text */
    say: (text) => utter([text]),
    /** A slider's value, as a number and in words. @param {Element} el @param {number} now @param {string} text */
    value(el, now, text) {
      values.set(el, { el, now, text });
      // A slider has a value from the start.
      if (!el.hasAttribute('aria-valuenow')) for (const [name, value] of Object.entries({ now, text })) setAttr(el, `aria-value${name}`, value);
      settle();
    },
    /** From here on what changes is told. */
    open() {
      isOpened = true;
    },
  };
}

/** @typedef {ReturnType<typeof createSpeech>} Speech */

/** Words with their markup, as they are said. @param {(Node | string)[]} parts */
export const plain = (parts) => parts.map((part) => (typeof part === 'string' ? part : part.textContent)).join('');
