// A picture that is drawn anew at each step and changed in place: what is drawn again is the same element.
//
// A mark that has a *key* is a thing: it stays itself from one drawing to the next, wherever it stands, and goes there in one
// hop. A mark without one is ground: it is simply there. A drawing that comes while things are on their way lets each go on
// from where it is. Nothing here knows what is drawn.

import { svg } from '../../dom.js';

/** How long a hop lasts, and how long it takes to appear, in ms; and how many things move at once: of more nobody follows one, and each costs. */
export const defaults = { hop: 180, appear: 120, things: 40 };

/** What moves of a thing; all else changes at once. */
const MOVES = new Set(['x', 'y', 'width', 'height', 'x1', 'y1', 'x2', 'y2', 'cx', 'cy', 'r', 'd', 'transform']);
const NUMBER = /-?\d*\.?\d+/g;

/** A number as SVG wants it. @param {number} n */
export const px = (n) => Math.round(n * 100) / 100;
/** @param {number} t */
const ease = (t) => 1 - (1 - t) ** 3;

/**
 * What lies between two values that differ in their numbers alone; the second one where they differ in more.
 * @param {string} from
 * @param {string} to
 * @param {number} t
 */
export function between(from, to, t) {
  const [a, b] = [from.match(NUMBER) ?? [], to.match(NUMBER) ?? []];
  if (a.length !== b.length || from.replace(NUMBER, '#') !== to.replace(NUMBER, '#')) return to;
  let i = 0;
  return to.replace(NUMBER, () => {
    const [x, y] = [Number(a[i]), Number(b[i])];
    i += 1;
    return String(px(x + (y - x) * t));
  });
}

/** @typedef {Record<string, string | number | undefined>} Attrs */
/** @typedef {string | [cls: string, text: string][]} Words a text, or its parts with the class of each */
/**
 * @typedef {object} Mark
 * @property {SVGElement} el
 * @property {string} tag
 * @property {Record<string, string>} attrs where it is to be
 * @property {Record<string, string>} shown where it is
 * @property {string} words
 * @property {Map<string, Mark>} kids
 * @property {Map<string, number>} counts of kids without a key, by tag
 * @property {SVGElement[]} order
 * @property {number} drawn
 * @property {{ from: Record<string, string>, since: number } | undefined} move
 */

export function createScene() {
  const root = svg('svg', { class: 'picture', 'aria-hidden': 'true', focusable: 'false' });
  /** @param {string} tag @param {SVGElement} el @returns {Mark} */
  const markOf = (tag, el) => ({ el, tag, attrs: {}, shown: {}, words: '', kids: new Map(), counts: new Map(), order: [], drawn: 0, move: undefined });
  const top = markOf('svg', root);
  let open = [top];
  let drawing = 0;
  let moves = false;
  /** How many things this drawing has set in motion. */
  let set = 0;
  /** Whether one more goes there in a hop. */
  const mayMove = () => moves && (set += 1) <= defaults.things;
  /** @type {Set<Mark>} */
  const moving = new Set();
  let asked = 0;

  /** @param {Mark} mark @param {string} name @param {string} value */
  const show = (mark, name, value) => {
    if (mark.shown[name] === value) return;
    mark.shown[name] = value;
    mark.el.setAttribute(name, value);
  };

  /** @param {number} now */
  const tick = (now) => {
    asked = 0;
    for (const mark of moving) {
      const { from, since } = /** @type {NonNullable<Mark['move']>} */ (mark.move);
      const t = Math.min(1, (now - since) / defaults.hop);
      for (const name in from) show(mark, name, t < 1 ? between(from[name], mark.attrs[name], ease(Math.max(0, t))) : mark.attrs[name]);
      if (t === 1) {
        moving.delete(mark);
        mark.move = undefined;
      }
    }
    if (moving.size) asked = requestAnimationFrame(tick);
  };

  /** @param {Mark} mark */
  const forget = (mark) => {
    moving.delete(mark);
    for (const kid of mark.kids.values()) forget(kid);
  };

  /** @param {Mark} mark @param {Words | undefined} words */
  const say = (mark, words) => {
    if (words === undefined) return;
    const said = JSON.stringify(words);
    if (mark.words === said) return;
    mark.words = said;
    if (typeof words === 'string') mark.el.textContent = words;
    else {
      mark.el.replaceChildren(...words.map(([cls, text]) => {
        const part = svg('tspan', cls ? { class: cls } : {});
        part.textContent = text;
        return part;
      }));
    }
  };

  /** How a thing comes: a road is drawn from its beginning, all else appears. @param {Mark} mark */
  const comes = (mark) => (mark.attrs.pathLength === '1'
    ? { frames: [{ strokeDashoffset: 1 }, { strokeDashoffset: 0 }], duration: defaults.hop }
    : { frames: [{ opacity: 0 }, { opacity: 1 }], duration: defaults.appear });
  /** It goes as it came. @param {Mark} mark @param {boolean} isThing */
  const leave = ({ el, ...mark }, isThing) => {
    if (!isThing || !mayMove()) return el.remove();
    const { frames, duration } = comes({ el, ...mark });
    el.setAttribute('data-leaving', '');
    el.animate(frames.reverse(), { duration, fill: 'forwards' }).finished.then(() => el.remove(), () => el.remove());
  };

  /** @param {Mark} mark */
  const begin = (mark) => {
    mark.counts.clear();
    mark.order = [];
  };
  /** @param {Mark} mark */
  const end = (mark) => {
    for (const [key, kid] of mark.kids) {
      if (kid.drawn === drawing) continue;
      forget(kid);
      leave(kid, key.startsWith('='));
      mark.kids.delete(key);
    }
    let place = mark.el.firstChild;
    for (const el of mark.order) {
      if (el === place) place = place.nextSibling;
      else mark.el.insertBefore(el, place);
    }
  };

  /**
   * @param {keyof SVGElementTagNameMap} tag
   * @param {Attrs} attrs
   * @param {{ key?: string, words?: Words }} [options]
   */
  const put = (tag, attrs, { key, words } = {}) => {
    const parent = open[open.length - 1];
    const nth = parent.counts.get(tag) ?? 0;
    if (key === undefined) parent.counts.set(tag, nth + 1);
    const name = key === undefined ? `${tag} ${nth}` : `=${key}`;
    let mark = parent.kids.get(name);
    const isNew = !mark || mark.tag !== tag;
    if (!mark || mark.tag !== tag) {
      mark?.el.remove();
      mark = markOf(tag, svg(tag));
      parent.kids.set(name, mark);
    }
    mark.drawn = drawing;
    parent.order.push(mark.el);
    for (const attr in mark.attrs) {
      if (attrs[attr] !== undefined) continue;
      delete mark.attrs[attr];
      delete mark.shown[attr];
      mark.el.removeAttribute(attr);
    }
    for (const attr in attrs) {
      const given = attrs[attr];
      if (given === undefined) continue;
      const value = typeof given === 'number' ? String(px(given)) : given;
      if (mark.attrs[attr] === value && (mark.move || mark.shown[attr] === value)) continue;
      mark.attrs[attr] = value;
      if (!isNew && key !== undefined && MOVES.has(attr) && (mark.move || mayMove())) {
        // Where it was on its way already, everything of it begins anew from where it is.
        const since = performance.now();
        const from = Object.fromEntries(Object.keys(mark.move?.from ?? {}).map((other) => [other, mark.shown[other]]));
        mark.move = { since, from: { ...from, [attr]: mark.shown[attr] ?? value } };
        moving.add(mark);
      } else {
        if (mark.move) delete mark.move.from[attr];
        show(mark, attr, value);
      }
    }
    say(mark, words);
    if (isNew && key !== undefined && mayMove()) {
      const { frames, duration } = comes(mark);
      mark.el.animate(frames, { duration });
    }
    return mark;
  };

  /** What `paint` draws stands in an element. @param {keyof SVGElementTagNameMap} tag @param {Attrs} attrs @param {() => void} paint @param {string} [key] */
  const within = (tag, attrs, paint, key) => {
    const mark = put(tag, attrs, { key });
    open.push(mark);
    begin(mark);
    paint();
    end(mark);
    open.pop();
  };

  return {
    root,
    put,
    within,
    /** A group: what `paint` draws stands in it. @param {Attrs} attrs @param {string | undefined} key @param {() => void} paint */
    group: (attrs, key, paint) => within('g', attrs, paint, key),
    /** A drawing. @param {boolean} inMotion whether things go where they are to be @param {() => void} paint */
    draw(inMotion, paint) {
      drawing += 1;
      moves = inMotion;
      set = 0;
      if (!inMotion) {
        for (const mark of moving) {
          for (const name in mark.move?.from) show(mark, name, mark.attrs[name]);
          mark.move = undefined;
        }
        moving.clear();
      }
      open = [top];
      begin(top);
      paint();
      end(top);
      if (moving.size && !asked) asked = requestAnimationFrame(tick);
    },
    destroy() {
      cancelAnimationFrame(asked);
      moving.clear();
      root.remove();
    },
  };
}

/** @typedef {ReturnType<typeof createScene>} Scene */
