// Fields and their values in words, as the form spells them.

/** @typedef {import('./types.js').Text} Text */

/** @param {Text} text @param {string} field */
export const fieldWords = ({ t, has }, field) => (has(`field.${field}`) ? t(`field.${field}`) : field);

/** @param {Text} text @param {string} field @param {string} value */
export const valueWords = ({ t, has }, field, value) => (has(`choice.${field}.${value}`) ? t(`choice.${field}.${value}`) : value);
