// The engine: the page's modules, each loaded when the first of its scenarios is opened. A run lives in the module
// that made it, and nothing outside of this file knows which one that is.

import { fetchOnce, isTrap } from './instance.js';
import { loadModule } from './module.js';

/** @typedef {import('./types.js').Run} Run */
/** @typedef {import('./types.js').Info} Info */
/** @typedef {import('./module.js').Module} Module */

/** The module that is always there: it describes the scenarios of the others, too. */
const FIRST = 'pollscope';

/** How long a slice of a run may keep the page from its next frame, in ms. */
const SLICE = 8;

/** So many events are made ready for quick frames between two looks at the clock. */
const PREPARED = 8192;

/** @typedef {(done: number, events: number) => void} OnProgress */

const nextFrame = () => new Promise((resolve) => {
  // A hidden page has no frames.
  if (document.hidden) setTimeout(resolve, 0);
  else requestAnimationFrame(resolve);
});

/** Loads and starts it. */
export async function loadEngine() {
  const modules = fetchOnce(loadModule);
  const first = await modules.get(FIRST);
  /** @type {WeakMap<Run, Module>} */
  const homes = new WeakMap();

  /** @param {Module} module @param {Run} run */
  const settle = (module, run) => {
    homes.set(run, module);
    return module.keep(run);
  };

  return {
    manifest: first.manifest,
    kindNames: first.glue.kindNames(),

    /**
     * A scenario with its code; its module is there after this.
     * @param {Info} info
     * @returns {Promise<Info>}
     */
    async load(info) {
      const { manifest } = await modules.get(info.module);
      return manifest.scenarios.find((s) => s.id === info.id) ?? info;
    },

    /**
     * Whether an untraced scenario can be begun with these parameters. Throws a `Problem` where they are wrong.
     * @param {Info} info
     * @param {Record<string, string>} params as they were typed
     */
    async check(info, params) {
      const { glue } = await modules.get(info.module);
      glue.check(info.id, Object.entries(params).flat());
    },

    /**
     * Computes a run, a slice a frame. Aborting the signal ends it where it is; what was recorded is kept.
     * Throws a `Problem` where scenario, parameters or changes are wrong.
     * @param {Info} info
     * @param {Record<string, string>} params as they were typed
     * @param {{ changes?: string, onProgress?: OnProgress, signal?: AbortSignal }} [options]
     * @returns {Promise<Run>}
     */
    async run(info, params, { changes = '', onProgress, signal } = {}) {
      const given = Object.entries(params).flat();
      const module = await modules.get(info.module);
      try {
        if (info.kind === 'live') return settle(module, await settled(module.glue.record(info.id, given)));
        const job = module.keep(module.glue.start(info.id, given, changes));
        let polls = 64;
        for (let stopped = false; !stopped;) {
          const begun = performance.now();
          let advance = job.advance(polls);
          while (!advance.ended && performance.now() - begun < SLICE) advance = job.advance(polls);
          const took = performance.now() - begun;
          polls = took > 2 * SLICE ? Math.max(1, polls >> 1) : Math.min(4096, polls * 2);
          if (advance.ended) break;
          onProgress?.(advance.done, advance.events);
          await nextFrame();
          if ((stopped = signal?.aborted ?? false)) job.stop();
        }
        module.forget(job);
        const run = module.keep(job.finish());
        for (let done = false; !done;) {
          const begun = performance.now();
          while (!done && performance.now() - begun < SLICE) done = run.prepare(PREPARED);
          if (!done) await nextFrame();
        }
        return settle(module, run);
      } catch (error) {
        if (isTrap(error)) return settle(module, await module.recover(info.id));
        throw error;
      }
    },

    /**
     * A run that panicked, once more: what it left is read again in the instance that there is now.
     * @param {Run} run
     * @returns {Run | undefined} none, if it did not panic
     */
    again(run) {
      const home = homes.get(run);
      const made = home?.again(run);
      return home && made && settle(home, made);
    },

    /**
     * The first event, from 0, in which two runs differ; none if they are the same, or cannot be compared.
     * @param {Run} run
     * @param {Run | undefined} other
     */
    parts(run, other) {
      const home = homes.get(run);
      return other && home?.holds(run) && home.holds(other) ? run.partsFrom(other) : undefined;
    },

    /**
     * Reads from a run. If that traps, the run is lost: its module is restarted, and the caller told.
     * @template T
     * @param {Run | undefined} run
     * @param {() => T} read
     * @param {(trapped: Promise<void>) => void} onTrap
     * @returns {T | undefined}
     */
    read(run, read, onTrap) {
      try {
        return read();
      } catch (error) {
        const home = run && homes.get(run);
        if (!isTrap(error) || !home) throw error;
        onTrap(home.bury().then(() => undefined));
        return undefined;
      }
    },

    /** Whether the run can be read: the instance that made it has not trapped since. @param {Run} run */
    holds: (run) => homes.get(run)?.holds(run) ?? false,

    /**
     * The kind of each of a run's events, read where they lie. To be asked for anew after each other call.
     * @param {Run} run
     * @returns {(i: number) => number}
     */
    kinds(run) {
      const { chunk } = run;
      const memory = /** @type {Module} */ (homes.get(run)).memory;
      /** @type {Uint8Array[]} */
      const heads = [];
      return (i) => {
        const at = Math.floor(i / chunk);
        heads[at] ??= new Uint8Array(memory.buffer, run.headsAddress(at), chunk * 8);
        return heads[at][(i % chunk) * 8];
      };
    },

    /** @param {Run} run */
    free(run) {
      if (homes.get(run)?.forget(run)) run.free();
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof loadEngine>>} Engine */

/**
 * A promise of the engine, which never settles when it traps: the trap surfaces as an uncaught error.
 * @template T
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
async function settled(promise) {
  /** @type {(event: ErrorEvent) => void} */
  let listener = () => {};
  const trap = new Promise((_, reject) => {
    listener = (event) => {
      if (!isTrap(event.error)) return;
      event.preventDefault();
      reject(event.error);
    };
  });
  addEventListener('error', listener);
  try {
    return await /** @type {Promise<T>} */ (Promise.race([promise, trap]));
  } finally {
    removeEventListener('error', listener);
  }
}
