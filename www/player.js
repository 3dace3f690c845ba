// Playing: a step of one event at a time, at the speed that the state names.

import { moved } from './store.js';

/** Events a second at speed 1. */
const RATE = 4;

/**
 * @param {import('./store.js').Store} store
 * @param {() => number} length of the run on the stage
 */
export function createPlayer(store, length) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const tick = () => {
    timer = undefined;
    if (!store.state.playing) return;
    store.apply(moved(store.state.cursor + 1, length()));
    next();
  };
  const next = () => {
    if (store.state.playing) timer ??= setTimeout(tick, 1000 / (RATE * store.state.speed));
  };
  store.subscribe((state, before) => {
    if (state.speed !== before.speed || !state.playing) {
      clearTimeout(timer);
      timer = undefined;
    }
    next();
  });
}
