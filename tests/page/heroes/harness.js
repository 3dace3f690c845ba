// A page with one hero and nothing else: it makes a run, mounts the hero that the manifest names, and goes to a cursor.
// What the tests of heroes stand on.

import { loadEngine } from '../../../www/engine.js';
import { exploreAll } from '../../../www/explore.js';
import { hasHero, loadHero } from '../../../www/heroes/index.js';
import { stage as costs } from '../../../www/stages/costs.js';
import { loadText } from '../../../www/text.js';

const engine = await loadEngine();
const { scenarios } = await (await fetch('./manifest.json')).json();
/** @type {Map<string, unknown>} */
const runs = new Map();
let hero;
let open;

const runOf = async (info, params, changes) => {
  const name = JSON.stringify([info.id, params, changes]);
  if (!runs.has(name)) runs.set(name, (await engine.run(info, params, { changes })).run);
  return runs.get(name);
};

window.harness = {
  scenarios: scenarios.filter((info) => hasHero(info.hero)).map(({ id, hero: name, kind }) => ({ id, hero: name, kind })),
  offered: [],
  async open(id, { params = {}, changes = '', language = 'en', theme = 'light', width = 980, height = 520, small = width < 560 } = {}) {
    hero?.destroy();
    document.documentElement.dataset.theme = theme;
    document.documentElement.lang = language;
    const info = scenarios.find((s) => s.id === id);
    const text = await loadText(language, ['page', info.id, 'heroes', 'workers']);
    const code = await (await fetch(`./code/${id}.json`)).json();
    const { createHero } = await loadHero(info.hero);
    const live = info.kind === 'untraced' ? await costs.begin({ info, params, ended() {}, seen() {}, trapped() {} }) : undefined;
    const run = live ? undefined : await runOf(info, params, changes);
    // All orders, where the picture asks for them: they are here before it is drawn.
    const explored = info.hero === 'orders' ? await new Promise((found) => exploreAll(id, params, found)) : undefined;
    const went = [];
    const offered = (window.harness.offered = []);
    hero = createHero({
      text, code, goTo: (cursor) => went.push(cursor), offer: (change) => offered.push(change), changed: (changes) => offered.push(`changes ${changes}`), explore: () => explored,
      setParam: (...param) => offered.push(param.join('=')), crates: info.crates, visit: (id) => offered.push(`visit ${id}`), reducedMotion: false,
    });
    const box = document.createElement('div');
    box.className = 'box';
    box.append(hero.element, hero.list);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`.box { position: fixed; inset: 0 auto auto 0; width: ${width}px; height: ${height}px; background: var(--pane); overflow: hidden; }`);
    document.adoptedStyleSheets = [sheet];
    document.body.replaceChildren(box);
    open = { run, live, size: { width, height, small }, params, went, deciding: run ? run.findings().all[0]?.cursor ?? run.length : 0 };
    await document.fonts.ready;
    return { length: run?.length ?? 0, deciding: open.deciding };
  },
  at(cursor, { isKnown = false, motion = false, seen = cursor } = {}) {
    const { run, live, size, params, deciding } = open;
    hero.update({ run, live, cursor, seen, deciding: { at: deciding, isKnown }, size, params, motion });
    return run ? run.describe(cursor).kind : '';
  },
  /** The cursors that the hero has asked for. */
  get went() {
    return open.went;
  },
};
