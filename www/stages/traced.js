// A stage that shows a trace at a cursor: head, panes, and the dock with sentence, counters and transport. An area
// is a grid area of the stage's stylesheet, and the name of its text.

import { h } from '../dom.js';
import { createCounters } from '../views/counters.js';
import { createNarrator } from '../views/narrator.js';
import { createTransport } from '../views/transport.js';
import { createInspectors } from '../views/inspectors.js';
import { mountHead } from './head.js';
import { later } from './later.js';

/** @typedef {import('../types.js').CreateView} CreateView */
/** @typedef {import('../types.js').Stage} Stage */
/** @typedef {import('../types.js').Counter} Counter */
/**
 * @typedef {object} Pane
 * @property {string} area
 * @property {CreateView} create
 * @property {string} [name] its own name, where the area is another's
 * @property {string} [like] the pane that it stands for: the same key leads to it
 */

/** A live run cannot be made again: there is nothing to change in it. @type {Pane} */
const INSPECTOR = {
  area: 'inspector',
  create: later('inspector', () => import('../views/inspector.js').then((view) => view.createInspector), (state) => state.inspector !== '', { part: 'inspector', unfetched: 'notice.unfetched' }),
};

/**
 * @param {Pane[]} panes
 * @param {Counter[]} counters those that stand in the dock
 * @returns {Stage}
 */
export function traced(panes, counters) {
  return {
    panes,
    mount(root, dock, deps) {
      root.className = `stage ${deps.info.stage}`;
      root.replaceChildren();
      const inHead = mountHead(root, deps);
      const isMadeAgain = deps.info.kind === 'deterministic';
      const inPanes = [...panes, ...(isMadeAgain ? [INSPECTOR] : [])].map(({ area, name = area, create, like }) => {
        const el = h('section', { class: `pane ${area}`, id: `pane-${area}`, 'data-pane': like ?? area, tabindex: -1, 'aria-label': deps.text.t(`pane.${name}`) });
        root.append(el);
        return create(el, deps);
      });
      const [narrator, counts, transport] = [h('div', { class: 'say' }), h('dl', { class: 'counters' }), h('div', { class: 'transport' })];
      dock.replaceChildren(h('div', { class: 'readout' }, narrator, counts), transport);
      const views = [
        ...inHead, ...inPanes,
        createNarrator(narrator, deps), createCounters(counts, { ...deps, counters }), createTransport(transport, deps),
      ];
      if (isMadeAgain) {
        const inspectors = h('div', { class: 'inspectors' });
        transport.append(inspectors);
        views.push(createInspectors(inspectors, deps));
      }
      return {
        update(shown, state) {
          if (!('frame' in shown)) return;
          for (const view of views) view.update(shown.frame, { state, picture: shown.picture });
        },
        destroy() {
          for (const view of views) view.destroy();
        },
      };
    },
  };
}
