// The bar that names what is changed in the run, and what it is compared with. Each can be taken away.

import { h, icon, setShown } from '../dom.js';
import { brief } from '../url.js';
import { fieldWords, valueWords } from '../words.js';

/** @typedef {import('../types.js').ShellDeps} Deps */
/** @typedef {import('../types.js').Shell} Shell */

export const defaults = {};

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {Shell}
 */
export function createChanges(root, { text, act }) {
  const { t } = text;
  /** @param {import('../types.js').Made} made */
  const wordsOf = ({ change, kind, whom, cursor, exact }) => (exact
    ? t(`change.${kind}`, { at: cursor, of: whom })
    : t('change.nowhere', { change: brief(change) }));

  /** @param {string} words @param {() => void} remove @param {() => void} [go] */
  const item = (words, remove, go) => h('li', {},
    go ? h('button', { 'aria-label': t('changes.go', { change: words }), click: go }, words) : h('span', {}, words),
    h('button', { class: 'take', 'aria-label': t('changes.remove', { change: words }), title: t('changes.remove', { change: words }), click: remove }, icon('close')));

  let drawn = '';
  return {
    update({ scenario, params, changes, compared }) {
      const key = JSON.stringify([scenario, params, changes, compared]);
      if (key === drawn) return;
      drawn = key;
      const all = changes ? act.changesMade() : [];
      const fields = Object.entries(compared);
      setShown(root, all.length + fields.length > 0);
      root.setAttribute('aria-label', t(all.length ? 'changes' : 'changes.compared'));
      root.replaceChildren();
      if (all.length) {
        root.append(h('div', {}, h('b', {}, t('changes')), h('ul', {}, ...all.map((made) => item(wordsOf(made), () => act.changed(made.without), () => act.go(made.cursor))))));
      }
      if (fields.length) {
        root.append(h('div', {}, h('b', {}, t('changes.compared')), h('ul', {}, ...fields.map(([field, value]) => {
          const words = t('what_if.compared.do', { field: fieldWords(text, field), value: brief(valueWords(text, field, value)) });
          return item(words, () => act.compareWith(Object.fromEntries(fields.filter(([other]) => other !== field))));
        }))));
      }
      root.append(h('button', { class: 'tool', click: act.original }, t('changes.back')));
    },
    destroy: () => root.replaceChildren(),
  };
}
