// The catalogues: every text that a person reads. Messages are ICU MessageFormat; of markup they may hold
// <b> and <code>, which become elements, so that nothing in a message or an argument is ever read as HTML.
//
// A catalogue comes in parts: `site`, which every page has, `page` for scenarios and `start` for the start page, and one for
// each scenario, which comes with it.

import { IntlMessageFormat } from 'intl-messageformat';
import { h } from './dom.js';
import { fetchJson, fetchOnce } from './fetch.js';
import { createFormatters, written } from './numbers.js';

/** @typedef {import('./languages.js').Language} Language */

/** @typedef {Record<string, string | number | boolean | null | undefined>} Args */

// The languages of the page are ones that browsers know. To ask whether they do has them read all that they have of all languages.
IntlMessageFormat.resolveLocale = (language) => new Intl.Locale([language].flat()[0]);

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
 */
function createText(language) {
  /** @type {Record<string, string>} */
  const catalogue = {};
  const parts = fetchOnce(async (part) => {
    Object.assign(catalogue, await fetchJson(`./messages/${language}/${part}.json`));
  });
  /** @type {Map<string, IntlMessageFormat>} */
  const parsed = new Map();
  const formatters = createFormatters(language);

  /** @param {string} key */
  const message = (key) => {
    let found = parsed.get(key);
    if (!found) {
      // A missing text shows its key: visible, and no reason to stop.
      found = new IntlMessageFormat(catalogue[key] ?? key, language, undefined, { formatters });
      if (key in catalogue) parsed.set(key, found);
    }
    return found;
  };

  /** A text in which nothing has a meaning of its own, which most of them are: to read one takes a parser 0.1 ms. @param {string} key */
  const asItIs = (key) => {
    const found = catalogue[key] ?? key;
    return /[{}<']/.test(found) ? undefined : found;
  };

  return {
    language,
    /** Fetches a part, if it is not there. @param {string} part */
    load: (part) => parts.get(part),
    /** The parts that are there, or on their way. */
    parts: parts.names,
    /** A text without markup. @param {string} key @param {Args} [args] */
    t: (key, args = {}) => asItIs(key) ?? String(message(key).format({ ...args, b: plain, code: plain })),
    /** A text with its markup as nodes. @param {string} key @param {Args} [args] @returns {(Node | string)[]} */
    say(key, args = {}) {
      const found = asItIs(key);
      if (found !== undefined) return [found];
      /** @type {unknown} */
      const made = message(key).format(/** @type {Record<string, string>} */ (/** @type {unknown} */ ({ ...args, ...rich })));
      const parts = Array.isArray(made) ? made : [made];
      return parts.map((part) => (part instanceof Node ? part : String(part)));
    },
    /** @param {string} key */
    has: (key) => key in catalogue,
    /** The keys that are there and begin so. @param {string} start */
    keys: (start) => Object.keys(catalogue).filter((key) => key.startsWith(start)),
    /** @param {number} value */
    number: (value) => written(value, language),
  };
}

/** @typedef {ReturnType<typeof createText>} Text */

/**
 * A language, with the given parts of its catalogue.
 * @param {Language} language
 * @param {string[]} [parts]
 */
export async function loadText(language, parts = ['site', 'page']) {
  const text = createText(language);
  await Promise.all(parts.map(text.load));
  return text;
}
