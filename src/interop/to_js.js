// Builds a JavaScript value from the pieces that Rust's serializer writes, each object and list when it begins.

/** @typedef {unknown[] | Record<string, unknown>} Container */

/** The containers that have begun and not ended, outermost first. @type {Container[]} */
const open = [];
/** The property that is written next. */
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

/** The finished value. */
export function take() {
  const taken = whole;
  whole = undefined;
  return taken;
}

/** Drops what a trap left unfinished. */
export function reset() {
  open.length = 0;
}
