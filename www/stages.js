// Which views stand where, by the stage that a scenario's manifest names. An area is a grid area of the
// stage's stylesheet, and the name of its text.

import { createCode } from './views/code.js';
import { createExecutor } from './views/executor.js';
import { createIdea } from './views/idea.js';
import { createMachine } from './views/machine.js';
import { createMemory } from './views/memory.js';
import { createOrder } from './views/order.js';
import { createParams } from './views/params.js';
import { createPredict } from './views/predict.js';
import { createQueues } from './views/queues.js';
import { createSlots } from './views/slots.js';
import { createStaffings } from './views/staffings.js';
import { createTimeline } from './views/timeline.js';
import { h } from './dom.js';

/** @typedef {import('./types.js').CreateView} CreateView */
/** @typedef {import('./types.js').Deps} Deps */
/**
 * @typedef {object} Pane
 * @property {string} area
 * @property {CreateView} create
 * @property {string} [like] the pane that it stands for: the same key leads to it
 */

/** @type {Pane[]} */
const HEAD = [
  { area: 'idea', create: createIdea },
  { area: 'predict', create: createPredict },
  { area: 'params', create: createParams },
];

/** @type {Record<import('./types.js').Info['stage'], Pane[]>} */
const STAGES = {
  scene: [
    { area: 'code', create: createCode },
    { area: 'machine', create: createMachine },
    { area: 'timeline', create: createTimeline },
    { area: 'executor', create: createExecutor },
    { area: 'memory', create: createMemory },
  ],
  slots: [
    { area: 'slots', create: createSlots, like: 'memory' },
    { area: 'code', create: createCode },
  ],
  queues: [
    { area: 'code', create: createCode },
    { area: 'queues', create: createQueues, like: 'executor' },
    { area: 'order', create: createOrder, like: 'timeline' },
  ],
  staffings: [
    { area: 'staffings', create: createStaffings, like: 'timeline' },
    { area: 'code', create: createCode },
    { area: 'executor', create: createExecutor },
  ],
};

/**
 * Fills the stage for the scenario that is open.
 * @param {HTMLElement} root
 * @param {Deps} deps
 */
export function mountStage(root, deps) {
  root.className = `stage ${deps.info.stage}`;
  const head = h('div', { class: 'head' });
  root.replaceChildren(head);
  const inHead = HEAD.map(({ area, create }) => {
    const el = h('section', { class: area, 'aria-label': deps.text.t(`pane.${area}`) });
    head.append(el);
    return create(el, deps);
  });
  const panes = STAGES[deps.info.stage].map(({ area, create, like }) => {
    const el = h('section', { class: `pane ${area}`, 'data-pane': like ?? area, tabindex: -1, 'aria-label': deps.text.t(`pane.${area}`) });
    root.append(el);
    return create(el, deps);
  });
  return [...inHead, ...panes];
}
