// Below the wall: run and pause, one sentence of what the last frame was, and how long its script took. What changes
// with every frame is not read out; that it runs, stands still or is complete is.

import { h, icon, setAttr, setClass, setShown } from '../dom.js';
import { keepFocus } from '../focus.js';
import { motion } from '../motion.js';
import { plain } from '../speech.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').State} State */
/** @typedef {import('../wall/run.js').WallRun} WallRun */

export const defaults = {};

/** How long is told whom one woke, where the wall goes on, in ms. */
const WOKEN = 4000;

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 */
export function createWallDock(root, { text: { t, say, number }, act, speech }) {
  const playIcon = icon('play');
  const play = h('button', { class: 'play', click: act.play }, playIcon);
  const sentence = h('p', { class: 'narrator' });
  const bar = h('progress', { max: 1, 'aria-label': t('wall.spawning') });
  const stop = h('button', { class: 'tool stop', click: () => shown?.stop() }, t('wall.stop'));
  const spawning = h('div', { class: 'spawning' }, bar, stop);
  const cost = h('p', { class: 'cost', title: t('wall.cost.means') });
  root.replaceChildren(h('div', { class: 'readout' }, play, h('div', { class: 'say' }, sentence), spawning, cost));

  /** @type {WallRun | undefined} */
  let shown;
  /** @type {(() => void) | undefined} */
  let unwatch;
  let playing = false;
  /** Whether it ran before: a reader who paused it knows why it stands still. */
  let ran = false;

  /** @returns {[key: string, args?: Record<string, number>]} */
  const phase = () => {
    if (!shown) return ['wall.say.empty'];
    const { figures, spawning: busy, places } = shown;
    const { spawned, alive, fired, polled, tally } = figures;
    const { woken } = shown;
    if (woken && (!playing || performance.now() - woken.time < WOKEN)) return ['wall.say.woken', { future: woken.place + 1 }];
    if (!playing) return [ran || !motion.isReduced ? 'wall.say.paused' : 'wall.say.still', { alive }];
    if (busy) return ['wall.say.spawning', { spawned, places }];
    if (spawned > 0 && alive === 0) return ['wall.say.done', { spawned }];
    // As many as were ready, or as there was time for.
    return polled < tally.ready ? ['wall.say.late', { polled, ready: tally.ready, limit: shown.polling }] : ['wall.say.frame', { fired }];
  };

  let announced = '';
  const draw = () => {
    const [key, args] = phase();
    const parts = say(key, args);
    const words = plain(parts);
    if (sentence.textContent !== words) sentence.replaceChildren(...parts);
    // Frame after frame there may be time for all polls, and not.
    const aloud = key === 'wall.say.late' ? 'wall.say.frame' : key;
    if (aloud !== announced) {
      announced = aloud;
      // The first one is what a reader finds on the page anyway.
      if (ran || key !== 'wall.say.still') speech.say(aloud === 'wall.say.frame' ? t('wall.aloud', { alive: shown?.figures.alive ?? 0 }) : words);
    }
    if (!shown) return;
    const { figures, spawning: busy, places } = shown;
    setShown(spawning, busy && playing);
    setShown(cost, figures.frames > 0);
    setAttr(bar, 'value', (figures.spawned / places).toFixed(3));
    cost.replaceChildren(...say('wall.cost', { ms: number(figures.script) }));
  };

  return {
    /** @param {WallRun} run @param {State} state */
    update(run, state) {
      if (run !== shown) {
        unwatch?.();
        shown = run;
        ran = false;
        announced = '';
        // The button that ends the spawning goes with it.
        unwatch = run.watch({ paint() {}, changed: () => keepFocus(draw) });
      }
      playing = state.playing;
      ran ||= playing;
      const label = t(playing ? 'pause' : 'play');
      setAttr(play, 'aria-label', label);
      setAttr(play, 'title', label);
      setClass(playIcon, `ic ic-${playing ? 'pause' : 'play'}`);
      draw();
    },
    destroy() {
      unwatch?.();
      root.replaceChildren();
    },
  };
}
