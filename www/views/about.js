// What a trace from a file says of itself: its title, how long it is, what recorded it, what it can be made again by; and
// where the next file is chosen.

import { h, setShown } from '../dom.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */

export const defaults = {};

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createAbout(root, { text, act, manifest }) {
  const { t, say } = text;
  const title = h('h1', { tabindex: -1 }, t('scenario.trace.title'));
  const facts = h('p', { class: 'facts' });
  const again = h('p', {});
  const choose = h('button', { class: 'choose', click: act.openFile }, t('trace.choose'));
  root.replaceChildren(title, facts, again, h('p', { class: 'chooser' }, choose, h('span', {}, t('trace.drop'))));

  /** @type {unknown} */
  let drawn;
  return {
    update(frame, { state, picture: { run } }) {
      if (run === drawn) return;
      drawn = run;
      const { about, file } = state.file ?? {};
      root.closest('.stage')?.classList.toggle('bare', about === undefined);
      setShown(again, false);
      if (!about) {
        title.textContent = t('scenario.trace.title');
        facts.replaceChildren(...say('trace.none'));
        return;
      }
      title.textContent = about.title || file || t('scenario.trace.title');
      facts.replaceChildren(...say(about.is_live ? 'trace.facts.live' : 'trace.facts', { file, n: frame.len, ms: run.duration, build: about.build }));
      const known = manifest.scenarios.find(({ id }) => id === about.scenario);
      if (!known || about.is_live) return;
      const params = Object.fromEntries(about.params);
      const link = h('button', { class: 'tool', click: () => act.remake(known.id, params, about.changes) }, t('trace.again', { title: t(`scenario.${known.id}.title`) }));
      again.replaceChildren(link);
      setShown(again, true);
    },
    destroy: () => root.replaceChildren(),
  };
}
