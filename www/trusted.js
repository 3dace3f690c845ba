// The addresses of scripts that the page runs by name: the policy of index.html (`require-trusted-types-for 'script'`) lets
// a worker begin from none but these.

/** What browsers that know trusted types have. @typedef {{ createPolicy: (name: string, rules: { createScriptURL: (url: string) => string }) => { createScriptURL: (url: string) => string } }} Factory */

/** A script beside the page. @param {string} url */
const createScriptURL = (url) => {
  if (!new URL(url).href.startsWith(new URL('.', document.baseURI).href)) throw new TypeError(`no script of the page: ${url}`);
  // In a frame that is sandboxed the page is of no origin, and no worker may begin from a script that is of one; it may import it.
  return window.origin === 'null' ? `data:text/javascript,${encodeURIComponent(`import ${JSON.stringify(url)};`)}` : url;
};

const { trustedTypes } = /** @type {{ trustedTypes?: Factory }} */ (/** @type {unknown} */ (globalThis));
const policy = trustedTypes?.createPolicy('pollscope', { createScriptURL }) ?? { createScriptURL };

/** The address of a script of the page, as a worker wants it. @param {string} path relative to the page */
export const scriptUrl = (path) => policy.createScriptURL(new URL(path, document.baseURI).href);
