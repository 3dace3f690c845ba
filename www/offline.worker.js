// The site without a network: a service worker that keeps the files of one version of the site, its own. The build puts in
// which files those are, each with a digest of what it holds.
//
// 1. A file is kept when it was fetched. Ahead of that come only the files of the start page; all others when the reader asks.
// 2. A file that is kept or handed out holds what the list says. So an open page never gets a file of a later version: while one
//    is being published, or after, what it lacks is refused (409), and it is told that there is a later version.
// 3. A later version is put in place by a reader who asks for it, and only if no other page of the site is open: the pages that
//    are open keep their files until they are gone.
// 4. A host that changes files on their way (a script put into each page) is no later version: they are handed out, and not kept.
//
//   from a page   { keep: [addresses] | 'all' }   { stop: true }   { count: true }   { claim: version }   { take: true }
//   to a page     { kept: { n, of, bytes }, isKeeping: true }   { missing: path }   { later: true }   { others: n }

/** @typedef {{ version: string, files: Record<string, string>, bytes: number, first: string[], beside: Record<string, string[]> }} Site `beside`: what a worker of the page fetches with a file */
/** @typedef {Event & { waitUntil: (done: Promise<unknown>) => void }} Lasting */
/** @typedef {Lasting & { request: Request, respondWith: (answer: Promise<Response>) => void }} Fetching */
/** @typedef {{ url: string, postMessage: (message: object) => void }} Client */
/** @typedef {Lasting & { data: any, source: Client }} Told */
/**
 * What a service worker's thread has, of which the types of pages know nothing.
 * @typedef {object} Thread
 * @property {ServiceWorkerRegistration} registration
 * @property {() => Promise<void>} skipWaiting
 * @property {{ matchAll: (of: object) => Promise<Client[]>, claim: () => Promise<void> }} clients
 * @property {(kind: string, listener: (event: any) => void) => void} addEventListener
 */

const thread = /** @type {Thread} */ (/** @type {unknown} */ (globalThis));
const { version, files, bytes, first, beside } = /** @type {Site} */ (JSON.parse('%SITE%'));
const { scope } = thread.registration;
// The store is the origin's, on which another Pollscope may stand beside this one.
const OWN = `pollscope ${scope} `;
const CACHE = OWN + version;
/** So many files are fetched side by side, where all are. */
const AT_ONCE = 6;

/** Where a file is. The first one has no name of its own there: some hosts send a reader who asks by name elsewhere. @param {string} path */
const addressOf = (path) => new URL(path === 'index.html' ? './' : path, scope).href;

/** The file of the site that an address means, if it means one. @param {string} address */
function fileAt(address) {
  const { origin, pathname } = new URL(address);
  const plain = origin + pathname;
  if (!plain.startsWith(scope)) return undefined;
  const path = decodeURIComponent(plain.slice(scope.length)) || 'index.html';
  return Object.hasOwn(files, path) ? path : undefined;
}

/** What the list says of a file that holds this. @param {ArrayBuffer} body */
async function digestOf(body) {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', body)).subarray(0, 9);
  return btoa(String.fromCharCode(...bytes));
}

/** The pages of this site that are open. */
const pages = async () => (await thread.clients.matchAll({ type: 'window', includeUncontrolled: true })).filter(({ url }) => url.startsWith(scope));
/** @param {object} message */
const tellAll = async (message) => { for (const page of await pages()) page.postMessage(message); };

/**
 * A file from the network, which is kept if it is this version's. What the browser still has from before may be an earlier
 * version's: then the host is asked.
 * @param {string} path
 * @param {boolean} isStrict whether no other answer will do
 */
async function fetchFile(path, isStrict = false) {
  /** @type {Response | undefined} */
  let other;
  for (const cache of /** @type {const} */ (['default', 'reload'])) {
    const answer = await fetch(addressOf(path), { cache, credentials: 'same-origin' });
    const body = await answer.clone().arrayBuffer();
    if (answer.ok && await digestOf(body) === files[path]) {
      // Without how it came: it is plain now, and what was redirected answers no page.
      const kept = new Response(body, { headers: { 'content-type': answer.headers.get('content-type') ?? '' } });
      await (await caches.open(CACHE)).put(addressOf(path), kept.clone()).catch(() => {});
      return kept;
    }
    other = answer;
  }
  await thread.registration.update().catch(() => {});
  const { installing, waiting } = thread.registration;
  if (installing || waiting) void tellAll({ later: true });
  if (installing || waiting || isStrict || !other) return new Response(null, { status: 409 });
  return other;
}

/** @param {string} path */
async function answer(path) {
  const cache = await caches.open(CACHE);
  return await cache.match(addressOf(path)) ?? fetchFile(path);
}

/** The files that are not kept yet. @param {string[]} paths */
async function missing(paths) {
  const kept = new Set((await (await caches.open(CACHE)).keys()).map(({ url }) => fileAt(url)));
  return paths.filter((path) => Object.hasOwn(files, path) && !kept.has(path));
}

/** Ends what is being kept. */
let stopped = new AbortController();

/** Keeps files, and says how far it is; the first that is not to be had ends it. @param {string[]} wanted @param {Client} page */
async function keep(wanted, page) {
  stopped.abort();
  const { signal } = stopped = new AbortController();
  const left = await missing(wanted);
  const of = wanted.length;
  let n = of - left.length;
  page.postMessage({ kept: { n, of, bytes }, isKeeping: true });
  const work = async () => {
    for (let path = left.shift(); path !== undefined && !signal.aborted; path = left.shift()) {
      const isKept = await fetchFile(path, true).then(({ ok }) => ok, () => false);
      if (signal.aborted) return;
      if (!isKept) {
        stopped.abort();
        page.postMessage({ missing: path });
        return;
      }
      n += 1;
      page.postMessage({ kept: { n, of, bytes }, isKeeping: true });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** What a page asks for. @param {Told} told */
async function obey({ data, source }) {
  if (data.stop) stopped.abort();
  if (data.keep === 'all') await keep(Object.keys(files), source);
  else if (data.keep) {
    // What the page has fetched before there was this worker: the browser has it still.
    const had = data.keep.map(fileAt).filter(Boolean);
    const all = [...new Set(had.flatMap((/** @type {string} */ path) => [path, ...beside[path] ?? []]))];
    await Promise.all((await missing(all)).map((path) => fetchFile(path, true).catch(() => {})));
  }
  if (data.count) {
    const of = Object.keys(files);
    source.postMessage({ kept: { n: of.length - (await missing(of)).length, of: of.length, bytes } });
  }
  // What came from the host before there was this worker is this version's, if that is what it says.
  if (data.claim === version) await thread.clients.claim();
  if (data.take) {
    const others = (await pages()).length - 1;
    if (others > 0) source.postMessage({ others });
    else await thread.skipWaiting();
  }
}

thread.addEventListener('install', (/** @type {Lasting} */ event) => {
  event.waitUntil((async () => {
    const came = await Promise.all((await missing(first)).map((path) => fetchFile(path, true)));
    if (!came.every(({ ok }) => ok)) throw new Error('the site is of another version than its list');
  })());
});

thread.addEventListener('activate', (/** @type {Lasting} */ event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith(OWN) && name !== CACHE) await caches.delete(name);
  })());
});

thread.addEventListener('fetch', (/** @type {Fetching} */ event) => {
  const { method, url } = event.request;
  const path = method === 'GET' ? fileAt(url) : undefined;
  if (path !== undefined) event.respondWith(answer(path));
});

thread.addEventListener('message', (/** @type {Told} */ event) => event.waitUntil(obey(event)));
