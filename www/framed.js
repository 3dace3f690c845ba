// The page inside another one, as `?s=…&embed`: what that page asks for, and what it is told. Both sides' messages are objects
// with one property, `pollscope`:
//
//   to the page inside   { theme: 'light' | 'dark', language: 'en' | 'ko' }   each if it is to change
//   from it              { height }                                          of all that it shows, in px
//
// What the outer page chooses is not kept for the next visit, and addresses are not written: they would be entries in the
// history of the outer page.

import { LANGUAGES } from './languages.js';

/** @typedef {Partial<Pick<import('./store.js').State, 'theme' | 'language'>>} Asked */

/** What of an address is meant for this file. */
const OWN = ['embed', 'theme', 'lang'];

const search = new URLSearchParams(location.search);

/** Whether the page is to be shown as part of another one. */
export const isFramed = search.has('embed');

/** Of what was asked, what can be. @param {unknown} theme @param {unknown} language @returns {Asked} */
function valid(theme, language) {
  const spoken = LANGUAGES.find((one) => one === language);
  return { ...(theme === 'light' || theme === 'dark' ? { theme } : {}), ...(spoken ? { language: spoken } : {}) };
}

/** What the address asks for. */
export const asked = () => (isFramed ? valid(search.get('theme'), search.get('lang')) : {});

/** An address without what is meant for this file. @param {string} address */
export function withoutFrame(address) {
  if (!isFramed) return address;
  // As it is written, for what is to be said of it names what stands there.
  const rest = address.replace(/^\?/, '').split('&').filter((part) => !OWN.includes(part.split('=')[0]));
  return rest.join('&') === '' ? '' : `?${rest.join('&')}`;
}

/**
 * Listens to the outer page, and tells it how high the page is.
 * @param {Element} content
 * @param {(asked: Asked) => void} onAsked
 */
export function meetParent(content, onAsked) {
  if (!isFramed || window.parent === window) return;
  addEventListener('message', ({ source, data }) => {
    if (source !== window.parent) return;
    const given = Object(Object(data).pollscope);
    onAsked(valid(given.theme, given.language));
  });
  let told = 0;
  new ResizeObserver(() => {
    const height = Math.ceil(content.getBoundingClientRect().height);
    if (height === told || height === 0) return;
    told = height;
    // The page around it may know how high it is.
    window.parent.postMessage({ pollscope: { height } }, '*');
  }).observe(content);
}
