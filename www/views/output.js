// What the program has printed, up to the cursor: when, which task, and what.

import { h, keyedList, setAttr, setClass, setShown, setText } from '../dom.js';
import { paneHead } from './pane.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {{ at: number, now: boolean, time: number, task: number, line: string }} Printed */

export const defaults = {
  /** The most lines, and how far back to look for them. */
  lines: 60,
  back: 4096,
};

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createOutput(root, { text, kindNames }) {
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
      const kinds = picture.kinds();
      /** @type {number[]} */
      const found = [];
      let i = cursor - 1;
      for (; i >= Math.max(0, cursor - defaults.back) && found.length < defaults.lines; i -= 1) {
        if (kindNames[kinds(i)] === 'log') found.push(i + 1);
      }
      list(found.reverse().flatMap((at) => {
        const event = picture.describe(at);
        return event.kind === 'logged' ? [{ at, now: at === cursor, time: picture.time(at), task: event.task, line: event.text }] : [];
      }));
      const isCut = i >= 0 && found.length > 0;
      setShown(before, isCut);
      setText(before, isCut ? t('output.before') : '');
      setShown(empty, found.length === 0);
      body.scrollTop = body.scrollHeight;
    },
    destroy: () => root.replaceChildren(),
  };
}
