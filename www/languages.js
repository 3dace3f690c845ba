// The languages that the page speaks.

export const LANGUAGES = /** @type {const} */ (['en', 'ko']);
/** @typedef {typeof LANGUAGES[number]} Language */
