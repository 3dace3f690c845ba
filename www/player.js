// Playing: a story moment by moment, by the time that reading it takes, or a step of one event at a time, at the speed that the
// state names. It waits while the page cannot be seen, and ends
// when the reader turns motion down; who presses play then wants it.

import { motion } from './motion.js';
import { moved, played } from './store.js';

/** Events a second at speed 1. */
const RATE = 4;
/** What reading takes, in ms: a moment, and each sentence of it. */
const READING = { least: 900, sentence: 900 };

/**
 * @param {import('./store.js').Store} store
 * @param {object} stage what is on it
 * @param {() => number | undefined} stage.length of its run; without one nothing is played here
 * @param {() => import('./types.js').Moment[]} stage.story its moments
 * @param {() => boolean} stage.moves whether what plays there moves
 */
export function createPlayer(store, { length, story, moves }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let wasReduced = motion.isReduced;
  const tick = () => {
    timer = undefined;
    if (!store.state.playing || motion.isHidden) return;
    const end = length();
    const { cursor, show } = store.state;
    if (end !== undefined) store.apply(moved((show === '' ? story().find(({ at }) => at > cursor)?.at : undefined) ?? cursor + 1, end));
    next();
  };
  /** How long what is shown stays, at speed 1, in ms. */
  const patience = () => {
    const { cursor, show } = store.state;
    const moment = show === '' ? story().findLast(({ at }) => at <= cursor) : undefined;
    return moment ? READING.least + READING.sentence * moment.sentences.length : 1000 / RATE;
  };
  const next = () => {
    if (store.state.playing && !motion.isHidden && length() !== undefined) timer ??= setTimeout(tick, patience() / store.state.speed);
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
