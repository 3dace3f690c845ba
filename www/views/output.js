// What the program has printed, up to the cursor: when, which task, and what.

import { h, keyedList, setAttr, setClass, setShown, setText } from '../dom.js';
import { paneHead } from './pane.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {{ at: number, now: boolean, time: number, task: number, line: string }} Printed */

export const defaults = {
  /** The most lines. */
  lines: 60,
};

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createOutput(root, { text }) {
  const { t } = text;
  const before = h('p', { class: 'more' });
  const lines = h('ol', { class: 'printed' });
  const empty = h('p', { class: 'empty' }, t('output.empty'));
  const body = h('div', { class: 'body', tabindex: 0, role: 'group', 'aria-label': t('pane.output') }, before, lines, empty);
  root.replaceChildren(paneHead(text, 'output', h('span', {}, t('output.about'))), body);

  const list = keyedList(lines, (/** @type {Printed} */ p) => p.at, ({ time, task, line }) => {
    const el = h('li', {}, h('b', {}, t('ms', { ms: time })), h('i', { title: t('output.task', { task }) }, String(task)), h('span', {}, line));
    return {
      el,
      update({ now }) {
        setClass(el, now ? 'now' : '');
        setAttr(el, 'aria-current', now ? 'step' : undefined);
      },
    };
  });

  return {
    update({ cursor }, { picture }) {
      const { events: found, is_cut: isCut } = picture.listing('output', defaults.lines);
      list(found.flatMap(({ at, time, event }) => (event.kind === 'logged' ? [{ at, now: at === cursor, time, task: event.task, line: event.text }] : [])));
      setShown(before, isCut);
      setText(before, isCut ? t('output.before') : '');
      setShown(empty, found.length === 0);
      body.scrollTop = body.scrollHeight;
    },
    destroy: () => root.replaceChildren(),
  };
}
