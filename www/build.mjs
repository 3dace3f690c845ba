// Makes dist/ from www/ and the modules in target/engine, using, tasks, promises and live: everything a static host needs, with relative addresses only.
//
// The glue of the modules stays outside the bundle. After a trap the page imports an engine's a second time, as
// `./engine/pollscope.js?2`, to get a fresh instance; inside a bundle a module exists only once.

import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { highlightScenarios } from './highlight.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const www = join(root, 'www');
// Built aside and put in place by one rename, so that a failing build leaves the last good site.
const out = join(root, 'target/dist');

/** The glue is named from the folder of the files that import it, and all of those land in dist/ itself. */
const engineOutside = {
  name: 'engine-outside',
  /** @param {import('esbuild').PluginBuild} build */
  setup(build) {
    build.onResolve({ filter: /(^|\/)engine\/pollscope\.js$/ }, () => ({ path: './engine/pollscope.js', external: true }));
  },
};

/** Styles of one stage, fetched with it. */
const STAGE_STYLES = readdirSync(join(www, 'styles'), { recursive: true, encoding: 'utf8' }).filter((name) => name.startsWith('stages/')
  && name.endsWith('.css')).map((name) => `styles/${name}`);

rmSync(out, { recursive: true, force: true });
try {
  await esbuild.build({
    absWorkingDir: www,
    entryPoints: ['main.js', 'worker.js', 'styles/main.css', ...STAGE_STYLES],
    outbase: www,
    outdir: out,
    bundle: true,
    format: 'esm',
    splitting: true,
    minify: true,
    sourcemap: 'linked',
    legalComments: 'linked',
    target: 'es2022',
    chunkNames: '[name]-[hash]',
    assetNames: 'assets/[name]-[hash]',
    loader: { '.svg': 'dataurl' },
    plugins: [engineOutside],
    logLevel: 'warning',
  });
} catch {
  process.exit(1); // esbuild has said what and where
}

cpSync(join(www, 'index.html'), join(out, 'index.html'));
for (const icon of readdirSync(www).filter((name) => name.startsWith('favicon.'))) {
  cpSync(join(www, icon), join(out, icon));
}

for (const path of readdirSync(join(www, 'messages'), { recursive: true, encoding: 'utf8' })) {
  if (!path.endsWith('.json')) continue;
  const catalogue = JSON.parse(readFileSync(join(www, 'messages', path), 'utf8'));
  mkdirSync(dirname(join(out, 'messages', path)), { recursive: true });
  writeFileSync(join(out, 'messages', path), JSON.stringify(catalogue));
}

mkdirSync(join(out, 'code'));
for (const [scenario, files] of highlightScenarios(join(root, 'src'))) {
  writeFileSync(join(out, 'code', `${scenario}.json`), JSON.stringify(files));
}

// What the test suite counted last; the page shows it beside what it measures.
const recorded = join(root, 'benches/recorded.json');
writeFileSync(join(out, 'recorded.json'), existsSync(recorded) ? readFileSync(recorded) : '{}');

mkdirSync(join(out, 'engine'));
for (const [folder, name] of [['engine', 'pollscope'], ['using', 'using'], ['tasks', 'tasks'], ['promises', 'promises'], ['live', 'live']]) {
  for (const file of [`${name}.js`, `${name}_bg.wasm`, 'snippets']) {
    const from = join(root, 'target', folder, file);
    if (existsSync(from)) cpSync(from, join(out, 'engine', file), { recursive: true });
  }
}

rmSync(join(root, 'dist'), { recursive: true, force: true });
renameSync(out, join(root, 'dist'));
