// Where one is in a story, in little room: a dot a moment, and the clock.

import { h, setAttr, setText } from '../dom.js';
import { momentAt } from './levels.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Moment} Moment */

/**
 * @param {Deps} deps
 * @returns {View & { dots: HTMLElement, clock: HTMLElement }} to be put where there is room
 */
export function createDots({ text: { t } }) {
  const dots = h('p', { class: 'dots', role: 'img' });
  const clock = h('p', { class: 'clk' });
  /** @type {Moment[]} */
  let drawn = [];
  return {
    dots, clock,
    update({ cursor, time }, { picture }) {
      const { moments } = picture.story;
      if (moments !== drawn) {
        drawn = moments;
        dots.replaceChildren(...moments.map(() => h('i')));
      }
      const now = momentAt(moments, cursor);
      [...dots.children].forEach((dot, i) => setAttr(dot, 'class', i === now ? 'now' : i < now ? 'past' : undefined));
      setAttr(dots, 'aria-label', t('present.moment', { at: now + 1, of: moments.length }));
      setText(clock, t('ms', { ms: time }));
    },
    destroy() {},
  };
}
