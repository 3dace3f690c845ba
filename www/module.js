// One of the page's modules of WebAssembly: one instance at a time, and what to do when it traps.
//
// A trap (a panic, in the end) leaves an instance that must not be called again. Its trace is copied out of
// its memory, the glue is imported once more for a fresh instance of the same compiled module, and the trace
// is read there. What a dead instance made is kept for good: a collector would call back into it.

import { Trapped, compile } from './instance.js';

/** @typedef {import('./types.js').Glue} Glue */
/** @typedef {import('./types.js').Run} Run */

/**
 * @typedef {object} Instance
 * @property {Glue} glue
 * @property {WebAssembly.Memory} memory
 * @property {number} crash where the trace's address and length stand after a trap
 * @property {Set<object>} made what lives in it
 */

/** @type {object[]} */
const graveyard = [];

/** What a run was read from that a trap had cut off. @type {WeakMap<Run, { scenario: string, trace: Uint8Array }>} */
const left = new WeakMap();

/**
 * Loads and starts it.
 * @param {string} name that of its files
 * @param {string} [use] what an instance of its own is for: it shares nothing with any other
 */
export async function loadModule(name, use = '') {
  const compiled = await compile(new URL(`./engine/${name}_bg.wasm`, document.baseURI));
  let starts = 0;

  /** @returns {Promise<Instance>} */
  const start = async () => {
    starts += 1;
    const url = new URL(`./engine/${name}.js`, document.baseURI);
    if (use || starts > 1) url.search = `?${use}${starts}`;
    const glue = /** @type {Glue} */ (await import(url.href));
    const { memory } = await glue.default({ module_or_path: compiled });
    return { glue, memory, crash: glue.crashAddress(), made: new Set() };
  };

  let instance = await start();

  /** Puts a fresh instance in place of a dead one; gives the trace that it left, if any. */
  const bury = async () => {
    const { memory, crash, made } = instance;
    const [address, length] = new Uint32Array(memory.buffer, crash, 2);
    const trace = length > 0 ? new Uint8Array(memory.buffer, address, length).slice() : undefined;
    graveyard.push(...made);
    instance = await start();
    return trace;
  };

  /** @template {object} T @param {T} made @returns {T} */
  const keep = (made) => {
    instance.made.add(made);
    return made;
  };

  /** @param {string} scenario @param {Uint8Array} trace */
  const restore = (scenario, trace) => {
    const run = keep(instance.glue.restore(scenario, trace));
    left.set(run, { scenario, trace });
    return run;
  };

  const manifest = instance.glue.manifest();

  return {
    manifest,

    /** Its functions. Not to be kept: after a trap they are another instance's. */
    get glue() {
      return instance.glue;
    },

    /** Its memory, and no more to be kept. */
    get memory() {
      return instance.memory;
    },

    bury,
    keep,

    /** What another function took over. @param {object} made */
    forget: (made) => instance.made.delete(made),

    /** Whether it lives in the instance that there is now. @param {object} made */
    holds: (made) => instance.made.has(made),

    /**
     * The run that a trap cut off.
     * @param {string} scenario
     * @returns {Promise<Run>}
     */
    async recover(scenario) {
      const trace = await bury();
      if (!trace) throw new Trapped();
      return restore(scenario, trace);
    },

    /** The same run once more, after another trap. @param {Run} run @returns {Run | undefined} */
    again(run) {
      const found = left.get(run);
      return found && restore(found.scenario, found.trace);
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof loadModule>>} Module */
