// What a reader's browser has to fetch, as a static host sends it: compressed with brotli.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import { dist, fileOf, open } from './support.mjs';

const KB = 1024;

function brotliSize(file) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  return brotliCompressSync(readFileSync(file), { params }).length;
}

/** The modules of a full visit, with their sizes. */
const modules = readdirSync(join(dist, 'engine')).filter((name) => name.endsWith('_bg.wasm'))
  .map((name) => ({ name: name.replace('_bg.wasm', ''), size: brotliSize(join(dist, 'engine', name)) }));

/** The most of each, in KB: what it is, and 2 %. The aim is 65 for the viewer, 180 for the workbench, and 45 for each other one. */
const MOST = { viewer: 173.3, first: 61.8, using: 85.9, tasks: 96.5, pinning: 61.1, caveats: 100.5, promises: 125.5, suspended: 21.4, ecosystem: 89.4, explorer: 199.9, fast: 50.6, workbench: 404.2 };
/** The most of all of them together, but for those that are fetched when orders are explored or a program is typed; the aim is 260. */
const MOST_OF_ALL = 863.3;
/** The most before the first step; the aim is 165. */
const MOST_BEFORE_STEP = 352;
/** The most of the start page, alive and with all of its pictures. */
const MOST_OF_START = 80;

for (const { name, size } of modules) {
  test(`the module ${name} stays below ${MOST[name]} KB`, (t) => {
    t.diagnostic(`${name}_bg.wasm: ${size} bytes after brotli`);
    assert(size <= MOST[name] * KB, `${name}_bg.wasm is ${size} bytes after brotli`);
  });
}

test(`all modules of a full visit stay below ${MOST_OF_ALL} KB`, (t) => {
  const visited = modules.filter(({ name }) => !['explorer', 'workbench'].includes(name));
  const total = visited.reduce((sum, { size }) => sum + size, 0);
  t.diagnostic(`${total} bytes in ${visited.length} modules`);
  assert(total <= MOST_OF_ALL * KB, `${total} bytes after brotli`);
});

/** What a page has fetched so far: each file once, however often it was asked for, since the browser's cache answers the second time. */
function fetchedBy(page) {
  const files = [...new Set(page.requests.filter((url) => url.startsWith('http')).map(fileOf))];
  const sizes = files.map((file) => [relative(dist, file), brotliSize(file)]);
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  return { total, table: sizes.map(([name, size]) => `${String(size).padStart(7)} ${name}`).join('\n'), names: sizes.map(([name]) => name) };
}

test(`the start page is alive after less than ${MOST_OF_START} KB, without WebAssembly`, async (t) => {
  const page = await open('');
  await page.locator('html[data-drawn]').waitFor({ state: 'attached' });
  const { total, table, names } = fetchedBy(page);
  t.diagnostic(`${total} bytes in ${names.length} files`);
  assert(total <= MOST_OF_START * KB, `${total} bytes after brotli:\n${table}`);
  assert.deepEqual(names.filter((name) => name.startsWith('engine')), []);
  page.assertClean();
  await page.close();
});

test(`everything fetched before a scenario can be stepped stays below ${MOST_BEFORE_STEP} KB, side by side`, async (t) => {
  const page = await open('?s=call-centre');
  const { total, table, names } = fetchedBy(page);
  t.diagnostic(`${total} bytes in ${names.length} files`);
  // The runner is asked for before the viewer is there.
  const times = await page.evaluate(() => Object.fromEntries(performance.getEntriesByType('resource')
    .filter(({ name }) => name.endsWith('_bg.wasm')).map(({ name, startTime, responseEnd }) => [name.split('/').pop(), [startTime, responseEnd]])));
  t.diagnostic(JSON.stringify(times));
  assert(total <= MOST_BEFORE_STEP * KB, `${total} bytes after brotli:\n${table}`);
  page.assertClean();
});
