// A scenario inside another page: `?embed` in a frame, and the element that makes one.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { dist, fileOf, open, served } from './support.mjs';

const { scenarios } = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8'));
const still = { reducedMotion: 'reduce', viewport: { width: 720, height: 700 } };

/** A page of another author, whose policy for styles is strict, with a ground of its own. @param {string} body @param {{ dark?: boolean, lang?: string }} [how] */
function host(body, { dark = false, lang = 'en' } = {}) {
  served.set('host.html', `<!doctype html><html lang="${lang}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="style-src 'self'; script-src 'self'"><title>host</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="host.css"><script type="module" src="element.js"></script></head><body${dark ? ' class="dark"' : ''}>${body}</body></html>`);
  served.set('host.css', 'body { margin: 0; color: #111; background: #fff; } body.dark { color: #eee; background: #111; } .far { height: 4000px; }');
}
const LOST = '<poll-scope scenario="lost-wake"><a href="?s=lost-wake">Who wakes the task?</a></poll-scope>';

async function openHost(options = {}) {
  // Not from a page of ours, which goes on fetching in idle time.
  const page = await open('nowhere', { ...still, ready: false, ...options });
  page.requests.length = 0;
  await page.goto(`${page.site}host.html`);
  return page;
}
/** The example, from where it is served here. */
const example = () => readFileSync(new URL('../../examples/page.html', import.meta.url), 'utf8').replaceAll('../dist/', './');
const fetched = (page) => page.requests.filter((url) => url.startsWith('http')).map((url) => url.slice(page.site.length));

test('inside another page a run is told in little room: sentence, picture, one line, two buttons, and the way out', async () => {
  const page = await open('?s=lost-wake&embed', still);
  assert.deepEqual(await page.locator('button:visible').allTextContents(), ['', 'Start']);
  assert.equal(await page.locator('.bar:visible, .dock:visible, .rail:visible').count(), 0);
  assert.match(await page.locator('.embed .say').textContent(), /^The bell rings\. Who wakes the task\?$/);
  await page.getByRole('button', { name: 'Start' }).click();
  for (let i = 0; i < 3; i += 1) await page.getByRole('button', { name: 'Next' }).click();
  assert.equal(await page.locator('.embed .say').textContent(), 'ForgetsWaker answers Pending and leaves no waker anywhere.');
  const line = page.locator('.embed .ln.bad');
  const [box, seen] = await Promise.all([line.boundingBox(), page.locator('.embed .source:visible .follow').boundingBox()]);
  assert(Math.abs(box.y - seen.y) < 1, 'the line to blame is the one that is shown');
  await page.getByRole('link', { name: 'Open in Pollscope' }).focus();
  assert.match(await page.getByRole('link', { name: 'Open in Pollscope' }).getAttribute('href'), /^\?s=lost-wake&at=[^&]+&v=2$/, 'at this moment, and not inside');
  assert.equal(new URL(page.url()).search, '?s=lost-wake&embed', 'the address is that of the outer page\'s author');
  await page.getByRole('button', { name: 'Try the cure' }).click();
  await page.locator('.embed .ln.bad').waitFor({ state: 'detached' });
  page.assertClean();
  await page.close();
});

test('each scenario fits into a frame, in both languages and themes: nothing beside it, nothing cut', async () => {
  for (const { id } of scenarios) {
    for (const [width, more] of [[720, '&theme=dark&lang=ko'], [360, '']]) {
      const page = await open(`?s=${id}&embed${more}`, { ...still, viewport: { width, height: 800 } });
      await page.keyboard.press('d');
      const { over, theme, lang } = await page.evaluate(() => ({
        over: document.documentElement.scrollWidth - innerWidth, theme: document.documentElement.dataset.theme, lang: document.documentElement.lang,
      }));
      assert(over <= 0, `${id} ${width}: ${over} px too wide`);
      assert.deepEqual([theme, lang], more ? ['dark', 'ko'] : ['light', 'en'], id);
      page.assertClean();
      await page.close();
    }
  }
});

test('what another page asks for is not kept', async () => {
  const page = await open('?s=lost-wake&embed&theme=dark&lang=ko', still);
  assert.doesNotMatch(await page.evaluate(() => localStorage.getItem('pollscope') ?? ''), /theme|language|progress/);
  page.assertClean();
  await page.close();
});

test('nothing is fetched before the element is near, little before it is pressed, and the way there works without it', async (t) => {
  host(`<div class="far"></div>${LOST}`);
  const page = await openHost();
  await page.waitForFunction(() => customElements.get('poll-scope') !== undefined);
  await page.waitForTimeout(100);
  assert.deepEqual(fetched(page), ['host.html', 'host.css', 'element.js']);
  assert.equal(await page.locator('poll-scope a').isVisible(), true, 'what stands in it is shown meanwhile');
  await page.evaluate(() => scrollTo(0, 3900));
  const button = page.getByRole('button', { name: 'Run it' });
  await button.waitFor();
  assert.equal(await page.locator('poll-scope a').isVisible(), false);
  const size = fetched(page).slice(2).reduce((sum, path) => sum + brotliCompressSync(readFileSync(fileOf(page.site + path))).length, 0);
  t.diagnostic(`${size} bytes after brotli before it is pressed`);
  assert(size <= 60 * 1024);
  await button.click();
  const frame = page.frameLocator('poll-scope iframe');
  await frame.getByRole('button', { name: 'Start' }).click();
  assert.equal(await frame.locator('.embed .say').textContent(), 'A bell is set to ring at 30 ms.');
  page.assertClean();
  await page.close();
});

test('the frame is as high as what it shows, and of the theme and the language around it, also when they change', async () => {
  host(LOST, { dark: true, lang: 'ko' });
  const page = await openHost();
  await page.getByRole('button', { name: '실행해 보기' }).click();
  const frame = page.frameLocator('poll-scope iframe');
  await frame.getByRole('button', { name: '시작' }).click();
  const html = frame.locator('html');
  assert.deepEqual([await html.getAttribute('data-theme'), await html.getAttribute('lang')], ['dark', 'ko']);
  const heights = () => page.evaluate(() => {
    const inner = document.querySelector('poll-scope').shadowRoot.querySelector('iframe');
    return [inner.clientHeight, inner.contentDocument.querySelector('.app').getBoundingClientRect().height];
  });
  await page.waitForFunction(() => document.querySelector('poll-scope').shadowRoot.querySelector('iframe').style.height !== '440px');
  for (const width of [720, 360]) {
    await page.setViewportSize({ width, height: 700 });
    await page.waitForTimeout(300);
    const [outer, inner] = await heights();
    assert(Math.abs(outer - inner) <= 1, `${width}: a frame of ${outer} px for ${inner}`);
  }
  await page.evaluate(() => {
    document.body.className = '';
    document.documentElement.lang = 'en';
  });
  await frame.locator('html[data-theme="light"][lang="en"]').waitFor({ state: 'attached' });
  await frame.getByRole('button', { name: 'Next' }).waitFor();
  page.assertClean();
  await page.close();
});

test('several stand on a page, each at its own moment, and one that is taken away leaves nothing', async () => {
  host(`${LOST}<poll-scope scenario="first-poll" at="t3.p1.end" params="task_1=40"></poll-scope><poll-scope scenario="no-such"><b>not there</b></poll-scope>`);
  const page = await openHost({ viewport: { width: 720, height: 1400 } });
  // One of a name that the site does not know shows what stands in it; the browser itself says that the file is missing.
  await page.locator('poll-scope b').waitFor();
  const buttons = page.getByRole('button', { name: 'Run it' });
  await buttons.nth(1).waitFor();
  assert.equal(await buttons.count(), 2);
  await buttons.nth(1).click();
  const frame = page.frameLocator('poll-scope[scenario="first-poll"] iframe');
  await frame.getByRole('button', { name: 'Next' }).waitFor();
  await page.evaluate(() => document.querySelector('poll-scope[scenario="first-poll"]').remove());
  assert.equal(page.frames().length, 1);
  await page.evaluate((html) => document.body.insertAdjacentHTML('beforeend', html), LOST);
  await buttons.nth(1).waitFor();
  assert.deepEqual(page.problems.filter((problem) => !/no-such|404/.test(problem)), []);
  await page.close();
});

test('where no script runs, the image of a scenario shows its run, in light and dark', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const page = await open('', { ...still, colorScheme });
    await page.goto(`${page.site}embed/lost-wake.svg`);
    const ground = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    assert.equal(ground, colorScheme === 'dark' ? 'rgb(21, 24, 27)' : 'rgb(255, 255, 255)');
    assert(await page.evaluate(() => document.querySelectorAll('path').length > 0));
    await page.close();
  }
});

test('the page in examples/ works as it stands, and what it asks for is there', async () => {
  served.set('page.html', example());
  const page = await open('', still);
  await page.goto(`${page.site}page.html`);
  for (const nth of [0, 1]) {
    const element = page.locator('poll-scope').nth(nth);
    await element.scrollIntoViewIfNeeded();
    await element.locator('button').click();
    await element.frameLocator('iframe').locator('.embed .say').waitFor();
    assert.equal(await element.frameLocator('iframe').locator('.notice:visible').count(), 0, 'nothing of its link is refused');
  }
  page.assertClean();
  await page.close();
});
