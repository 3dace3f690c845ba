// The list of scenarios by part, with how much of each was seen. On a phone it opens as a menu.

import { h, isForBrowser, setAttr, setShown, setText } from '../dom.js';
import { SEEN } from '../keep.js';
import { TRACE } from '../tracefile.js';

/** @typedef {import('../types.js').ShellDeps} Deps */
/** @typedef {import('../types.js').Shell} Shell */
/** @typedef {import('../types.js').Info} Info */

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {Shell}
 */
export function createRail(root, { text: { t, say }, act, manifest }) {
  setAttr(root, 'aria-label', t('bar.scenarios'));

  /** @param {Info} info */
  const entry = (info) => {
    const link = h('a', {
      href: act.linkTo(info.id), 'data-id': info.id,
      click: (event) => {
        if (isForBrowser(event)) return;
        event.preventDefault();
        act.open(info.id);
      },
    }, h('span', {}, ...say(`scenario.${info.id}.title`)));
    return { info, link, el: h('li', {}, link) };
  };

  const parts = [...new Set(manifest.scenarios.map((s) => s.part))].sort((a, b) => a - b).map((part) => {
    const entries = manifest.scenarios.filter((s) => s.part === part).map(entry);
    const count = h('span');
    const el = h('details', { open: true },
      h('summary', {}, h('span', {}, String(part)), h('b', {}, t(`part.${part}`)), count),
      h('ul', {}, ...entries.map((e) => e.el)));
    return { entries, count, el };
  });
  const unkept = h('p', { class: 'unkept' }, t('rail.unkept'));
  const open = h('button', { class: 'tool', click: act.openFile }, t('rail.open'));
  const save = h('button', { class: 'tool', title: t('rail.save.long'), click: act.saveFile }, t('rail.save'));
  const as = h('button', { class: 'tool', title: t('rail.as.long'), click: act.saveAs }, t('rail.as'));
  root.replaceChildren(...parts.map((p) => p.el), h('div', { class: 'files' }, open, save, as), h('div', { id: 'offline' }), unkept);

  return {
    update(state) {
      for (const { entries, count } of parts) {
        let seen = 0;
        for (const { info, link } of entries) {
          const share = state.progress[info.id] ?? 0;
          seen += share >= SEEN ? 1 : 0;
          link.style.setProperty('--p', `${Math.round(share * 100)}%`);
          setAttr(link, 'aria-current', info.id === state.scenario ? 'page' : undefined);
        }
        setText(count, `${seen}/${entries.length}`);
        setAttr(count, 'title', t('rail.seen', { seen, all: entries.length }));
      }
      setShown(unkept, !state.keeps);
      // What runs without a trace leaves none.
      setShown(save, manifest.scenarios.find(({ id }) => id === state.scenario)?.kind !== 'untraced' && (state.scenario !== TRACE || state.file !== undefined));
    },
    destroy: () => root.replaceChildren(),
  };
}
