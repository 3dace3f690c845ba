// The map of the keyboard, fetched when somebody asks for it.

import { h } from '../dom.js';
import { BINDINGS } from '../keys.js';

/** @typedef {import('../types.js').Text} Text */

/** How keys are written on the map. @type {Record<string, string>} */
const CAPS = { ArrowLeft: '←', ArrowRight: '→', ' ': 'Space', Escape: 'Esc', 'Shift+': 'Shift ', 'Alt+': 'Alt ' };

/** @param {string} key */
const cap = (key) => key.replace(/ArrowLeft|ArrowRight|Escape|Shift\+|Alt\+|^ $/g, (part) => CAPS[part] ?? part);

/** @param {Text} text */
export function showKeysMap({ t }) {
  document.querySelector('dialog.keys')?.remove();
  const rows = BINDINGS.map(({ keys, name }) => {
    const shown = keys.length > 5 ? [keys[0], '…', keys[keys.length - 1]] : keys;
    return h('tr', {}, h('td', {}, ...shown.map((key) => (key === '…' ? '…' : h('kbd', {}, cap(key))))), h('td', {}, t(`keys.${name}`)));
  });
  const close = h('button', { class: 'tool', click: () => dialog.close() }, t('keys.done'));
  const dialog = h('dialog', { class: 'keys', 'aria-labelledby': 'keys-title', close: () => dialog.remove() },
    h('header', {}, h('h2', { id: 'keys-title' }, t('bar.keys')), close),
    h('table', {}, h('tbody', {}, ...rows)),
    h('p', { class: 'muted' }, t('keys.fields')));
  document.body.append(dialog);
  dialog.showModal();
}
