// Playing: a step of one event at a time, at the speed that the state names. It waits while the page cannot be seen, and ends
// when the reader turns motion down; who presses play then wants it.

import { motion } from './motion.js';
import { moved, played } from './store.js';

/** Events a second at speed 1. */
const RATE = 4;

/**
 * @param {import('./store.js').Store} store
 * @param {object} stage what is on it
 * @param {() => number | undefined} stage.length of its run; without one nothing is played here
 * @param {() => boolean} stage.moves whether what plays there moves
 */
export function createPlayer(store, { length, moves }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let wasReduced = motion.isReduced;
  const tick = () => {
    timer = undefined;
    if (!store.state.playing || motion.isHidden) return;
    const end = length();
    if (end !== undefined) store.apply(moved(store.state.cursor + 1, end));
    next();
  };
  const next = () => {
    if (store.state.playing && !motion.isHidden && length() !== undefined) timer ??= setTimeout(tick, 1000 / (RATE * store.state.speed));
  };
  store.subscribe((state, before) => {
    if (state.speed !== before.speed || !state.playing) {
      clearTimeout(timer);
      timer = undefined;
    }
    next();
  });
  motion.watch(() => {
    if (motion.isReduced && !wasReduced && moves()) store.apply(played(false));
    wasReduced = motion.isReduced;
    next();
  });
}
