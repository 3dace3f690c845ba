// A module of WebAssembly: fetched and compiled, and what is known of its failures.

/** What was to be fetched could not be. */
export class Unfetched extends Error {}

/** A module trapped and left nothing of what it did; the next one that is asked for is a fresh instance. */
export class Trapped extends Error {}

/** @param {unknown} error */
export const isTrap = (error) => error instanceof WebAssembly.RuntimeError;

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

/**
 * @param {URL} url
 */
export async function compile(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  // A plain host may not know the type, without which streaming is refused.
  if (response.headers.get('content-type') !== 'application/wasm') return WebAssembly.compile(await response.arrayBuffer());
  return WebAssembly.compileStreaming(response);
}
