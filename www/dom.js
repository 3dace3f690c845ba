// Making elements and changing them in place. A step touches only what it changed: every writer here looks
// before it writes.

/** @typedef {Record<string, string | number | boolean | undefined | ((event: Event) => void)>} Props */

/**
 * An element. Of the properties, functions become listeners, `class` and the rest attributes.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Props} [props]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, props = {}, ...children) {
  const el = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') el.addEventListener(name, value);
    else if (value !== undefined && value !== false) el.setAttribute(name, value === true ? '' : String(value));
  }
  el.append(...children);
  return el;
}

/**
 * An SVG element.
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | number>} [attrs]
 * @param {...Node} children
 * @returns {SVGElementTagNameMap[K]}
 */
export function svg(tag, attrs = {}, ...children) {
  const el = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attrs)) el.setAttribute(name, String(value));
  el.append(...children);
  return el;
}

/** Whether a click on a link is the browser's: it opens a tab or a window. @param {Event} event */
export const isForBrowser = (event) => event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey);

/**
 * The one element under `root` that must be there.
 * @param {string} id
 */
export function byId(id) {
  const el = document.getElementById(id);
  if (!el) throw new Error(`no element #${id}`);
  return el;
}

/**
 * @param {Element} el
 * @param {string} text
 */
export function setText(el, text) {
  if (el.textContent !== text) el.textContent = text;
}

/**
 * @param {Element} el
 * @param {string} name
 * @param {string | number | undefined} value undefined removes it
 */
export function setAttr(el, name, value) {
  if (value === undefined) {
    if (el.hasAttribute(name)) el.removeAttribute(name);
  } else if (el.getAttribute(name) !== String(value)) {
    el.setAttribute(name, String(value));
  }
}

/**
 * @param {Element} el
 * @param {string} names
 */
export function setClass(el, names) {
  if (el.getAttribute('class') !== names) el.setAttribute('class', names);
}

/**
 * @param {HTMLElement} el
 * @param {boolean} shown
 */
export function setShown(el, shown) {
  if (el.hidden === shown) el.hidden = !shown;
}

/**
 * A row of a list: its element, and how it takes a new item.
 * @template T
 * @typedef {{ el: Element, update: (item: T) => void }} Row
 */

/**
 * Keeps the children of `parent` in step with a list: rows are found by key, made when new, removed when gone.
 * @template T
 * @param {Element} parent
 * @param {(item: T, index: number) => string | number} key
 * @param {(item: T) => Row<T>} make
 * @returns {(items: T[]) => void}
 */
export function keyedList(parent, key, make) {
  /** @type {Map<string | number, Row<T>>} */
  let rows = new Map();
  return (items) => {
    /** @type {Map<string | number, Row<T>>} */
    const next = new Map();
    for (const [i, item] of items.entries()) {
      const k = key(item, i);
      next.set(k, rows.get(k) ?? make(item));
      rows.delete(k);
    }
    for (const gone of rows.values()) gone.el.remove();
    let place = parent.firstChild;
    for (const [i, item] of items.entries()) {
      const row = /** @type {Row<T>} */ (next.get(key(item, i)));
      row.update(item);
      if (row.el === place) place = place.nextSibling;
      else parent.insertBefore(row.el, place);
    }
    rows = next;
  };
}

/** An icon, which says nothing to a screen reader. @param {string} name */
export function icon(name) {
  return h('i', { class: `ic ic-${name}`, 'aria-hidden': 'true' });
}

/** A state's shape. @param {string} state */
export function glyph(state) {
  return h('i', { class: `gl ${state}`, 'aria-hidden': 'true' });
}
