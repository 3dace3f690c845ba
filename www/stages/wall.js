// A pixel a future, and beside it what is counted, what they are in, and the form.

import { h, icon } from '../dom.js';
import { createCode } from '../views/code.js';
import { createIdea } from '../views/idea.js';
import { createParams } from '../views/params.js';
import { createWall } from '../views/wall.js';
import { createWallDock } from '../views/walldock.js';
import { createWallFigures } from '../views/wallfigures.js';
import { beginWall } from '../wall/run.js';

/** @typedef {import('../types.js').Stage} Stage */
/** @typedef {import('../wall/run.js').WallRun} WallRun */

/** On a projector: the wall, and what its last frame was. @type {Stage['mount']} */
function present(root, dock, deps) {
  const { text: { t, say }, info, act } = deps;
  root.className = 'stage present wall';
  dock.replaceChildren();
  const wall = h('section', { class: 'pane futures', 'data-pane': 'machine', tabindex: -1, 'aria-label': t('pane.futures') });
  const [lead, counted] = [h('div', { class: 'told' }), h('section', { class: 'figures', 'aria-label': t('pane.figures') })];
  const blank = h('div', { class: 'blank', hidden: true });
  root.replaceChildren(
    h('header', { class: 'lead' }, h('h1', { class: 'vh', tabindex: -1 }, ...say(`scenario.${info.id}.title`)), lead), wall,
    h('footer', {}, counted, h('div', { class: 'tools' }, h('button', { class: 'tool', 'aria-label': t('present.leave'), title: t('present.leave'), click: () => act.present() }, icon('close')))), blank);
  // A screen at the other end of a room has no pixel to show.
  const views = [createWall(wall, deps, { small: Infinity }), createWallFigures(counted, deps), createWallDock(lead, deps)];
  return {
    update(shown, state) {
      blank.hidden = !state.blank;
      if (!('live' in shown)) return;
      const run = /** @type {WallRun} */ (shown.live);
      run.run(state.playing);
      for (const view of views) view.update(run, state);
    },
    destroy() {
      for (const view of views) view.destroy();
      root.replaceChildren();
    },
  };
}

/** @type {Stage} */
export const stage = {
  styles: 'wall',
  keys: [
    { keys: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'], name: 'wall.choose' },
    { keys: ['Shift+ArrowLeft', 'Shift+ArrowRight'], name: 'wall.leap' },
    { keys: ['Enter'], name: 'wall.wake' },
    { keys: ['Home', 'End'], name: 'wall.ends' },
    { keys: ['+', '-'], name: 'wall.size' },
  ],
  variants: async () => ({ present }),
  begin: beginWall,
  mount(root, dock, deps) {
    const { t } = deps.text;
    const wall = h('section', { class: 'pane futures', 'data-pane': 'machine', tabindex: -1, 'aria-label': t('pane.futures') });
    const [idea, figures, params] = ['idea', 'figures', 'params'].map((area) => h('section', { class: area, id: `pane-${area}`, tabindex: -1, 'aria-label': t(`pane.${area}`) }));
    // Where there is room for it, it is there; elsewhere it lies over the wall when it is wanted.
    const roomy = matchMedia('(min-width: 1700px)').matches;
    const code = h('section', { class: 'pane code', id: 'wall-code', 'data-pane': 'code', tabindex: -1, hidden: !roomy, 'aria-label': t('pane.code') });
    const show = h('button', { class: 'tool', 'aria-expanded': String(roomy), 'aria-controls': code.id, click: () => {
      code.hidden = !code.hidden;
      show.setAttribute('aria-expanded', String(!code.hidden));
    } }, t('wall.code'));
    root.className = 'stage wall';
    root.replaceChildren(wall, h('aside', { class: 'beside', 'aria-label': t('pane.beside') }, idea, figures, params, show), code);

    const still = [createIdea(idea, deps), createCode(code, deps)];
    const form = createParams(params, deps);
    const views = [createWall(wall, deps), createWallFigures(figures, deps), createWallDock(dock, deps)];
    return {
      update(shown, state) {
        form.update(undefined, { state });
        if (!('live' in shown)) return;
        const run = /** @type {WallRun} */ (shown.live);
        run.run(state.playing);
        for (const view of views) view.update(run, state);
      },
      destroy() {
        for (const view of [...still, form, ...views]) view.destroy();
      },
    };
  },
};
