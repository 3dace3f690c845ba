// A scenario's page: the story at the left, one picture with its code at the right, every other view a line below.

import { h } from '../dom.js';
import { fieldsOf } from '../schema.js';
import { later } from '../stages/later.js';
import { createOutlineLater } from '../stages/outlined.js';
import { turn } from '../turns.js';
import { createLessonCode } from './code.js';
import { createColumn } from './column.js';
import { createFolds } from './folds.js';
import { createGo } from './go.js';
import { createGuess } from './guess.js';
import { createHero } from './hero.js';
import { createForm, introOf } from './intro.js';
import { createTerms } from './terms.js';
import { createAnnouncer } from './announcer.js';
import { createOnce } from './once.js';
import { createValues } from './values.js';

/** @typedef {import('../types.js').Stage} Stage */
/** @typedef {import('../types.js').View} View */

const INSPECTOR = {
  area: 'inspector', name: 'findings',
  create: later('inspector', () => import('../views/inspector.js').then(({ createInspector }) => (/** @type {HTMLElement} */ root, /** @type {import('../types.js').Deps} */ deps) => createInspector(root, deps, { stands: true })), () => true, { part: 'inspector', unfetched: 'notice.unfetched' }),
};

/**
 * A view that is made in a task of its own, or with what is to be seen in it if that is there sooner. So the page that opens is not
 * held up for those that a reader comes to later.
 * @param {() => View} create
 * @returns {View}
 */
function soon(create) {
  /** @type {View | undefined} */
  let view;
  let isGone = false;
  const made = () => (view ??= create());
  void turn().then(() => isGone || made());
  return {
    update: (frame, extra) => made().update(frame, extra),
    destroy() {
      isGone = true;
      view?.destroy();
    },
  };
}

/** Of a run that is recorded live, in place of what may be changed in it. */
const ONCE = { area: 'once', create: createOnce };

const OUTLINE = { area: 'outline', create: createOutlineLater };

const CRATES = { area: 'crates', create: later('crates', () => import('../views/crates.js').then((view) => view.createCrates), () => true, { unfetched: 'notice.unfetched' }) };

/**
 * The lesson of a scenario whose views stand on a stage.
 * @param {Stage} stage
 * @returns {Stage}
 */
export function lessonOf(stage) {
  const { panes = [] } = stage;
  return {
    ...stage,
    mount(root, dock, deps) {
      const { text: { t }, info } = deps;
      const isMadeAgain = info.kind === 'deterministic';
      const others = panes.filter(({ area }) => area !== 'code' && area !== 'sweep');
      root.className = 'stage lesson';
      dock.replaceChildren();
      const terms = createTerms(deps.text);
      const intro = introOf(deps, terms);
      const [guess, column] = [h('section', { class: 'guess', 'aria-label': t('pane.predict') }), h('div', { class: 'column' })];
      const story = h('section', { class: 'story', 'aria-label': t('lesson.story') }, intro, guess, column);
      const hero = h('section', { class: 'hero', 'aria-label': t('lesson.hero') });
      const code = h('section', { class: 'pane code code2', 'data-pane': 'code', tabindex: -1, 'aria-label': t('pane.code') });
      const rest = h('div', { class: 'rest' });
      root.replaceChildren(story, h('div', { class: 'fig' }, hero, code, rest));
      const closing = h('div', { class: 'closing' });
      /** @type {View[]} */
      const views = [
        createValues(intro, deps),
        createGuess(guess, closing, deps, terms),
        createColumn(column, deps, terms, closing),
        createGo(story, deps),
        createHero(hero, deps),
        soon(() => createLessonCode(code, deps)),
        soon(() => createFolds(rest, deps, [...others, ...(info.crates.rows.length ? [CRATES] : []), isMadeAgain ? INSPECTOR : ONCE, OUTLINE])),
        createAnnouncer(deps),
      ];
      if (fieldsOf(info.schema).length) views.push(createForm(intro, deps));
      return {
        update(shown, state) {
          if (!('frame' in shown)) return;
          root.dataset.begun = String(state.cursor > 0);
          for (const view of views) view.update(shown.frame, { state, picture: shown.picture });
        },
        destroy() {
          for (const view of views) view.destroy();
          terms.destroy();
          root.replaceChildren();
        },
      };
    },
  };
}
