// The bar: where one is, the link to this step, the keyboard map, theme and language.

import { h, icon, setAttr, setShown, setText, svg } from '../dom.js';
import { LANGUAGES } from '../languages.js';
import { hasViews, isTiled } from '../stages.js';

/** @typedef {import('../types.js').ShellDeps} Deps */
/** @typedef {import('../types.js').Shell} Shell */

export const defaults = {};

const logo = () => svg('svg', { viewBox: '0 0 18 18', 'aria-hidden': 'true' },
  svg('circle', { cx: 9, cy: 9, r: 7.6, fill: 'none', stroke: 'currentColor', 'stroke-width': 1.6 }),
  svg('path', { d: 'M1.4 9H6M12 9h4.6', stroke: 'currentColor', 'stroke-width': 1.6 }),
  svg('rect', { x: 6, y: 6, width: 6, height: 6, rx: 1, fill: 'currentColor' }));

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {Shell}
 */
export function createBar(root, { text: { t }, act, manifest }) {
  const menu = h('button', { class: 'tool menu', 'aria-label': t('bar.scenarios'), 'aria-expanded': 'false', 'aria-controls': 'rail', click: act.menu }, icon('menu'));
  const [part, id] = [h('span'), h('b')];
  const theme = h('button', { class: 'tool', 'data-theme-switch': true, 'aria-pressed': 'false', 'aria-label': t('bar.theme'), title: t('bar.theme'), click: act.theme }, icon('theme'));
  const languages = LANGUAGES.map((language) => h('button', {
    lang: language, 'data-lang': language, 'aria-pressed': 'false', title: t(`language.${language}`), click: () => act.language(language),
  }, t(`language.${language}.short`)));

  const views = h('button', { class: 'tool views', 'aria-pressed': 'false', title: t('bar.views.long'), 'aria-label': t('bar.views'), click: act.views }, icon('tiles'), h('span', { class: 'long' }, t('bar.views')));

  const present = h('button', { class: 'tool screen', title: t('bar.present.long'), 'aria-label': t('bar.present'), click: () => act.present() }, icon('screen'), h('span', { class: 'long' }, t('bar.present')));

  root.replaceChildren(
    menu,
    // To the start page, which is another page.
    h('a', { class: 'brand', href: './' }, logo(), t('brand'), h('small', {}, t('brand.line'))),
    h('p', { class: 'crumbs' }, part, h('span', { 'aria-hidden': 'true' }, '/'), id),
    h('div', { class: 'tools' },
      views,
      present,
      h('button', { class: 'tool link', title: t('bar.link.long'), 'aria-label': t('bar.link'), click: act.copyLink }, icon('share'), h('span', { class: 'long' }, t('bar.link'))),
      h('button', { class: 'tool keys', 'aria-label': t('bar.keys'), title: t('bar.keys'), click: act.help }, icon('keys')),
      theme,
      h('div', { class: 'seg', role: 'group', 'aria-label': t('bar.language') }, ...languages)),
  );
  return {
    update(state) {
      const info = manifest.scenarios.find((s) => s.id === state.scenario);
      setText(part, info ? t('bar.part', { part: info.part, name: t(`part.${info.part}`) }) : '');
      setText(id, state.scenario);
      document.body.classList.toggle('menu-open', state.menu);
      setAttr(menu, 'aria-expanded', String(state.menu));
      setAttr(views, 'aria-pressed', String(isTiled(state)));
      setShown(views, info !== undefined && hasViews(info));
      setShown(present, info !== undefined);
      setAttr(theme, 'aria-pressed', String(state.theme === 'dark'));
      for (const button of languages) setAttr(button, 'aria-pressed', String(button.lang === state.language));
    },
    destroy: () => root.replaceChildren(),
  };
}
