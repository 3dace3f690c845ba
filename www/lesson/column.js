// The story column's list: the moments of this run. Those told are one line each, the present one is large, those to come are
// veiled and counted.

import { glyph, h, setAttr, setClass } from '../dom.js';
import { onceLaidOut } from '../laidout.js';
import { sentenceNodes } from '../story.js';
import { momentAt } from './levels.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Moment} Moment */
/** @typedef {import('../types.js').Picture} Picture */

/** What stands at a moment, by what is said there: the state of a task, as everywhere, or a thing. @type {[RegExp, string][]} */
const MARKS = [
  [/^(found_|panics|end_stuck|end_panic|ring_nobody|wake_lost)/, 'panicked'],
  [/^(spawn)/, 'spawned'],
  [/^(pending|yields|asleep|leaves)/, 'pending'],
  [/^(done|last_done|end_)/, 'done'],
  [/^(cancelled|unpolled)/, 'cancelled'],
  [/(wakes|ring|timer|jump|bells|lane|promise|micro|macro|reacts)/, 'ready'],
];

/** @param {Moment} moment */
const markOf = ({ sentences }) => MARKS.find(([said]) => sentences.some(({ say }) => said.test(say)))?.[1] ?? 'running';

/** Widths of what is veiled, in parts of the column: they say nothing, and are no two alike in a row. */
const VEILS = [64, 80, 50, 86, 71, 59, 77, 68];

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @param {import('./terms.js').Terms} terms
 * @param {HTMLElement} [closing] what the last moment ends with, while it is the present one
 * @returns {View}
 */
export function createColumn(root, { text, act }, terms, closing) {
  const list = h('ol', { class: 'moments', 'aria-label': text.t('lesson.story') });
  root.append(list);
  /** @type {Moment[]} */
  let drawn = [];
  /** @type {HTMLLIElement[]} */
  let rows = [];
  /** What stands in each row. @type {string[]} */
  let filled = [];
  let told = -2;
  let wasSeen = -2;
  /** @type {Picture | undefined} */
  let latest;

  /** @param {Moment} moment @param {number} i @param {'past' | 'now' | 'veil'} how @param {Picture} picture */
  const fill = (moment, i, how, picture) => {
    const el = rows[i];
    if (!el) return;
    setClass(el, how);
    setAttr(el, 'aria-current', how === 'now' ? 'step' : undefined);
    // Of a live run: a tenth of a ms more would take a second line.
    const ms = text.t('ms', { ms: moment.time < 100 ? moment.time : Math.round(moment.time) });
    const isNew = i === 0 || drawn[i - 1]?.time !== moment.time || how === 'now';
    const time = h('time', {}, how !== 'veil' && isNew ? ms : '');
    const mark = h('span', { class: 'mkc', 'aria-hidden': 'true' }, how === 'veil' ? h('i') : glyph(markOf(moment)));
    if (how === 'veil') {
      const veil = h('span', { class: 'veiled' });
      veil.style.width = `${VEILS[i % VEILS.length]}%`;
      el.replaceChildren(time, mark, veil, h('span', { class: 'vh' }, text.t('lesson.veiled')));
      return;
    }
    const said = moment.sentences.map((sentence) => sentenceNodes(sentence, picture.cast, text));
    // What is large is read: there a term can be asked for.
    const [first = [], second] = how === 'now' ? terms.mark(said) : said;
    const decides = moment.decides && picture.over ? [h('em', { class: 'decides' }, text.t('lesson.decides'))] : [];
    const lead = h('p', {}, ...first, ...(how === 'past' && second ? [' ', ...second] : []), ...decides);
    const isLast = how === 'now' && i === rows.length - 1;
    el.replaceChildren(time, mark, h('div', {}, lead, ...(how === 'now' && second ? [h('small', {}, ...second)] : []), ...(isLast && closing ? [closing] : [])));
  };

  // They come after the first words.
  void terms.loaded.then(() => {
    const moment = drawn[told];
    if (moment && latest) fill(moment, told, 'now', latest);
  });

  const make = (/** @type {Moment} */ moment) => h('li', { click: (event) => {
    // A button in it does what it says.
    if (!(event.target instanceof Element && event.target.closest('button'))) act.go(moment.at);
  } });

  return {
    update({ cursor }, { state, picture }) {
      const { moments } = picture.story;
      latest = picture;
      const isOther = moments !== drawn;
      if (isOther) {
        drawn = moments;
        rows = moments.map(make);
        filled = [];
        list.replaceChildren(...rows);
      }
      const now = momentAt(moments, cursor);
      const seen = Math.max(now, momentAt(moments, state.seen));
      if (!isOther && now === told && seen === wasSeen) return;
      moments.forEach((moment, i) => {
        const how = i === now ? 'now' : i <= seen ? 'past' : 'veil';
        const as = `${how} ${picture.over}`;
        if (filled[i] === as) return;
        filled[i] = as;
        fill(moment, i, how, picture);
      });
      [told, wasSeen] = [now, seen];
      // Before the first moment there is nothing in it to focus, and it may have to be scrolled.
      setAttr(list, 'tabindex', now < 0 ? 0 : undefined);
      // The present one stays in sight, and what comes next below it.
      onceLaidOut(list, () => {
        const row = rows[Math.max(now, 0)];
        if (row) list.scrollTop = Math.max(0, row.offsetTop - list.offsetTop - list.clientHeight * 0.45);
      });
    },
    destroy: () => list.remove(),
  };
}
