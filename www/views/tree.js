// A tree that is gone through item by item: a row a level, of which only what is open stands on the page, and of that only
// the siblings nearest to the one that has the focus. So it is the same size for ten items and for ten thousand.
//
// The keys are those that ARIA's pattern has for a tree that lies on its side: down opens an item and goes into it, up goes
// back out and closes it, left and right lead to its siblings. Items of a row are owned by the item above it.

import { chordOf } from '../chord.js';
import { h, keyedList, setAttr, setText } from '../dom.js';

/**
 * An item.
 * @typedef {object} Item
 * @property {string} name what stands there
 * @property {string} said what is read out
 * @property {number} children
 * @property {string} [now] the state that it is in, for its colour and shape
 * @property {() => void} [choose] what Enter does
 */
/**
 * Where items come from: each is named by its place among its siblings, level by level; the one at the top by nothing.
 * @typedef {object} Source
 * @property {() => Item} top
 * @property {(path: number[], from: number, most: number) => { size: number, items: Item[] }} part some of those below an item
 * @property {() => number[]} here the path to the item of the cursor
 */

export const defaults = {
  /** The most siblings that stand on the page. */
  row: 7,
  /** A leap among siblings. */
  leap: 10,
  /** Digits that follow each other as fast as this, in ms, are one number. */
  patience: 1000,
};

/** What keys do in it, for the map of the keyboard. */
export const KEYS = [
  { keys: ['ArrowUp', 'ArrowDown'], name: 'level' },
  { keys: ['ArrowLeft', 'ArrowRight'], name: 'sibling' },
  { keys: ['Home', 'End'], name: 'siblings' },
  { keys: ['Enter'], name: 'choose' },
];

/**
 * @param {HTMLElement} root becomes the tree
 * @param {(nth: number, size: number, children: number) => string} place the words for where an item stands, which are seen
 */
export function createTree(root, place) {
  root.setAttribute('role', 'tree');
  root.setAttribute('aria-orientation', 'horizontal');
  /** @type {Source | undefined} */
  let source;
  /** The item that has the Tab key. @type {number[]} */
  let path = [];
  /** Where the cursor was. */
  let last = '';
  /** @type {{ digits: string, until: number }} */
  let typed = { digits: '', until: 0 };

  /** @typedef {{ depth: number, nth: number, size: number, item: Item, isOpen: boolean, isActive: boolean, isHere: boolean }} Placed */

  /** @param {Element} parent */
  const createItems = (parent) => keyedList(parent, (/** @type {Placed} */ p) => p.nth, () => {
    const [shape, name, where] = [h('i', { class: 'gl', 'aria-hidden': 'true' }), h('b'), h('small', { 'aria-hidden': 'true' })];
    const el = h('div', { role: 'treeitem', click: () => {
      // What has the focus already is opened, for those who have no arrows.
      if (latest?.isActive && latest.item.children) go([...path, 0]);
      else if (latest) {
        go([...path.slice(0, latest.depth - 1), ...(latest.depth ? [latest.nth] : [])]);
        latest.item.choose?.();
      }
    } }, shape, name, where);
    /** @type {Placed | undefined} */
    let latest;
    return {
      el,
      update(placed) {
        latest = placed;
        const { depth, nth, size, item, isOpen, isActive, isHere } = placed;
        setAttr(el, 'aria-level', depth + 1);
        setAttr(el, 'aria-posinset', nth + 1);
        setAttr(el, 'aria-setsize', size);
        setAttr(el, 'aria-expanded', item.children ? String(isOpen) : undefined);
        setAttr(el, 'aria-owns', isOpen ? `${root.id}-${depth + 1}` : undefined);
        setAttr(el, 'aria-current', isHere ? 'step' : undefined);
        setAttr(el, 'aria-selected', String(isActive));
        setAttr(el, 'tabindex', isActive ? 0 : -1);
        setAttr(el, 'aria-label', item.said);
        setAttr(shape, 'class', `gl ${item.now ?? ''}`);
        shape.hidden = !item.now;
        setText(name, item.name);
        // Drawn by its style: for ears it stands in the attributes, and in the words that they lack.
        setAttr(where, 'data-place', place(nth, size, item.children));
      },
    };
  });
  /** @type {{ el: HTMLElement, items: (items: Placed[]) => void }[]} */
  const rows = [];
  const row = (/** @type {number} */ depth) => {
    const el = h('div', { class: 'level', role: depth ? 'group' : 'none', id: `${root.id}-${depth}` });
    root.append(el);
    return { el, items: createItems(el) };
  };

  const draw = () => {
    if (!source) return;
    const here = source.here();
    /** How far the way to the cursor is open. */
    const shared = here.findIndex((nth, depth) => path[depth] !== nth);
    const depthHere = Math.min(shared < 0 ? here.length : shared + 1, path.length);
    for (let depth = 0; depth <= path.length; depth += 1) {
      const above = path.slice(0, depth - 1);
      const nthActive = path[depth - 1] ?? 0;
      const from = Math.max(0, nthActive - Math.floor(defaults.row / 2));
      const { size, items } = depth ? source.part(above, from, defaults.row) : { size: 1, items: [source.top()] };
      // What is gone is left: the item above takes its place.
      if (depth && nthActive >= size) {
        path = size ? [...above, size - 1] : above;
        return draw();
      }
      rows[depth] ??= row(depth);
      rows[depth].items(items.map((item, i) => {
        const nth = depth ? from + i : 0;
        const isOnPath = nth === nthActive;
        return {
          depth, nth, size, item,
          isOpen: isOnPath && depth < path.length,
          isActive: isOnPath && depth === path.length,
          isHere: depth === depthHere && (depth === 0 || (nth === here[depth - 1] && above.every((one, level) => here[level] === one))),
        };
      }));
    }
    for (const { el } of rows.splice(path.length + 1)) el.remove();
  };
  const active = () => /** @type {HTMLElement | null} */ (root.querySelector('[tabindex="0"]'));
  const hasFocus = () => root.contains(document.activeElement);
  /** @param {number[]} to */
  const go = (to) => {
    path = to;
    draw();
    active()?.focus();
  };
  /** To a sibling, from 0. @param {number} nth */
  const sibling = (nth) => {
    const above = path.slice(0, -1);
    const { size } = source?.part(above, 0, 0) ?? { size: 0 };
    if (path.length) go([...above, Math.max(0, Math.min(nth, size - 1))]);
  };
  const item = () => (path.length ? source?.part(path.slice(0, -1), path[path.length - 1], 1).items[0] : source?.top());
  /** @type {Record<string, () => void>} */
  const verbs = {
    ArrowDown() {
      if (!item()?.children) return;
      const here = source?.here() ?? [];
      const isOnWay = here.length > path.length && path.every((nth, depth) => here[depth] === nth);
      go([...path, isOnWay ? here[path.length] : 0]);
    },
    ArrowUp: () => path.length && go(path.slice(0, -1)),
    ArrowLeft: () => sibling(path[path.length - 1] - 1),
    ArrowRight: () => sibling(path[path.length - 1] + 1),
    Home: () => sibling(0),
    End: () => sibling(Infinity),
    PageUp: () => sibling(path[path.length - 1] - defaults.leap),
    PageDown: () => sibling(path[path.length - 1] + defaults.leap),
    Enter: () => item()?.choose?.(),
    ' ': () => item()?.choose?.(),
  };
  root.addEventListener('keydown', (event) => {
    const chord = chordOf(event);
    if (!chord) return;
    if (/^[0-9]$/.test(chord)) {
      const digits = event.timeStamp < typed.until ? typed.digits + chord : chord;
      typed = { digits, until: event.timeStamp + defaults.patience };
      event.preventDefault();
      if (Number(digits)) sibling(Number(digits) - 1);
      return;
    }
    const verb = verbs[chord];
    if (!verb) return;
    event.preventDefault();
    verb();
  });

  return {
    /** Draws it from another source, or the same one; where the cursor has moved, at its item, unless the tree has the focus. @param {Source} next @param {boolean} isAnother */
    update(next, isAnother) {
      source = next;
      const now = source.here().join();
      if (isAnother || (now !== last && !hasFocus())) path = source.here();
      last = now;
      const isFocused = hasFocus();
      draw();
      if (isFocused && !hasFocus()) active()?.focus();
    },
    focus: () => active()?.focus(),
    /** To the item of the cursor. */
    toCursor: () => source && go(source.here()),
  };
}
