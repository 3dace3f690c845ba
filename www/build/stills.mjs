// What `element.js` shows of a scenario before it runs, as data and as an image for where no script does: its title, and the small
// picture of its own run, cut where the question is decided.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import esbuild from 'esbuild';
import { LANGUAGES } from '../languages.js';
import { escape, loadWords } from './words.mjs';

/** @typedef {import('../types.js').Info} Info */
/** @typedef {import('../start/marks.js').Picture} Picture */

/** @param {string} name */
const style = (name) => readFileSync(new URL(`../styles/${name}`, import.meta.url), 'utf8');
/** @param {string} css */
const small = (css) => esbuild.transformSync(css, { loader: 'css', minify: true }).code.trim();

/**
 * @param {string} out the folder of the site
 * @param {Info[]} scenarios
 * @param {Record<string, Picture>} pictures
 */
export function writeStills(out, scenarios, pictures) {
  const folder = join(out, 'embed');
  mkdirSync(folder);
  const css = small(`${style('tokens.css')}${style('start/pictures.css')}`);
  // What is the page's there is the element's here.
  writeFileSync(join(folder, 'still.css'), css.replaceAll(/:root(\[[^\]]*\])?/g, (_, more) => (more ? `:host(${more})` : ':host')));
  const words = LANGUAGES.map((language) => /** @type {const} */ ([language, loadWords(['site', 'lesson'], language)]));
  for (const { id } of scenarios) {
    const { whole, until } = pictures[id];
    const picture = until ?? whole;
    /** @param {string} key */
    const said = (key) => Object.fromEntries(words.map(([language, { t }]) => [language, t(key)]));
    const title = said(`scenario.${id}.title`);
    writeFileSync(join(folder, `${id}.json`), JSON.stringify({ title, start: said('embed.run'), picture }));
    const paths = picture.map(([name, d]) => `<path class="${name}" d="${escape(d)}"/>`).join('');
    writeFileSync(join(folder, `${id}.svg`), `<svg xmlns="http://www.w3.org/2000/svg" class="th" viewBox="-4 -4 120 48" width="720" height="288"><title>${escape(title.en)}</title><style>${css}svg{background:var(--pane)}</style>${paths}</svg>`);
  }
}
