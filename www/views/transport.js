// The transport: play, the three steps in both directions, the scrubber, the speed.

import { h, icon, setAttr, setClass, setText } from '../dom.js';
import { SPEEDS } from '../store.js';
import { createScrubber } from './scrubber.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Unit} Unit */

export const defaults = { units: /** @type {Unit[]} */ (['event', 'poll', 'tick']), speeds: { 0.5: '½×', 1: '1×', 4: '4×' } };

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createTransport(root, deps) {
  const { text: { t, number }, act, speech } = deps;
  /** @param {string} name @param {string} label @param {() => void} click */
  const button = (name, label, click) => h('button', { 'aria-label': label, title: label, click }, icon(name));
  const playIcon = icon('play');
  const play = h('button', { class: 'play', click: act.play }, playIcon);
  const steps = defaults.units.map((unit) => h('div', { class: `step ${unit}`, role: 'group', 'aria-label': t(`step.${unit}`) },
    button('prev', t(`step.${unit}.back`), () => act.step(unit, false)),
    h('span', {}, t(`step.${unit}`)),
    button('next', t(`step.${unit}.on`), () => act.step(unit, true))));
  const ends = h('div', { class: 'step ends', role: 'group', 'aria-label': t('step.ends') },
    button('first', t('step.first'), act.first), button('last', t('step.last'), act.last));
  const scrub = h('div', { class: 'scrub' });
  const [at, of, time] = [h('b'), h('span'), h('span')];
  const where = h('p', { class: 'where' }, at, of, h('br'), time);
  const speeds = SPEEDS.map((speed) => ({ speed, el: h('button', { 'aria-pressed': 'false', click: () => act.speed(speed) }, defaults.speeds[speed]) }));
  root.replaceChildren(play, ...steps, ends, scrub, where,
    h('div', { class: 'seg speed', role: 'group', 'aria-label': t('speed') }, ...speeds.map((s) => s.el)));
  const scrubber = createScrubber(scrub, deps);
  /** @type {number | undefined} */
  let speed;

  return {
    update(frame, extra) {
      const { state } = extra;
      const label = t(state.playing ? 'pause' : 'play');
      setAttr(play, 'aria-label', label);
      setAttr(play, 'title', label);
      setClass(playIcon, `ic ic-${state.playing ? 'pause' : 'play'}`);
      setText(at, number(frame.cursor));
      setText(of, ` / ${number(frame.len)}`);
      setText(time, t('ms', { ms: frame.time }));
      // What was pressed says it itself.
      if (speed && speed !== state.speed && !document.activeElement?.hasAttribute('aria-pressed')) speech.say(t('said.speed', { speed: defaults.speeds[state.speed] }));
      ({ speed } = state);
      for (const { speed, el } of speeds) setAttr(el, 'aria-pressed', String(speed === state.speed));
      scrubber.update(frame, extra);
    },
    destroy() {
      scrubber.destroy();
      root.replaceChildren();
    },
  };
}
