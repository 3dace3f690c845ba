// A runner's thread: it gets compiled modules, makes instances of them, and does one job at a time. Whatever a job throws
// is reported; the page ends the thread then, and does not call a trapped instance again.

import { costs } from './jobs/costs.js';
import { explore } from './jobs/explore.js';
import { run } from './jobs/run.js';
import { sweep } from './jobs/sweep.js';
import { trapOf } from './traps.js';

/** @type {Record<string, (glue: any, data: any, send: (message: object, transfer?: Transferable[]) => void) => unknown>} */
const JOBS = { run, explore, sweep, costs };

/** @type {Map<string, Promise<any>>} */
const loaded = new Map();

/** @param {string} name @param {WebAssembly.Module} module */
async function load(name, module) {
  const glue = await import(new URL(`./engine/${name}.js`, import.meta.url).href);
  await glue.default({ module_or_path: module });
  return glue;
}

/** What failed, in a form that can be posted. @param {unknown} error */
function failureOf(error) {
  if (typeof error === 'object' && error !== null && 'kind' in error) return { problem: error };
  const trap = trapOf(error);
  return trap ? { trapped: trap } : { failed: String(error) };
}

addEventListener('message', async ({ data: { load: name, module, job, on, ...data } }) => {
  if (name) {
    const glue = load(name, module);
    // Reported by the job that wants it.
    glue.catch(() => {});
    loaded.set(name, glue);
    return;
  }
  try {
    const glue = await loaded.get(on);
    postMessage({ ended: await JOBS[job](glue, data, (message, transfer = []) => postMessage(message, { transfer })) });
    // Each job has an instance of its own: the same run has the same addresses, and what a large one held is given back.
    glue.__wbg_reset_state();
  } catch (error) {
    postMessage(failureOf(error));
  }
});
