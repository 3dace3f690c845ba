// Opens the harness (harness.js) in a page of the built site: it is bundled here and is no part of the site.

import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { open } from '../support.mjs';

const require = createRequire(new URL('../../../www/package.json', import.meta.url));
const { build } = require('esbuild');

/** @type {Map<string, Promise<string>>} */
const bundles = new Map();
const bundled = (entry) => bundles.get(entry) ?? bundles.set(entry, build({
  entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
  bundle: true, format: 'esm', target: 'es2022', write: false, logLevel: 'error',
  nodePaths: [fileURLToPath(new URL('../../../www/node_modules', import.meta.url))],
}).then(({ outputFiles }) => outputFiles[0].text)).get(entry);

/** A page with a harness. @param {object} [options] as `open` takes them @param {string} [entry] which one */
export async function openHarness(options, entry = 'harness.js') {
  const script = await bundled(entry);
  const page = await open('nowhere', { ready: false, fresh: true, ...options });
  await page.route(`${page.site}harness.html`, (route) => route.fulfill({
    contentType: 'text/html; charset=utf-8',
    body: '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><link rel="stylesheet" href="styles/ground.css"><link rel="stylesheet" href="styles/main.css"><script type="module" src="harness.js"></script><body></body>',
  }));
  await page.route(`${page.site}harness.js`, (route) => route.fulfill({ contentType: 'text/javascript', body: script }));
  await page.goto(`${page.site}harness.html`);
  await page.waitForFunction(() => window.harness);
  return page;
}
