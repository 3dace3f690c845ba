// The sentence of the moment, where it stands by itself: on a projector, and inside another page.

import { h, setShown } from '../dom.js';
import { sentenceNodes } from '../story.js';
import { momentAt } from './levels.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */

/**
 * The sentence of the moment; before the first, the title, and what is asked.
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createSay(root, { text, info }) {
  const [first, second] = [h('h1', { class: 'say', tabindex: -1 }), h('p', { class: 'more' })];
  root.append(first, second);
  /** @type {unknown} */
  let drawn;
  return {
    update({ cursor }, { picture }) {
      const { moments } = picture.story;
      const moment = moments[momentAt(moments, cursor)];
      if (drawn === (moment ?? moments)) return;
      drawn = moment ?? moments;
      const [said, more] = moment
        ? moment.sentences.map((sentence) => sentenceNodes(sentence, picture.cast, text))
        : [text.say(`scenario.${info.id}.title`), info.question.options.length || info.guess === 'order' ? text.say(`scenario.${info.id}.question`) : undefined];
      first.replaceChildren(...said ?? []);
      second.replaceChildren(...more ?? []);
      setShown(second, more !== undefined);
    },
    destroy: () => root.replaceChildren(),
  };
}
