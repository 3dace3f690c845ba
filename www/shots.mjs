// Makes pictures of the built site: the README's, www/screenshot.png, some way into a run, with past events on the left and blank
// paper on the right; www/icons/shared.png; and in target/shots every scenario at the moment that decides, as it is looked at before a change is done.

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
