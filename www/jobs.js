// A job that the page begins for its own sake, in a worker of its own: sweeping, measuring, exploring. There is one of each
// at a time: another one ends the one before, and the worker's memory goes with it.

import { createRunner } from './runner.js';

/** @typedef {import('./runner.js').Reason} Reason */

/**
 * @template Progress
 * @param {string} on the name of the module
 * @param {string} job its name
 * @param {object} data what it is given
 * @param {(progress: Progress) => void} onProgress
 * @param {(reason: Reason | 'failed') => void} onCutOff it could not be begun, or did not come to its end
 * @returns {() => void} ends it; nothing is said of it afterwards
 */
export function beginJob(on, job, data, onProgress, onCutOff) {
  const runner = createRunner();
  let isOver = false;
  const end = () => {
    isOver = true;
    runner.close();
  };
  /** @param {Reason | 'failed'} reason */
  const cutOff = (reason) => {
    if (isOver) return;
    end();
    onCutOff(reason);
  };
  runner.begin(on, job, data, { onSign: ({ progress }) => { if (!isOver) onProgress(progress); } }).then(({ reason }) => {
    if (reason) cutOff(reason);
    else end();
  }, (error) => {
    console.error(error);
    cutOff('failed');
  });
  return end;
}

/** Parameters, as a module takes them: a field and what was typed into it, one after the other. @param {Record<string, string>} params */
export const flat = (params) => Object.entries(params).flat();
