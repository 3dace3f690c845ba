// Runs before the first paint: which page an address opens, in which theme and language, and what that page is fetched with.
// An address that names a scenario is a scenario's; any other is that of the start page. It is a script of its own, and small,
// because the page waits for it.

import { isFramed } from './framed.js';
import { recall } from './keep.js';

/** What each page takes; the build has added what its script imports, and `page.js` runs it. */
const PAGES = {
  start: { style: 'styles/start.css', script: 'start/main.js', preload: ['start/figure.json'] },
  scenario: { style: 'styles/main.css', script: 'main.js', preload: ['manifest.json', 'engine/viewer_bg.wasm'], modules: ['engine/viewer.js'] },
};
/**
 * What the build says of a scenario: how it is shown if nothing else is asked for, what that takes in words and scripts, and what stage it stands on.
 * Under no name, the scripts of all lessons.
 * @typedef {Record<string, { scripts: string[], words?: string[], view?: 'lesson' | 'all', stage?: string }>} Ahead
 */
/** @type {Record<string, string>} */
const TYPES = { json: 'application/json', wasm: 'application/wasm' };

const root = document.documentElement;
const { language, theme, view } = recall();
const search = new URLSearchParams(location.search);
const page = search.has('s') || isFramed ? 'scenario' : 'start';
Object.assign(root.dataset, { page, theme, words: root.lang === language ? 'here' : 'awaited', ready: 'false' });
root.lang = language;
if (isFramed) root.dataset.embed = '';

/** @param {Record<string, string>} given */
function link(given) {
  const made = document.createElement('link');
  for (const [name, value] of Object.entries(given)) made.setAttribute(name, value);
  // What waits for it may come later.
  made.onerror = () => { made.dataset.failed = ''; };
  document.head.append(made);
  return made;
}

/** What the build says. */
const built = document.currentScript?.dataset ?? {};
const ahead = /** @type {Ahead} */ (JSON.parse(built.ahead ?? '{}'));
/** The scenario, if one is named and shown as it is by itself. */
const id = search.get('s') ?? '';
const isOther = isFramed || page === 'start' || id === '' || ['all', 'sweep'].includes(search.get('show') ?? '') || !Object.hasOwn(ahead, id);
const own = isOther || (ahead[id].view === 'lesson' && view !== 'lesson') ? undefined : ahead[id];
const isLesson = own?.view === 'lesson';

const { style, script, preload, ...more } = PAGES[page];
/** What the first paint waits for. */
const styles = [link({ rel: 'stylesheet', href: `${style}`, id: 'page-style', blocking: 'render' })];
if (own) {
  // As it will be, from the first paint on: nothing moves when it comes.
  Object.assign(root.dataset, { view: own.view, stage: own.stage });
  const name = isLesson ? 'lesson' : own.stage;
  styles.push(link({ rel: 'stylesheet', href: `styles/stages/${name}.css`, id: `style-${name}`, blocking: 'render' }));
  document.addEventListener('readystatechange', showTitle);
}

/** So many are asked for in a row: a browser takes a millisecond for each on a phone, and has to paint meanwhile. */
const ROW = 10;

/** All else, once that is there: side by side they would share what the network gives. */
function fetchAhead() {
  const imported = built[page]?.split(' ').filter(Boolean) ?? [];
  const scripts = own ? [...(isLesson ? ahead[''].scripts : []), ...own.scripts] : [];
  const words = own ? [`code/${id}.json`, ...(own.words ?? []).map((part) => `messages/${language}/${part}.json`)] : [];
  // `page.js` waits until all was asked for: what it does not find asked for it would ask for again.
  const asked = [
    // First: what comes after a picture was drawn would change its size.
    ...(isLesson ? [{ rel: 'stylesheet', href: 'styles/stages/heroes.css', id: 'style-heroes' }] : []),
    ...[script, ...imported, ...('modules' in more ? more.modules : []), ...scripts].map((href) => ({ rel: 'modulepreload', href })),
    ...[...words, ...preload].map((href) => ({ rel: 'preload', href, as: 'fetch', type: TYPES[href.split('.').pop() ?? ''] ?? '', crossorigin: 'anonymous' })),
  ];
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    for (const one of asked.splice(0, ROW)) link(one);
    if (asked.length) port2.postMessage(undefined);
    else {
      port1.close();
      root.dataset.asked = '';
      document.dispatchEvent(new Event('asked'));
    }
  };
  port2.postMessage(undefined);
}

let missing = styles.length;
for (const one of styles) for (const came of ['load', 'error']) one.addEventListener(came, () => { if ((missing -= 1) === 0) fetchAhead(); });

/** The title and the idea of a scenario stand in the page, in the language in which it was built, and are shown while the rest comes. */
function showTitle() {
  const stage = document.getElementById('stage');
  const early = /** @type {HTMLTemplateElement | null} */ (document.getElementById(`early-${id}`));
  if (!stage || !early || root.lang !== early.dataset.language || !stage.querySelector('#boot')) return;
  document.removeEventListener('readystatechange', showTitle);
  stage.className = `stage ${early.dataset.stage}`;
  stage.prepend(early.content);
}
