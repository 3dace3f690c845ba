// What makes the built files a site that can be installed and kept: the manifest for browsers, and the worker that keeps files,
// with the list of what there is. The version of a site is what its files hold, and nothing else: the same files are the same
// version, wherever and whenever they are built.

import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import esbuild from 'esbuild';
import { EXTENSION, TRACE } from '../tracefile.js';

const WORKER = 'offline.worker.js';

/** As the worker counts it: 72 bits are enough to tell versions apart. @param {string | Buffer} body */
const digest = (body) => createHash('sha256').update(body).digest().subarray(0, 9).toString('base64');

/** How browsers name it, and what they show while it opens. @param {string} description */
const appOf = (description) => ({
  name: 'Pollscope', short_name: 'Pollscope', description, lang: 'en',
  id: './', start_url: './', scope: './', display: 'standalone', background_color: '#f4f5f5', theme_color: '#f4f5f5',
  icons: [
    { src: 'favicon.svg', type: 'image/svg+xml', sizes: 'any' },
    { src: 'icons/plain-192.png', type: 'image/png', sizes: '192x192' },
    { src: 'icons/plain-512.png', type: 'image/png', sizes: '512x512' },
    { src: 'icons/maskable-512.png', type: 'image/png', sizes: '512x512', purpose: 'maskable' },
  ],
  // Where it is installed, the system opens a saved run with it.
  file_handlers: [{ action: `./?s=${TRACE}`, accept: { 'application/octet-stream': [EXTENSION] } }],
});

/**
 * Writes what comes last, for it names all else.
 * @param {string} out the folder of the site
 * @param {object} given
 * @param {string} given.www the folder of the sources
 * @param {string} given.description
 * @param {string[]} given.first what the start page takes, which is kept ahead
 * @param {Record<string, string[]>} given.beside what a worker of the page fetches with a file, out of the page's sight
 */
export function writeSite(out, { www, description, first, beside }) {
  writeFileSync(join(out, 'app.webmanifest'), JSON.stringify(appOf(description)));
  // Maps are for those who read the sources, and pages and pictures for other sites: they have a network.
  const paths = readdirSync(out, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll(sep, '/'))
    .filter((path) => !path.endsWith('.map') && !/^(share|icons\/shared)\//.test(path) && statSync(join(out, path)).isFile()).sort();
  const digests = () => Object.fromEntries(paths.map((path) => [path, digest(readFileSync(join(out, path)))]));
  // The page says of which version it is, and so cannot be counted with that in it.
  const version = digest(JSON.stringify(digests())).replace(/\W/g, '').slice(0, 8);
  const index = join(out, 'index.html');
  writeFileSync(index, readFileSync(index, 'utf8').replace('data-version', `data-version="${version}"`));
  const files = digests();
  const unknown = [...first, ...Object.values(beside).flat()].filter((path) => !Object.hasOwn(files, path));
  if (unknown.length > 0) throw new Error(`not in the site: ${unknown.join(', ')}`);
  const bytes = paths.reduce((sum, path) => sum + statSync(join(out, path)).size, 0);
  const { code } = esbuild.transformSync(readFileSync(join(www, WORKER), 'utf8'), { minify: true, target: 'es2022', format: 'iife' });
  const site = JSON.stringify({ version, files, bytes, first, beside });
  writeFileSync(join(out, WORKER), code.replace(/(['"`])%SITE%\1/, () => JSON.stringify(site)));
}
