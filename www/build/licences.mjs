// Whose work the site holds, and under which licences: the crates that are linked into its modules, and the packages that are bundled into
// its scripts; each with its own texts, where it has some, and a text once.
//
// Cargo and npm know all of it already. cargo-about and its like ask the same `cargo metadata`, and would be one more program of
// four hundred crates to install before a build.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @typedef {{ name: string, version: string, license: string, texts: string[] }} Work */

const TARGET = 'wasm32-unknown-unknown';
/** What tools make of the code runs at build time alone, and so do macros. */
const isLinked = (/** @type {any} */ { targets }) => !targets.some((/** @type {any} */ { kind }) => kind.includes('proc-macro'));

/** The texts that lie in a package's folder. @param {string} folder */
const textsIn = (folder) => readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile() && /^(licen[cs]e|copying|notice|unlicense)/i.test(entry.name))
  .map(({ name }) => name).sort().map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim());

/** All that a workspace knows of itself. @param {string} root */
export const metadata = (root) => JSON.parse(execFileSync('cargo', ['metadata', '--format-version', '1', '--locked', '--filter-platform', TARGET], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 }));

/**
 * The crates that are linked into modules, without the project's own.
 * @param {any} given what cargo knows
 * @param {string[]} modules the packages that become modules
 * @returns {Work[]}
 */
export function cratesOf({ packages, resolve: { nodes }, workspace_members: own }, modules) {
  /** @type {Map<string, any>} */
  const known = new Map(packages.map((/** @type {any} */ one) => [one.id, one]));
  const edges = new Map(nodes.map((/** @type {any} */ { id, deps }) => [id, deps]));
  const found = new Set(packages.filter((/** @type {any} */ { id, name }) => own.includes(id) && modules.includes(name)).map((/** @type {any} */ { id }) => id));
  for (const id of found) {
    for (const { pkg, dep_kinds: kinds } of edges.get(id) ?? []) {
      if (kinds.some((/** @type {any} */ { kind }) => kind === null) && isLinked(known.get(pkg))) found.add(pkg);
    }
  }
  return [...found].filter((id) => !own.includes(id)).map((id) => known.get(id))
    .map(({ name, version, license, manifest_path: path }) => ({ name, version, license: license ?? 'see its text', texts: textsIn(dirname(path)) }));
}

/**
 * The packages that are bundled, and those that are bundled in them.
 * @param {string} www
 * @param {string[]} inputs the files that were bundled
 * @returns {Work[]}
 */
export function packagesOf(www, inputs) {
  const names = new Set(inputs.flatMap((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? []));
  const works = [];
  for (const name of names) {
    const folder = join(www, 'node_modules', name);
    const { version, license, dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    for (const other of Object.keys(dependencies)) if (existsSync(join(www, 'node_modules', other))) names.add(other);
    works.push({ name, version, license, texts: textsIn(folder) });
  }
  return works;
}

/** @param {Work[]} works */
const sorted = (works) => [...works].sort((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1));
/** @param {Work[]} works */
const listed = (works) => sorted(works).map(({ name, version, license }) => `  ${name} ${version}, ${license}`).join('\n');

/**
 * @param {{ version: string, crates: Work[], packages: Work[], own: string[] }} given `own`: the project's texts
 */
export function licences({ version, crates, packages, own }) {
  /** Who has each text, in the order of the list. @type {Map<string, string[]>} */
  const texts = new Map();
  for (const { name, texts: all } of sorted([...crates, ...packages])) for (const text of all) texts.set(text, [...texts.get(text) ?? [], name]);
  const rule = '-'.repeat(80);
  return [
    `Pollscope ${version}, MIT OR Apache-2.0\n\nIt is compiled with Rust’s standard library, MIT OR Apache-2.0.`,
    `Crates in its WebAssembly:\n\n${listed(crates)}`, `Packages in its scripts:\n\n${listed(packages)}`,
    `${rule}\nPollscope\n${rule}\n\n${own.join('\n\n')}`,
    ...[...texts].map(([text, names]) => `${rule}\n${names.join(', ')}\n${rule}\n\n${text}`), '',
  ].join('\n\n');
}
