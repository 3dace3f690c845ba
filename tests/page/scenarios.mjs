// The list of scenarios, and how a page is walked through one: what several test files need.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dist } from './support.mjs';

/** What there is to run, as the build was given by the scenarios. */
const { scenarios } = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8'));
/** All, those without a trace among them, in the order of the list. */
export const ALL = scenarios.map(({ id }) => id);
/** Those with a trace. */
export const TRACED = scenarios.filter(({ kind }) => kind !== 'untraced').map(({ id }) => id);
/** Those whose runs are the same everywhere, with the module of each. */
export const DETERMINISTIC = scenarios.filter(({ kind }) => kind === 'deterministic').map(({ id, module }) => ({ id, module }));
/** Those that are recorded live. */
export const LIVE = scenarios.filter(({ kind }) => kind === 'live').map(({ id }) => id);
/** Those whose runs are made, and with one choice are recorded live; and that choice, as a link has it. */
export const BOTH = scenarios.filter(({ live }) => live).map(({ id, live }) => ({ id, search: `?s=${id}&${live.field}=${live.value}` }));
/** Those whose runs are short enough to take every event of: not those of a crowd. */
export const SHORT = scenarios.filter(({ kind, sweeps }) => kind !== 'untraced' && sweeps.length === 0).map(({ id }) => id);

/** The step that the page is at. */
export const cursor = (page) => page.locator('.where b').innerText().then((text) => Number(text.replace(/\D/g, '')));
/** How many events the run has. */
export const length = (page) => page.locator('.where').innerText().then((text) => Number(text.split('/')[1].split(/\n/)[0].replace(/\D/g, '')));

/** Leads a page that is open to a scenario, as the browser's history does. */
export async function visit(page, id) {
  await page.evaluate((search) => {
    history.pushState(null, '', search);
    dispatchEvent(new PopStateEvent('popstate'));
  }, `?s=${id}`);
  await page.waitForFunction((scenario) => document.documentElement.dataset.ready === 'true' && new URLSearchParams(location.search).get('s') === scenario, id);
}
