// A value of Rust's, made anew on this side: told in one pass, each object and list when it begins.

/** @typedef {unknown[] | Record<string, unknown>} Container */

/** Those that have begun and not ended, outermost first. @type {Container[]} */
const open = [];
/** The property that is told next. */
let name = '';
/** @type {unknown} */
let whole;

/** @param {unknown} [value] */
export function put(value) {
  const into = open.at(-1);
  if (into === undefined) whole = value;
  else if (Array.isArray(into)) into.push(value);
  else into[name] = value;
}

/** @param {string} next */
export function property(next) {
  name = next;
}

/** @param {boolean} isList */
export function begin(isList) {
  const container = isList ? [] : {};
  put(container);
  open.push(container);
}

export function end() {
  open.pop();
}

/** What was told; the next one is another. */
export function take() {
  const taken = whole;
  whole = undefined;
  return taken;
}

/** Forgets what a trap cut off. */
export function anew() {
  open.length = 0;
}
