// Playing: a step of one event at a time, at the speed that the state names.

import { moved } from './store.js';

/** Events a second at speed 1. */
const RATE = 4;

/**
 * @param {import('./store.js').Store} store
 * @param {() => number | undefined} length of the run on the stage; without one nothing is played here
 */
export function createPlayer(store, length) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const tick = () => {
    timer = undefined;
    if (!store.state.playing) return;
    const end = length();
    if (end !== undefined) store.apply(moved(store.state.cursor + 1, end));
    next();
  };
  const next = () => {
    if (store.state.playing && length() !== undefined) timer ??= setTimeout(tick, 1000 / (RATE * store.state.speed));
  };
  store.subscribe((state, before) => {
    if (state.speed !== before.speed || !state.playing) {
      clearTimeout(timer);
      timer = undefined;
    }
    next();
  });
}
