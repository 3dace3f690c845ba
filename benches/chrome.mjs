// The contest in headless Chrome: every executor on every workload, in rounds whose order rotates, so that the one that is
// hurt by the machine's other business is not always the same; medians, and how far the middle half of the rounds spreads.

import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { modulePath } from './measure.mjs';

// The packages are www's.
const { chromium } = createRequire(new URL('../www/package.json', import.meta.url))('playwright-core');

const here = new URL('.', import.meta.url).pathname;
const types = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };

/** The one folder that the page sees. */
function fileOf(path) {
  if (path === '/race.js' || path === '/promises.js') return join(here, 'page', path);
  if (path.startsWith('/event-loop/')) return join(modulePath('event-loop').replace(/\.wasm$/, ''), path.slice(12));
  return modulePath(path.slice(1).replace(/\.wasm$/, ''));
}

function serve() {
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://127.0.0.1').pathname;
    // Isolated, a page gets a clock of 5 µs instead of 100.
    const headers = {
      'content-type': types[extname(path)] ?? 'text/html',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    };
    if (path === '/') return response.writeHead(200, headers).end('<!doctype html><title>contest</title>');
    const file = fileOf(path);
    if (!existsSync(file)) return response.writeHead(404).end();
    return response.writeHead(200, headers).end(readFileSync(file));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/**
 * Times every pair of executor and workload; nanoseconds a unit.
 * @returns {Promise<{ executor: string, workload: string, median: number, spread: number }[]>}
 */
export async function time() {
  const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((p) => existsSync(p));
  if (!executablePath) throw new Error('no Chromium');
  const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--js-flags=--expose-gc'];
  args.push('--disable-background-networking', '--disable-component-update', '--disable-sync');
  const server = await serve();
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage();
    const problems = [];
    page.on('pageerror', (error) => problems.push(`${error.stack ?? error}`));
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    const workloads = await page.evaluate(() => import('/race.js').then((race) => race.workloads()));
    const times = [];
    for (const workload of workloads) {
      console.error(`timing ${workload}`);
      times.push(...(await page.evaluate((w) => import('/race.js').then((race) => race.run(w)), workload)));
    }
    if (problems.length) throw new Error(problems.join('\n'));
    return times;
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}
