// A lesson on a projector: the sentence, the picture and its code fill the screen, and grow with it. It is driven by the keys of
// a clicker; nothing else is on the screen but where one is.

import { h, icon, setShown } from '../dom.js';
import { createDots } from './dots.js';
import { createHero } from './hero.js';
import { createLines } from './lines.js';
import { createSay } from './say.js';
import { createAnnouncer } from './announcer.js';

/** @typedef {import('../types.js').Stage} Stage */
/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */

/** The screen that sizes are said for, in px, and how much larger than on the page its picture is there. */
const SCREEN = { width: 1920, height: 1080, picture: 1.85 };
/** What a picture needs to stand at ease, in its own px. */
const ROOM = { width: 720, height: 430 };

/** How many px of the screen are one of a picture's, where it has so much room. @type {import('./hero.js').Scale} */
export const onScreen = (width, height) => Math.min(
  SCREEN.picture * Math.min(innerWidth / SCREEN.width, innerHeight / SCREEN.height), Math.max(width / ROOM.width, 0.5), Math.max(height / ROOM.height, 0.5));

/**
 * Where one is. The buttons are for a hand on the mouse; a clicker has its keys.
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
function createFoot(root, deps) {
  const { text: { t }, act } = deps;
  const view = createDots(deps);
  /** @param {string} name @param {string} ic @param {() => void} click */
  const button = (name, ic, click) => h('button', { class: 'tool', 'aria-label': t(`present.${name}`), title: t(`present.${name}`), click }, icon(ic));
  root.append(view.dots, h('div', { class: 'tools' },
    button('back', 'prev', () => act.moment(false)), button('next', 'next', () => act.moment(true)), button('code', 'braces', act.bare), button('leave', 'close', () => act.present())), view.clock);
  return { ...view, destroy: () => root.replaceChildren() };
}

/**
 * The presentation of a scenario whose views stand on a stage.
 * @param {Stage} stage
 * @returns {Stage}
 */
export function presentOf(stage) {
  return {
    ...stage,
    mount(root, dock, deps) {
      const { text: { t } } = deps;
      root.className = 'stage present';
      dock.replaceChildren();
      const lead = h('header', { class: 'lead' });
      const hero = h('section', { class: 'hero', 'aria-label': t('lesson.hero') });
      const code = h('section', { class: 'pane code code2', 'data-pane': 'code', tabindex: -1, 'aria-label': t('pane.code') });
      const foot = h('footer');
      const blank = h('div', { class: 'blank', hidden: true });
      root.replaceChildren(lead, hero, code, foot, blank);
      /** @type {View[]} */
      const views = [createSay(lead, deps), createHero(hero, deps, onScreen), createLines(code, deps), createFoot(foot, deps), createAnnouncer(deps)];
      return {
        update(shown, state) {
          if (!('frame' in shown)) return;
          setShown(blank, state.blank);
          root.toggleAttribute('data-bare', state.bare);
          for (const view of views) view.update(shown.frame, { state, picture: shown.picture });
        },
        destroy() {
          for (const view of views) view.destroy();
          root.replaceChildren();
        },
      };
    },
  };
}
