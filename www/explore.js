// Exploring other orders of a run, a few schedules a frame. It happens in an instance of the module that nothing else
// lives in: a schedule that panics takes that one along, and what is on the stage stays. It is fetched when the first
// exploration begins.

import { fetchOnce, isTrap } from './instance.js';
import { loadModule } from './module.js';
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

/** How long a slice may keep the page from its next frame, in ms. */
const SLICE = 8;

/**
 * @param {import('./store.js').Store} store
 * @param {import('./types.js').Manifest} manifest
 */
export function createOrders(store, manifest) {
  const modules = fetchOnce((name) => loadModule(name, 'explore'));
  let latest = 0;

  /** @param {Partial<Exploration>} part */
  const change = (part) => {
    const { explored } = store.state;
    if (explored) store.apply(set({ explored: { ...explored, ...part } }));
  };

  const stop = () => {
    latest += 1;
    if (store.state.explored?.status === 'running') change({ status: 'stopped' });
  };

  /** @param {number} budget */
  const run = async (budget) => {
    stop();
    const ticket = latest;
    const { scenario, params } = store.state;
    const info = manifest.scenarios.find((s) => s.id === scenario);
    if (!info) return;
    store.apply(set({ explored: { status: 'running', budget, explored: undefined } }));
    /** @type {import('./module.js').Module | undefined} */
    let module;
    try {
      module = await modules.get(info.module);
      if (ticket !== latest) return;
      const exploring = module.glue.explore(info.id, Object.entries(params).flat(), budget);
      for (let ended = false; !ended && ticket === latest;) {
        const begun = performance.now();
        /** @type {Explored} */
        let explored;
        do explored = exploring.advance(); while (!explored.ended && performance.now() - begun < SLICE);
        ({ ended } = explored);
        change({ explored, status: ended ? 'done' : 'running' });
        if (!ended) await new Promise((resolve) => setTimeout(resolve, 0));
      }
      exploring.free();
    } catch (error) {
      const trapped = isTrap(error);
      if (trapped) await module?.bury();
      else console.error(error);
      if (ticket === latest) change({ status: trapped ? 'trapped' : 'failed' });
    }
  };

  // Another run has other orders.
  store.subscribe(({ explored }, before) => {
    if (!explored && before.explored) stop();
  });

  return {
    /** @param {number} budget */
    run: (budget) => void run(budget),
    stop,
  };
}
