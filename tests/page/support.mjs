// What every page test stands on: the built site under a sub-path, Chromium, and pages that remember
// everything that went wrong on them.
//
//   const page = await open('?s=state-machine', { viewport: { width: 390, height: 844 } });
//   await page.getByRole('button', …).click();
//   page.assertClean();
//
// Server and browser start with the first `open` and end with the test file; a script that is not a test
// calls `close()` itself. Every page has a context of its own. Closing it gives both back to the next test that opens one
// with the same options: a new one costs more than a second of processor time, a used one a third of that.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join, normalize, relative } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

// The packages are www's; a bare import would look for them beside this file.
const require = createRequire(new URL('../../www/package.json', import.meta.url));
const { chromium } = require('playwright-core');
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** The built site's folder. */
export const dist = fileURLToPath(new URL('../../dist', import.meta.url));

// The site is reachable below this path only: an address that is not relative gets a 404, and assertClean sees it.
export const base = '/some/sub/path/';

/** What a file is, by how its name ends. */
export const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** The file of dist/ that a request's URL means; undefined outside of the sub-path. */
export function fileOf(url) {
  const path = decodeURIComponent(new URL(url, 'http://127.0.0.1').pathname);
  if (!path.startsWith(base)) return undefined;
  const inside = normalize(path.slice(base.length) || 'index.html');
  return inside.startsWith('..') ? undefined : join(dist, inside);
}

/** How much of a page has moved since it was opened, as browsers count it. */
export const shiftOf = (page) => page.evaluate(() => new Promise((done) => {
  new PerformanceObserver((list) => done(list.getEntries().reduce((sum, entry) => sum + entry.value, 0))).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done(0), 300);
}));

/** The link to a scenario in the list of all. */
export const railLink = (page, id) => page.locator(`.rail a[data-id="${id}"]`);

/** What the server gives in place of files of the site, or besides them: bodies by path. */
export const served = new Map();

function startServer() {
  const server = createServer((request, response) => {
    if (request.url === base + nowhere) {
      response.writeHead(200, { 'content-type': types['.html'] }).end('<!doctype html><link rel="icon" href="data:,">');
      return;
    }
    const file = fileOf(request.url);
    try {
      const body = served.get(relative(dist, file)) ?? readFileSync(file);
      response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** @param {...string} more switches besides those that every test's browser has */
export function startBrowser(...more) {
  const paths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const executablePath = paths.find((path) => existsSync(path));
  assert(executablePath, `no Chromium at ${paths.join(', ')}: './build.sh test' installs one`);
  const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
  args.push('--disable-background-networking', '--disable-component-update', '--disable-sync', ...more);
  return chromium.launch({ executablePath, args });
}

let started;
const start = () => (started ??= Promise.all([startServer(), startBrowser()]));

/** Ends server and browser; the next `open` would start new ones. */
export async function close() {
  if (!started) return;
  const [server, browser] = await started;
  started = undefined;
  idle.clear();
  await browser.close();
  server.closeAllConnections();
  server.close();
}

// Registered for tests only: in a plain script it would make node print a test report.
if (process.argv[1]?.endsWith('.test.mjs')) after(close);

/** Pages that were given back, by their options. */
const idle = new Map();
/** Where a page is between two tests: of the site, so that its process is kept, without a script, and asking for no icon. */
const nowhere = 'nowhere';
/** What stays on a page or a context for good, or is not worth being undone: such a page is not given to another test. */
const lasting = {
  page: ['addInitScript', 'exposeFunction', 'on', 'once', 'route'],
  context: ['addInitScript', 'grantPermissions', 'newCDPSession', 'on', 'route', 'setOffline'],
};
/** What a context begins with. */
const usual = { serviceWorkers: 'block', viewport: { width: 1440, height: 900 }, locale: 'en-GB', colorScheme: 'light', reducedMotion: 'no-preference', forcedColors: 'none' };

/** A page at `nowhere`, in a context with an empty storage. */
async function takePage(options, fresh) {
  const key = JSON.stringify(options);
  const given = fresh ? undefined : idle.get(key)?.pop();
  if (given) return given;
  const [server, browser] = await start();
  const context = await browser.newContext({ ...usual, ...options });
  const page = await context.newPage();
  const origin = `http://127.0.0.1:${server.address().port}`;
  const client = await context.newCDPSession(page);
  page.site = `${origin}${base}`;
  page.on('console', (message) => {
    // `offline.test.mjs` tries it with service workers; elsewhere they would answer what a test routes.
    if (message.text().startsWith('Service Worker registration blocked')) return;
    if (['error', 'warning'].includes(message.type())) page.problems.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => page.problems.push(`uncaught: ${error.stack ?? error}`));
  page.on('request', (request) => {
    const url = request.url();
    page.requests.push(url);
    // Nothing is asked of anybody but the site.
    if (/^(https?|wss?):/.test(url) && !url.startsWith(`${origin}/`)) page.problems.push(`left the site: ${url}`);
  });
  page.on('requestfailed', (request) => {
    // The icon is the browser's own request, and is given up when the page is left before it came. So are scripts that are
    // fetched in idle time. The scenario about aborted fetches aborts one of the viewer.
    if (/\/(favicon\.svg|viewer_bg\.wasm|[\w-]+\.js)$/.test(request.url()) && request.failure()?.errorText === 'net::ERR_ABORTED') return;
    page.problems.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) page.problems.push(`${response.status()}: ${response.url()}`);
  });
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  page.assertClean = () => assert.deepEqual(page.problems, [], 'the page had problems');

  let reusable = !fresh;
  for (const [owner, methods] of [[page, lasting.page], [context, lasting.context]]) {
    for (const method of methods) {
      const original = owner[method].bind(owner);
      owner[method] = (...given) => {
        reusable = false;
        return original(...given);
      };
    }
  }
  const { viewport, ...media } = { ...usual, ...options };
  page.close = async () => {
    if (!reusable) return context.close();
    await page.goto(page.site + nowhere);
    await page.emulateMedia({ media: 'screen', colorScheme: media.colorScheme, reducedMotion: media.reducedMotion, forcedColors: media.forcedColors });
    await page.setViewportSize(viewport);
    await client.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
    if (!idle.has(key)) idle.set(key, []);
    idle.get(key).push(page);
  };
  return page;
}

/**
 * A page on the site, in a context of its own. `path` is relative to the site ('', '?s=moving').
 * Options: `view: 'lesson'` opens scenarios as a newcomer sees them, and not in all views; `ready: false` does not wait until the page says that it can be stepped; `fresh: true` takes a page that was
 * never used, so that nothing is cached; `patience` is how long it may take to load or to be ready, in ms; all others are Playwright's for a context (viewport, colorScheme, locale,
 * reducedMotion, javaScriptEnabled, …).
 *
 * Added to the page: `problems`, what went wrong so far; `requests`, the URLs asked for; `assertClean()`; and `close()`
 * gives it back.
 */
export async function open(path = '', { ready = true, fresh = false, view = 'all', patience = 15_000, ...options } = {}) {
  const page = await takePage(options, fresh);
  page.setDefaultTimeout(patience);
  Object.assign(page, { problems: [], requests: [] });
  if (view !== 'lesson') {
    await page.goto(page.site + nowhere);
    await page.evaluate((view) => localStorage.setItem('pollscope', JSON.stringify({ view })), view);
  }
  Object.assign(page, { problems: [], requests: [] });
  await page.goto(new URL(path, page.site).href);
  if (ready) await becomeReady(page);
  return page;
}

/** The first time that a script is asked for, it is another; after that it is the site's. It stays on, so that no request comes while it is taken off. */
export function answerOnce(page, pattern, body) {
  let isAnswered = false;
  return page.context().route(pattern, (route) => {
    if (isAnswered) return route.continue();
    isAnswered = true;
    return route.fulfill({ contentType: 'text/javascript', body });
  });
}

/** Waits until the page can be stepped; on failure says what went wrong on the page instead of a bare timeout. */
export async function becomeReady(page) {
  try {
    await page.locator('html[data-ready="true"]').waitFor({ state: 'attached' });
    // How large a canvas is, it learns with the first paint.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  } catch (error) {
    throw new Error(`the page did not become ready; its problems: ${page.problems.join('\n') || 'none'}`, { cause: error });
  }
}

/** The address of what is shown: the page writes the step into it now and then, and at the latest when it is left. */
export function linkOf(page) {
  return page.evaluate(() => {
    dispatchEvent(new Event('pagehide'));
    return location.search;
  });
}

/**
 * The accessibility violations on the page, each as a readable line: `assert.deepEqual(await axe(page), [])`.
 * `options` are axe.run's.
 */
export async function axe(page, options = {}) {
  // An evaluated string comes from the debugger, so the page's policy does not stop it and need not be lowered.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  const violations = await page.evaluate(async (given) => (await window.axe.run(document, given)).violations, { resultTypes: ['violations'], ...options });
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}`));
}
/** Axe's rules about colours: a theme that changes nothing else needs no other. */
export const COLOURS = { runOnly: ['color-contrast', 'link-in-text-block'] };
