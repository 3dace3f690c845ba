// What outlasts a visit: language, theme, and how far each scenario was seen. Without storage, nothing does.

import { LANGUAGES } from './text.js';

/** @typedef {Pick<import('./store.js').State, 'language' | 'theme' | 'progress'>} Kept */

const KEY = 'pollscope';

/** @returns {Kept} */
export function recall() {
  /** @type {Record<string, unknown>} */
  let stored = {};
  try {
    stored = Object(JSON.parse(localStorage.getItem(KEY) ?? '{}'));
  } catch {
    // Storage is off, or holds what this page did not write.
  }
  const progress = Object.entries(Object(stored.progress)).filter((e) => typeof e[1] === 'number' && e[1] >= 0 && e[1] <= 1);
  const spoken = navigator.language.toLowerCase().startsWith('ko') ? 'ko' : 'en';
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  return {
    language: LANGUAGES.find((l) => l === stored.language) ?? spoken,
    theme: stored.theme === 'dark' || stored.theme === 'light' ? stored.theme : dark ? 'dark' : 'light',
    progress: Object.fromEntries(progress),
  };
}

/** @param {Partial<Kept>} kept */
export function remember(kept) {
  try {
    const stored = Object(JSON.parse(localStorage.getItem(KEY) ?? '{}'));
    localStorage.setItem(KEY, JSON.stringify({ ...stored, ...kept }));
  } catch {
    // As above.
  }
}
