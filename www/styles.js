// Styles that are fetched with what they are for.

import { Unfetched } from './fetch.js';

/** Waits for styles that were asked for. @param {HTMLLinkElement} link @returns {Promise<void>} */
const comes = (link) => new Promise((load, fail) => {
  const failed = () => fail(new Unfetched(link.href));
  if (link.dataset.failed !== undefined) failed();
  else if (link.sheet) load();
  else {
    link.addEventListener('load', () => load());
    link.addEventListener('error', failed);
  }
});

/** @param {string} name of the file in styles/stages */
export async function addStyles(name) {
  const id = `style-${name}`;
  // `entry.js` may have asked for it.
  const there = /** @type {HTMLLinkElement | null} */ (document.getElementById(id));
  const link = there ?? Object.assign(document.createElement('link'), { rel: 'stylesheet', id, href: `styles/stages/${name}.css` });
  if (!there) document.head.append(link);
  try {
    await comes(link);
  } catch (error) {
    // What could not be fetched leaves nothing behind.
    link.remove();
    throw error;
  }
}

/** Waits for the styles of the page itself, which `entry.js` asked for. */
export const styled = () => comes(/** @type {HTMLLinkElement} */ (document.getElementById('page-style')));
