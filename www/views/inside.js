// The futures inside of a task, as a tree, with those that its last poll came by. One alone is a line; one that was
// passed over says so.

import { h, setShown, setText } from '../dom.js';

/** @typedef {import('../types.js').Text} Text */
/** @typedef {import('../types.js').InsideFrame} InsideFrame */

/** @param {InsideFrame} one */
const wayOf = ({ open, polled }) => (open ? 'open' : polled ? 'polled' : 'left');

/**
 * @param {Text} text
 */
export function createInside({ t }) {
  const list = h('ul', { class: 'inside' });
  const line = h('small', { class: 'inside' });
  const el = h('div', {}, list, line);

  /** @param {InsideFrame} one */
  const words = ({ name, line: at }) => t('inside.line', { name, at: at === null || at === undefined ? 'no' : 'yes', line: at ?? 0 });

  let drawn = '';
  return {
    el,
    /** @param {number} task @param {InsideFrame[]} all each before those inside of it */
    update(task, all) {
      const key = JSON.stringify(all);
      if (key === drawn) return;
      drawn = key;
      const isTree = all.length > 1;
      setShown(list, isTree);
      setShown(line, all.length === 1);
      if (all.length === 1) setText(line, words(all[0]));
      if (!isTree) return;
      list.setAttribute('aria-label', t('inside', { task }));
      list.replaceChildren(...all.map((one) => {
        const way = wayOf(one);
        const row = h('li', { class: way }, words(one), h('em', { class: way === 'polled' ? 'vh' : undefined }, ` ${t(`inside.${way}`)}`));
        row.style.setProperty('--depth', String(one.depth));
        return row;
      }));
    },
  };
}
