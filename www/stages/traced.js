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

/** What is wrong with a run; and of one that can be made again, what can be changed in it. @param {boolean} isMadeAgain @returns {Pane} */
const inspector = (isMadeAgain) => ({
  area: 'inspector',
  create: later('inspector', () => import('../views/inspector.js').then((view) => view.createInspector), (state) => ['findings', 'outline'].includes(state.inspector) || isMadeAgain && state.inspector !== '', { part: 'inspector', unfetched: 'notice.unfetched' }),
});
const INSPECTORS = { again: inspector(true), once: inspector(false) };

/**
 * @param {Pane[]} panes
 * @param {Counter[]} counters those that stand in the dock
 * @param {{ look?: string, head?: Pane[] }} [own] the classes that it is laid out by, and its head, where not as its scenario's
 * @returns {Stage & { panes: Pane[] }}
 */
export function traced(panes, counters, { look, head } = {}) {
  return {
    panes,
    mount(root, dock, deps) {
      root.className = `stage ${look ?? deps.info.stage}`;
      root.replaceChildren();
      const inHead = mountHead(root, deps, head);
      const isMadeAgain = deps.info.kind === 'deterministic';
      const inPanes = [...panes, isMadeAgain ? INSPECTORS.again : INSPECTORS.once].map(({ area, name = area, create, like }) => {
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
      const inspectors = h('div', { class: 'inspectors' });
      transport.append(inspectors);
      views.push(createInspectors(inspectors, deps));
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
