// The story column's foot: the step to the next moment, back, play; every event as a place on a line with the moments as dots; the
// level at which the run is told.

import { h, icon, setAttr, setClass, setShown, setText } from '../dom.js';
import { createScrubber } from '../views/scrubber.js';
import { LEVELS, levelOf, momentAt } from './levels.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Moment} Moment */

/** What the line leaves free at its ends, in px: as the scrubber does. */
const EDGE = 7;

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createGo(root, deps) {
  const { text: { t, number }, act } = deps;
  const back = h('button', { class: 'back', 'aria-label': t('lesson.back'), title: t('lesson.back'), click: () => act.moment(false) }, icon('prev'));
  const words = h('span');
  const sign = icon('next');
  const forward = h('button', { class: 'fwd', click: () => (isOver ? act.first() : act.moment(true)) }, words, sign);
  const playIcon = icon('play');
  const play = h('button', { class: 'playb', click: act.play }, playIcon);
  const scrub = h('div', { class: 'scrub' });
  const dots = h('div', { class: 'dots', 'aria-hidden': 'true' });
  const levels = LEVELS.map((level) => {
    const count = h('i');
    return { level, count, el: h('button', { 'aria-pressed': 'false', click: () => act.level(level) }, t(`lesson.level.${level}`), ' ', count) };
  });
  root.append(h('div', { class: 'go' },
    h('div', { class: 'btns' }, back, forward, play),
    h('div', { class: 'track' }, scrub, dots),
    h('div', { class: 'seg levels', role: 'group', 'aria-label': t('lesson.levels') }, ...levels.map(({ el }) => el))));
  const scrubber = createScrubber(scrub, deps);
  /** @type {Moment[]} */
  let drawn = [];
  let isOver = false;

  return {
    update(frame, extra) {
      const { state, picture } = extra;
      const { moments } = picture.story;
      const { cursor, len } = frame;
      const label = t(state.playing ? 'pause' : 'play');
      setAttr(play, 'aria-label', label);
      setAttr(play, 'title', label);
      setClass(playIcon, `ic ic-${state.playing ? 'pause' : 'play'}`);
      isOver = cursor >= len && len > 0;
      setText(words, t(isOver ? 'lesson.again' : cursor === 0 ? 'lesson.start' : `lesson.next.${levelOf(state.show)}`));
      setClass(sign, `ic ic-${isOver ? 'first' : 'next'}`);
      back.disabled = cursor === 0;
      if (moments !== drawn) {
        drawn = moments;
        dots.replaceChildren(...moments.map(({ at }) => {
          const dot = h('i');
          dot.style.left = `calc(${EDGE}px + (100% - ${2 * EDGE}px) * ${at / Math.max(1, len)})`;
          return dot;
        }));
      }
      const now = momentAt(moments, cursor);
      [...dots.children].forEach((dot, i) => setClass(dot, i < now ? 'past' : i === now ? 'now' : 'later'));
      const level = levelOf(state.show);
      const counts = { story: moments.length, polls: picture.story.notable, every: len };
      for (const { level: own, el, count } of levels) {
        setAttr(el, 'aria-pressed', String(own === level));
        setText(count, number(counts[own]));
      }
      setShown(dots, moments.length > 0);
      scrubber.update(frame, extra);
    },
    destroy() {
      scrubber.destroy();
      root.replaceChildren();
    },
  };
}
