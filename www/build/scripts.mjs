// The page's scripts, in files that are worth a request each.
//
// A bundler that makes one file of each set of entries that share something makes sixty of what a lesson takes, most of them
// below a kilobyte: what they cost is asking for them. Here what is always there together lies together, and among the rest small
// files are merged although some reader then takes a little that he does not need.

import { relative } from 'node:path';
import { rolldown } from 'rolldown';

/** What the rest begins with. In a file of its own is what each needs alone. */
const ENTRIES = ['page.js', 'main.js', 'start/main.js', 'runner.worker.js'];

/**
 * What several of them want lies in the first of these that imports it. Whatever is shown of a scenario, `main.js` is there, with all
 * that it imports; a start page takes what keeps the site, and nothing of a scenario; and a worker nothing of a page.
 */
const TOGETHER = [['runner', ['runner.worker.js']], ['site', ['page.js', 'start/main.js', 'offline.js']], ['scenario', ['main.js']]];

/** Files below this are merged, in bytes of source. With 3,000 a lesson takes 28 to 32 files, with 8,000 it takes 21 to 24 and nothing more, with 14,000 20 and up to 13 KB more. */
const WORTH = 8000;

/** @typedef {{ imports: string[], later: string[] }} Chunk the files that it imports, at once and when they are asked for */

/**
 * Bundles them; fails with what is wrong with them.
 * @param {string} www the folder of the sources
 * @param {string} out the folder of the site
 */
export async function bundleScripts(www, out) {
  const bundle = await rolldown({
    cwd: www,
    input: Object.fromEntries(ENTRIES.map((name) => [name.replace(/\.js$/, ''), name])),
    platform: 'browser',
    transform: { target: 'es2022' },
  });
  const { output } = await bundle.write({
    dir: out,
    format: 'es',
    minify: true,
    sourcemap: true,
    // What is in it of others stands in `licences.txt`, whole.
    comments: { legal: false },
    entryFileNames: '[name].js',
    // The names of merged ones are those of all that share them.
    chunkFileNames: ({ name }) => `${name.replace(/~.*/, '')}-[hash].js`,
    codeSplitting: {
      groups: [
        ...TOGETHER.map(([name, roots], i) => ({ name: togetherIn(name, roots.map((root) => `${www}/${root}`)), debugName: name, minShareCount: 2, priority: TOGETHER.length - i + 1 })),
        { name: (module, graph) => (isAsked(module, graph) ? null : 'part'), debugName: 'part', entriesAware: true, entriesAwareMergeThreshold: WORTH, minShareCount: 2, priority: 1 },
      ],
    },
  });
  await bundle.close();
  const chunks = output.filter((one) => one.type === 'chunk');
  return {
    /** By their files. @type {Record<string, Chunk>} */
    chunks: Object.fromEntries(chunks.map(({ fileName, imports, dynamicImports: later }) => [fileName, { imports, later }])),
    /** The file that begins with a source. @type {Record<string, string>} */
    files: Object.fromEntries(chunks.flatMap(({ fileName, facadeModuleId: source }) => (source ? [[relative(www, source), fileName]] : []))),
    /** What was bundled. */
    inputs: chunks.flatMap(({ moduleIds }) => moduleIds).map((source) => relative(www, source)),
  };
}

/** @typedef {Parameters<import('rolldown').CodeSplittingNameFunction>[1]} Graph */

/** Whether it is asked for by itself, and so has a file of its own. @param {string} module @param {Graph} graph */
function isAsked(module, graph) {
  const info = graph.getModuleInfo(module);
  return info !== null && (info.isEntry || info.dynamicImporters.length > 0);
}

/**
 * Names the modules that are imported, however far, by one of the roots.
 * @param {string} name
 * @param {string[]} roots
 * @returns {import('rolldown').CodeSplittingNameFunction}
 */
function togetherIn(name, roots) {
  /** @type {Map<string, boolean>} */
  const known = new Map(roots.map((root) => [root, true]));
  return (module, graph) => {
    const isIn = (/** @type {string} */ id) => {
      const found = known.get(id) ?? graph.getModuleInfo(id)?.importers.some(isIn) ?? false;
      known.set(id, found);
      return found;
    };
    return isIn(module) && !isAsked(module, graph) ? name : null;
  };
}
