// What Lighthouse says of the start page and of three scenarios: performance, accessibility, best practices and what a search engine
// looks for, each of 100, as it measures a phone. Its package is larger than all others of the page together, and is fetched for
// this alone.
//
//   node tests/page/lighthouse.bench.mjs [why]      `why` lists what takes something off

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { serveAsHosted } from './h2.mjs';

const VERSION = '12.8.2';
const PARTS = ['performance', 'accessibility', 'best-practices', 'seo'];
const PAGES = [['start page', ''], ['first-poll', '?s=first-poll'], ['lost-wake', '?s=lost-wake'], ['state-machine', '?s=state-machine']];
const isAsked = process.argv.includes('why');

const hosted = await serveAsHosted();
const folder = mkdtempSync(join(tmpdir(), 'lighthouse-'));
const program = process.env.LIGHTHOUSE ? [process.env.LIGHTHOUSE] : ['npx', '--yes', `lighthouse@${VERSION}`];
console.log(''.padEnd(16), ...PARTS.map((part) => part.padStart(15)));
for (const [name, search] of PAGES) {
  const file = join(folder, `${name}.json`);
  // Not synchronously: the site is served by this process.
  await promisify(execFile)(program[0], [...program.slice(1), hosted.site + search, '--quiet', '--output=json', `--output-path=${file}`, `--only-categories=${PARTS}`,
    '--chrome-flags=--headless=new --no-sandbox --ignore-certificate-errors'], { env: { CHROME_PATH: '/usr/bin/chromium', ...process.env } });
  const { categories, audits } = JSON.parse(readFileSync(file, 'utf8'));
  console.log(name.padEnd(16), ...PARTS.map((part) => String(Math.round(categories[part].score * 100)).padStart(15)));
  if (!isAsked) continue;
  const lacking = PARTS.flatMap((part) => categories[part].auditRefs).map(({ id }) => audits[id]).filter(({ score }) => score !== null && score < 0.995);
  for (const { id, title, displayValue = '', details } of lacking) console.log(`  ${id}: ${title} ${displayValue} ${(details?.items ?? []).slice(0, 4).map((item) => JSON.stringify(item).slice(0, 300)).join('\n      ')}`);
}
rmSync(folder, { recursive: true });
hosted.close();
