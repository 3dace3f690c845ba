// A catalogue's texts as HTML, while the site is built. Markup is <b> and <code>; all else is text.

import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';

/** The language in which the page is built. */
export const LANGUAGE = 'en';

/** @param {unknown} text */
export const escape = (text) => String(text).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** Text that is HTML already. */
class Html {
  /** @param {string} html */
  constructor(html) {
    this.html = html;
  }
}

/** @param {unknown} part */
const htmlOf = (part) => (part instanceof Html ? part.html : escape(part));
/** @param {string} tag */
const element = (tag) => (/** @type {unknown[]} */ chunks) => new Html(`<${tag}>${chunks.map(htmlOf).join('')}</${tag}>`);
/** @param {unknown[]} chunks */
const plain = (chunks) => chunks.join('');

/**
 * @param {string[]} parts of the catalogue
 * @param {string} [language]
 */
export function loadWords(parts, language = LANGUAGE) {
  /** @type {Record<string, string>} */
  const catalogue = Object.assign({}, ...parts.map((part) => JSON.parse(readFileSync(new URL(`../messages/${language}/${part}.json`, import.meta.url), 'utf8'))));
  /** @param {string} key */
  const message = (key) => {
    if (!(key in catalogue)) throw new Error(`no text ${key}`);
    return new IntlMessageFormat(catalogue[key], language);
  };
  return {
    /** Whether there is such a text. @param {string} key */
    has: (key) => key in catalogue,
    /** Without its markup. @param {string} key @param {object} [args] */
    t: (key, args = {}) => String(message(key).format({ ...args, b: plain, code: plain })),
    /** As HTML. @param {string} key @param {object} [args] */
    html(key, args = {}) {
      /** @type {unknown} */
      const made = message(key).format(/** @type {any} */ ({ ...args, b: element('b'), code: element('code') }));
      return (Array.isArray(made) ? made : [made]).map(htmlOf).join('');
    },
  };
}

/** @typedef {ReturnType<typeof loadWords>} Words */
