// The contest: a table, and JSON for those who calculate with it.
//
//   ./build.sh bench [--fuel] [--browser] [--json FILE]
//   ./build.sh bench --record

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { count, countOurs } from './measure.mjs';

const CONTEST = ['yield', 'yield_opaque', 'spawn_complete', 'oneshot_chain', 'hold', 'cancel'];
const OURS = 'pollscope';
const PEERS = [
  OURS, 'limit_concrete', 'limit_boxed', 'embassy_raw', 'futures_unordered', 'textbook', 'local_pool', 'tokio_local_set',
  'async_executor', 'wasm_bindgen_futures', 'js_promise',
];
const ZERO_COST = ['poll_hand', 'poll_async', 'poll_boxed', 'poll_boxed_dyn', 'poll_deep'];
const TRAITS = ['async_fn', 'poll_read', 'by_hand', 'async_trait', 'any_poll_read', 'any_async_trait'];

const { values: flags } = parseArgs({
  options: { fuel: { type: 'boolean' }, browser: { type: 'boolean' }, record: { type: 'boolean' }, json: { type: 'string' } },
});

/** @typedef {{ fuel: number | null, bytes: number | null, ns: { median: number, spread: number } | null }} Result */
/** @type {Map<string, Result>} */
const results = new Map();
const at = (executor, workload) => results.get(`${executor}/${workload}`);
const note = (executor, workload, found) => {
  const none = { fuel: null, bytes: null, ns: null };
  results.set(`${executor}/${workload}`, { ...(at(executor, workload) ?? none), ...found });
};

if (flags.record) {
  await record();
} else {
  if (flags.fuel) await countAll();
  if (flags.browser) await timeAll();
  print();
  if (flags.json) writeFileSync(flags.json, `${JSON.stringify(entries(), null, 2)}\n`);
}

async function countAll() {
  const all = await Promise.all(['peers', 'zero-cost', 'traits', 'record', 'watch'].map(count));
  for (const { executor, workload, fuel, bytes } of all.flat()) note(executor, workload, { fuel, bytes });
}

async function timeAll() {
  const { time } = await import('./chrome.mjs');
  for (const { executor, workload, ...ns } of await time()) note(executor, workload, { ns });
}

/** What the regression test compares with. */
async function record() {
  const counts = await countOurs();
  const rustc = execFileSync('rustc', ['--version'], { encoding: 'utf8' }).trim();
  const lines = counts.map(({ workload, fuel, bytes }) => `    ${JSON.stringify({ workload, fuel, bytes })}`);
  const text = `{\n  "rustc": ${JSON.stringify(rustc)},\n  "counts": [\n${lines.join(',\n')}\n  ]\n}\n`;
  writeFileSync(new URL('recorded.json', import.meta.url), text);
  console.log(text);
}

function entries() {
  return [...results].map(([name, { fuel, bytes, ns }]) => {
    const [executor, workload] = name.split('/');
    // What `record_poll` counts is the bytes of an event.
    const bytes_per_task = workload === 'hold' ? bytes : null;
    const entry = { executor, workload, fuel_per_unit: fuel, bytes_per_task };
    return flags.browser ? { ...entry, ns_per_unit: ns && round(ns.median) } : entry;
  });
}

function round(n) {
  return Math.round(n * 100) / 100;
}

function print() {
  if (flags.fuel) {
    contest('WebAssembly instructions a unit', (r) => r?.fuel);
    const bytes = PEERS.map((e) => [e, at(e, 'hold')?.bytes]).filter(([, b]) => b);
    table('bytes a waiting task of 20 bytes', [['', 'bytes'], ...bytes.map(([e, b]) => [e, figure(b)])]);
  }
  if (flags.browser) {
    contest('nanoseconds a unit in Chrome: median, times ours, ± half of what the middle half of the rounds spans', (r) => r?.ns?.median, (r) => r.ns.spread);
  }
  const unit = flags.fuel && flags.browser ? ['instructions', 'ns'] : [flags.fuel ? 'instructions' : 'ns'];
  const cells = (name, base) => {
    const r = at(OURS, name);
    const times = (get) => (get(r) == null ? '-' : `${figure(get(r))}  ×${(get(r) / get(at(OURS, base))).toFixed(3)}`);
    return [...(flags.fuel ? [times((x) => x.fuel)] : []), ...(flags.browser ? [times((x) => x.ns?.median)] : [])];
  };
  table('a poll without an executor, by who wrote the machine', [['', ...unit], ...ZERO_COST.map((w) => [w, ...cells(w, 'poll_hand')])]);
  table('a call on the bare executor, by who wrote the clerk', [['', ...unit], ...['clerk_hand', 'clerk_async'].map((w) => [w, ...cells(w, 'clerk_hand')])]);
  for (const [title, first] of [['waits for a timer', 'read_'], ['has its bytes at once', 'ready_']]) {
    table(`a call of a trait's method that ${title}, by how the trait is written`, [['', ...unit], ...TRAITS.map((w) => [w, ...cells(first + w, `${first}async_fn`)])]);
  }
  table('a poll that is recorded, against a bare one', [
    ['', ...unit], ...['yield_opaque', 'record_poll'].map((w) => [w, ...cells(w, 'yield_opaque')]),
  ]);
  const watched = (workload) => {
    const [r, bare] = [at(OURS, workload), at(OURS, 'yield_opaque')];
    const times = (get) => (get(r) == null ? '-' : `${figure(get(r))}  ×${(get(r) / get(bare)).toFixed(2)}`);
    return [workload, ...(flags.fuel ? [times((x) => x?.fuel)] : []), ...(flags.browser ? [times((x) => x?.ns?.median)] : [])];
  };
  table('a poll under watch, against a bare one', [
    ['', ...unit],
    ...['yield_opaque', 'watch_poll', 'watch_await'].map(watched),
  ]);
  const event = at(OURS, 'record_poll')?.bytes;
  if (event) console.log(`${figure(event)} bytes an event, tables of names and tasks included\n`);
}

/** Executors by workloads, each beside its ratio to ours. */
function contest(title, value, spread) {
  const rows = PEERS.filter((e) => CONTEST.some((w) => value(at(e, w)) != null)).map((executor) => [
    executor,
    ...CONTEST.map((workload) => {
      const [own, ours] = [value(at(executor, workload)), value(at(OURS, workload))];
      if (own == null) return '-';
      const wide = spread ? ` ±${(spread(at(executor, workload)) * 50).toFixed(0)}%` : '';
      return `${figure(own)}  ×${(own / ours).toFixed(2)}${wide}`;
    }),
  ]);
  table(title, [['', ...CONTEST], ...rows]);
}

function figure(n) {
  return n < 100 ? n.toFixed(1) : Math.round(n).toString();
}

function table(title, rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  console.log(title);
  for (const [name, ...cells] of rows) {
    console.log(`  ${name.padEnd(widths[0])}  ${cells.map((cell, i) => cell.padStart(widths[i + 1])).join('   ')}`);
  }
  console.log();
}
