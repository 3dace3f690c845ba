// What leads here and out of here: what other sites show of a link, and where words come from.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { SOURCES } from '../../www/build/glossary.mjs';
import { axe, dist, open } from './support.mjs';

test('a link that is shared has a title, a sentence and a picture of the size that other sites ask for', () => {
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const told = Object.fromEntries([...html.matchAll(/<meta property="og:([\w:]+)" content="([^"]*)">/g)].map(([, name, content]) => [name, content]));
  assert.equal(told.title, 'Pollscope');
  assert.match(told.description, /real Rust futures/);
  const picture = readFileSync(join(dist, told.image.replace(/^https?:.*\/(?=icons\/)/, '')));
  assert.deepEqual([picture.readUInt32BE(16), picture.readUInt32BE(20)], [Number(told['image:width']), Number(told['image:height'])]);
});

test('links out are those to sources of words, and to a repository only if the package names one', () => {
  const { packages } = JSON.parse(execFileSync('cargo', ['metadata', '--no-deps', '--format-version', '1', '--locked'], { cwd: fileURLToPath(new URL('../..', import.meta.url)), encoding: 'utf8', maxBuffer: 2 ** 28 }));
  const { repository } = packages.find(({ name }) => name === 'pollscope');
  const allowed = new Set([...Object.values(SOURCES).map(([, address]) => address), ...(repository ? [repository] : [])]);
  const out = readdirSync(dist).filter((name) => name.endsWith('.html')).flatMap((name) => [...readFileSync(join(dist, name), 'utf8').matchAll(/<a [^>]*href="(https?:[^"]*)"/g)].map(([, address]) => address));
  assert.deepEqual(out.filter((address) => !allowed.has(address)), []);
  assert(out.length >= 2 * Object.keys(SOURCES).length);
  for (const [, address] of Object.values(SOURCES)) assert.match(address, /^https:\/\/(doc\.rust-lang\.org|docs\.rs|developer\.mozilla\.org)\//);
});

for (const [file, theme] of [['words.html', 'light'], ['words.ko.html', 'dark']]) {
  test(`${file}: every word with its sentence, clean, and without a script (${theme})`, async () => {
    assert(existsSync(join(dist, file)));
    for (const viewport of [{ width: 1440, height: 900 }, { width: 320, height: 700 }]) {
      const page = await open(file, { ready: false, fresh: true, viewport, colorScheme: theme });
      assert.equal(await page.locator('.said').count(), await page.locator('section.part').count());
      assert.deepEqual(await axe(page), []);
      assert(await page.evaluate(() => document.documentElement.scrollWidth) <= viewport.width);
      assert.deepEqual(page.requests.filter((url) => url.endsWith('.js')), []);
      page.assertClean();
      await page.close();
    }
  });
}
