// The catalogues: every text that a person reads. Messages are ICU MessageFormat; of markup they may hold
// <b> and <code>, which become elements, so that nothing in a message or an argument is ever read as HTML.

import { IntlMessageFormat } from 'intl-messageformat';
import { h } from './dom.js';

export const LANGUAGES = /** @type {const} */ (['en', 'ko']);
/** @typedef {typeof LANGUAGES[number]} Language */

/** @typedef {Record<string, string | number | boolean | null | undefined>} Args */

/**
 * @typedef {object} Text
 * @property {Language} language
 * @property {(key: string, args?: Args) => string} t a text without markup
 * @property {(key: string, args?: Args) => (Node | string)[]} say a text with its markup as nodes
 * @property {(key: string) => boolean} has
 * @property {(value: number) => string} number
 */

/** @param {string[]} chunks */
const plain = (chunks) => chunks.join('');
const rich = {
  /** @param {(Node | string)[]} chunks */
  b: (chunks) => h('b', {}, ...chunks),
  /** @param {(Node | string)[]} chunks */
  code: (chunks) => h('code', {}, ...chunks),
};

/**
 * @param {Language} language
 * @param {Record<string, string>} catalogue
 * @returns {Text}
 */
export function createText(language, catalogue) {
  /** @type {Map<string, IntlMessageFormat>} */
  const parsed = new Map();
  const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });

  /** @param {string} key */
  const message = (key) => {
    let found = parsed.get(key);
    // A missing text shows its key: visible, and no reason to stop.
    if (!found) parsed.set(key, (found = new IntlMessageFormat(catalogue[key] ?? key, language)));
    return found;
  };

  return {
    language,
    t: (key, args = {}) => String(message(key).format({ ...args, b: plain, code: plain })),
    say(key, args = {}) {
      /** @type {unknown} */
      const made = message(key).format(/** @type {Record<string, string>} */ (/** @type {unknown} */ ({ ...args, ...rich })));
      const parts = Array.isArray(made) ? made : [made];
      return parts.map((part) => (part instanceof Node ? part : String(part)));
    },
    has: (key) => key in catalogue,
    number: (value) => numbers.format(value),
  };
}

/**
 * Fetches one catalogue.
 * @param {Language} language
 */
export async function loadText(language) {
  const response = await fetch(`./messages/${language}.json`);
  if (!response.ok) throw new Error(`messages/${language}.json: ${response.status}`);
  return createText(language, await response.json());
}
