// The guess: asked before the run begins, kept as a line while it goes on, answered in the last moment: what was said, what was, the
// moment that decides, and the two runs on one clock, where there is one in which it would have been right.

import { h, setAttr } from '../dom.js';
import { letGo } from '../focus.js';
import { onceLaidOut } from '../laidout.js';
import { EVENTS, stripsOf } from '../otherwise.js';
import { waiting } from '../waiting.js';
import { valueWords } from '../words.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Picture} Picture */
/** @typedef {import('../types.js').State} State */

/**
 * @param {HTMLElement} root
 * @param {HTMLElement} closing the place for the answer in the last moment
 * @param {Deps} deps
 * @param {import('./terms.js').Terms} terms
 * @returns {View}
 */
export function createGuess(root, closing, deps, terms) {
  return deps.info.guess === 'order' ? createLater(root, closing, deps) : createChoice(root, closing, deps, terms);
}

/**
 * The guess of an order, whose code is fetched for it.
 * @param {HTMLElement} root
 * @param {HTMLElement} closing
 * @param {Deps} deps
 * @returns {View}
 */
export function createLater(root, closing, deps) {
  /** @type {View | undefined} */
  let view;
  /** @type {Parameters<View['update']> | undefined} */
  let latest;
  let isGone = false;
  // Without it there is no guess, and the run can be seen all the same.
  import('./order.js').then(({ createOrder }) => {
    if (isGone) return;
    view = createOrder(root, closing, deps);
    if (latest) view.update(...latest);
  }, console.error);
  return {
    update(...now) {
      latest = now;
      view?.update(...now);
    },
    destroy() {
      isGone = true;
      view?.destroy();
    },
  };
}

/**
 * @param {HTMLElement} root
 * @param {HTMLElement} closing
 * @param {Deps} deps
 * @param {import('./terms.js').Terms} terms
 * @returns {View}
 */
function createChoice(root, closing, { text, act, info, speech }, terms) {
  const { t, say } = text;
  const words = `scenario.${info.id}`;
  const optionOf = (/** @type {string} */ option) => t(`${words}.option.${option}`);
  const options = info.question.options.map((option) => {
    const input = h('input', {
      type: 'radio', name: 'prediction', value: option, change: () => act.predict(option),
      click: (event) => {
        if (event instanceof MouseEvent && event.detail > 0) letGo(input);
      },
    });
    return { option, input, label: h('label', {}, input, ...say(`${words}.option.${option}`)) };
  });
  const question = () => say(`${words}.question`);
  const legend = h('legend', {}, ...question());
  void terms.loaded.then(() => legend.replaceChildren(...terms.mark([question()])[0] ?? []));
  const asked = h('fieldset', {}, legend, h('div', { class: 'options' }, ...options.map(({ label }) => label)));
  const kept = h('p', { class: 'kept' });
  const [verdict, strips] = [h('p', { class: 'verdict' }), h('div')];
  if (options.length) root.append(asked, kept);
  let made = '';
  let compared = '';
  let search = new AbortController();

  /** @param {State} state @param {Picture} picture */
  const compare = async ({ prediction, params, changes, scenario }, picture) => {
    const { answer, run } = picture;
    const key = JSON.stringify([prediction, params, changes, answer]);
    if (key === compared) return;
    compared = key;
    search.abort();
    search = new AbortController();
    strips.replaceChildren();
    if (info.kind !== 'deterministic' || scenario !== info.id || picture.length > EVENTS || prediction === undefined) return;
    const { signal } = search;
    const isRight = prediction === answer;
    const own = stripsOf(run);
    const only = picture.story.moments.find((moment) => moment.decides)?.tasks[0];
    const [{ createStrips }, found] = await waiting(closing, text, 'waits.otherwise', Promise.all([
      import('./strips.js'), act.otherwise({ info, params, signal, isIt: (other) => (isRight ? other !== answer : other === prediction) }),
    ]), () => search.abort());
    // On a clock that does not go on there is nothing to see.
    if (signal.aborted || !found || Math.max(own.end, found.strips.end) === 0) return;
    const label = Object.entries(found.fields).map(([name, choice]) => t('lesson.changed', { field: t(`field.${name}`), choice: valueWords(text, name, choice) })).join(', ');
    strips.replaceChildren(createStrips([
      { label: t(isRight ? 'lesson.otherwise' : 'lesson.as_said'), strips: found.strips, action: { label, click: () => act.cure(found.fields) } },
      { label: t('lesson.as_was'), strips: own },
    ], { only, unit: t('unit.ms') }));
    const list = closing.closest('.moments');
    if (list) onceLaidOut(strips, () => { list.scrollTop = list.scrollHeight; });
  };

  return {
    update({ cursor }, { state, picture }) {
      const { prediction } = state;
      const { answer, over } = picture;
      const isLast = cursor >= picture.length && over;
      const isAnswered = over && answer !== undefined && prediction !== undefined;
      // What failed is said by nobody: the answer stands without it.
      if (isAnswered && isLast) compare(state, picture).catch(console.error);
      const key = `${cursor === 0} ${prediction} ${over} ${answer} ${isLast}`;
      if (key === made) return;
      made = key;
      const isAsked = cursor === 0 && !over;
      asked.hidden = !isAsked;
      kept.hidden = isAsked || (isAnswered && isLast);
      for (const { option, input, label } of options) {
        input.checked = option === prediction;
        setAttr(label, 'class', over && answer === option ? 'right' : undefined);
      }
      if (isAsked) return;
      const said = () => (prediction === undefined ? say('lesson.unguessed') : say('lesson.guessed', { guess: optionOf(prediction) }));
      if (!isAnswered) {
        kept.replaceChildren(...question(), ' ', ...said());
        closing.replaceChildren();
        return;
      }
      const decides = picture.story.moments.find((moment) => moment.decides);
      const whole = () => [...said(), ' ', ...say(`lesson.verdict.${prediction === answer ? 'right' : 'wrong'}`, { answer: optionOf(answer) }),
        ...(decides ? [' ', h('button', { class: 'link', click: () => act.go(decides.at) }, t('lesson.see_why'))] : [])];
      kept.replaceChildren(...question(), ' ', ...whole());
      verdict.replaceChildren(...whole());
      closing.replaceChildren(verdict, strips);
      speech.announce('verdict', kept.textContent ?? '');
    },
    destroy() {
      search.abort();
      root.replaceChildren();
    },
  };
}
