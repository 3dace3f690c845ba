// The bar: where one is, the link to this step, the keyboard map, theme and language.

import { h, icon, isForBrowser, setAttr, setShown, setText, svg } from '../dom.js';
import { LANGUAGES } from '../languages.js';
import { hasViews, isTiled } from '../stages.js';
import { TRACE } from '../tracefile.js';

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
  const theme = h('button', { class: 'tool', 'data-theme-switch': true, 'aria-pressed': 'false', 'aria-label': t('bar.theme'), title: t('bar.theme'), click: act.theme }, icon('theme'));
  const languages = LANGUAGES.map((language) => h('button', {
    lang: language, 'data-lang': language, 'aria-pressed': 'false', title: t(`language.${language}`), click: () => act.language(language),
  }, t(`language.${language}.short`)));

  const views = h('button', { class: 'tool views', 'aria-pressed': 'false', title: t('bar.views.long'), 'aria-label': t('bar.views'), click: act.views }, icon('tiles'), h('span', { class: 'long' }, t('bar.views')));

  const present = h('button', { class: 'tool screen', title: t('bar.present.long'), 'aria-label': t('bar.present'), click: () => act.present() }, icon('screen'), h('span', { class: 'long' }, t('bar.present')));

  const crumbs = h('p', { class: 'crumbs', hidden: true });
  const ids = manifest.scenarios.map(({ id }) => id);
  /** The scenario before or after, by its title. @param {number} by */
  const neighbour = (by) => {
    const title = h('span');
    const link = h('a', { class: by < 0 ? 'before' : 'after', click: (event) => {
      if (isForBrowser(event)) return;
      event.preventDefault();
      act.neighbour(by);
    } }, ...(by < 0 ? [icon('prev'), title] : [title, icon('next')]));
    return {
      link,
      /** @param {string} scenario */
      update(scenario) {
        const at = ids.indexOf(scenario);
        const id = at < 0 ? undefined : ids[at + by];
        setShown(link, scenario !== '' && id !== undefined);
        if (id === undefined) return;
        const name = t(`scenario.${id}.title`);
        setText(title, name);
        setAttr(link, 'href', act.linkTo(id));
        setAttr(link, 'aria-label', t(by < 0 ? 'bar.before' : 'bar.after', { title: name }));
        setAttr(link, 'title', name);
      },
    };
  };
  const turns = [-1, 1].map(neighbour);

  root.replaceChildren(
    menu,
    // To the start page, which is another page.
    h('a', { class: 'brand', href: './' }, logo(), t('brand'), h('small', {}, t('brand.line'))),
    crumbs,
    h('nav', { class: 'neighbours', 'aria-label': t('bar.turn') }, ...turns.map(({ link }) => link)),
    h('div', { class: 'tools' },
      views,
      present,
      h('button', { class: 'tool link', title: t('bar.link.long'), 'aria-label': t('bar.link'), click: act.copyLink }, icon('share'), h('span', { class: 'long' }, t('bar.link'))),
      h('button', { class: 'tool keys', 'aria-label': t('bar.keys'), title: t('bar.keys'), click: act.help }, icon('keys')),
      theme,
      h('div', { class: 'seg', role: 'group', 'aria-label': t('bar.language') }, ...languages)),
  );
  /** Where one is: drawn when that changes, and not at each step. @param {string} scenario */
  const place = (scenario) => {
    const info = manifest.scenarios.find((s) => s.id === scenario);
    const part = manifest.scenarios.filter((one) => one.part === info?.part);
    if (info) setText(crumbs, t('bar.part', { name: t(`part.${info.part}`), at: part.indexOf(info) + 1, of: part.length }));
    for (const turn of turns) turn.update(scenario);
    // Until it is known which one, as most are: what comes later would move the rest.
    setShown(views, info ? hasViews(info) : scenario !== TRACE);
    setShown(present, scenario !== TRACE);
    setShown(crumbs, info !== undefined);
  };
  /** @type {string | undefined} */
  let placed;
  return {
    update(state) {
      if (state.scenario !== placed) place(placed = state.scenario);
      document.body.classList.toggle('menu-open', state.menu);
      setAttr(menu, 'aria-expanded', String(state.menu));
      setAttr(views, 'aria-pressed', String(isTiled(state)));
      setAttr(theme, 'aria-pressed', String(state.theme === 'dark'));
      for (const button of languages) setAttr(button, 'aria-pressed', String(button.lang === state.language));
    },
    destroy: () => root.replaceChildren(),
  };
}
