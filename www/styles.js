// Styles that are fetched with what they are for.

import { Unfetched } from './fetch.js';

/** @param {string} name of the file in styles/stages */
export const addStyles = (name) => new Promise((load, error) => {
  const link = document.createElement('link');
  Object.assign(link, { rel: 'stylesheet', href: `./styles/stages/${name}.css`, onload: load, onerror() {
    // What could not be fetched leaves nothing behind.
    link.remove();
    error(new Error(link.href));
  } });
  document.head.append(link);
});

/** Waits for the styles of the page itself, which `entry.js` asked for. @returns {Promise<void>} */
export const styled = () => new Promise((load, fail) => {
  const link = /** @type {HTMLLinkElement} */ (document.getElementById('page-style'));
  const failed = () => fail(new Unfetched(link.href));
  if (link.dataset.failed !== undefined) failed();
  else if (link.sheet) load();
  else {
    link.addEventListener('load', () => load());
    link.addEventListener('error', failed);
  }
});
