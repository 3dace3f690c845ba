// A scenario's JSON Schema as the fields of its form, and how a link spells what was typed into it.
// What is right and wrong is the engine's to say; nothing here checks a value.

/**
 * @typedef {object} Field
 * @property {string} name
 * @property {string} initial the default, as text
 * @property {string} unit empty for none
 * @property {[min: number, max: number] | undefined} range of a number
 * @property {string[]} choices empty for a number
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
    };
  });
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
    const value = field.choices.length ? text : String(Number(text));
    if (value !== field.initial) kept[field.name] = value;
  }
  return kept;
}
