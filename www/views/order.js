// The order in which things happened, up to the cursor: one card a thing, none for what was not seen yet.

import { h, keyedList, setAttr, setClass, setShown, setText } from '../dom.js';
import { paneHead } from './pane.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Told} Told */
/** @typedef {{ at: number, told: Told, now: boolean }} Card */

export const defaults = {
  /** The kinds of events that are told here. */
  kinds: new Set(/** @type {import('../types.js').EventKind[]} */ (['macro', 'micro', 'poll', 'settled', 'reaction', 'log'])),
  /** The most cards, and how far back to look for them. */
  cards: 24,
  back: 2048,
};

/** In whose language it runs, which a stripe shows and the words say. @param {Told} told */
const sideOf = (told) => {
  switch (told.kind) {
    case 'poll_started': return 'rust';
    case 'microtask_started': return 'rust';
    case 'macrotask_started': return told.name === 'timers' ? 'rust' : 'js';
    case 'logged': return told.task ? 'rust' : 'js';
    default: return 'js';
  }
};

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createOrder(root, { text, kindNames }) {
  const { t } = text;
  const before = h('p', { class: 'more' });
  const cards = h('ol', { class: 'cards' });
  const empty = h('p', { class: 'empty' }, t('order.empty'));
  const body = h('div', { class: 'body', tabindex: 0, role: 'group', 'aria-label': t('pane.order') }, before, cards, empty);
  root.replaceChildren(paneHead(text, 'order', h('span', {}, t('order.about'))), body);

  /** @param {Told} told */
  const wordsOf = (told) => {
    switch (told.kind) {
      case 'macrotask_started': return { name: told.name, detail: t('order.macrotask') };
      case 'microtask_started': return { name: told.name, detail: t('order.microtask') };
      case 'poll_started': return { name: t('order.poll', { task: told.task, nth: told.nth }), detail: t('order.poll.detail') };
      case 'promise_resolved': return { name: t('order.promise', { promise: told.promise }), detail: t('order.resolved', { value: told.value }) };
      case 'promise_rejected': return { name: t('order.promise', { promise: told.promise }), detail: t('order.rejected', { value: told.value }) };
      case 'reaction': return { name: t('order.reaction', { promise: told.promise }), detail: told.name };
      case 'logged': return { name: told.text, detail: t('order.logged', { task: told.task }) };
      default: return { name: told.kind, detail: '' };
    }
  };

  const list = keyedList(cards, (/** @type {Card} */ card) => card.at, ({ told }) => {
    const { name, detail } = wordsOf(told);
    const el = h('li', { title: `${name} · ${detail}` }, h('b', {}, name), h('small', {}, detail));
    const side = sideOf(told);
    return {
      el,
      update({ now }) {
        setClass(el, `card ${side}${now ? ' now' : ''}`);
        setAttr(el, 'aria-current', now ? 'step' : undefined);
      },
    };
  });

  return {
    update({ cursor }, { picture }) {
      const kinds = picture.kinds();
      /** @type {number[]} */
      const found = [];
      let i = cursor - 1;
      for (; i >= Math.max(0, cursor - defaults.back) && found.length < defaults.cards; i -= 1) {
        if (defaults.kinds.has(kindNames[kinds(i)])) found.push(i + 1);
      }
      found.reverse();
      list(found.map((at) => ({ at, told: picture.told(at), now: at === found.at(-1) })));
      const hidden = found.length === defaults.cards && i >= 0;
      setShown(before, hidden);
      setText(before, hidden ? t('order.before') : '');
      setShown(empty, found.length === 0);
      body.scrollTop = body.scrollHeight;
    },
    destroy: () => root.replaceChildren(),
  };
}
