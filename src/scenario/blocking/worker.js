// The worker: it has an instance of its own of
// the module that runs the tasks of the page,
// and one thread, which it may block.

import start, { work }
  from "./engine/promises.js";

addEventListener("message", async (event) => {
  const { data } = event;
  try {
    if (data.module) {
      const module_or_path = data.module;
      await start({ module_or_path });
      postMessage("ready");
    } else {
      // So many primes were found meanwhile.
      postMessage(work(data.ms));
    }
  } catch (error) {
    reportError(error);
  }
});
