// Exploring other orders of a run, in a worker of its own: a schedule that panics, or that never ends, costs that worker,
// and what is on the stage stays.

import { beginJob, flat } from './jobs.js';
import { set } from './store.js';

/** @typedef {import('./types.js').Explored} Explored */

/**
 * @typedef {object} Exploration
 * @property {'running' | 'done' | 'stopped' | 'trapped' | 'failed'} status
 * @property {number} budget
 * @property {Explored | undefined} explored what was found so far
 */

/** As many schedules as are tried if nobody says otherwise, and the most. */
export const BUDGET = { usual: 1000, most: 1_000_000 };

/**
 * @param {import('./store.js').Store} store
 * @param {import('./types.js').Manifest} manifest
 */
export function createOrders(store, manifest) {
  /** Ends the job that goes on. */
  let endJob = () => {};

  /** @param {Partial<Exploration>} part */
  const change = (part) => {
    const { explored } = store.state;
    if (explored) store.apply(set({ explored: { ...explored, ...part } }));
  };

  const stop = () => {
    endJob();
    if (store.state.explored?.status === 'running') change({ status: 'stopped' });
  };

  /** @param {number} budget */
  const run = (budget) => {
    stop();
    const { scenario, params } = store.state;
    const info = manifest.scenarios.find((s) => s.id === scenario);
    if (!info) return;
    store.apply(set({ explored: { status: 'running', budget, explored: undefined } }));
    endJob = beginJob(info.module, 'explore', { scenario, params: flat(params), budget },
      (/** @type {Explored} */ explored) => change({ explored, status: explored.ended ? 'done' : 'running' }),
      (reason) => change({ status: reason === 'failed' ? 'failed' : 'trapped' }));
  };

  // Another run has other orders.
  store.subscribe(({ explored }, before) => {
    if (!explored && before.explored) stop();
  });

  return { run, stop };
}
