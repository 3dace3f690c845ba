// What is said aloud of a lesson: the moment that one has come to, else the event.

import { sentence } from '../describe.js';
import { sentenceText } from '../story.js';
import { momentAt } from './levels.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */

/**
 * @param {Deps} deps
 * @returns {View}
 */
export function createAnnouncer({ text, speech }) {
  let last = '';
  return {
    update(frame, { picture }) {
      const { moments } = picture.story;
      const moment = moments[momentAt(moments, frame.cursor)];
      const { key, args } = sentence(frame.description, text);
      const words = moment?.at === frame.cursor
        ? moment.sentences.map((one) => sentenceText(one, picture.cast, text)).join(' ')
        : text.t(key, args);
      if (words === last) return;
      last = words;
      speech.announce('narrator', words);
    },
    destroy() {},
  };
}
