// A scenario's page: the story at the left, one picture with its code at the right, every other view a line below.

import { h } from '../dom.js';
import { createParams } from '../views/params.js';
import { later } from '../stages/later.js';
import { createLessonCode } from './code.js';
import { createColumn } from './column.js';
import { createFolds } from './folds.js';
import { createGo } from './go.js';
import { createGuess } from './guess.js';
import { createHero } from './hero.js';
import { createTerms } from './terms.js';
import { createTold } from './told.js';
import { createValues } from './values.js';

/** @typedef {import('../types.js').Stage} Stage */
/** @typedef {import('../types.js').View} View */

const TRAVEL = {
  area: 'travel', name: 'findings',
  create: later('travel', () => import('../views/travel.js').then((view) => view.createTravel), () => true, { part: 'travel', unfetched: 'notice.unfetched' }),
};

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
      const { text: { t, say }, info } = deps;
      const isMadeAgain = info.kind === 'deterministic';
      const others = panes.filter(({ area }) => area !== 'code' && area !== 'sweep');
      root.className = 'stage lesson';
      dock.replaceChildren();
      const [intro, guess, column] = [h('div', { class: 'intro' }), h('section', { class: 'guess', 'aria-label': t('pane.predict') }), h('div', { class: 'column' })];
      const form = h('section', { class: 'params' });
      const terms = createTerms(deps.text);
      const idea = h('p', { class: 'idea' });
      intro.append(h('h1', { tabindex: -1 }, ...say(`scenario.${info.id}.title`)), idea);
      idea.append(...say(`scenario.${info.id}.idea`));
      void terms.loaded.then(() => idea.replaceChildren(...terms.mark([say(`scenario.${info.id}.idea`)])[0] ?? []));
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
        createLessonCode(code, deps),
        createFolds(rest, deps, [...others, ...(isMadeAgain ? [TRAVEL] : [])]),
        createTold(deps),
      ];
      if (Object.keys(/** @type {{ properties?: object }} */ (info.schema).properties ?? {}).length) {
        const details = h('details', { class: 'all-params' }, h('summary', {}, t('lesson.params')), form);
        intro.append(details);
        const params = createParams(form, deps);
        views.push({
          update(frame, extra) {
            params.update(frame, extra);
            // What is wrong is said where it belongs: in the form.
            if (extra.state.errors.length) details.open = true;
          },
          destroy: () => params.destroy(),
        });
      }
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
