// Makes dist/ from www/ and the modules in target/engine: everything a static host needs, with relative addresses only.
//
// The glue of the modules stays outside the bundle: the page and the workers import it by its address, each where its
// instance lives.
//
// What the page shows before anything runs is asked of the modules here, under node (`build/engine.mjs`): the manifest, the
// start page's figure, and a small picture of each scenario. So the start page and the menu need no WebAssembly.

import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { ENGINE, MANIFEST, defaultRun, linkTo, manifest as askManifest } from './build/engine.mjs';
import { FIGURE, stillOf, storyOf } from './build/figure.mjs';
import { writeGlossary } from './build/glossary.mjs';
import { cratesOf, licences, metadata, packagesOf } from './build/licences.mjs';
import { pictureOf } from './build/pictures.mjs';
import { bundleScripts } from './build/scripts.mjs';
import { writeBeliefs } from './build/beliefs.mjs';
import { sharedAs, writeShared } from './build/shared.mjs';
import { writeSite } from './build/site.mjs';
import { startPage } from './build/startpage.mjs';
import { writeStills } from './build/stills.mjs';
import { LANGUAGE, escape, loadWords } from './build/words.mjs';
import { LANGUAGES } from './languages.js';
import { timingOf } from './start/timing.js';
import { TRACE } from './tracefile.js';
import { highlight } from './highlight.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const www = join(root, 'www');
// Built aside and put in place by one rename, so that a failing build leaves the last good site.
const out = join(root, 'target/dist');

const MODULES = readdirSync(ENGINE).filter((name) => name !== MANIFEST && existsSync(join(ENGINE, name, `${name}.js`)));

/** The worker of live runs, and the module that it has an instance of. */
const [LIVE_WORKER, LIVE_MODULE] = ['blocking.worker.js', 'promises'];

/** Styles of one stage, fetched with it. */
const STAGE_STYLES = readdirSync(join(www, 'styles'), { recursive: true, encoding: 'utf8' }).filter((name) => name.startsWith('stages/')
  && name.endsWith('.css')).map((name) => `styles/${name}`);

/** @type {import('esbuild').BuildOptions} */
const BUNDLED = { absWorkingDir: www, outbase: www, outdir: out, bundle: true, minify: true, sourcemap: 'linked', legalComments: 'linked', target: 'es2022', logLevel: 'warning' };

rmSync(out, { recursive: true, force: true });
/** @type {Awaited<ReturnType<typeof bundleScripts>>} */
let scripts;
try {
  // A script of its own, for it runs before the first paint, and a module does not.
  await esbuild.build({ ...BUNDLED, entryPoints: ['entry.js'], format: 'iife' });
  // By itself: other pages fetch it, by its name.
  await esbuild.build({ ...BUNDLED, entryPoints: ['element.js'], format: 'esm' });
  await esbuild.build({ ...BUNDLED, entryPoints: ['styles/ground.css', 'styles/start.css', 'styles/main.css', 'styles/sheet.css', ...STAGE_STYLES], assetNames: 'assets/[name]-[hash]', loader: { '.svg': 'dataurl' } });
} catch {
  process.exit(1); // esbuild has said what and where
}
try {
  scripts = await bundleScripts(www, out);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

const cargo = metadata(root);
const { version, repository } = cargo.packages.find((/** @type {any} */ { name }) => name === 'pollscope');
const crates = cratesOf(cargo, ['viewer', 'runner', 'workbench', 'suspended', 'explorer', 'fast'].map((name) => `pollscope-${name}`));
const own = ['LICENSE-MIT', 'LICENSE-APACHE'].map((name) => readFileSync(join(root, name), 'utf8'));
writeFileSync(join(out, 'licences.txt'), licences({ version, crates, packages: packagesOf(www, scripts.inputs), own }));
cpSync(join(www, 'boot.js'), join(out, 'boot.js'));
for (const icon of readdirSync(www).filter((name) => name.startsWith('favicon.'))) {
  cpSync(join(www, icon), join(out, icon));
}
cpSync(join(www, 'icons'), join(out, 'icons'), { recursive: true });

for (const path of readdirSync(join(www, 'messages'), { recursive: true, encoding: 'utf8' })) {
  if (!path.endsWith('.json')) continue;
  const catalogue = JSON.parse(readFileSync(join(www, 'messages', path), 'utf8'));
  mkdirSync(dirname(join(out, 'messages', path)), { recursive: true });
  writeFileSync(join(out, 'messages', path), JSON.stringify(catalogue));
}

// As it is shown: it is the worker of a live run, and its code.
cpSync(join(root, 'src/scenario/blocking/worker.js'), join(out, LIVE_WORKER));

mkdirSync(join(out, 'engine'));
for (const name of MODULES) {
  for (const file of [`${name}.js`, `${name}_bg.wasm`, 'snippets']) {
    const from = join(ENGINE, name, file);
    if (existsSync(from)) cpSync(from, join(out, 'engine', file), { recursive: true });
  }
}

const manifest = await askManifest();
const { scenarios } = manifest;

// The manifest without the code, which is fetched with its scenario, and coloured ahead: no parser is sent to the reader.
writeFileSync(join(out, 'manifest.json'), JSON.stringify({ ...manifest, scenarios: scenarios.map((info) => ({ ...info, files: [] })) }));
mkdirSync(join(out, 'code'));
for (const { id, files } of scenarios) {
  const spans = Object.fromEntries(files.map(({ name, source }) => [name, highlight(source, name)]));
  writeFileSync(join(out, 'code', `${id}.json`), JSON.stringify({ files, spans }));
}

// What the test suite counted last; the page shows it beside what it measures.
const recorded = join(root, 'benches/recorded.json');
const counts = existsSync(recorded) ? readFileSync(recorded, 'utf8') : '{}';
writeFileSync(join(out, 'recorded.json'), counts);

await buildStartPage();
const [policy] = /** @type {string[]} */ (readFileSync(join(www, 'index.html'), 'utf8').match(/<meta http-equiv="Content-Security-Policy"[^>]*>/));
await writeBeliefs(out, scenarios, policy);
writeGlossary(out, policy);
writeShared(out, scenarios, policy);
writeSite(out, { www, description: loadWords(['start']).t('start.what'), first: firstOf(), beside: besideOf() });

rmSync(join(root, 'dist'), { recursive: true, force: true });
renameSync(out, join(root, 'dist'));
// What was recorded live has left a port open, which no page minds.
process.exit();

/** The page that a bare address opens: its figure, its pictures, and its words, whole before any script. */
async function buildStartPage() {
  const words = loadWords(['site', 'start']);
  const figured = scenarios.find(({ id }) => id === FIGURE);
  if (!figured) throw new Error(`no scenario ${FIGURE}`);
  const story = await storyOf(await defaultRun(figured));
  writeFileSync(join(out, 'start/figure.json'), JSON.stringify(story));

  const { counts: counted = [] } = JSON.parse(counts);
  const pictures = Object.fromEntries(await Promise.all(scenarios.map(async (info) => [info.id, await pictureOf(info, counted)])));
  writeStills(out, scenarios, pictures);
  const ahead = Object.fromEntries(scenarios.map((info) => [info.id, filesOf(info)]));
  writeFileSync(join(out, 'start/scenarios.json'), JSON.stringify({ pictures, ahead }));

  const links = new Map(await Promise.all([...scenarios, { id: TRACE }].map(async ({ id }) => /** @type {[string, string]} */ ([id, await linkTo({ scenario: id })]))));
  const start = startPage({ manifest, words, still: stillOf(story, words), timing: timingOf(story), links, version, repository, tasks: story.tasks.length });
  const early = scenarios.map((info) => {
    const { html } = loadWords(['site', info.id]);
    const [title, idea] = [html(`scenario.${info.id}.title`), html(`scenario.${info.id}.idea`)];
    const said = isLesson(info) ? `<section class="story"><div class="intro"><h1>${title}</h1><p class="idea">${idea}</p></div></section>`
      : `<aside class="beside"><section class="idea"><h1>${title}</h1><p>${idea}</p></section></aside>`;
    return `<template id="early-${info.id}" data-language="${LANGUAGE}" data-stage="${isLesson(info) ? 'lesson' : info.stage}">${said}</template>`;
  });
  const html = readFileSync(join(www, 'index.html'), 'utf8')
    .replace('<!-- shared -->', () => sharedAs({ title: 'Pollscope', description: loadWords(['start']).t('start.what') }))
    .replace('<!-- early -->', () => early.join(''))
    // What is put in is no pattern: hence functions.
    .replace('<!-- start -->', () => start)
    .replace('data-start data-scenario', () => `data-start="${chunksOf('start/main.js').join(' ')}" data-scenario="${chunksOf('main.js').join(' ')}" data-ahead="${escape(JSON.stringify(aheadOf()))}"`);
  writeFileSync(join(out, 'index.html'), html);
}

/** Where a script is. @param {string} script */
function fileOf(script) {
  const file = scripts.files[script];
  if (file === undefined) throw new Error(`no script ${script}`);
  return file;
}

/** The same, and what it imports, however far. @param {string} script @returns {string[]} */
function allOf(script) {
  const found = new Set([fileOf(script)]);
  for (const one of found) for (const imported of scripts.chunks[one].imports) found.add(imported);
  return [...found];
}

/** What the start page takes, in either language. */
function firstOf() {
  const words = LANGUAGES.flatMap((language) => ['site', 'start'].map((part) => `messages/${language}/${part}.json`));
  const scripts = ['page.js', 'start/main.js', 'offline.js'].flatMap(allOf);
  return [...new Set(['index.html', 'boot.js', 'entry.js', 'favicon.svg', 'styles/ground.css', 'styles/start.css', 'start/figure.json', 'start/scenarios.json', ...scripts, ...words])];
}

/** What a worker fetches to run a module, which the page itself does not. */
function besideOf() {
  const worker = allOf('runner.worker.js');
  return Object.fromEntries(MODULES.map((name) => {
    const glue = `engine/${name}.js`;
    const snippets = [...readFileSync(join(out, glue), 'utf8').matchAll(/from ['"]\.\/(snippets\/[^'"]+)['"]/g)].map(([, path]) => `engine/${path}`);
    return [`engine/${name}_bg.wasm`, [glue, ...snippets, ...worker, ...(name === LIVE_MODULE ? [LIVE_WORKER] : [])]];
  }));
}

/** What a script imports, which is fetched side by side with it. @param {string} script */
function chunksOf(script) {
  return allOf(script).slice(1);
}

/** Whether a scenario is a lesson if nothing else is asked for: it has a trace, or its stage tells what it measured. @param {import('./types.js').Info} info */
function isLesson({ kind, stage }) {
  return kind !== 'untraced' || scripts.chunks[fileOf(`stages/${stage}.js`)].later.includes(fileOf('lesson/measured.js'));
}

/** What showing each scenario takes besides `main.js`: what all lessons take, under no name, and of each the rest. @returns {import('./entry.js').Ahead} */
function aheadOf() {
  const main = new Set(allOf('main.js'));
  const each = scenarios.map((info) => {
    const { id, kind, stage, hero } = info;
    const own = isLesson(info) ? [kind === 'untraced' ? 'lesson/measured.js' : 'lesson/stage.js', `heroes/${hero}.js`] : [];
    const files = [...new Set([`stages/${stage}.js`, ...own].flatMap(allOf))].filter((file) => !main.has(file));
    const words = ['site', 'page', 'lesson', ...(isLesson(info) ? ['terms', 'heroes'] : []), ...(kind === 'untraced' ? [] : ['story']), id];
    return { id, files, words, view: /** @type {const} */ (isLesson(info) ? 'lesson' : 'all'), stage };
  });
  const lessons = each.filter(({ view }) => view === 'lesson').map(({ files }) => files);
  const all = lessons[0].filter((file) => lessons.every((files) => files.includes(file)));
  return Object.fromEntries([['', { scripts: all }], ...each.map(({ id, files, ...more }) => [id, { ...more, scripts: files.filter((file) => more.view === 'all' || !all.includes(file)) }])]);
}

/** What opening a scenario takes, as far as a reader who points at it may want it. @param {import('./types.js').Info} info */
function filesOf({ kind, module }) {
  const modules = kind === 'deterministic' ? ['viewer', module] : ['viewer'];
  return ['main.js', ...chunksOf('main.js'), 'styles/main.css', 'engine/viewer.js', ...modules.map((name) => `engine/${name}_bg.wasm`)];
}
