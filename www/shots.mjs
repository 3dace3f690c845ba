// Makes the README's picture, www/screenshot.png, from the built site: some way into a run, with past events on
// the left and blank paper on the right.

import { fileURLToPath } from 'node:url';
import { close, open } from '../tests/page/support.mjs';

const page = await open('?s=state-machine&at=93', { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1, reducedMotion: 'reduce' });
await page.screenshot({ path: fileURLToPath(new URL('screenshot.png', import.meta.url)) });
page.assertClean();
await close();
