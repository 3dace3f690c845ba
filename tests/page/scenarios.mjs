// The list of scenarios, and how a page is walked through one: what several test files need.

/** All, those without a trace among them, in the order of the list. */
export const ALL = ['call-centre', 'concurrency-parallelism', 'wall', 'lazy', 'sequential-join', 'blocking', 'rules', 'languages', 'poll-waker', 'lost-wake', 'executor', 'state-machine', 'moving', 'zero-cost', 'promise-future'];
/** Those with a trace. */
export const TRACED = ALL.filter((id) => !['wall', 'zero-cost'].includes(id));
/** Those whose runs are short enough to take every event of. */
export const SHORT = TRACED.filter((id) => id !== 'call-centre');

/** The step that the page is at. */
export const cursor = (page) => page.locator('.where b').innerText().then((text) => Number(text.replace(/\D/g, '')));
/** How many events the run has. */
export const length = (page) => page.locator('.where').innerText().then((text) => Number(text.split('/')[1].split(/\n/)[0].replace(/\D/g, '')));
