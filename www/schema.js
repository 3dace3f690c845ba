// A scenario's JSON Schema as the fields of its form, and how a link spells what was typed into it.
// What is right and wrong is the engine's to say; nothing here checks a value.

/**
 * @typedef {object} Field
 * @property {string} name
 * @property {string} initial the default, as text
 * @property {string} unit empty for none
 * @property {[min: number, max: number] | undefined} range of a number
 * @property {string[]} choices empty for a number, and for a list
 * @property {string[]} list what may be in a list; empty for all else
 */

/** @typedef {Record<string, unknown>} Json */

/** @param {unknown} value @returns {Json} */
const object = (value) => (typeof value === 'object' && value !== null ? /** @type {Json} */ (value) : {});
/** @param {unknown} value @returns {unknown[]} */
const array = (value) => (Array.isArray(value) ? value : []);

/**
 * The fields, in the order of the form.
 * @param {unknown} schema
 * @returns {Field[]}
 */
export function fieldsOf(schema) {
  return Object.entries(object(object(schema).properties)).map(([name, value]) => {
    const property = object(value);
    const choices = array(property.enum).filter((c) => typeof c === 'string');
    const { minimum, maximum } = property;
    return {
      name,
      initial: String(property.default ?? ''),
      unit: typeof property['x-unit'] === 'string' ? property['x-unit'] : '',
      range: typeof minimum === 'number' && typeof maximum === 'number' ? [minimum, maximum] : undefined,
      choices,
      list: array(property['x-list']).filter((c) => typeof c === 'string'),
    };
  });
}

/** A list that is empty, and what stands between its items. */
const [EMPTY, BETWEEN] = ['none', '.'];
/** The items of a list. @param {string} value */
export const itemsOf = (value) => (value === EMPTY || value === '' ? [] : value.split(BETWEEN));
/** A list of these. @param {string[]} items */
export const listOf = (items) => items.join(BETWEEN) || EMPTY;
/** A list with one of its items at another place. @param {string[]} items @param {number} from @param {number} to */
export const moved = (items, from, to) => items.toSpliced(from, 1).toSpliced(to, 0, items[from]);

/** Whether what a field holds is a value, or a list that has it. @param {string | undefined} held @param {string} value */
export const holds = (held, value) => held === value || held !== undefined && itemsOf(held).includes(value);

/** What else a field may hold: each other choice, and a list with two neighbours swapped. @param {Field} field @param {string} value */
export function othersOf({ choices, list }, value) {
  const items = list.length ? itemsOf(value) : [];
  return [...choices.filter((choice) => choice !== value), ...items.slice(1).map((_, i) => listOf(moved(items, i + 1, i)))];
}

/**
 * Only what differs from the defaults, numbers in one spelling: two ways to write a run are one link. The
 * engine has run with what was given, so it is right.
 * @param {Field[]} fields
 * @param {Record<string, string>} given
 */
export function withoutDefaults(fields, given) {
  /** @type {Record<string, string>} */
  const kept = {};
  for (const field of fields) {
    if (!Object.hasOwn(given, field.name)) continue;
    const text = given[field.name].trim();
    const value = field.choices.length || field.list.length ? text : String(Number(text));
    if (value !== field.initial) kept[field.name] = value;
  }
  return kept;
}
