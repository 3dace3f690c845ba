// The first two links of the page: past the bar and the list of scenarios. They are seen while they have the focus.

import { h } from '../dom.js';
import { leadTo } from '../focus.js';

/** @typedef {import('../types.js').ShellDeps} Deps */
/** @typedef {import('../types.js').Shell} Shell */

/** What each leads to. */
export const defaults = { stage: '#stage h1', play: '#dock .play' };

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {Shell}
 */
export function createSkips(root, { text: { t } }) {
  root.setAttribute('aria-label', t('skip'));
  root.replaceChildren(...Object.entries(defaults).map(([name, to]) => h('a', {
    href: `#${name === 'play' ? 'dock' : name}`,
    click: (event) => {
      // The address is the run's.
      event.preventDefault();
      leadTo(to);
    },
  }, t(`skip.${name}`))));
  return { update() {}, destroy: () => root.replaceChildren() };
}
