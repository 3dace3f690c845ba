// A page with one machine and nothing else: it lowers and runs a program in the workbench, and shows its trace in the view of
// machines, or as the large picture. What the test of machines stands on.

import { createHero } from '../../../www/heroes/machine.js';
import { addStyles } from '../../../www/styles.js';
import { loadText } from '../../../www/text.js';
import { createMachine } from '../../../www/views/machine.js';

const glue = async (name) => {
  const module = await import(new URL(`engine/${name}.js`, location.href).href);
  await module.default();
  return module;
};
const [workbench, viewer] = await Promise.all([glue('workbench'), glue('viewer'), addStyles('heroes')]);
/** @type {Map<string, unknown>} */
const runs = new Map();
let shown;

const runOf = (source) => {
  if (!runs.has(source)) {
    const run = new viewer.Run();
    const program = new workbench.Workbench(source, '');
    program.run('main', 'test', '', 0, '', new workbench.Limits(), (chunk) => run.append(chunk));
    run.close();
    runs.set(source, run);
  }
  return runs.get(source);
};

const box = ({ width, height }) => {
  const el = document.createElement('div');
  el.className = 'box';
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`.box { position: fixed; inset: 0 auto auto 0; width: ${width}px; ${height ? `height: ${height}px; overflow: hidden;` : ''} background: var(--pane); }`);
  document.adoptedStyleSheets = [sheet];
  document.body.replaceChildren(el);
  return el;
};

window.harness = {
  async open(source, { as = 'view', language = 'en', theme = 'light', width = 680, height = as === 'view' ? 0 : 520 } = {}) {
    shown?.destroy();
    document.documentElement.dataset.theme = theme;
    document.documentElement.lang = language;
    const text = await loadText(language, ['page', 'heroes']);
    const run = runOf(source);
    const root = box({ width, height });
    const files = [{ name: run.frame(run.length, 0).machines[0].file, source }];
    let view;
    if (as === 'view') {
      const pane = document.createElement('section');
      pane.className = 'pane machine';
      root.append(pane);
      view = createMachine(pane, { text });
    } else {
      view = createHero({ text, goTo() {}, code: { files, spans: {} } });
      root.append(view.element, view.list);
    }
    const size = { width, height, small: width < 560 };
    shown = {
      at: (cursor) => (as === 'view' ? view.update(run.frame(cursor, 0), {}) : view.update({ run, cursor, seen: cursor, deciding: { at: 0, isKnown: false }, size, params: {}, motion: false })),
      destroy: () => view.destroy(),
    };
    shown.at(0);
    await document.fonts.ready;
    return run.length;
  },
  at: (cursor) => shown.at(cursor),
  machines: (source, cursor) => runOf(source).frame(cursor, 0).machines,
};
