// What the benchmarks of the page share: figures of many times, and the tasks of the page's thread.

/** The time at a share of the way through sorted times. @param {number[]} sorted @param {number} p */
export const rank = (sorted, p) => sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * p) - 1))];

const ascending = (times) => times.toSorted((a, b) => a - b);
export const median = (times) => rank(ascending(times), 0.5);

/** Median, 95th percentile and most, as columns of a table. */
export const figures = (times) => {
  const sorted = ascending(times);
  return [rank(sorted, 0.5), rank(sorted, 0.95), sorted.at(-1)].map((ms) => ms.toFixed(2).padStart(8)).join('');
};

/** Goes to an address as Back does, and waits until its run is shown; says how long it took from `window.asked` until then. */
export const goTo = (page, search) => page.evaluate((to) => new Promise((resolve) => {
  const root = document.documentElement;
  history.pushState(null, '', to);
  window.asked = performance.now();
  dispatchEvent(new PopStateEvent('popstate'));
  // Busy from here on, or never: what differs in nothing that is computed is shown at once.
  const done = () => root.dataset.ready === 'true' && (observer.disconnect(), resolve(performance.now() - window.asked));
  const observer = new MutationObserver(done);
  observer.observe(root, { attributeFilter: ['data-ready'] });
  done();
}), search);

/**
 * What tells how much of the processor's time the browser's pages have taken so far, in ms, on all their threads: on a
 * machine that does something else meanwhile it says more than a clock.
 */
export async function processorOf(page) {
  const session = await page.context().browser().newBrowserCDPSession();
  return async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0);
  };
}

/**
 * Begins to note the tasks of the page's thread; what it returns ends that, and gives the processor's time of each in ms: what other
 * programs take meanwhile is not the page's. */
export async function tasksOf(page) {
  const browser = page.context().browser();
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline', 'devtools.timeline'] });
  return async () => {
    const { traceEvents } = JSON.parse(await browser.stopTracing());
    // The thread on which the page's own frame was laid out.
    const threads = new Map();
    for (const { name, pid, tid } of traceEvents) if (name === 'UpdateLayoutTree' || name === 'Layout') threads.set(`${pid} ${tid}`, (threads.get(`${pid} ${tid}`) ?? 0) + 1);
    const [[main]] = [...threads].sort((a, b) => b[1] - a[1]);
    return traceEvents.filter(({ name, pid, tid, tdur }) => name === 'RunTask' && tdur && `${pid} ${tid}` === main).map(({ tdur }) => tdur / 1000);
  };
}
