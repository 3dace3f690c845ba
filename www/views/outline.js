// The run as trees, item by item: by task, by who woke it, its machines, its bytes. It is what a screen reader goes through in place
// of the pictures, and shows the same to all others. Which tree, and where in it, is this view's own affair; how many words an item
// has is kept.

import { h, icon, setAttr } from '../dom.js';
import { TREES, WORDS, createItems } from './outlineitems.js';
import { createTree } from './tree.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('./outlineitems.js').Tree} Tree */

export const defaults = {
  /** Of where an item stands and what it has, what is seen beside its name. */
  id: 'outline-tree',
};

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createOutline(root, deps) {
  const { text: { t }, act } = deps;
  /** @type {Parameters<View['update']> | undefined} */
  let latest;
  /** @type {Tree} */
  let shown = 'task';
  /** @type {unknown} */
  let run;
  const items = createItems(deps, () => latest?.[1].state.words ?? 'some');
  const el = h('div', { id: defaults.id, class: 'tree', 'aria-describedby': 'outline-keys' });
  const tree = createTree(el, (nth, size, children) => [t('outline.place', { nth: nth + 1, size }), children ? t('outline.children', { n: children }) : ''].filter(Boolean).join(' · '));
  /** @param {boolean} isAnother */
  const draw = (isAnother) => latest && tree.update(items[shown](...latest), isAnother);
  /**
   * One of some, chosen by a press.
   * @template {string} T
   * @param {string} label @param {readonly T[]} all @param {string} words @param {(one: T) => void} choose
   */
  const choice = (label, all, words, choose) => {
    const buttons = all.map((one) => h('button', { 'aria-pressed': 'false', click: () => choose(one) }, t(`outline.${words}.${one}`)));
    return { el: h('div', { class: 'pick', role: 'group', 'aria-label': t(label) }, ...buttons), press: (/** @type {T} */ on) => buttons.forEach((button, i) => setAttr(button, 'aria-pressed', String(all[i] === on))) };
  };
  const trees = choice('outline.trees', TREES, 'by', (one) => {
    shown = one;
    trees.press(one);
    act.read(() => draw(true));
  });
  const words = choice('outline.words', WORDS, 'words', act.words);
  const cursor = h('button', { class: 'act', click: () => act.read(tree.toCursor) }, icon('next'), t('outline.cursor'));
  root.replaceChildren(h('div', { class: 'outline-tools' }, trees.el, words.el, cursor), el, h('p', { class: 'hint', id: 'outline-keys' }, t('outline.keys')));
  trees.press(shown);

  return {
    update(frame, extra) {
      const isAnother = run !== extra.picture.run;
      run = extra.picture.run;
      latest = [frame, extra];
      setAttr(el, 'aria-label', t(`outline.by.${shown}`));
      words.press(extra.state.words);
      draw(isAnother);
      // Who asked for it by its key goes on in it.
      if (document.documentElement.dataset.asked !== 'outline') return;
      delete document.documentElement.dataset.asked;
      tree.focus();
    },
    destroy: () => root.replaceChildren(),
  };
}
