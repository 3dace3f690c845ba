// The head of a story column: the title, the idea, and behind a line all parameters.

import { h } from '../dom.js';
import { createParams } from '../views/params.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */

/** The title and the idea, with its terms as soon as they are there. @param {Deps} deps @param {import('./terms.js').Terms} terms */
export function introOf({ text: { say }, info }, terms) {
  const words = () => say(`scenario.${info.id}.idea`);
  const idea = h('p', { class: 'idea' }, ...words());
  void terms.loaded.then(() => idea.replaceChildren(...terms.mark([words()])[0] ?? []));
  return h('div', { class: 'intro' }, h('h1', { tabindex: -1 }, ...say(`scenario.${info.id}.title`)), idea);
}

/** @param {HTMLElement} root @param {Deps} deps @returns {View} */
export function createForm(root, deps) {
  const form = h('section', { class: 'params' });
  const details = h('details', { class: 'all-params' }, h('summary', {}, deps.text.t('lesson.params')), form);
  root.append(details);
  const params = createParams(form, deps);
  return {
    update(frame, extra) {
      params.update(frame, extra);
      // What is wrong is said where it belongs: in the form.
      if (extra.state.errors.length) details.open = true;
    },
    destroy: () => params.destroy(),
  };
}
