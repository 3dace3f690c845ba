// Makes pictures of the built site: the README's, www/screenshot.png, some way into a run, with past events on the left and blank
// paper on the right; www/icons/shared.png, and one a scenario in its folder; and in target/shots every scenario at the moment that decides, as it is looked at before a change is done.

import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { close, dist, open } from '../tests/page/support.mjs';

const DESK = { viewport: { width: 1440, height: 900 } };
/** How each scenario is looked at. */
const LOOKS = {
  light: DESK,
  dark: { ...DESK, colorScheme: 'dark' },
  ko: { ...DESK, locale: 'ko-KR' },
  phone: { viewport: { width: 390, height: 844 } },
};

const file = (path) => fileURLToPath(new URL(path, import.meta.url));

const page = await open('?s=state-machine&at=93', { ...DESK, deviceScaleFactor: 1, reducedMotion: 'reduce' });
await page.screenshot({ path: file('screenshot.png') });
page.assertClean();
await page.close();

// What other sites show of a link here: the first screen, without what is pressed or counted.
const shared = await open('', { viewport: { width: 1200, height: 630 }, deviceScaleFactor: 1, reducedMotion: 'reduce' });
await shared.evaluate(() => {
  for (const el of document.querySelectorAll('.start .tools, .rooms, .doors, .ride, .path, .map, .foot')) el.style.display = 'none';
  document.querySelector('.start .hero').style.minHeight = `${innerHeight}px`;
  document.getElementById('fig').style.height = '390px';
});
await shared.waitForTimeout(300);
await shared.screenshot({ path: file('icons/shared.png') });
shared.assertClean();
await shared.close();

const shots = file('../target/shots');
mkdirSync(shots, { recursive: true });
const { scenarios } = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8'));

// What they show of a link to a scenario: its title, what it promises, and its small picture, which does not answer the question.
mkdirSync(file('icons/shared'), { recursive: true });
const words = JSON.parse(readFileSync(join(dist, 'messages/en/site.json'), 'utf8'));
const card = await open('', { viewport: { width: 1200, height: 630 }, deviceScaleFactor: 1, reducedMotion: 'reduce', javaScriptEnabled: true });
for (const { id } of scenarios) {
  await card.goto(`${card.site}embed/${id}.svg`);
  await card.evaluate(({ title, promise }) => {
    const svg = document.documentElement;
    for (const [name, value] of Object.entries({ viewBox: '0 0 1200 630', width: 1200, height: 630 })) svg.setAttribute(name, value);
    const drawn = document.createElementNS(svg.namespaceURI, 'g');
    drawn.setAttribute('transform', 'translate(100 262) scale(6.75)');
    drawn.append(...svg.querySelectorAll(':scope > path'));
    const line = (text, y, size, weight, fill, x = 72) => {
      const el = document.createElementNS(svg.namespaceURI, 'text');
      for (const [name, value] of Object.entries({ x, y, fill, style: `font: ${weight} ${size}px var(--sans)` })) el.setAttribute(name, value);
      el.textContent = text;
      svg.append(el);
      // What is wider than the picture is set smaller.
      const wide = el.getComputedTextLength();
      if (wide > 1056) el.style.fontSize = `${size * 1056 / wide}px`;
    };
    svg.append(drawn);
    line(title, 132, 56, 680, 'var(--ink)');
    line(promise, 194, 30, 400, 'var(--ink-2)');
    line('Pollscope', 590, 24, 600, 'var(--ink-3)', 1012);
  }, Object.fromEntries(['title', 'promise'].map((part) => [part, words[`scenario.${id}.${part}`].replace(/<\/?\w+>/g, '')])));
  await card.screenshot({ path: file(`icons/shared/${id}.png`) });
}
await card.close();
for (const [look, options] of Object.entries(LOOKS)) {
  for (const { id } of scenarios) {
    const shown = await open(`?s=${id}`, { ...options, view: 'lesson', reducedMotion: 'reduce' });
    await shown.keyboard.press('d');
    // Pictures are fetched after the page is ready.
    await shown.waitForTimeout(500);
    await shown.screenshot({ path: join(shots, `${id}-${look}.png`) });
    shown.assertClean();
    await shown.close();
  }
}
await close();
