// The executor: who is ready, who is polled, who sleeps and who holds their wakers; and the timers.

import { glyph, h, keyedList, setClass, setShown, setText } from '../dom.js';
import { createChip } from '../states.js';
import { asleep, holderArgs } from '../told.js';
import { paneHead } from './pane.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Frame} Frame */
/** @typedef {import('../types.js').TaskState} TaskState */
/** @typedef {{ task: number, words: string, said?: string }} Line */

export const defaults = { timers: 6 };

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createExecutor(root, { text }) {
  const { t } = text;

  /** @param {TaskState} state @param {string} name */
  const createWell = (state, name) => {
    const rows = h('ul', { hidden: true, tabindex: 0, 'aria-label': t(`well.${name}`) });
    const empty = h('p', { class: 'empty' }, t(`well.${name}.empty`));
    const more = h('li', { class: 'more' });
    rows.append(more);
    const el = h('section', { class: 'well' }, h('h3', { class: state }, glyph(state), h('span', {}, t(`well.${name}`))), rows, empty);
    const list = keyedList(rows, (/** @type {Line} */ line) => line.task, () => {
      const chip = createChip(text);
      const words = h('span');
      return {
        el: h('li', { class: 'row' }, chip.el, words),
        update(line) {
          chip.update(line.task, state, line.said);
          setText(words, line.words);
        },
      };
    });
    return {
      el,
      /** @param {Line[]} lines @param {number} beyond */
      update(lines, beyond) {
        list(lines);
        setClass(el, `well${state === 'running' && lines.length ? ' lit' : ''}`);
        setShown(empty, lines.length === 0);
        setShown(rows, lines.length > 0);
        setText(more, beyond ? t('more', { n: beyond }) : '');
      },
    };
  };

  const ready = createWell('ready', 'ready');
  const running = createWell('running', 'running');
  const sleeping = createWell('pending', 'sleeping');
  const timerRows = h('ul');
  const moreTimers = h('span', { class: 'more' });
  const timers = h('div', { class: 'timers' }, h('h3', {}, t('timers')), timerRows, moreTimers);
  const now = h('span', { class: 'num' });
  const flow = () => h('i', { class: 'flow', 'aria-hidden': 'true' });
  root.replaceChildren(
    paneHead(text, 'executor', now),
    h('div', { class: 'body' }, h('div', { class: 'wells' }, ready.el, flow(), running.el, flow(), sleeping.el, timers)),
  );
  const list = keyedList(timerRows, (/** @type {Frame['timers'][number]} */ row) => row.timer, (row) => {
    const whom = row.task ? [' → ', String(row.task)] : [];
    return { el: h('li', {}, h('b', {}, t('ms', { ms: row.deadline })), ...whom), update() {} };
  });

  /** @param {Frame} frame */
  const told = (frame) => {
    const { running: r } = frame;
    if (!r) return [];
    const line = r.at ? r.at.line : 0;
    const called = r.what === 'callbacks';
    return [{ task: r.task, said: called ? 'called' : 'running', words: t(called ? 'well.call' : 'well.poll', { nth: r.nth, line, at: r.at ? 'yes' : 'no' }) }];
  };

  return {
    update(frame) {
      setText(now, frame.timers.length ? t('executor.next', { now: frame.time, next: frame.timers[0].deadline }) : t('ms', { ms: frame.time }));
      ready.update(frame.ready.map((r) => ({ task: r.task, words: t('woken', holderArgs(r.by, text)) })), frame.ready_more);
      running.update(told(frame), 0);
      sleeping.update(frame.sleeping.map((s) => ({ task: s.task, words: asleep(text, s) })), frame.sleeping_more);
      const rows = frame.timers.slice(0, defaults.timers);
      const more = frame.timers.length - rows.length + frame.timers_more;
      list(rows);
      setText(moreTimers, more ? t('more', { n: more }) : rows.length ? '' : t('timers.empty'));
    },
    destroy: () => root.replaceChildren(),
  };
}
