// What the page fetches when it is first wanted: once, and anew where it failed.

/** What was to be fetched could not be. */
export class Unfetched extends Error {}

/**
 * What a sentence about it says: which file is missing, as far as the browser tells, and whether there is a network.
 * @param {unknown} error
 */
export function missingIn(error) {
  const site = new URL('.', document.baseURI).href;
  let file = '';
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const [address] = cause.message.match(/https?:[^\s'"]+?(?=[:.,)]?(?:\s|$))/) ?? [];
    if (address?.startsWith(site)) file = address.slice(site.length).replace(/[?#].*/, '');
  }
  return { file, named: file ? 'yes' : 'no', online: navigator.onLine ? 'yes' : 'no' };
}

/** A file of the site; fails, and names it, where it is not to be had. @param {string} path */
export async function fetchFile(path) {
  const { href } = new URL(path, document.baseURI);
  const response = await fetch(href).catch((cause) => {
    throw new Error(`no answer: ${href}`, { cause });
  });
  if (!response.ok) throw new Error(`${response.status}: ${href}`);
  return response;
}

/** When the page has nothing better to do. @param {() => void} then */
export const whenIdle = (then) => ('requestIdleCallback' in window ? requestIdleCallback(then, { timeout: 4000 }) : setTimeout(then, 1000));

/**
 * Fetches once what is asked for more than once; what failed is fetched anew.
 * @template T
 * @param {(name: string) => Promise<T>} fetch
 */
export function fetchOnce(fetch) {
  /** @type {Map<string, Promise<T>>} */
  const fetched = new Map();
  return {
    /** @param {string} name @returns {Promise<T>} */
    get(name) {
      const found = fetched.get(name) ?? fetch(name).catch((cause) => {
        fetched.delete(name);
        throw new Unfetched(name, { cause });
      });
      fetched.set(name, found);
      return found;
    },
    names: () => [...fetched.keys()],
  };
}

/** A JSON file of the site; fails if it is not there. @param {string} path @returns {Promise<unknown>} */
export async function fetchJson(path) {
  return (await fetchFile(path)).json();
}
