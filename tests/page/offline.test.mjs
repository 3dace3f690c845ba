// The site without a network, in a browser with service workers, on a host that can be taken away, and that can publish a later
// version while pages are open.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { axe, dist, startBrowser, types } from './support.mjs';

const BASE = '/sub/path/';
/** Published in place of the built files. @type {Map<string, string | Buffer | undefined>} */
const published = new Map();
/** What the host was asked for. @type {string[]} */
let asked = [];
let isDown = false;
let isChanging = false;
let isSlow = false;
let browser;
let server;

before(async () => {
  server = createServer(async (request, response) => {
    if (isSlow) await new Promise((later) => { setTimeout(later, 60); });
    if (isDown) return void request.socket.destroy();
    const path = decodeURIComponent(new URL(request.url, 'http://host').pathname);
    const name = path.startsWith(BASE) ? path.slice(BASE.length) || 'index.html' : '';
    asked.push(name);
    try {
      const body = published.has(name) ? published.get(name) : readFileSync(join(dist, name));
      response.writeHead(200, { 'content-type': types[extname(name)] ?? 'application/octet-stream', 'cache-control': 'max-age=600' });
      response.end(isChanging && name.endsWith('.json') ? `${body} ` : body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => { server.listen(0, '127.0.0.1', ready); });
  browser = await startBrowser();
});
after(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  published.clear();
  [isDown, isChanging, isSlow, asked] = [false, false, false, []];
});

/** A reader's browser, and what went wrong in it. */
async function reader() {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } });
  const errors = [];
  return {
    context,
    errors,
    async open(search = '') {
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      page.on('pageerror', (error) => errors.push(String(error)));
      await page.goto(`http://127.0.0.1:${server.address().port}${BASE}${search}`);
      return page;
    },
  };
}
const ready = (page) => page.locator('html[data-ready="true"]').waitFor({ state: 'attached' });
const line = (page, kept) => page.locator(`.offline[data-kept="${kept}"]`).waitFor({ state: 'attached' });
/** Waits until this page's files come from the worker, and what it has fetched is kept. */
const settled = async (page) => {
  await line(page, 'some');
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.waitForTimeout(500);
};

/** Opens another scenario, from the list. */
const go = async (page, id) => {
  await page.locator('.bar .menu').click();
  await page.locator(`.rail a[data-id="${id}"]`).click();
};

/** Publishes a later version, in which a file is different. @param {string} path @param {(body: string) => string} change */
function publish(path, change) {
  const digest = (body) => createHash('sha256').update(body).digest().subarray(0, 9).toString('base64');
  const worker = readFileSync(join(dist, 'offline.worker.js'), 'utf8');
  const index = readFileSync(join(dist, 'index.html'), 'utf8').replace(/data-version="\w+"/, 'data-version="later"');
  const body = change(readFileSync(join(dist, path), 'utf8'));
  const listed = worker.replace(/(\\"version\\":\\")\w+/, '$1later').replace(/(\\"index\.html\\":\\")[^\\]+/, `$1${digest(index)}`)
    .replace(new RegExp(String.raw`(\\"${path.replaceAll('.', '\\.')}\\":\\")[^\\]+`), `$1${digest(body)}`);
  assert.notEqual(listed, worker);
  for (const [name, content] of Object.entries({ 'index.html': index, [path]: body, 'offline.worker.js': listed })) published.set(name, content);
}
const TITLES = 'messages/en/lazy.json';
const later = (body) => body.replace(/("scenario.lazy.idea":")/, '$1Later. ');

test('the page can be installed: a manifest with its icons, from any sub-path', async () => {
  const { context, open } = await reader();
  const page = await open();
  const client = await context.newCDPSession(page);
  const { url, errors, data } = await client.send('Page.getAppManifest');
  assert.equal(new URL(url).pathname, `${BASE}app.webmanifest`);
  assert.deepEqual(errors, []);
  const manifest = JSON.parse(data);
  for (const { src, sizes, type } of manifest.icons) {
    const body = readFileSync(join(dist, src));
    if (type === 'image/png') assert.equal(`${body.readUInt32BE(16)}x${body.readUInt32BE(20)}`, sizes);
  }
  await settled(page);
  const { installabilityErrors } = await client.send('Page.getInstallabilityErrors');
  assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito'), []);
  await context.close();
});

test('a first visit fetches nothing ahead but the start page, and what was opened opens without a network', async () => {
  const { context, open, errors } = await reader();
  const page = await open('?s=lazy');
  await ready(page);
  await settled(page);
  assert.deepEqual(asked.filter((name) => name.endsWith('.wasm') && !/viewer|using/.test(name)), [], 'no other program');
  const before = await page.locator('h1').first().innerText();
  isDown = true;
  await page.reload();
  await ready(page);
  assert.equal(await page.locator('h1').first().innerText(), before);
  await page.goto(`http://127.0.0.1:${server.address().port}${BASE}?s=lazy&held=3`);
  await ready(page);
  await page.locator('.brand').click();
  await page.locator('html[data-drawn]').waitFor({ state: 'attached' });
  assert.deepEqual(errors, []);
  await context.close();
});

test('what is not kept is named, with a way to try again', async () => {
  const { context, open } = await reader();
  const page = await open('?s=lazy');
  await ready(page);
  await settled(page);
  isDown = true;
  await go(page, 'moving');
  const notice = page.locator('.notice.bad:not([hidden])');
  await notice.waitFor();
  assert.match(await notice.innerText(), /^\S+\.(js|json|wasm|css) could not be fetched/);
  isDown = false;
  await notice.getByRole('button').first().click();
  await notice.waitFor({ state: 'hidden' });
  await ready(page);
  assert.match(page.url(), /s=moving/);
  isDown = true;
  await page.goto(`http://127.0.0.1:${server.address().port}${BASE}?s=mutex`);
  await page.locator('#unfetched').waitFor();
  assert.match(await page.locator('#unfetched').innerText(), /\S+\.(js|json|wasm|css)/);
  await context.close();
});

test('one button keeps all of it, says how far it is, can be stopped, and says what is missing', async () => {
  const { context, open, errors } = await reader();
  const page = await open();
  await settled(page);
  isSlow = true;
  await page.getByRole('button', { name: /^Keep all of it for offline/ }).click();
  await line(page, 'keeping');
  assert.match(await page.locator('.offline').innerText(), /^Keeping file \d+ of \d+/);
  await page.getByRole('button', { name: 'Stop' }).click();
  await line(page, 'some');
  isSlow = false;
  published.set('engine/fast_bg.wasm', undefined);
  await page.getByRole('button', { name: /^Keep all of it for offline \(\d+ MB\)/ }).click();
  await line(page, 'missing');
  assert.match(await page.locator('.offline').innerText(), /^engine\/fast_bg\.wasm could not be fetched\. \d+ of \d+ files are kept\./);
  assert.deepEqual(await axe(page), []);
  published.clear();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('All of Pollscope opens without a network.').waitFor({ timeout: 60_000 });
  isDown = true;
  for (const search of ['?s=wall', '?s=promise-future', '?s=orders', '']) {
    await page.goto(`http://127.0.0.1:${server.address().port}${BASE}${search}`);
    await ready(page);
  }
  await page.locator('[data-lang="ko"]').first().click();
  await page.locator('html[lang="ko"]').waitFor();
  assert.deepEqual(errors, []);
  await context.close();
});

test('a later version says so, waits for a reload, and is never mixed into an open page', async () => {
  const { context, open, errors } = await reader();
  const page = await open('?s=first-poll');
  await ready(page);
  await settled(page);
  publish(TITLES, later);
  // What this page lacks is of the later version now: it is refused, and the later version is found.
  await go(page, 'lazy');
  await page.locator('.notice.bad:not([hidden])').waitFor();
  await page.locator('.newer:not([hidden])').waitFor();
  assert.equal(await page.evaluate(() => document.body.innerText.includes('Later.')), false);
  await page.locator('.notice.bad .tool').last().click();
  assert.deepEqual(await axe(page), []);

  const other = await open('?s=first-poll');
  await ready(other);
  assert.notEqual(await other.locator('html').getAttribute('data-version'), 'later', 'beside an open page, the same version');
  await page.getByRole('button', { name: 'Reload' }).click();
  await page.locator('.newer').getByText('Another tab shows Pollscope, too.').waitFor();
  assert.match(await page.locator('#aloud').textContent(), /^Another tab shows Pollscope, too\./, 'it is said aloud, too');
  await other.close();
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Reload' }).click()]);
  await ready(page);
  assert.equal(await page.locator('html').getAttribute('data-version'), 'later');
  await page.goto(`http://127.0.0.1:${server.address().port}${BASE}?s=lazy`);
  await ready(page);
  assert.match(await page.locator('.idea').first().innerText(), /^Later\./);
  assert.equal((await page.evaluate(() => caches.keys())).length, 1, 'the earlier one is gone');
  assert.deepEqual(errors, []);
  await context.close();
});

test('a host that changes files on their way shows the page, and keeps nothing wrong', async () => {
  const { context, open, errors } = await reader();
  const page = await open('?s=first-poll');
  await ready(page);
  await settled(page);
  isChanging = true;
  await go(page, 'lazy');
  await page.waitForURL(/s=lazy/);
  await ready(page);
  assert.deepEqual(await page.locator('.newer:not([hidden]), .notice.bad:not([hidden])').allInnerTexts(), []);
  assert.deepEqual(errors, []);
  await context.close();
});

test('without service workers the page works, and says that it is not kept', async () => {
  const { context, open, errors } = await reader();
  await context.addInitScript(() => Object.defineProperty(Navigator.prototype, 'serviceWorker', { get() { throw new DOMException('', 'SecurityError'); } }));
  const page = await open('?s=lazy');
  await ready(page);
  await page.getByText('Without a network this page does not open').waitFor({ state: 'attached' });
  assert.deepEqual(errors, []);
  await context.close();
});
