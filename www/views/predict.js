// The question to answer before the first step. The run gives the answer, once it was seen to its end.

import { h, setAttr, setText } from '../dom.js';
import { letGo } from '../focus.js';
import { createLater } from '../lesson/guess.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */

export const defaults = {};

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createPredict(root, deps) {
  const { text: { t, say }, act, info, speech } = deps;
  if (info.guess === 'order') {
    const [guess, closing] = [h('div', { class: 'guess' }), h('div', { class: 'closing' })];
    root.replaceChildren(h('p', { class: 'label' }, t('predict')), guess, closing);
    return createLater(guess, closing, deps);
  }
  const words = `scenario.${info.id}`;
  const options = info.question.options.map((option) => {
    const input = h('input', {
      type: 'radio', name: 'prediction', value: option,
      change: () => act.predict(option),
      // Chosen with the mouse, it lets go of the keyboard: the next key is a step.
      click: (event) => {
        if (event instanceof MouseEvent && event.detail > 0) letGo(input);
      },
    });
    return { option, input, label: h('label', {}, input, ...say(`${words}.option.${option}`)) };
  });
  const verdict = h('p', { class: 'verdict' });
  root.replaceChildren(
    h('p', { class: 'label' }, t('predict')),
    h('fieldset', {}, h('legend', {}, ...say(`${words}.question`)), h('div', { class: 'options' }, ...options.map((o) => o.label))),
    verdict,
  );

  /** What the verdict was made from: it is made anew only when that changes. */
  let made = '';
  return {
    update(_frame, { state, picture }) {
      const { answer } = picture;
      const key = `${state.prediction} ${picture.over} ${answer}`;
      if (key === made) return;
      made = key;
      for (const { option, input, label } of options) {
        input.checked = option === state.prediction;
        input.disabled = picture.over;
        setAttr(label, 'class', answer === option ? 'right' : undefined);
      }
      if (!picture.over) {
        setText(verdict, state.prediction ? t('predict.kept') : t('predict.choose'));
      } else if (answer === undefined) {
        verdict.replaceChildren(...say('predict.no_answer'));
      } else {
        const how = state.prediction === undefined ? 'none' : state.prediction === answer ? 'right' : 'wrong';
        verdict.replaceChildren(...say(`predict.${how}`, { answer: t(`${words}.option.${answer}`) }));
      }
      if (state.prediction !== undefined || picture.over) speech.announce('verdict', verdict.textContent ?? '');
    },
    destroy: () => root.replaceChildren(),
  };
}
