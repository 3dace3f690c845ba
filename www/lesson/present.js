// A lesson on a projector: the sentence, the picture and its code fill the screen, and grow with it. It is driven by the keys of
// a clicker; nothing else is on the screen but where one is.

import { h, icon, setAttr, setShown, setText } from '../dom.js';
import { sentenceNodes } from '../story.js';
import { createLessonCode } from './code.js';
import { createHero } from './hero.js';
import { momentAt } from './levels.js';
import { createTold } from './told.js';

/** @typedef {import('../types.js').Stage} Stage */
/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Moment} Moment */

/** The screen that sizes are said for, in px, and how much larger than on the page its picture is there. */
const SCREEN = { width: 1920, height: 1080, picture: 1.85 };
/** What a picture needs to stand at ease, in its own px. */
const ROOM = { width: 720, height: 430 };

/** How many px of the screen are one of a picture's, where it has so much room. @type {import('./hero.js').Scale} */
const scaleIn = (width, height) => Math.min(
  SCREEN.picture * Math.min(innerWidth / SCREEN.width, innerHeight / SCREEN.height), Math.max(width / ROOM.width, 0.5), Math.max(height / ROOM.height, 0.5));

/**
 * The sentence of the moment; before the first, the title, and what is asked.
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
function createSay(root, { text, info }) {
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
        : [text.say(`scenario.${info.id}.title`), info.question.options.length ? text.say(`scenario.${info.id}.question`) : undefined];
      first.replaceChildren(...said ?? []);
      second.replaceChildren(...more ?? []);
      setShown(second, more !== undefined);
    },
    destroy: () => root.replaceChildren(),
  };
}

/** Where the code of a file begins: behind what is said of it, and what it uses. */
const BEGINS = /^(pub |export )*(async )*(fn|function|impl|struct|enum|const|let)\b/;

/**
 * The few lines of code that there is room for: around the one that is lit, else where the code begins.
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
function createLines(root, deps) {
  const view = createLessonCode(root, deps);
  return {
    update(frame, extra) {
      view.update(frame, extra);
      for (const scroller of root.querySelectorAll('.follow')) {
        const lines = /** @type {HTMLElement[]} */ ([...scroller.querySelectorAll('.ln')]);
        const bad = lines.findIndex((line) => line.matches('.bad'));
        const lit = bad >= 0 ? bad : lines.findIndex((line) => line.matches('.on, .wait'));
        const first = lit >= 0 ? Math.max(0, lit - 2) : Math.max(0, lines.findIndex((line) => BEGINS.test(line.textContent ?? '')));
        scroller.scrollTop = (lines[first]?.offsetTop ?? 0) - (lines[0]?.offsetTop ?? 0);
      }
    },
    destroy: () => view.destroy(),
  };
}

/**
 * Where one is: a dot a moment, and the clock. The buttons are for a hand on the mouse; a clicker has its keys.
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
function createFoot(root, { text: { t }, act }) {
  const dots = h('p', { class: 'dots', role: 'img' });
  const clock = h('p', { class: 'clk' });
  /** @param {string} name @param {string} ic @param {() => void} click */
  const button = (name, ic, click) => h('button', { class: 'tool', 'aria-label': t(`present.${name}`), title: t(`present.${name}`), click }, icon(ic));
  root.append(dots, h('div', { class: 'tools' },
    button('back', 'prev', () => act.tell(false)), button('next', 'next', () => act.tell(true)), button('code', 'braces', act.bare), button('leave', 'close', () => act.present())), clock);
  /** @type {Moment[]} */
  let drawn = [];
  return {
    update({ cursor, time }, { picture }) {
      const { moments } = picture.story;
      if (moments !== drawn) {
        drawn = moments;
        dots.replaceChildren(...moments.map(() => h('i')));
      }
      const now = momentAt(moments, cursor);
      [...dots.children].forEach((dot, i) => setAttr(dot, 'class', i === now ? 'now' : i < now ? 'past' : undefined));
      setAttr(dots, 'aria-label', t('present.moment', { at: now + 1, of: moments.length }));
      setText(clock, t('ms', { ms: time }));
    },
    destroy: () => root.replaceChildren(),
  };
}

/**
 * The presentation of a scenario whose views stand on a stage.
 * @param {Stage} stage
 * @returns {Stage}
 */
export function presentOf(stage) {
  return {
    ...stage,
    mount(root, dock, deps) {
      const { text: { t } } = deps;
      root.className = 'stage present';
      dock.replaceChildren();
      const lead = h('header', { class: 'lead' });
      const hero = h('section', { class: 'hero', 'aria-label': t('lesson.hero') });
      const code = h('section', { class: 'pane code code2', 'data-pane': 'code', tabindex: -1, 'aria-label': t('pane.code') });
      const foot = h('footer');
      const blank = h('div', { class: 'blank', hidden: true });
      root.replaceChildren(lead, hero, code, foot, blank);
      /** @type {View[]} */
      const views = [createSay(lead, deps), createHero(hero, deps, scaleIn), createLines(code, deps), createFoot(foot, deps), createTold(deps)];
      return {
        update(shown, state) {
          if (!('frame' in shown)) return;
          setShown(blank, state.blank);
          root.toggleAttribute('data-bare', state.bare);
          for (const view of views) view.update(shown.frame, { state, picture: shown.picture });
        },
        destroy() {
          for (const view of views) view.destroy();
          root.replaceChildren();
        },
      };
    },
  };
}
