// What the page may do, by the policy that it carries: run its own scripts, and talk to its own site. And what it does where a
// frame or a browser lets it do less.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { test } from 'node:test';
import { ALL } from './scenarios.mjs';
import { becomeReady, dist, open, startBrowser, types } from './support.mjs';

const directives = () => {
  const [, policy] = readFileSync(join(dist, 'index.html'), 'utf8').match(/http-equiv="Content-Security-Policy" content="([^"]*)"/);
  return Object.fromEntries(policy.split(/; */).map((one) => [one.split(' ')[0], one.split(' ').slice(1).join(' ')]));
};

test('the policy names one policy for scripts, no other site, no plugin, no form and no base', () => {
  assert.deepEqual(directives(), {
    'default-src': "'self'", 'script-src': "'self' 'wasm-unsafe-eval'", 'style-src': "'self'", 'img-src': "'self' data:", 'connect-src': "'self'",
    // A page of no origin begins its worker from an address that imports it; see www/trusted.js.
    'worker-src': "'self' data:",
    'object-src': "'none'", 'base-uri': "'none'", 'form-action': "'none'", 'require-trusted-types-for': "'script'", 'trusted-types': 'pollscope',
  });
});

test('nothing leaves the site: it is refused, and every page of these tests counts it', async () => {
  const page = await open('?s=lazy', { fresh: true });
  for (const attempt of [() => fetch('http://127.0.0.2:9/'), () => new Promise((_, fail) => {
    const image = document.body.appendChild(new Image());
    image.onerror = () => fail(new Error('refused'));
    image.src = 'http://127.0.0.2:9/a.png';
  })]) await assert.rejects(page.evaluate(attempt));
  assert(page.problems.some((problem) => /policy violation: connect-src/.test(problem)), page.problems.join());
  assert(page.problems.some((problem) => /policy violation: img-src/.test(problem)));
  assert.throws(page.assertClean);
  await page.close();
});

/** A host that gives its files to any page. @param {(site: string, browser: any) => Promise<void>} use */
async function hosted(use) {
  const server = createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url, 'http://host').pathname).slice('/p/'.length) || 'index.html';
    if (name === 'around') {
      response.writeHead(200, { 'content-type': types['.html'] }).end('<!doctype html><link rel="icon" href="data:,"><iframe sandbox="allow-scripts" width="1200" height="800"></iframe>');
      return;
    }
    try {
      response.writeHead(200, { 'content-type': types[extname(name)] ?? 'application/octet-stream', 'access-control-allow-origin': '*' }).end(readFileSync(join(dist, name)));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => { server.listen(0, '127.0.0.1', ready); });
  const browser = await startBrowser();
  try {
    await use(`http://127.0.0.1:${server.address().port}/p/`, browser);
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

test('in a sandboxed frame, of no origin, all runs are made and told, and it is said that nothing is kept', { timeout: 240_000 }, async () => {
  await hosted(async (site, browser) => {
    const page = await browser.newPage();
    const problems = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
    await page.goto(`${site}around`);
    for (const id of ['', ...ALL]) {
      await page.locator('iframe').evaluate((frame, src) => { frame.src = src; }, `./${id ? `?s=${id}` : ''}`);
      const inside = page.frameLocator('iframe');
      await inside.locator(id ? `.rail [data-id="${id}"][aria-current]` : '.start').waitFor({ state: 'attached' });
      await inside.locator('html[data-ready="true"]').waitFor({ state: 'attached' });
      assert.equal(await inside.locator('.notice.bad:not([hidden])').count(), 0, id);
      await inside.locator('.offline[data-kept="none"]').waitFor({ state: 'attached' });
      if (id) assert.equal(await inside.locator('.unkept').getAttribute('hidden'), null);
    }
    // The worker of a live run, too.
    await page.locator('iframe').evaluate((frame) => { frame.src = './?s=blocking&runs=live&way=worker&job_takes=20'; });
    const inside = page.frameLocator('iframe');
    await inside.locator('[data-fold="once"]').waitFor({ state: 'attached' });
    await inside.locator('.hero-list li', { hasText: /^worker: / }).first().waitFor({ state: 'attached' });
    await inside.locator('body').evaluate((body) => body.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true, cancelable: true })));
    await inside.locator('.hero-list li li', { hasText: /^has the job from/ }).first().waitFor({ state: 'attached' });
    assert.deepEqual(problems, []);
  });
});

test('with storage blocked the page works, and says what is not kept', async () => {
  const page = await open('nowhere', { ready: false, fresh: true, view: 'lesson' });
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) Object.defineProperty(window, name, { get() { throw new DOMException('', 'SecurityError'); } });
  });
  await page.goto(`${page.site}?s=lazy`);
  await becomeReady(page);
  assert.equal(await page.locator('.unkept').getAttribute('hidden'), null);
  await page.locator('.bar [data-theme-switch]').click();
  assert.match(await page.locator('.notice:not([hidden])').innerText(), /^This holds until the page is closed\./);
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
  page.assertClean();
  await page.close();
});
