// What the page fetches when it is first wanted: once, and anew where it failed.

/** What was to be fetched could not be. */
export class Unfetched extends Error {}

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
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}
