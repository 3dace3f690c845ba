// An errand: what a worker does for the page, in a thread and an instance of its own, told as it comes. There is one at a
// time: another one ends the one before, and the worker's memory goes with it.

/**
 * @template {{ ended: boolean }} Progress
 * @param {(progress: Progress) => void} onProgress
 * @param {() => void} onFailed it could not be begun, or did not come to its end
 */
export function createErrand(onProgress, onFailed) {
  /** @type {Worker | undefined} */
  let worker;

  const end = () => {
    worker?.terminate();
    worker = undefined;
  };

  return {
    end,

    /**
     * @param {string} errand its name
     * @param {Record<string, string>} params as they were typed
     * @param {Record<string, unknown>} [more] what else it is given
     */
    begin(errand, params, more) {
      end();
      const mine = new Worker(new URL('./worker.js', document.baseURI), { type: 'module' });
      worker = mine;
      mine.addEventListener('message', ({ data }) => {
        if (worker !== mine) return;
        if (data.progress) onProgress(data.progress);
        else onFailed();
      });
      // Not even begun: the worker's file, or the module's, could not be fetched.
      mine.addEventListener('error', (event) => {
        event.preventDefault();
        if (worker === mine) onFailed();
      });
      mine.postMessage({ errand, given: Object.entries(params).flat(), ...more });
    },
  };
}
