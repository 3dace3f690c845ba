// What is wrong with a field, or with a part of a link, as a text: the form and the notice of a bad link say it alike.

import { brief } from '../url.js';
import { fieldWords, valueWords } from '../words.js';

/** @typedef {import('../types.js').Fault} Fault */
/** @typedef {import('../types.js').Text} Text */

/**
 * @param {Text} text
 * @param {Fault} error
 */
export function fault(text, error) {
  const { t, number } = text;
  if (error.kind === 'too_many_changes') return t('fault.too_many_changes', { max: number(error.max) });
  if (error.kind === 'newer') return t('fault.newer', { version: number(error.version) });
  if (!('field' in error)) return t(`fault.${error.kind}`, { value: brief(error.value) });
  const name = brief(fieldWords(text, error.field));
  switch (error.kind) {
    case 'out_of_range':
    case 'not_a_number':
      return t(`fault.${error.kind}`, { name, value: brief(error.value), min: number(error.min), max: number(error.max) });
    case 'not_a_choice':
    case 'not_a_list': {
      const choices = error.choices.map((choice) => valueWords(text, error.field, choice));
      return t(`fault.${error.kind}`, { name, value: brief(error.value), choices: choices.join(', ') });
    }
    default:
      return t('fault.unknown', { name });
  }
}
