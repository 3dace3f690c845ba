// Makes dist/ from www/ and the modules in target/engine: everything a static host needs, with relative addresses only.
//
// The glue of the modules stays outside the bundle: the page and the workers import it by its address, each where its
// instance lives.
//
// The manifest is asked of a module that is built with the runners and of which it is the only use, here under node. So the
// page's menu needs no WebAssembly.

import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import esbuild from 'esbuild';
import { highlight } from './highlight.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const www = join(root, 'www');
const engine = join(root, 'target/engine');
// Built aside and put in place by one rename, so that a failing build leaves the last good site.
const out = join(root, 'target/dist');

/** The module that is asked for the manifest, and is no part of the site. */
const MANIFEST = 'manifest';
const MODULES = readdirSync(engine).filter((name) => name !== MANIFEST);

/** Styles of one stage, fetched with it. */
const STAGE_STYLES = readdirSync(join(www, 'styles'), { recursive: true, encoding: 'utf8' }).filter((name) => name.startsWith('stages/')
  && name.endsWith('.css')).map((name) => `styles/${name}`);

rmSync(out, { recursive: true, force: true });
try {
  await esbuild.build({
    absWorkingDir: www,
    entryPoints: ['main.js', 'runner.worker.js', 'styles/main.css', ...STAGE_STYLES],
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
    logLevel: 'warning',
  });
} catch {
  process.exit(1); // esbuild has said what and where
}

for (const plain of ['index.html', 'boot.js']) cpSync(join(www, plain), join(out, plain));
for (const icon of readdirSync(www).filter((name) => name.startsWith('favicon.'))) {
  cpSync(join(www, icon), join(out, icon));
}

for (const path of readdirSync(join(www, 'messages'), { recursive: true, encoding: 'utf8' })) {
  if (!path.endsWith('.json')) continue;
  const catalogue = JSON.parse(readFileSync(join(www, 'messages', path), 'utf8'));
  mkdirSync(dirname(join(out, 'messages', path)), { recursive: true });
  writeFileSync(join(out, 'messages', path), JSON.stringify(catalogue));
}

mkdirSync(join(out, 'engine'));
for (const name of MODULES) {
  for (const file of [`${name}.js`, `${name}_bg.wasm`, 'snippets']) {
    const from = join(engine, name, file);
    if (existsSync(from)) cpSync(from, join(out, 'engine', file), { recursive: true });
  }
}

const glue = await import(pathToFileURL(join(engine, MANIFEST, `${MANIFEST}.js`)).href);
glue.initSync({ module: readFileSync(join(engine, MANIFEST, `${MANIFEST}_bg.wasm`)) });
/** @type {import('./types.js').Manifest} */
const { scenarios } = glue.manifest();

// The manifest without the code, which is fetched with its scenario, and coloured ahead: no parser is sent to the reader.
writeFileSync(join(out, 'manifest.json'), JSON.stringify({ scenarios: scenarios.map((info) => ({ ...info, files: [] })) }));
mkdirSync(join(out, 'code'));
for (const { id, files } of scenarios) {
  const spans = Object.fromEntries(files.map(({ name, source }) => [name, highlight(source, name)]));
  writeFileSync(join(out, 'code', `${id}.json`), JSON.stringify({ files, spans }));
}

// What the test suite counted last; the page shows it beside what it measures.
const recorded = join(root, 'benches/recorded.json');
writeFileSync(join(out, 'recorded.json'), existsSync(recorded) ? readFileSync(recorded) : '{}');

rmSync(join(root, 'dist'), { recursive: true, force: true });
renameSync(out, join(root, 'dist'));
