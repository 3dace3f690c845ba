// Exploring other orders of a run, in workers of its own: a run that panics, or that never ends, costs those workers, and what
// is on the stage stays. A small exploration is made by one worker; what that leaves is shared out among as many as the
// machine has threads for, in parts that the module makes and the viewer puts together.

import { beginJob, flat } from './jobs.js';
import { set } from './store.js';

/** @typedef {import('./types.js').Explored} Explored */

/** @typedef {{ budget: number, linesInOrder: boolean }} Search the most runs, and whether the order of lines is told apart */

/**
 * @typedef {object} Exploration
 * @property {'running' | 'done' | 'stopped' | 'trapped' | 'failed'} status
 * @property {number} budget
 * @property {boolean} linesInOrder
 * @property {number} workers how many are at it
 * @property {Explored | undefined} explored what was found so far
 */

/** As many runs as are made if nobody says otherwise, the most, and so many that several workers are worth their start. */
export const BUDGET = { usual: 10_000, most: 1_000_000, small: 1000 };

/** More workers than this are not begun. */
const MOST_WORKERS = 8;

/**
 * @param {import('./store.js').Store} store
 * @param {import('./types.js').Manifest} manifest
 * @param {(parts: Explored[]) => Explored | undefined} merge
 */
export function createOrders(store, manifest, merge) {
  /** Ends the jobs that go on. */
  let endJobs = () => {};

  /** @param {Partial<Exploration>} part */
  const change = (part) => {
    const { explored } = store.state;
    if (explored) store.apply(set({ explored: { ...explored, ...part } }));
  };

  const stop = () => {
    endJobs();
    if (store.state.explored?.status === 'running') change({ status: 'stopped' });
  };

  /** @param {Search} search */
  const run = (search) => {
    stop();
    const { scenario, params } = store.state;
    const info = manifest.scenarios.find((s) => s.id === scenario);
    if (!info) return;
    store.apply(set({ explored: { status: 'running', ...search, workers: 1, explored: undefined } }));

    /** Shares a search out. @param {number} budget @param {number} of @param {(explored: Explored) => void} onEnded */
    const explore = (budget, of, onEnded) => {
      /** @type {Explored[]} what each part has found so far */
      const found = [];
      const share = Math.ceil(budget / of);
      const ends = Array.from({ length: of }, (_, nth) => beginJob(info.module, 'explore',
        { scenario, params: flat(params), budget: share, nth, of, linesInOrder: search.linesInOrder },
        (/** @type {Explored} */ part) => {
          found[nth] = part;
          const explored = of === 1 ? part : merge(found.filter(Boolean));
          if (!explored) return;
          if (explored.ended && found.filter(Boolean).length === of) onEnded(explored);
          else change({ explored });
        },
        (reason) => {
          endJobs();
          change({ status: reason === 'failed' ? 'failed' : 'trapped' });
        }));
      endJobs = () => ends.forEach((end) => end());
    };

    explore(Math.min(search.budget, BUDGET.small), 1, (explored) => {
      if (explored.every || explored.reduced || search.budget <= BUDGET.small) {
        change({ explored, status: 'done' });
        return;
      }
      const workers = Math.min(navigator.hardwareConcurrency || 1, MOST_WORKERS);
      change({ explored, workers });
      explore(search.budget, workers, (all) => change({ explored: all, status: 'done' }));
    });
  };

  // Another run has other orders.
  store.subscribe(({ explored }, before) => {
    if (!explored && before.explored) stop();
  });

  return { run, stop };
}
