// What is wrong with a field, as a text: the form and the notice of a bad link say it alike.

import { brief } from '../url.js';
import { fieldWords, valueWords } from '../words.js';

/** @typedef {import('../types.js').FieldError} FieldError */
/** @typedef {import('../types.js').Text} Text */

/**
 * @param {Text} text
 * @param {FieldError} error
 */
export function fault(text, error) {
  const { t, number } = text;
  if (error.kind === 'not_a_change') return t('fault.not_a_change', { value: brief(error.value) });
  if (error.kind === 'too_many_changes') return t('fault.too_many_changes', { max: number(error.max) });
  const name = brief(fieldWords(text, error.field));
  switch (error.kind) {
    case 'out_of_range':
    case 'not_a_number':
      return t(`fault.${error.kind}`, { name, value: brief(error.value), min: number(error.min), max: number(error.max) });
    case 'not_a_choice': {
      const choices = error.choices.map((choice) => valueWords(text, error.field, choice));
      return t('fault.not_a_choice', { name, value: brief(error.value), choices: choices.join(', ') });
    }
    default:
      return t('fault.unknown', { name });
  }
}
