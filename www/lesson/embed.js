// A lesson inside another page: the sentence, the picture, one line of code, two buttons, and the way to all of it.

import { h, icon, setText } from '../dom.js';
import { createDots } from './dots.js';
import { createHero } from './hero.js';
import { createLines } from './lines.js';
import { createSay } from './say.js';
import { createAnnouncer } from './announcer.js';

/** @typedef {import('../types.js').Stage} Stage */
/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
function createFoot(root, deps) {
  const { text: { t }, act, info } = deps;
  let isOver = false;
  const back = h('button', { class: 'back', 'aria-label': t('lesson.back'), title: t('lesson.back'), click: () => act.moment(false) }, icon('prev'));
  const forward = h('button', { class: 'fwd', click: () => (isOver ? act.first() : act.moment(true)) });
  // It names the moment that is shown: to name it takes a while, and is asked for only where it is followed.
  const open = h('a', { class: 'open', target: '_blank', rel: 'noopener', href: act.linkTo(info.id) }, t('embed.open'));
  for (const sign of ['pointerdown', 'focus', 'click']) open.addEventListener(sign, () => { open.href = act.here(); });
  const view = createDots(deps);
  root.append(back, forward, view.dots, view.clock, open);
  return {
    update(frame, extra) {
      const { cursor, len } = frame;
      isOver = cursor >= len && len > 0;
      back.disabled = cursor === 0;
      setText(forward, t(isOver ? 'lesson.again' : cursor === 0 ? 'embed.start' : 'embed.next'));
      view.update(frame, extra);
    },
    destroy: () => root.replaceChildren(),
  };
}

/**
 * A scenario, whose views stand on a stage, inside another page.
 * @param {Stage} stage
 * @returns {Stage}
 */
export function embedOf(stage) {
  return {
    ...stage,
    mount(root, dock, deps) {
      const { text: { t } } = deps;
      root.className = 'stage embed';
      dock.replaceChildren();
      const lead = h('header', { class: 'lead' });
      const hero = h('section', { class: 'hero', 'aria-label': t('lesson.hero') });
      const code = h('section', { class: 'pane code code2', 'data-pane': 'code', tabindex: -1, 'aria-label': t('pane.code') });
      const foot = h('footer');
      root.replaceChildren(lead, hero, code, foot);
      /** @type {View[]} */
      const views = [createSay(lead, deps), createHero(hero, deps), createLines(code, deps, 0), createFoot(foot, deps), createAnnouncer(deps)];
      return {
        update(shown, state) {
          if (!('frame' in shown)) return;
          for (const view of views) view.update(shown.frame, { state, picture: shown.picture });
          // Before the first step no line says anything; it keeps its layout, by which lines are found.
          code.toggleAttribute('data-idle', code.querySelector('.ln:is(.on, .wait, .bad)') === null);
        },
        destroy() {
          for (const view of views) view.destroy();
          root.replaceChildren();
        },
      };
    },
  };
}
