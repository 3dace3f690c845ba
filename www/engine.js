// The engine: one instance of the WebAssembly module, and what to do when it traps.
//
// A trap (a panic, in the end) leaves an instance that must not be called again. Its trace is copied out of
// its memory, the glue is imported once more for a fresh instance of the same compiled module, and the trace
// is read there. What a dead instance made is kept for good: a collector would call back into it.

import { Trapped, compile, isTrap } from './instance.js';

/** @typedef {import('./types.js').Glue} Glue */
/** @typedef {import('./types.js').Run} Run */
/** @typedef {import('./types.js').Info} Info */

/** How long a slice of a run may keep the page from its next frame, in ms. */
const SLICE = 8;

/** @typedef {(done: number, events: number) => void} OnProgress */

/**
 * @typedef {object} Instance
 * @property {Glue} glue
 * @property {WebAssembly.Memory} memory
 * @property {number} crash where the trace's address and length stand after a trap
 * @property {Set<object>} made what lives in it
 */

const nextFrame = () => new Promise((resolve) => {
  // A hidden page has no frames.
  if (document.hidden) setTimeout(resolve, 0);
  else requestAnimationFrame(resolve);
});

/** Loads and starts it. */
export async function loadEngine() {
  const module = await compile(new URL('./engine/pollscope_bg.wasm', document.baseURI));
  /** @type {object[]} */
  const graveyard = [];
  let starts = 0;

  /** @returns {Promise<Instance>} */
  const start = async () => {
    starts += 1;
    const url = new URL('./engine/pollscope.js', document.baseURI);
    if (starts > 1) url.search = `?${starts}`;
    const glue = /** @type {Glue} */ (await import(url.href));
    const { memory } = await glue.default({ module_or_path: module });
    return { glue, memory, crash: glue.crashAddress(), made: new Set() };
  };

  let instance = await start();

  /** The trace that the dead instance left, if any; a fresh one stands in its place after this. */
  const bury = async () => {
    const { memory, crash, made } = instance;
    const [address, length] = new Uint32Array(memory.buffer, crash, 2);
    const trace = length > 0 ? new Uint8Array(memory.buffer, address, length).slice() : undefined;
    graveyard.push(...made);
    instance = await start();
    return trace;
  };

  /**
   * @param {string} scenario
   * @returns {Promise<Run>}
   */
  const recover = async (scenario) => {
    const trace = await bury();
    if (!trace) throw new Trapped();
    return keep(instance.glue.restore(scenario, trace));
  };

  /** @template {object} T @param {T} made @returns {T} */
  const keep = (made) => {
    instance.made.add(made);
    return made;
  };

  return {
    manifest: () => instance.glue.manifest(),
    kindNames: () => instance.glue.kindNames(),

    /**
     * Whether an untraced scenario can be begun with these parameters. Throws a `Problem` where they are wrong.
     * @param {Info} info
     * @param {Record<string, string>} params as they were typed
     */
    check: (info, params) => instance.glue.check(info.id, Object.entries(params).flat()),

    /**
     * Computes a run, a slice a frame. Aborting the signal ends it where it is; what was recorded is kept.
     * Throws a `Problem` where scenario or parameters are wrong.
     * @param {Info} info
     * @param {Record<string, string>} params as they were typed
     * @param {{ onProgress?: OnProgress, signal?: AbortSignal }} [options]
     * @returns {Promise<Run>}
     */
    async run(info, params, { onProgress, signal } = {}) {
      const given = Object.entries(params).flat();
      try {
        if (info.kind === 'live') return keep(await settled(instance.glue.record(info.id, given)));
        const job = keep(instance.glue.start(info.id, given));
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
        instance.made.delete(job);
        return keep(job.finish());
      } catch (error) {
        if (isTrap(error)) return recover(info.id);
        throw error;
      }
    },

    /**
     * Reads from a run. If that traps, the run is lost: the engine is restarted, and `Trapped` thrown.
     * @template T
     * @param {() => T} read
     * @param {(trapped: Promise<void>) => void} onTrap
     * @returns {T | undefined}
     */
    read(read, onTrap) {
      try {
        return read();
      } catch (error) {
        if (!isTrap(error)) throw error;
        onTrap(bury().then(() => undefined));
        return undefined;
      }
    },

    /**
     * The kind of each of a run's events, read where they lie. To be asked for anew after each other call.
     * @param {Run} run
     * @returns {(i: number) => number}
     */
    kinds(run) {
      const { chunk } = run;
      /** @type {Uint8Array[]} */
      const heads = [];
      return (i) => {
        const at = Math.floor(i / chunk);
        heads[at] ??= new Uint8Array(instance.memory.buffer, run.headsAddress(at), chunk * 8);
        return heads[at][(i % chunk) * 8];
      };
    },

    /** @param {Run} run */
    free(run) {
      if (instance.made.delete(run)) run.free();
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
