// The crates that a scenario speaks of: a table, each fact of it a link to where it is said, each crate with the version and the day of
// that.

import { h } from '../dom.js';
import { paneHead } from './pane.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createCrates(root, { text, info }) {
  const { t } = text;
  const { columns, rows, levels } = info.crates;
  const head = h('tr', {}, h('th', { scope: 'col' }, t('crates.crate')), ...columns.map((column) => h('th', { scope: 'col' }, t(`crates.${column}`))));
  const body = rows.map(({ name, version, released, sources }) => h('tr', {},
    h('th', { scope: 'row' }, h('b', {}, text.has(`crate.${name}.title`) ? t(`crate.${name}.title`) : name), h('span', {}, text.has(`crate.${name}.title`) ? `${name} ` : '', t('crates.version', { version })), h('span', {}, h('time', { datetime: released }, released))),
    ...columns.map((column, i) => h('td', { 'data-label': t(`crates.${column}`) },
      h('span', {}, ...text.say(`crate.${name}.${column}`)), ' ',
      h('a', { href: sources[i], rel: 'noreferrer', 'aria-label': t('crates.source_of', { name, what: t(`crates.${column}`) }) }, t('crates.source'))))));
  // Each level is a scenario of its own.
  const links = levels.map(({ name, see }) => h('li', {}, h('a', { href: `?s=${see}` }, t(`crates.level.${name}`))));
  root.replaceChildren(paneHead(text, 'crates', h('span', {}, t('crates.about'))),
    h('div', { class: 'body', tabindex: 0, role: 'group', 'aria-label': t('pane.crates') }, ...(links.length ? [h('ul', { class: 'crates-levels', 'aria-label': t('crates.levels') }, ...links)] : []), h('table', { class: 'crates-table' }, h('thead', {}, head), h('tbody', {}, ...body))));
  return { update() {}, destroy: () => root.replaceChildren() };
}
