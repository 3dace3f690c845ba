// What other sites show of a link here: a title, a sentence and a picture. A site reads them off the page's HTML, whatever the query,
// so that each scenario has a page of its own for that, which leads on to it. Their pictures are made by `./build.sh shots`; a
// scenario without one has the whole site's.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { escape, loadWords } from './words.mjs';

/** The address of the site, which one that stands anywhere does not know: whoever builds it for one says so, as POLLSCOPE_SITE. */
const SITE = process.env.POLLSCOPE_SITE?.replace(/\/*$/, '/') ?? '';

/** @param {{ title: string, description: string, image?: string, url?: string, up?: string }} told `up`: from the page to the site's own folder */
export function sharedAs({ title, description, image = 'icons/shared.png', url = '', up = '' }) {
  const all = { title, type: 'website', site_name: 'Pollscope', description, image: `${SITE || up}${image}`, 'image:width': '1200', 'image:height': '630', 'image:alt': description, ...(SITE ? { url: SITE + url } : {}) };
  return [...Object.entries(all).map(([name, value]) => `<meta property="og:${name}" content="${escape(value)}">`), '<meta name="twitter:card" content="summary_large_image">'].join('\n');
}

/**
 * A page a scenario.
 * @param {string} out the folder of the site
 * @param {import('../types.js').Info[]} scenarios
 * @param {string} policy what a page may do, as the others say it
 */
export function writeShared(out, scenarios, policy) {
  const { t } = loadWords(['site']);
  mkdirSync(join(out, 'share'));
  for (const { id } of scenarios) {
    const [title, description] = [t(`scenario.${id}.title`), t(`scenario.${id}.promise`)];
    const own = `icons/shared/${id}.png`;
    const image = existsSync(join(out, own)) ? own : undefined;
    writeFileSync(join(out, 'share', `${id}.html`), `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${policy}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} · Pollscope</title>
${sharedAs({ title, description, image, url: `share/${id}.html`, up: '../' })}
<meta http-equiv="refresh" content="0; url=../?s=${id}">
<link rel="icon" href="../favicon.svg" type="image/svg+xml">
</head>
<body>
<main><h1><a href="../?s=${id}">${escape(title)}</a></h1><p>${escape(description)}</p></main>
</body>
</html>
`);
  }
}
