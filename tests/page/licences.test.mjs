// Whose work the site holds: all of it is named, with its licence and its text, and the page leads there.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { dist, open } from './support.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = readFileSync(join(dist, 'licences.txt'), 'utf8');
const listed = new Set([...text.slice(0, text.indexOf('-----')).matchAll(/^ {2}(\S+ \S+), \S/gm)].map(([, work]) => work));

test('every crate that cargo links into a module is named with its licence', () => {
  const modules = ['viewer', 'runner', 'workbench', 'suspended', 'explorer', 'fast'].flatMap((name) => ['-p', `pollscope-${name}`]);
  // Asked in another way than the build asks.
  const tree = execFileSync('cargo', ['tree', '--locked', '--target', 'wasm32-unknown-unknown', '--edges', 'normal,no-proc-macro', '--prefix', 'none', '--format', '{p}', ...modules], { cwd: root, encoding: 'utf8' });
  const linked = new Set(tree.split('\n').filter((line) => line && !line.includes('(') && !line.startsWith('pollscope')).map((line) => line.replace(' v', ' ')));
  assert(linked.size > 20);
  assert.deepEqual([...linked].filter((work) => !listed.has(work)), []);
});

test('every package of which a script of the site has a part is named with its licence', () => {
  const sources = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.js.map')).flatMap((path) => JSON.parse(readFileSync(join(dist, path), 'utf8')).sources);
  const names = new Set(sources.flatMap((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? []).filter((name) => existsSync(join(root, 'www/node_modules', name, 'package.json'))));
  assert(names.size > 1);
  const known = [...listed].map((work) => work.slice(0, work.lastIndexOf(' ')));
  assert.deepEqual([...names].filter((name) => !known.includes(name)), []);
});

test('each has a text, and so has the project', () => {
  const owners = new Set([...text.matchAll(/^-{80}\n(.+)\n-{80}$/gm)].flatMap(([, names]) => names.split(', ')));
  assert.deepEqual([...listed].map((work) => work.slice(0, work.lastIndexOf(' '))).filter((name) => !owners.has(name)), []);
  assert(owners.has('Pollscope'));
  assert.doesNotMatch(text, /undefined|null,/);
});

test('the start page leads there', async () => {
  const page = await open('');
  const [answer] = await Promise.all([page.waitForResponse(/licences\.txt$/), page.getByRole('link', { name: 'Licences' }).click()]);
  assert.equal(answer.status(), 200);
  await page.close();
});
