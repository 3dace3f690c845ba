// A runner, from the page: a worker that does one job at a time, and is disposable. A job that another one supersedes, that
// is stopped, that traps, or that gives no sign of life, costs the worker: it is ended, and a fresh one is made ready.
//
//   to the worker:    { load: name, module }    a compiled module; it is instantiated ahead of its first job
//                     { job, on: name, … }      a job, on a module
//   from the worker:  { chunk }, { progress }   as they come; each is a sign of life
//                     { ended }                 the job's result
//                     { problem }, { trapped }, { failed }

import { Unfetched } from './fetch.js';
import { compiled } from './instance.js';
import { scriptUrl } from './trusted.js';

/** @typedef {import('./types.js').Problem} Problem */
/** @typedef {'stopped' | 'clock' | import('./types.js').CutOff} Reason why a job did not come to its end, or to a true one */
/** @typedef {{ reason?: Reason, result?: any }} Ended */
/** @typedef {{ chunk?: Uint8Array, progress?: any }} Sign */

/** A worker that is silent for so long while it has a job hangs, in ms. */
const SILENCE = 5000;

/**
 * @param {{ silence?: number }} [options]
 */
export function createRunner({ silence = SILENCE } = {}) {
  /** @type {{ worker: Worker, names: Set<string> } | undefined} */
  let warm;
  /** Ends the job that goes on. @type {((reason: Reason) => void) | undefined} */
  let end;
  let latest = 0;
  /** Whether there will be another job. */
  let isKept = true;

  const dispose = () => {
    warm?.worker.terminate();
    warm = undefined;
  };

  /** The worker, with the module in it. @param {string} name @param {WebAssembly.Module} module */
  const ready = (name, module) => {
    warm ??= { worker: new Worker(scriptUrl('./runner.worker.js'), { type: 'module' }), names: new Set() };
    if (!warm.names.has(name)) {
      warm.worker.postMessage({ load: name, module });
      warm.names.add(name);
    }
    return warm.worker;
  };

  return {
    /** Makes a module ready for its first job. @param {string} name */
    async load(name) {
      ready(name, await compiled.get(name));
    },

    /**
     * Does a job; the one before is ended.
     * Throws a `Problem` where what is asked for is wrong, and fails where the worker or a file is not to be had.
     * @param {string} on the module's name
     * @param {string} job its name
     * @param {object} data what it is given
     * @param {{ onSign: (sign: Sign) => void, signal?: AbortSignal }} options
     * @returns {Promise<Ended>}
     */
    async begin(on, job, data, { onSign, signal }) {
      end?.('stopped');
      latest += 1;
      const mine = latest;
      const module = await compiled.get(on);
      if (mine !== latest || signal?.aborted) return { reason: 'stopped' };
      const worker = ready(on, module);
      return new Promise((resolve, reject) => {
        /** @type {ReturnType<typeof setTimeout> | undefined} */
        let timer;
        /** When the worker gave the last sign. */
        let sign = performance.now();
        const listeners = new AbortController();
        const over = () => {
          clearTimeout(timer);
          listeners.abort();
          end = undefined;
        };
        /** The worker goes with the job. @param {Reason} reason */
        const cutOff = (reason) => {
          over();
          dispose();
          if (isKept) ready(on, module);
          resolve({ reason });
        };
        /** Hangs, unless a sign comes in time. Signs are frequent: they leave the timer alone, which looks at them when it fires. */
        const listen = () => {
          const left = sign + silence - performance.now();
          if (left > 0) timer = setTimeout(listen, left);
          // Where this thread was busy itself, what the worker has sent meanwhile is heard first.
          else timer = setTimeout(() => (sign + silence > performance.now() ? listen() : cutOff('hung')), 0);
        };
        end = cutOff;
        const { signal: until } = listeners;
        signal?.addEventListener('abort', () => cutOff('stopped'), { signal: until });
        worker.addEventListener('message', ({ data }) => {
          sign = performance.now();
          if ('ended' in data) {
            over();
            resolve({ result: data.ended });
          } else if (data.problem) {
            over();
            reject(/** @type {Problem} */ (data.problem));
          } else if (data.trapped) cutOff(data.trapped);
          else if (data.failed) {
            over();
            dispose();
            reject(new Unfetched(data.failed));
          } else onSign(data);
        }, { signal: until });
        worker.addEventListener('error', (event) => {
          event.preventDefault();
          over();
          dispose();
          reject(new Unfetched(event.message));
        }, { signal: until });
        listen();
        worker.postMessage({ job, on, ...data });
      });
    },

    /** Ends it for good, and the job that goes on. */
    close() {
      latest += 1;
      isKept = false;
      end?.('stopped');
      dispose();
    },
  };
}

/** @typedef {ReturnType<typeof createRunner>} Runner */
