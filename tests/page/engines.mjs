// The other engines, for `engines.test.mjs`: Firefox and WebKit, each driven by its own driver, over a server of the built site
// that can be taken away. No engine tells what goes wrong on a page in the same way, so each page begins with a script that
// keeps it; the server puts that script in front of all others.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { delimiter, extname, join } from 'node:path';
import { base, fileOf, types } from './support.mjs';

const require = createRequire(new URL('../../www/package.json', import.meta.url));
const { Builder, Capabilities } = require('selenium-webdriver');
const { Options, ServiceBuilder } = require('selenium-webdriver/firefox');

/** What a program is called that stands on PATH; undefined where none does. @param {string} name */
const find = (name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)).find(existsSync);

/** A port that nobody has. */
const freePort = () => new Promise((done) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

/** @type {Record<string, { needs: string[], start(): Promise<{ driver: import('selenium-webdriver').WebDriver, end?: () => void }> }>} */
const engines = {
  Firefox: {
    needs: ['firefox-esr|firefox', 'geckodriver'],
    async start() {
      const options = new Options().setBinary(find('firefox-esr') ?? find('firefox')).addArguments('-headless', '--width=1440', '--height=900');
      const service = new ServiceBuilder(find('geckodriver'));
      return { driver: await new Builder().forBrowser('firefox').setFirefoxOptions(options).setFirefoxService(service).build() };
    },
  },
  // WebKitGTK has no mode without a screen.
  WebKit: {
    needs: ['WebKitWebDriver', 'Xvfb'],
    async start() {
      const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1440x1000x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
      const display = await new Promise((done, fail) => {
        screen.stdio[3].once('data', (number) => done(`:${String(number).trim()}`));
        screen.once('exit', (code) => fail(new Error(`Xvfb ended with ${code}`)));
      });
      const port = await freePort();
      const service = spawn('WebKitWebDriver', [`--port=${port}`], { env: { ...process.env, DISPLAY: display, LANG: 'C.UTF-8' }, stdio: 'ignore' });
      const end = () => {
        service.kill();
        screen.kill();
      };
      for (let i = 0; ; i += 1) {
        const answers = await fetch(`http://127.0.0.1:${port}/status`).then(({ ok }) => ok, () => false);
        if (answers) break;
        if (i === 50) throw new Error('WebKitWebDriver does not answer');
        await new Promise((later) => { setTimeout(later, 100); });
      }
      const capabilities = new Capabilities({ browserName: 'MiniBrowser' });
      try {
        return { driver: await new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities(capabilities).build(), end };
      } catch (error) {
        end();
        throw error;
      }
    },
  },
};
export const NAMES = Object.keys(engines);

/** Why an engine cannot be had here; undefined if it can. @param {string} name */
export function lacking(name) {
  const missing = engines[name].needs.filter((all) => !all.split('|').some(find));
  return missing.length ? `${missing.join(' and ').replaceAll('|', ' or ')} is missing; ./build.sh test installs it where it can` : undefined;
}

/** In the page, before any script of its own: keeps what goes wrong, and puts no service worker in place. */
function watching() {
  /** @type {string[]} */
  const problems = [];
  Object.defineProperty(window, 'problems', { value: problems });
  for (const level of ['error', 'warn']) {
    const original = console[level];
    console[level] = (...given) => {
      problems.push(`console ${level}: ${given.map((one) => one?.stack ?? one).join(' ')}`);
      original.apply(console, given);
    };
  }
  addEventListener('error', (event) => {
    problems.push(event instanceof ErrorEvent ? `uncaught: ${event.message} ${event.filename}:${event.lineno} ${event.error?.stack ?? ''}` : `not loaded: ${event.target?.href ?? event.target?.src}`);
  }, true);
  addEventListener('unhandledrejection', (event) => {
    setTimeout(() => { if (!event.defaultPrevented) problems.push(`unhandled: ${event.reason?.stack ?? event.reason}`); });
  });
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) => {
    problems.push(`policy violation: ${violatedDirective} ${blockedURI} ${sourceFile}:${lineNumber}`);
  });
  if (navigator.serviceWorker) navigator.serviceWorker.register = () => Promise.reject(new Error('no service worker in this test'));
}

const WATCHING = 'watching.js';
const NOWHERE = 'nowhere';

/** An engine, and pages in it. @param {string} name */
export async function startEngine(name) {
  /** What was asked for and is not there. @type {string[]} */
  let missing = [];
  let isDown = false;
  let isWatched = true;
  const server = createServer((request, response) => {
    if (isDown) return void request.socket.destroy();
    const { pathname } = new URL(request.url, 'http://127.0.0.1');
    const give = (type, body) => response.writeHead(200, { 'content-type': types[type] ?? 'application/octet-stream' }).end(body);
    if (pathname === base + NOWHERE) return void give('.html', '<!doctype html><link rel="icon" href="data:,">');
    if (pathname === base + WATCHING) return void give('.js', `(${watching})()`);
    const file = fileOf(request.url);
    try {
      const body = readFileSync(file);
      const isPage = isWatched && /index\.html$/.test(file);
      give(extname(file), isPage ? String(body).replace('<script src="boot.js">', `<script src="${WATCHING}"></script>$&`) : body);
    } catch {
      missing.push(request.url);
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => { server.listen(0, '127.0.0.1', ready); });
  const site = `http://127.0.0.1:${server.address().port}${base}`;
  const { driver, end } = await engines[name].start();
  await driver.manage().setTimeouts({ script: 60_000, pageLoad: 60_000 });
  await driver.manage().window().setRect({ width: 1440, height: 950 });

  const evaluate = (what, ...given) => driver.executeAsyncScript(`
    const done = arguments[arguments.length - 1];
    Promise.resolve().then(() => (${what})(...Array.from(arguments).slice(0, -1))).then((value) => done({ value }), (error) => done({ error: String(error?.stack ?? error), message: String(error) }));
  `, ...given).then(({ value, error, message }) => {
    if (error === undefined) return value;
    throw new Error(`${name}: ${message}\n${error}`);
  });
  /** Waits until a function of the page gives something. */
  const until = async (what, ...given) => {
    const started = Date.now();
    for (;;) {
      const value = await evaluate(what, ...given).catch((error) => {
        // The page is being left.
        if (/Error/.test(error.name) && Date.now() - started < 15_000) return undefined;
        throw error;
      });
      if (value) return value;
      if (Date.now() - started > 20_000) {
        const said = await evaluate(() => `${location.href}\n${(window.problems ?? []).join('\n')}\n${document.body.innerText.slice(0, 400)}`).catch(String);
        throw new Error(`${name}: waited in vain for ${what}\n${said}`);
      }
      await new Promise((later) => { setTimeout(later, 30); });
    }
  };

  return {
    driver,
    evaluate,
    until,
    ready: () => until(() => document.documentElement.dataset.ready === 'true'),
    /** Opens an address of the site, with nothing kept from before but what is given. */
    async open(path, kept = {}) {
      missing = [];
      await driver.get(site + NOWHERE);
      await evaluate((kept) => {
        localStorage.clear();
        sessionStorage.clear();
        localStorage.setItem('pollscope', JSON.stringify(kept));
      }, { language: 'en', ...kept });
      await driver.get(site + path);
    },
    site,
    /** What went wrong on the page. */
    problems: async () => [...await evaluate(() => window.problems), ...missing.map((url) => `not there: ${url}`)],
    /** Takes the host away, or brings it back. @param {boolean} down */
    takeAway(down) {
      isDown = down;
      if (down) server.closeAllConnections();
    },
    /** Serves the pages as they were built, with what puts a service worker in place. */
    serveAsBuilt: () => { isWatched = false; },
    async close() {
      await driver.quit().catch(() => {});
      end?.();
      server.closeAllConnections();
      server.close();
    },
  };
}
