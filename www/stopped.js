// Waiting for something until it is stopped.

import { CutOff } from './engine.js';

/**
 * What is waited for, unless it is stopped meanwhile.
 * @template T
 * @param {Promise<T>} promise
 * @param {AbortSignal} signal
 * @returns {Promise<T>}
 */
export async function unlessStopped(promise, signal) {
  const over = new AbortController();
  try {
    return await Promise.race([promise, new Promise((_, reject) => {
      const stop = () => reject(new CutOff('stopped'));
      signal.addEventListener('abort', stop, { signal: over.signal });
    })]);
  } finally {
    over.abort();
  }
}
