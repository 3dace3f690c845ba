// The head of a stage: the idea, the question, the form.

import { h } from '../dom.js';
import { createIdea } from '../views/idea.js';
import { createParams } from '../views/params.js';
import { createPredict } from '../views/predict.js';

/** @typedef {import('../types.js').Deps} Deps */

/** @type {import('./traced.js').Pane[]} */
const HEAD = [
  { area: 'idea', create: createIdea },
  { area: 'predict', create: createPredict },
  { area: 'params', create: createParams },
];

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @param {import('./traced.js').Pane[]} [views] in place of those of a scenario
 */
export function mountHead(root, deps, views = HEAD) {
  const head = h('div', { class: 'head' });
  root.append(head);
  return views.map(({ area, create }) => {
    const el = h('section', { class: area, id: `pane-${area}`, tabindex: -1, 'aria-label': deps.text.t(`pane.${area}`) });
    head.append(el);
    return create(el, deps);
  });
}
