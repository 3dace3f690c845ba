// What a reader's browser has to fetch, as a static host sends it: compressed with brotli.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import { dist, fileOf, open } from './support.mjs';

const KB = 1024;

function brotliSize(file) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  return brotliCompressSync(readFileSync(file), { params }).length;
}

/** The most of each of the page's modules, in KB: every reader fetches the first, and another one when it is shown. */
const MOST = { pollscope: 90, using: 110, tasks: 110, promises: 110 };

for (const [name, most] of Object.entries(MOST)) {
  test(`the page's module ${name} stays below ${most} KB`, (t) => {
    const size = brotliSize(join(dist, `engine/${name}_bg.wasm`));
    t.diagnostic(`${name}_bg.wasm: ${size} bytes after brotli`);
    assert(size <= most * KB, `${name}_bg.wasm is ${size} bytes after brotli`);
  });
}

test('everything fetched before call-centre can be stepped stays below 150 KB', async (t) => {
  const page = await open('?s=call-centre', { fresh: true });
  // Each file once, however often it was asked for: the browser's cache answers the second time.
  const files = [...new Set(page.requests.filter((url) => url.startsWith('http')).map(fileOf))];
  const sizes = files.map((file) => [relative(dist, file), brotliSize(file)]);
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  const table = sizes.map(([name, size]) => `${String(size).padStart(7)} ${name}`).join('\n');
  t.diagnostic(`${total} bytes in ${files.length} files`);
  assert(total <= 150 * KB, `${total} bytes after brotli:\n${table}`);
  page.assertClean();
});
