// The map of the keyboard, fetched when somebody asks for it.

import { h } from '../dom.js';
import { BINDINGS } from '../keys.js';
import { KEYS } from '../timeline/control.js';
import { KEYS as OF_TREES } from './tree.js';
import { KEYS as OF_BYTES } from './writers.js';

/** @typedef {import('../types.js').Text} Text */

/** How keys are written on the map. @type {Record<string, string>} */
const CAPS = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', ' ': 'Space', Escape: 'Esc', 'Shift+': 'Shift ' };

/** @param {string} key */
const cap = (key) => key.replace(/ArrowLeft|ArrowRight|ArrowUp|ArrowDown|Escape|Shift\+|^ $/g, (part) => CAPS[part] ?? part);

/**
 * @param {Text} text
 * @param {import('../types.js').Stage['keys']} own those of a stage without a trace, in place of those for one
 * @param {{ isOn: boolean, change: (isOn: boolean) => void }} characters the switch of the keys that are a single character
 */
export function showKeysMap({ t }, own, characters) {
  document.querySelector('dialog.keys')?.remove();
  const plain = BINDINGS.filter((b) => !b.presents);
  const shown = own ? [...own, ...plain.filter((b) => !b.traced)] : plain;
  /** @param {{ keys: string[], name: string }} binding */
  const row = ({ keys, name }) => {
    const some = keys.length > 5 ? [keys[0], '…', keys[keys.length - 1]] : keys;
    return h('tr', {}, h('td', {}, ...some.map((key) => (key === '…' ? '…' : h('kbd', {}, cap(key))))), h('td', {}, t(`keys.${name}`)));
  };
  /** @param {string} name @param {{ keys: string[], name: string }[]} bindings */
  const group = (name, bindings) => h('tbody', {}, h('tr', {}, h('th', { colspan: 2, scope: 'rowgroup' }, t(`keys.${name}`))), ...bindings.map(row));
  const groups = [
    ...(document.querySelector('.pane.timeline') ? [group('timeline', KEYS)] : []),
    ...(document.querySelector('[data-pane="memory"]') ? [group('bytes', OF_BYTES)] : []),
    ...(own ? [] : [group('tree', OF_TREES)]),
    ...(own ? [] : [group('presenting', BINDINGS.filter((b) => b.presents))]),
  ];
  const box = h('input', { type: 'checkbox', id: 'keys-characters', checked: characters.isOn, change: () => characters.change(box.checked) });
  const close = h('button', { class: 'tool', click: () => dialog.close() }, t('keys.done'));
  const dialog = h('dialog', { class: 'keys', 'aria-labelledby': 'keys-title', close: () => dialog.remove() },
    h('header', {}, h('h2', { id: 'keys-title' }, t('bar.keys')), close),
    h('table', {}, h('tbody', {}, ...shown.map(row)), ...groups),
    h('p', { class: 'switch' }, box, h('label', { for: box.id }, t('keys.characters'))),
    h('p', { class: 'muted' }, t('keys.fields')));
  document.body.append(dialog);
  dialog.showModal();
}
