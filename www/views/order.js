// The order in which things happened, up to the cursor: one card a thing, none for what was not seen yet.

import { h, keyedList, setAttr, setClass, setShown, setText } from '../dom.js';
import { paneHead } from './pane.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Description} Description */
/** @typedef {{ at: number, event: Description, now: boolean }} Card */

export const defaults = {
  /** The most cards. */
  cards: 24,
};

/** The callbacks of what drives our executor, which is written in Rust; all others are JavaScript's. */
const IN_RUST = new Set(['drain', 'timers', 'await', 'JSPI', 'busy']);

/** In whose language it runs, which a stripe shows and the words say. @param {Description} event */
export const sideOf = (event) => {
  switch (event.kind) {
    case 'poll_started':
    case 'aborted':
    case 'chunk_read':
    case 'reader_left':
    case 'stack_suspended':
    case 'stack_resumed': return 'rust';
    case 'microtask_started':
    case 'macrotask_started': return !IN_RUST.has(event.name) ? 'js' : 'rust';
    case 'logged': return event.task ? 'rust' : 'js';
    default: return 'js';
  }
};

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createOrder(root, { text }) {
  const { t } = text;
  const before = h('p', { class: 'more' });
  const cards = h('ol', { class: 'cards' });
  const empty = h('p', { class: 'empty' }, t('order.empty'));
  const body = h('div', { class: 'body', tabindex: 0, role: 'group', 'aria-label': t('pane.order') }, before, cards, empty);
  root.replaceChildren(paneHead(text, 'order', h('span', {}, t('order.about'))), body);

  /** @param {Description} event */
  const wordsOf = (event) => {
    switch (event.kind) {
      case 'macrotask_started': return { name: event.name, detail: t('order.macrotask') };
      case 'microtask_started': return { name: event.name, detail: t('order.microtask') };
      case 'frame_started': return { name: event.name, detail: t('order.frame') };
      case 'poll_started': return { name: t('order.poll', { task: event.task, nth: event.nth }), detail: t('order.poll.detail') };
      case 'promise_resolved': return { name: t('order.promise', { promise: event.promise }), detail: t('order.resolved', { value: event.value }) };
      case 'promise_rejected': return { name: t('order.promise', { promise: event.promise }), detail: t('order.rejected', { value: event.value }) };
      case 'reaction': return { name: t('order.reaction', { promise: event.promise }), detail: event.name };
      case 'received': return { name: t('order.received', { bytes: event.bytes, promise: event.promise }), detail: event.nobody ? t('order.nobody') : 'page.js' };
      case 'aborted': return { name: t('order.aborted'), detail: t('order.promise', { promise: event.promise }) };
      case 'pulled': return { name: t('order.pulled', { nth: event.nth }), detail: t('order.pulled.detail', { queued: event.queued }) };
      case 'chunk_made': return { name: t('order.chunk', { nth: event.nth }), detail: 'page.js' };
      case 'chunk_read': return { name: t('order.chunk_read', { bytes: event.bytes }), detail: t('order.task', { task: event.task }) };
      case 'reader_left': return { name: t('order.reader_left'), detail: t('order.task', { task: event.task }) };
      case 'stream_cancelled': return { name: t('order.stream_cancelled'), detail: t('order.thrown', { queued: event.queued }) };
      case 'stack_suspended': return { name: t('order.suspended'), detail: t('order.promise', { promise: event.promise }) };
      case 'stack_resumed': return { name: t('order.resumed'), detail: t('order.promise', { promise: event.promise }) };
      case 'logged': return { name: event.text, detail: t('order.logged', { task: event.task }) };
      default: return { name: event.kind, detail: '' };
    }
  };

  const list = keyedList(cards, (/** @type {Card} */ card) => card.at, ({ event }) => {
    const { name, detail } = wordsOf(event);
    const el = h('li', { title: `${name} · ${detail}` }, h('b', {}, name), h('small', {}, detail));
    const side = sideOf(event);
    return {
      el,
      update({ now }) {
        setClass(el, `card ${side}${now ? ' now' : ''}`);
        setAttr(el, 'aria-current', now ? 'step' : undefined);
      },
    };
  });

  return {
    update(_frame, { picture }) {
      const { events: found, is_cut: isCut } = picture.listing('order', defaults.cards);
      list(found.map(({ at, event }) => ({ at, event, now: at === found.at(-1)?.at })));
      setShown(before, isCut);
      setText(before, isCut ? t('order.before') : '');
      setShown(empty, found.length === 0);
      body.scrollTop = body.scrollHeight;
    },
    destroy: () => root.replaceChildren(),
  };
}
