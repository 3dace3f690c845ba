// Runs before the first paint: which page an address opens, in which theme and language, and what that page is fetched with.
// An address that names a scenario is a scenario's; any other is that of the start page. It is a script of its own, and small,
// because the page waits for it.

import { isFramed } from './framed.js';
import { recall } from './keep.js';

/** What each page takes; the build has added what its script imports, and `page.js` runs it. */
const PAGES = {
  start: { style: 'styles/start.css', script: 'start/main.js', preload: ['start/figure.json'] },
  scenario: { style: 'styles/main.css', script: 'main.js', preload: ['engine/viewer_bg.wasm', 'manifest.json'], modules: ['engine/viewer.js'] },
};
/** @type {Record<string, string>} */
const TYPES = { json: 'application/json', wasm: 'application/wasm' };

const root = document.documentElement;
const { language, theme } = recall();
const page = new URLSearchParams(location.search).has('s') || isFramed ? 'scenario' : 'start';
Object.assign(root.dataset, { page, theme, words: root.lang === language ? 'here' : 'awaited', ready: 'false' });
root.lang = language;
if (isFramed) root.dataset.embed = '';

/** @param {Record<string, string>} given */
function link(given) {
  const made = Object.assign(document.createElement('link'), given);
  // Whoever waits for it may come later.
  made.onerror = () => { made.dataset.failed = ''; };
  document.head.append(made);
}

const { style, script, preload, ...more } = PAGES[page];
link({ rel: 'stylesheet', href: style, id: 'page-style' });
const imported = document.currentScript?.dataset[page]?.split(' ').filter(Boolean) ?? [];
// `page.js` asks for them, and finds them there.
for (const module of [script, ...imported, ...('modules' in more ? more.modules : [])]) link({ rel: 'modulepreload', href: module });
for (const file of preload) link({ rel: 'preload', href: file, as: 'fetch', type: TYPES[file.split('.').pop() ?? ''], crossOrigin: 'anonymous' });
