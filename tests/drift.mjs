// What moves under another compiler than the pinned one. A report, not a test: it fails only where it cannot run.
//
//   ./build.sh drift                    today's stable and nightly
//   ./build.sh drift beta 1.98.0        others
//
// - *Tests*: all native tests are compiled and run in a copy of the clone, with the leave to record their expectations
//   anew. What fails even so is listed, and what was recorded otherwise is shown as the difference that it makes:
//   the compiler's captured messages, sizes in traces, whole traces.
// - *Layouts*: the size of every future of the scenarios (wasm32, as the page shows them) and of the corpus, by the compiler's own table of
//   sizes, with the variants and fields of those that changed.
// - *Lowering*: what `src/lowering` says of the corpus, by the rules of that release or of the newest one that it knows, against what
//   the compiler does: the places of every coroutine, and what the programs print.

import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const pinned = readFileSync(join(root, 'rust-toolchain.toml'), 'utf8').match(/^channel = "(.*)"/m)[1];
const others = process.argv.slice(2);

/** What a command says on both of its outputs, and whether it went well. */
function run(command, args, { cwd = root, env = {} } = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, env: { ...process.env, ...env }, encoding: 'utf8', maxBuffer: 1 << 30 });
  if (error) throw error;
  return { ok: status === 0, said: stdout + stderr };
}

const folder = (toolchain) => join(root, 'target/drift', toolchain);
const cargo = (toolchain, args, options = {}) => run('cargo', [`+${toolchain}`, ...args], {
  ...options, env: { CARGO_TARGET_DIR: join(folder(toolchain), 'target'), ...options.env },
});
const version = (toolchain) => execFileSync('rustc', [`+${toolchain}`, '--version'], { encoding: 'utf8' }).trim();

/** What belongs to the clone, copied: a toolchain that records its own words must not do it here. */
function copy(toolchain) {
  const to = join(folder(toolchain), 'clone');
  rmSync(to, { recursive: true, force: true });
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);
  for (const file of files) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(root, file), join(to, file));
  }
  return to;
}

/** The report on the native tests. */
function tests(toolchain) {
  const clone = copy(toolchain);
  const built = cargo(toolchain, ['test', '--no-run'], { cwd: clone });
  const lines = [];
  const warnings = [...built.said.matchAll(/^warning: .*(?:\n +--> .*)?/gm)].map(([text]) => text).filter((text) => !/generated \d+ warning/.test(text));
  if (warnings.length) lines.push('Warnings that the pinned compiler does not give:', ...warnings.map(indented));
  if (!built.ok) return [...lines, 'The tests do not compile:', indented(built.said.slice(built.said.search(/^error/m)).split('\n').slice(0, 60).join('\n'))];
  const ran = cargo(toolchain, ['test', '--no-fail-fast'], { cwd: clone, env: { UPDATE_EXPECT: '1' } });
  const failed = [...ran.said.matchAll(/^test (.*) \.\.\. FAILED$/gm)].map(([, name]) => name);
  const results = [...ran.said.matchAll(/^test result: .*? (\d+) passed; (\d+) failed/gm)];
  const sum = (nth) => results.reduce((all, result) => all + Number(result[nth]), 0);
  lines.push(`${sum(1)} tests pass, ${sum(2)} fail${failed.length ? ':' : '.'}`, ...failed.map(indented));
  const difference = run('git', ['diff', '--no-index', '--unified=1', '--no-color', '--', 'src', join(clone, 'src')]).said
    + run('git', ['diff', '--no-index', '--unified=1', '--no-color', '--', 'tests', join(clone, 'tests')]).said;
  // Only what the tests wrote: files of the clone that are not tracked are none of theirs.
  const moved = difference.split(/^(?=diff --git )/m).filter((part) => part.startsWith('diff ') && !/^deleted file/m.test(part));
  if (moved.length) lines.push(`${moved.length} files are recorded otherwise:`, ...moved.map((part) => indented(part.trimEnd().split('\n').slice(0, 80).join('\n'))));
  else lines.push('Captured messages and recorded traces are the same.');
  return lines;
}

/** The compiler's table of sizes, for futures alone: from a type's name to its lines. */
function sizes(toolchain, args) {
  // RUSTC_BOOTSTRAP: the table is a nightly's option, the sizes are the release's own.
  const { ok, said } = cargo(toolchain, ['rustc', ...args, '--', '-Zprint-type-sizes'], { env: { RUSTC_BOOTSTRAP: '1' } });
  if (!ok) throw new Error(`${toolchain} does not compile ${args.join(' ')}:\n${said}`);
  const table = new Map();
  let lines;
  for (const line of said.split('\n').filter((l) => l.startsWith('print-type-size '))) {
    const type = line.match(/^print-type-size type: `(.*)`: (.*)/);
    if (type) {
      lines = undefined;
      if (!/^\{async /.test(type[1])) continue;
      lines = [type[2]];
      // Two of one name (an instance each) are told apart by their order of size, which the table has.
      let name = type[1];
      for (let nth = 2; table.has(name); nth += 1) name = `${type[1]} #${nth}`;
      table.set(name, lines);
    } else lines?.push(line.replace('print-type-size ', ''));
  }
  if (table.size < 10) throw new Error(`${toolchain} lists ${table.size} futures only`);
  return table;
}

const UNITS = {
  'scenarios, on wasm32': ['--lib', '--target', 'wasm32-unknown-unknown'],
  'the corpus, natively': ['--test', 'corpus'],
};

/** The report on layouts. */
function layouts(toolchain) {
  return Object.entries(UNITS).flatMap(([name, args]) => {
    const [before, now] = [sizes(pinned, args), sizes(toolchain, args)];
    const names = [...new Set([...before.keys(), ...now.keys()])];
    const moved = names.filter((type) => before.get(type)?.join('\n') !== now.get(type)?.join('\n'));
    return [`${name}: ${before.size} futures, ${moved.length ? `${moved.length} of them otherwise:` : 'all the same.'}`,
      ...moved.map((type) => indented([type, ...compared(before.get(type), now.get(type))].join('\n')))];
  });
}

function compared(before, now) {
  if (!before) return [`  is new: ${now[0]}`];
  if (!now) return [`  was ${before[0]}, and is not listed`];
  const only = (of, other) => of.filter((line) => !other.includes(line));
  return [...only(before, now).map((line) => `  - ${line.trim()}`), ...only(now, before).map((line) => `  + ${line.trim()}`)];
}

/** The report on the lowering's rule. */
function lowering(toolchain) {
  const built = run('cargo', [`+${pinned}`, 'build', '--locked', '-p', 'pollscope-lowering', '--example', 'fresh']);
  if (!built.ok) throw new Error(`the lowering does not compile:\n${built.said}`);
  const programs = readdirSync(join(root, 'tests/corpus')).filter((name) => name.endsWith('.rs')).map((name) => join(root, 'tests/corpus', name));
  const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target');
  // The compiler that it asks is the toolchain's.
  const { ok, said } = run(join(target, 'debug/examples/fresh'), programs, { env: { RUSTUP_TOOLCHAIN: toolchain } });
  if (!ok) return ['it cannot ask that compiler:', indented(said)];
  return said.trimEnd().split('\n');
}

const indented = (text) => text.split('\n').map((line) => `    ${line}`).join('\n');

for (const toolchain of others) {
  console.log(`\n# ${version(toolchain)}, beside ${version(pinned)}`);
  if (version(toolchain) === version(pinned)) {
    console.log('This is the pinned compiler: nothing can have moved.');
    continue;
  }
  console.log('\n## Tests\n');
  console.log(tests(toolchain).join('\n'));
  console.log('\n## Layouts\n');
  console.log(layouts(toolchain).join('\n'));
  console.log('\n## Lowering\n');
  console.log(lowering(toolchain).join('\n'));
}
