// Why nothing can be changed in a run that was recorded live; and where its scenario can be made, too, the way there.

import { h } from '../dom.js';
import { fieldsOf } from '../schema.js';
import { valueWords } from '../words.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */

/** @param {HTMLElement} root @param {Deps} deps @returns {View} */
export function createOnce(root, { text, act, info }) {
  const { live } = info;
  const made = live && fieldsOf(info.schema).find(({ name }) => name === live.field);
  root.append(h('p', {}, text.t('once.why')), ...(made ? [h('button', { class: 'link', click: () => act.change(made.name, made.initial) },
    `${text.t(`field.${made.name}`)}: ${valueWords(text, made.name, made.initial)}`)] : []));
  return {
    update() {},
    destroy: () => root.replaceChildren(),
  };
}
