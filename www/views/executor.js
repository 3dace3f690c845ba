// The executor: who is ready, who is polled, who sleeps and who holds their wakers; and the timers. Whatever holds a
// waker can be pointed at: all who wait there are marked, and the head says who they are and who has it.

import { glyph, h, keyedList, setAttr, setClass, setShown, setText } from '../dom.js';
import { createChip } from '../states.js';
import { asleep, holderArgs } from '../describe.js';
import { createInside } from './inside.js';
import { paneHead } from './pane.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Frame} Frame */
/** @typedef {import('../types.js').Holder} Holder */
/** @typedef {import('../types.js').TaskState} TaskState */
/** @typedef {import('../types.js').InsideFrame} InsideFrame */
/** @typedef {{ task: number, words: string, said?: string, holders?: Holder[], inside?: InsideFrame[] }} Line */

export const defaults = { timers: 6 };

/** A holder as a name that no two of them share. @param {Holder} holder */
function nameOf(holder) {
  const { kind, ...rest } = holder;
  return [kind, ...Object.values(rest)].join(' ');
}

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createExecutor(root, { text, speech }) {
  const { t } = text;

  /** A thing that holds wakers, to be pointed at. @param {Holder} holder */
  const createHolder = (holder) => h('button', {
    type: 'button', class: 'holder', 'data-holder': nameOf(holder),
    pointerenter: () => point(holder), pointerleave: () => point(pointedByKey), focus: () => {
      point((pointedByKey = holder));
      speech.say(now.textContent ?? '');
    }, blur: () => point((pointedByKey = undefined)),
  }, t('holder', holderArgs(holder, text)));

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
      const held = h('span', { class: 'held' });
      const holders = keyedList(held, nameOf, (/** @type {Holder} */ holder) => ({ el: createHolder(holder), update() {} }));
      const inside = createInside(text);
      return {
        el: h('li', { class: 'row' }, chip.el, h('span', { class: 'about' }, words, held, inside.el)),
        update(line) {
          chip.update(line.task, state, line.said);
          setText(words, line.words);
          holders(line.holders ?? []);
          inside.update(line.task, line.inside ?? []);
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
    return { el: h('li', { 'data-holder': nameOf({ kind: 'timer', deadline: row.deadline }) }, h('b', {}, t('ms', { ms: row.deadline })), ...whom), update() {} };
  });

  /** @type {Frame | undefined} */
  let shown;
  /** @type {Holder | undefined} */
  let pointed;
  /** @type {Holder | undefined} */
  let pointedByKey;

  const head = () => {
    if (!shown) return;
    if (!pointed) {
      setText(now, shown.timers.length ? t('executor.next', { now: shown.time, next: shown.timers[0].deadline }) : t('ms', { ms: shown.time }));
      return;
    }
    const name = nameOf(pointed);
    const waiting = shown.sleeping.filter((s) => s.holders.some((holder) => nameOf(holder) === name)).map((s) => s.task);
    const owner = shown.locks.find((lock) => nameOf(lock.on) === name)?.task;
    setText(now, t('pointed', { holder: t('holder', holderArgs(pointed, text)), n: waiting.length, tasks: waiting.join(', '), owned: owner ? 'yes' : 'no', owner: owner ?? 0 }));
  };
  /** @param {Holder | undefined} holder */
  const point = (holder) => {
    pointed = holder;
    mark();
  };
  /** The tasks that wait at what is pointed at, and the task that has it, are marked. */
  const mark = () => {
    const name = pointed && nameOf(pointed);
    const owner = pointed?.kind === 'task' ? pointed.task : shown?.locks.find((lock) => nameOf(lock.on) === name)?.task;
    for (const el of root.querySelectorAll('[data-holder]')) setAttr(el, 'data-pointed', name !== undefined && el.getAttribute('data-holder') === name ? '' : undefined);
    for (const el of root.querySelectorAll('.task')) setAttr(el, 'data-pointed', owner && el.getAttribute('data-task') === String(owner) ? '' : undefined);
    head();
  };

  /** @param {Frame} frame @returns {Line[]} */
  const polled = (frame) => {
    const { running: r } = frame;
    if (!r) return [];
    const line = r.at ? r.at.line : 0;
    const called = r.what === 'callbacks';
    return [{ task: r.task, said: called ? 'called' : 'running', words: t(called ? 'well.call' : 'well.poll', { nth: r.nth, line, at: r.at ? 'yes' : 'no' }), inside: r.inside }];
  };

  /** @param {Frame['sleeping'][number]} s @returns {Line} */
  const sleeper = (s) => {
    const held = s.woken || s.what === 'callbacks' ? [] : s.holders.filter((holder) => holder.kind !== 'itself' && holder.kind !== 'outside');
    // Two timers that are due at once cannot be told apart.
    const things = [...new Map(held.map((holder) => [nameOf(holder), holder])).values()];
    return { task: s.task, words: things.length ? t('held.by') : asleep(text, s), holders: things, inside: s.inside };
  };

  return {
    update(frame) {
      shown = frame;
      ready.update(frame.ready.map((r) => ({ task: r.task, words: t('woken', holderArgs(r.by, text)) })), frame.ready_more);
      running.update(polled(frame), 0);
      sleeping.update(frame.sleeping.map(sleeper), frame.sleeping_more);
      const rows = frame.timers.slice(0, defaults.timers);
      const more = frame.timers.length - rows.length + frame.timers_more;
      list(rows);
      setText(moreTimers, more ? t('more', { n: more }) : rows.length ? '' : t('timers.empty'));
      if (pointed) mark();
      else head();
    },
    destroy: () => root.replaceChildren(),
  };
}
