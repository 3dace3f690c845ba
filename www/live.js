// What runs on the page's own thread: live recordings, in the browser's event loop. It is a runner like any other, with the
// same chunks; but nothing can end it from outside, so it is an instance that ends, and not a worker.

import { compiled, createInstance } from './instance.js';
import { trapOf } from './traps.js';
import { scriptUrl } from './trusted.js';

/** @typedef {import('./types.js').LiveGlue} LiveGlue */
/** @typedef {import('./runner.js').Ended} Ended */

/** Of a callback that a dead instance has left in the event loop: its glue refuses the call. */
const STALE = /from previous wasm instance/i;

/** The coarsest clock that a browser has moves within so many ms. */
const COARSE = 200;

/** @type {Map<string, ReturnType<typeof createInstance<LiveGlue>>>} */
const instances = new Map();

/**
 * @param {string} name of the module
 * @param {string} scenario
 * @param {string} title of the trace
 * @param {string[]} params
 * @param {(chunk: Uint8Array) => void} onChunk
 * @param {{ signal?: AbortSignal, inDevtools?: boolean }} [options] what ends it; whether DevTools show its tasks
 * @returns {Promise<Ended>}
 */
export async function record(name, scenario, title, params, onChunk, { signal, inDevtools = false } = {}) {
  const instance = instances.get(name) ?? createInstance(name);
  instances.set(name, instance);
  const { glue, release } = await instance.get();
  /** @type {(event: ErrorEvent) => void} */
  let onError = () => {};
  // A promise of the module never settles when it traps: the trap surfaces as an uncaught error.
  const trap = new Promise((_, reject) => {
    onError = (event) => {
      if (!trapOf(event.error)) return;
      event.preventDefault();
      reject(event.error);
    };
  });
  addEventListener('error', onError);
  const leave = () => glue.leave();
  signal?.addEventListener('abort', leave);
  const isFrozen = watchClock();
  glue.in_devtools(inDevtools);
  const module = await compiled.get(name);
  // With an instance of its own: it ends with the run that wants it.
  glue.workers_by(() => {
    const worker = new Worker(scriptUrl('./blocking.worker.js'), { type: 'module' });
    worker.postMessage({ module });
    return worker;
  });
  try {
    const result = await Promise.race([glue.record(scenario, title, params, onChunk), trap]);
    return { result, reason: isFrozen() ? 'clock' : undefined };
  } catch (error) {
    signal?.removeEventListener('abort', leave);
    const reason = trapOf(error);
    if (!reason) throw error;
    // From here on the event loop's late callbacks meet an instance that is not theirs.
    release();
    ignoreStale();
    return { reason };
  } finally {
    removeEventListener('error', onError);
    signal?.removeEventListener('abort', leave);
  }
}

/** What says whether the clock stood still while the event loop went on: no clock is so coarse. */
function watchClock() {
  const begun = performance.now();
  let hasWaited = false;
  const timer = setTimeout(() => { hasWaited = true; }, COARSE);
  return () => {
    clearTimeout(timer);
    return hasWaited && performance.now() === begun;
  };
}

let isIgnoring = false;

/** Late callbacks of a dead instance are refused by its glue, and do nothing: that is no error of the page. */
function ignoreStale() {
  if (isIgnoring) return;
  isIgnoring = true;
  addEventListener('error', (event) => {
    if (STALE.test(event.message)) event.preventDefault();
  });
  addEventListener('unhandledrejection', (event) => {
    if (STALE.test(String(event.reason))) event.preventDefault();
  });
}
