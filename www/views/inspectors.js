// The buttons in the dock that open the pane for changes: what if, and, once something is found, why.

import { glyph, h, icon, setAttr, setShown, setText } from '../dom.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Picture} Picture */

export const defaults = {
  /** How long nobody steps before a run is looked through, in ms: it takes a while where a run is long. */
  still: 250,
};

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createInspectors(root, { text, act, info }) {
  const { t } = text;
  const ask = h('button', { class: 'ask', title: t('what_if.long'), 'aria-expanded': 'false', 'aria-controls': 'pane-inspector', click: act.ask }, icon('fork'), h('span', {}, t('what_if')));
  const tree = h('button', { class: 'ask tree-of', title: t('outline.long'), 'aria-expanded': 'false', 'aria-controls': 'pane-inspector', click: act.outline }, icon('tree'), h('span', {}, t('outline')));
  const [count, words] = [h('b', { 'aria-hidden': 'true' }), h('span')];
  const why = h('button', { class: 'why', title: t('findings.long'), 'aria-expanded': 'false', 'aria-controls': 'pane-inspector', hidden: true, click: () => act.inspector('findings') }, glyph('panicked'), count, words);
  // A live run cannot be made again: there is nothing to change in it.
  root.replaceChildren(why, ...(info.kind === 'deterministic' ? [ask] : []), tree);

  /** The run whose findings are known. @type {unknown} */
  let known;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @param {Picture} picture */
  const draw = (picture) => {
    const n = picture.found.length;
    setShown(why, n > 0);
    setText(count, text.number(n));
    setText(words, t('findings.count', { n }));
  };
  return {
    update(frame, { state, picture }) {
      setAttr(ask, 'aria-expanded', String(state.inspector === 'what_if'));
      setAttr(tree, 'aria-expanded', String(state.inspector === 'outline'));
      setAttr(why, 'aria-expanded', String(state.inspector === 'findings'));
      clearTimeout(timer);
      if (picture.run === known || frame.ending) {
        known = picture.run;
        draw(picture);
      } else {
        setShown(why, false);
        timer = setTimeout(() => {
          known = picture.run;
          act.read(() => draw(picture));
        }, defaults.still);
      }
    },
    destroy() {
      clearTimeout(timer);
      root.replaceChildren();
    },
  };
}
