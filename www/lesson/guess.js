// The guess: asked before the run begins, kept as a line while it goes on, answered in the last moment with what decides.

import { h, setAttr } from '../dom.js';
import { letGo } from '../focus.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @param {import('./terms.js').Terms} terms
 * @returns {View}
 */
export function createGuess(root, { text: { t, say }, act, info, speech }, terms) {
  const words = `scenario.${info.id}`;
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
  if (options.length) root.append(asked, kept);
  let made = '';
  return {
    update({ cursor }, { state, picture }) {
      const { prediction } = state;
      const { answer, over } = picture;
      const key = `${cursor === 0} ${prediction} ${over} ${answer} ${cursor >= picture.length}`;
      if (key === made) return;
      made = key;
      const isAsked = cursor === 0 && !over;
      asked.hidden = !isAsked;
      kept.hidden = isAsked;
      for (const { option, input, label } of options) {
        input.checked = option === prediction;
        setAttr(label, 'class', over && answer === option ? 'right' : undefined);
      }
      if (isAsked) return;
      const said = prediction === undefined ? say('lesson.unguessed') : say('lesson.guessed', { guess: t(`${words}.option.${prediction}`) });
      const decides = picture.story.moments.find((moment) => moment.decides);
      /** @type {(Node | string)[]} */
      let verdict = [];
      if (over && answer !== undefined && prediction !== undefined) {
        const how = prediction === answer ? 'right' : 'wrong';
        verdict = [' ', ...say(`lesson.verdict.${how}`, { answer: t(`${words}.option.${answer}`) })];
        if (decides) verdict.push(' ', h('button', { class: 'link', click: () => act.go(decides.at) }, t('lesson.see_why')));
      }
      kept.replaceChildren(...question(), ' ', ...said, ...verdict);
      if (verdict.length) speech.tell('verdict', kept.textContent ?? '');
    },
    destroy: () => root.replaceChildren(),
  };
}
