// The head of a stage: the idea, the question, the form.

import { h } from '../dom.js';
import { createIdea } from '../views/idea.js';
import { createParams } from '../views/params.js';
import { createPredict } from '../views/predict.js';

/** @typedef {import('../types.js').Deps} Deps */

const HEAD = [
  { area: 'idea', create: createIdea },
  { area: 'predict', create: createPredict },
  { area: 'params', create: createParams },
];

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 */
export function mountHead(root, deps) {
  const head = h('div', { class: 'head' });
  root.append(head);
  return HEAD.map(({ area, create }) => {
    const el = h('section', { class: area, id: `pane-${area}`, tabindex: -1, 'aria-label': deps.text.t(`pane.${area}`) });
    head.append(el);
    return create(el, deps);
  });
}
