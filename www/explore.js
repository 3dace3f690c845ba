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

/**
 * As many runs as are made if nobody says otherwise, which is a few seconds and more orders than any scenario's default form has
 * that are worth counting; the most; and so many that several workers are worth their start.
 */
export const BUDGET = { usual: 200_000, most: 1_000_000, small: 1000 };

/** More workers than this are not begun. */
const MOST_WORKERS = 8;

/** More runs are not made for a picture of all orders. */
const MOST_DRAWN = 4000;

/**
 * All orders of a run, for a picture of them: made by one worker, and nothing is said of it before it is through.
 * @param {string} scenario
 * @param {Record<string, string>} params
 * @param {(explored: Explored | 'failed') => void} onEnded
 * @returns {() => void} ends it
 */
export const exploreAll = (scenario, params, onEnded) => beginJob('explorer', 'explore',
  { scenario, params: flat(params), budget: MOST_DRAWN, nth: 0, of: 1, linesInOrder: false },
  (/** @type {Explored} */ explored) => {
    if (explored.ended) onEnded(explored);
  },
  () => onEnded('failed'));

/**
 * @param {import('./store.js').Store} store
 * @param {(parts: Explored[]) => Explored | undefined} merge
 */
export function createOrders(store, merge) {
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
    store.apply(set({ explored: { status: 'running', ...search, workers: 1, explored: undefined } }));

    /** Shares a search out. @param {number} budget @param {number} of @param {(explored: Explored) => void} onEnded */
    const explore = (budget, of, onEnded) => {
      /** @type {Explored[]} what each part has found so far */
      const found = [];
      const share = Math.ceil(budget / of);
      const ends = Array.from({ length: of }, (_, nth) => beginJob('explorer', 'explore',
        { scenario, params: flat(params), budget: share, nth, of, linesInOrder: search.linesInOrder },
        (/** @type {Explored} */ part) => {
          found[nth] = part;
          const explored = of === 1 ? part : merge(found.filter(Boolean));
          if (!explored) return;
          // Together they may be through with all orders while each still looks for classes of its own.
          if ((explored.ended || explored.every) && found.filter(Boolean).length === of) {
            endJobs();
            onEnded(explored);
          } else {
            change({ explored });
          }
        },
        (reason) => {
          endJobs();
          change({ status: reason === 'failed' ? 'failed' : 'trapped' });
        }));
      endJobs = () => ends.forEach((end) => end());
    };

    explore(Math.min(search.budget, BUDGET.small), 1, (explored) => {
      // Where no outcome is missing, the orders are still worth counting if there are not too many.
      const isDone = explored.every || explored.reduced && explored.orders > search.budget;
      if (isDone || search.budget <= BUDGET.small) {
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
