// How far a run is that is being made, or its story: said when it takes longer than a reader waits without a word, and then now and again.

import { set } from './store.js';

/** A run that takes longer than this says how far it is, in ms. */
const PATIENCE = 150;
/** And again after so long, in ms: a chunk comes more often than anyone reads, and saying it costs more than reading it. */
const PACE = 100;

/**
 * @param {import('./store.js').Store} store
 * @param {import('./types.js').Info['kind']} kind of what is made
 * @param {{ fetched: Promise<unknown>, isWanted: () => boolean }} of when all is there that it takes, which may be long in coming, or
 *   never come; and whether anybody still waits for it
 */
export function showWorking(store, kind, { fetched, isWanted }) {
  let due = performance.now() + PATIENCE;
  let isFetched = false;
  const show = () => {
    if (!isWanted()) return;
    const making = { deterministic: { events: 0 }, live: /** @type {const} */ ('live'), untraced: undefined }[kind];
    store.apply(set({ working: isFetched ? making : 'fetching' }));
  };
  const first = setTimeout(show, PATIENCE);
  fetched.then(() => {
    isFetched = true;
    if (store.state.working === 'fetching') show();
  }, () => {});
  /** Now and again. @param {import('./store.js').Working} working */
  const say = (working) => {
    const now = performance.now();
    if (!isWanted() || now < due) return;
    due = now + PACE;
    store.apply(set({ working }));
  };
  return {
    /** @param {number} events that there are so far */
    onEvents: (events) => say({ events }),
    /** @param {number} come the event up to which its story has come @param {number} of so many */
    onStory: (come, of) => say({ come, of }),
    end: () => clearTimeout(first),
  };
}
