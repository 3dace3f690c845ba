// What outlasts a visit: language, theme, how runs are shown, whether characters are shortcuts, how much a tree says, and how far each scenario was seen. Without
// storage nothing does, and the page says so.

import { asked, isFramed } from './framed.js';
import { LANGUAGES } from './languages.js';

/** @typedef {Pick<import('./store.js').State, 'language' | 'theme' | 'view' | 'characters' | 'words' | 'progress'>} Kept */

/** So much of a scenario is all of it: what is left is an event that tells no more. */
export const SEEN = 0.995;

const KEY = 'pollscope';

/** @returns {Record<string, unknown>} */
function read() {
  try {
    const { language, theme, view, characters, words, progress } = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return { language, theme, view, characters, words, progress };
  } catch {
    // Storage is off, or holds what this page did not write.
    return {};
  }
}

/** @returns {Kept} */
export function recall() {
  const stored = read();
  const progress = Object.entries(Object(stored.progress)).filter((e) => typeof e[1] === 'number' && e[1] >= 0 && e[1] <= 1);
  const spoken = navigator.language.toLowerCase().startsWith('ko') ? 'ko' : 'en';
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  return {
    language: LANGUAGES.find((l) => l === stored.language) ?? spoken,
    theme: stored.theme === 'dark' || stored.theme === 'light' ? stored.theme : dark ? 'dark' : 'light',
    view: stored.view === 'all' ? 'all' : 'lesson',
    characters: stored.characters !== false,
    words: stored.words === 'few' || stored.words === 'all' ? stored.words : 'some',
    progress: Object.fromEntries(progress),
    ...asked(),
  };
}

/** Whether anything is kept. @param {Partial<Kept>} kept */
export function remember(kept) {
  // What another page chose is not what the reader did.
  if (isFramed) return true;
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...read(), ...kept }));
    return true;
  } catch {
    // As above, or it is full.
    return false;
  }
}
