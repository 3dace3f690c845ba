// Fields and their values in words, as the form spells them.

import { itemsOf } from './schema.js';

/** @typedef {Pick<import('./types.js').Text, 't' | 'has'>} Text */

/** @param {Text} text @param {string} field */
export const fieldWords = ({ t, has }, field) => (has(`field.${field}`) ? t(`field.${field}`) : field);

/** What stands between the items of a list, from the outermost in. */
const INTO = ' › ';

/** A value; of a list, each item. @param {Text} text @param {string} field @param {string} value */
export const valueWords = ({ t, has }, field, value) => (has(`choice.${field}.${value}`) ? t(`choice.${field}.${value}`)
  : itemsOf(value).map((item) => (has(`choice.${field}.${item}`) ? t(`choice.${field}.${item}`) : item)).join(INTO));
