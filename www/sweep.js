// The call centre's sweep: a worker runs it, and what it measures is put into the state as it comes. It belongs to
// the parameters it was run with, and stays when the form says others.

import { beginJob, flat } from './jobs.js';
import { set } from './store.js';

/** @typedef {import('./types.js').SweepPoint} SweepPoint */

/**
 * @typedef {object} Sweep
 * @property {Record<string, string>} params it was run with, defaults left out
 * @property {'running' | 'done' | 'stopped' | 'failed'} status
 * @property {number} done from 0 to 1
 * @property {number} callers those it is at, or came to
 * @property {SweepPoint[]} points in the order in which they were measured
 */

/** As many callers as it goes to. */
export const MOST = 1_000_000;

/** The parameters that a sweep depends on. @param {{ sweeps: readonly string[] }} info @param {Record<string, string>} params */
export const sweptBy = ({ sweeps }, params) => Object.fromEntries(Object.entries(params).filter(([name]) => !sweeps.includes(name)));

/**
 * @param {import('./store.js').Store} store
 * @param {import('./types.js').Manifest} manifest
 */
export function createSweeps(store, manifest) {
  /** @param {Partial<Sweep>} part */
  const change = (part) => {
    const { sweep } = store.state;
    if (sweep) store.apply(set({ sweep: { ...sweep, ...part } }));
  };

  /** Ends the job that goes on. */
  let endJob = () => {};

  /** @param {Omit<import('./types.js').SweepProgress, 'point'> & { points: SweepPoint[] }} progress */
  const onProgress = (progress) => {
    const points = [...store.state.sweep?.points ?? [], ...progress.points];
    change({ done: progress.done, callers: progress.callers, points });
    if (progress.ended) end('done');
  };

  /** @param {Sweep['status']} status */
  const end = (status) => {
    endJob();
    if (store.state.sweep?.status === 'running') change({ status });
  };

  const run = () => {
    end('stopped');
    const info = manifest.scenarios.find((s) => s.id === store.state.scenario);
    if (!info) return;
    const params = sweptBy(info, store.state.params);
    store.apply(set({ sweep: { params, status: 'running', done: 0, callers: 1, points: [] }, picked: undefined }));
    endJob = beginJob('fast', 'sweep', { params: flat(params), most: MOST }, onProgress, () => end('failed'));
  };

  store.subscribe(({ scenario, show, sweep }, before) => {
    if (scenario !== before.scenario) end('stopped');
    // Who opens it wants to see one.
    if (show === 'sweep' && !sweep) run();
  });

  return {
    run,
    stop: () => end('stopped'),
  };
}
