// The built modules, asked under node while the site is built: what there is to run, and the default run of each scenario.
// They are the modules that the page fetches, but for the manifest's, and the answers are those that a page would get.

import { openAsBlob, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Where `build.sh` leaves them. */
export const ENGINE = fileURLToPath(new URL('../../target/engine', import.meta.url));
/** The module that is asked for the manifest, and is no part of the site. */
export const MANIFEST = 'manifest';

/** @type {Map<string, Promise<any>>} */
const loaded = new Map();
/** The last live run. */
let recorded = Promise.resolve();

/** A module's glue, with its instance. @param {string} name */
export function load(name) {
  const found = loaded.get(name) ?? import(pathToFileURL(join(ENGINE, name, `${name}.js`)).href).then((glue) => {
    glue.initSync({ module: readFileSync(join(ENGINE, name, `${name}_bg.wasm`)) });
    return glue;
  });
  loaded.set(name, found);
  return found;
}

/** @returns {Promise<import('../types.js').Manifest>} */
export const manifest = async () => (await load(MANIFEST)).manifest();

/**
 * The default run of a scenario, in the viewer; a live one is recorded now.
 * @param {import('../types.js').Info} info
 * @returns {Promise<import('../types.js').Run>}
 */
export async function defaultRun({ id, kind, module }) {
  const [viewer, runner] = await Promise.all([load('viewer'), load(module)]);
  const run = new viewer.Run();
  /** @param {Uint8Array} chunk */
  const append = (chunk) => run.append(chunk);
  // It looks for a browser's clock where browsers have it, and for a file of the site beside the page.
  if (kind === 'live') {
    // Nothing is painted here: a frame is what comes 16 ms later.
    const frames = { requestAnimationFrame: (/** @type {() => void} */ f) => setTimeout(f, 16), cancelAnimationFrame: clearTimeout };
    Object.assign(globalThis, { window: globalThis, Window: Object, fetch: fetchFromSite, addEventListener() {}, ...frames });
    // One after the other: a run that is recorded while another one is ends that one.
    const record = () => runner.record(id, id, [], append);
    recorded = recorded.then(record, record);
    await recorded;
  } else runner.run(id, id, [], '', append);
  run.close();
  return run;
}

/** A file of the site that is being built, as a page would get it, in chunks. @param {string} file @param {{ signal?: AbortSignal }} options */
async function fetchFromSite(file, { signal }) {
  const [, name] = file.match(/^engine\/(\w+)_bg\.wasm$/) ?? [];
  const bytes = await openAsBlob(join(ENGINE, name ?? '', `${name}_bg.wasm`));
  return new Response(bytes.stream().pipeThrough(new TransformStream(), { signal }));
}

/**
 * The query of an address.
 * @param {{ scenario?: string, at?: string }} [link]
 */
export async function linkTo({ scenario, at } = {}) {
  const viewer = await load('viewer');
  const { link } = viewer.readLink('');
  return viewer.writeLink({ ...link, scenario, at, params: [], vs: [], unknown: [] });
}

/** The cursor of a moment in a run. @param {import('../types.js').Run} run @param {string} moment */
export function cursorOf(run, moment) {
  for (let cursor = 1; cursor <= run.length; cursor += 1) if (run.moment(cursor) === moment) return cursor;
  throw new Error(`no moment ${moment}`);
}
