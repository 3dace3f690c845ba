// What is measured in place of being traced, as a lesson and on a projector: the story column tells how far the measurement is and
// what came of it; the picture is drawn from what was measured so far.

import { h, icon, setAttr, setClass, setText } from '../dom.js';
import { createCode } from '../views/code.js';
import { createFollower } from '../stages/follower.js';
import { createFolds } from './folds.js';
import { createGuess } from './guess.js';
import { createHero } from './hero.js';
import { createForm, introOf } from './intro.js';
import { onScreen } from './present.js';
import { createTerms } from './terms.js';
import { createValues } from './values.js';

/** @typedef {import('../types.js').Stage} Stage */
/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').State} State */
/** @typedef {import('../types.js').Frame} Frame */
/** @typedef {import('../types.js').Picture} Picture */
/** @typedef {import('../stages/follower.js').Measured} Shown */

/** A sentence: its key, and what it is made with. @typedef {[key: string, args: import('../text.js').Args]} Said */
/** How far a measurement is. @typedef {Pick<Shown, 'status' | 'progress'>} Progressing */
/** What came of a measurement, and what is said of it. @typedef {{ said: Said, more?: Said }} Telling */

/**
 * How far it is, as steps of a story: those that were come to, the last of them now.
 * @param {Progressing} live
 * @param {(live: Progressing) => Telling | undefined} resultOf
 * @returns {Telling[]}
 */
function stepsOf(live, resultOf) {
  const { status, progress } = live;
  /** @param {string} name @param {import('../text.js').Args} [args] @returns {Telling} */
  const step = (name, args = {}) => ({ said: [`costs.step.${name}`, args], more: [`costs.step.${name}.more`, args] });
  if (status === 'waiting' || status === 'failed') return [step(status)];
  const steps = [step('warming')];
  if (progress?.round) steps.push(step('running', { round: progress.round, rounds: progress.rounds }));
  if (status === 'stopped') steps.push(step('stopped'));
  const result = status === 'done' ? resultOf(live) : undefined;
  if (result) steps.push(result);
  return steps;
}
/** A line that is not told yet. @param {number} i */
const veil = (i) => {
  const el = h('span', { class: 'veiled' });
  el.style.width = `${78 - 14 * i}%`;
  return el;
};

/** So many steps a measurement has that comes to its end. */
const STEPS = 3;

/** What views of runs are drawn from, as far as it is of one. @param {Shown} live @param {State} state */
function extraOf(live, state) {
  const isOver = live.status === 'done';
  const cursor = live.status === 'waiting' ? 0 : isOver ? 2 : 1;
  const picture = { over: isOver, answer: isOver ? live.progress?.slowest : undefined, length: 2, story: { moments: [] } };
  return { frame: /** @type {Frame} */ (/** @type {unknown} */ ({ cursor })), extra: { state, picture: /** @type {Picture} */ (/** @type {unknown} */ (picture)), live } };
}

/** Says what is new, once. @param {Deps} deps */
function createAloud({ text, speech }) {
  let told = '';
  return (/** @type {Telling} */ { said: [key, args] }) => {
    const words = text.t(key, args);
    // What a reader finds on the page is not said.
    if (words !== told && key !== 'costs.step.waiting') speech.say(words);
    told = words;
  };
}

/**
 * @param {{ createResult: (deps: Deps) => (live: Progressing) => Telling | undefined, table: import('../stages/traced.js').Pane }} of what is said of a result, and
 *   the pane with all of it
 * @returns {import('../types.js').Variants}
 */
export function variantsOfMeasured({ createResult, table }) {
  /** @type {Stage['mount']} */
  const lesson = (root, dock, deps) => {
    const { text: { t, say }, act } = deps;
    root.className = 'stage lesson measured';
    dock.replaceChildren();
    const terms = createTerms(deps.text);
    const intro = introOf(deps, terms);
    const [guess, closing] = [h('section', { class: 'guess', 'aria-label': t('pane.predict') }), h('div', { class: 'closing' })];
    const list = h('ol', { class: 'moments', 'aria-label': t('lesson.story') });
    const sign = icon('play');
    const words = h('span');
    const go = h('button', { class: 'fwd', click: act.play }, sign, words);
    const bar = h('progress', { max: 1, value: 0, 'aria-label': t('costs.progress') });
    const story = h('section', { class: 'story', 'aria-label': t('lesson.story') }, intro, guess, h('div', { class: 'column' }, list), h('div', { class: 'go' }, h('div', { class: 'btns' }, go), bar));
    const hero = h('section', { class: 'hero', 'aria-label': t('lesson.hero') });
    const code = h('section', { class: 'pane code code2', 'data-pane': 'code', tabindex: -1, 'aria-label': t('pane.code') });
    const all = h('div', { class: 'rest' });
    root.replaceChildren(story, h('div', { class: 'fig' }, hero, code, all));
    const views = [createValues(intro, deps), createGuess(guess, closing, deps, terms), createHero(hero, deps), createForm(intro, deps), createFolds(all, deps, [table])];
    const files = createCode(code, deps);
    const aloud = createAloud(deps);
    const result = createResult(deps);
    /** The column. @param {Progressing} live */
    const drawSteps = (live) => {
      const steps = stepsOf(live, result);
      const isRunning = live.status === 'running';
      setText(words, t(isRunning ? 'costs.stop.go' : live.progress ? 'costs.again.go' : 'costs.measure.go'));
      setClass(sign, `ic ic-${isRunning ? 'pause' : 'play'}`);
      bar.value = live.progress ? live.progress.round / live.progress.rounds : 0;
      list.replaceChildren(...Array.from({ length: Math.max(STEPS, steps.length) }, (_, i) => {
        const step = steps[i];
        const isNow = i === steps.length - 1;
        const mark = (/** @type {Node} */ inner) => h('span', { class: 'mkc', 'aria-hidden': 'true' }, inner);
        if (!step) return h('li', { class: 'veil' }, h('time'), mark(h('i')), veil(i), h('span', { class: 'vh' }, t('lesson.veiled')));
        const [lead, second] = [step.said, step.more].map((said) => (said ? say(...said) : []));
        const isLast = isNow && live.status === 'done';
        return h('li', { class: isNow ? 'now' : 'past', 'aria-current': isNow ? 'step' : undefined }, h('time'), mark(h('i', { class: `gl ${isLast ? 'done' : live.status === 'waiting' ? 'spawned' : 'running'}` })),
          h('div', {}, h('p', {}, ...lead), ...(second.length && isNow ? [h('small', {}, ...second)] : []), ...(isLast ? [closing] : [])));
      }));
      const now = steps[steps.length - 1];
      if (now) aloud(now);
    };
    // As it begins: nothing moves when the measurement is there.
    drawSteps({ status: 'waiting', progress: undefined });
    const follower = createFollower((live, state) => {
      const { frame, extra } = extraOf(live, state);
      root.dataset.begun = String(frame.cursor > 0);
      for (const view of views) view.update(frame, extra);
      drawSteps(live);
    });
    return {
      update: follower.update,
      destroy() {
        follower.destroy();
        for (const view of [...views, files]) view.destroy();
        terms.destroy();
        root.replaceChildren();
      },
    };
  };

  /** @type {Stage['mount']} */
  const present = (root, dock, deps) => {
    const { text: { t, say }, act, info } = deps;
    root.className = 'stage present';
    dock.replaceChildren();
    const [first, second] = [h('h1', { class: 'say', tabindex: -1 }), h('p', { class: 'more' })];
    const hero = h('section', { class: 'hero', 'aria-label': t('lesson.hero') });
    const where = h('p', { class: 'clk' });
    const sign = icon('play');
    const go = h('button', { class: 'tool', click: act.play }, sign);
    const blank = h('div', { class: 'blank', hidden: true });
    root.replaceChildren(h('header', { class: 'lead' }, first, second), hero,
      h('footer', {}, h('div', { class: 'tools' }, go, h('button', { class: 'tool', 'aria-label': t('present.leave'), title: t('present.leave'), click: () => act.present() }, icon('close'))), where), blank);
    const picture = createHero(hero, deps, onScreen);
    const aloud = createAloud(deps);
    const result = createResult(deps);
    const follower = createFollower((live, state) => {
      const { frame, extra } = extraOf(live, state);
      picture.update(frame, extra);
      blank.hidden = !state.blank;
      const now = stepsOf(live, result).at(-1);
      const label = t(live.status === 'running' ? 'costs.stop' : live.progress ? 'costs.again' : 'costs.measure');
      setAttr(go, 'aria-label', label);
      setAttr(go, 'title', label);
      setClass(sign, `ic ic-${live.status === 'running' ? 'pause' : 'play'}`);
      if (!now) return;
      const isAsked = live.status === 'waiting';
      first.replaceChildren(...(isAsked ? say(`scenario.${info.id}.title`) : say(...now.said)));
      second.replaceChildren(...(isAsked ? say(`scenario.${info.id}.question`) : now.more ? say(...now.more) : []));
      setText(where, live.progress ? t('costs.where', { round: live.progress.round, rounds: live.progress.rounds }) : '');
      aloud(now);
    });
    return {
      update: follower.update,
      destroy() {
        follower.destroy();
        picture.destroy();
        root.replaceChildren();
      },
    };
  };
  return { lesson, present };
}
