// The workbench's module in a browser: the programs of the corpus have the machines that rustc says, and run as the compiled ones do.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { dist } from './support.mjs';
import { openWorkbench } from './workbench.mjs';

const folder = fileURLToPath(new URL('../corpus/', import.meta.url));
const names = readdirSync(folder).filter((name) => name.endsWith('.rs')).map((name) => name.slice(0, -3));
const read = (name) => readFileSync(folder + name, 'utf8');

/** What must agree of a coroutine. */
const summary = ({ name, kind, size, align, discriminant_offset, upvars, suspend_points, storage_conflicts }) => ({
  name, kind, size, align, discriminant_offset, storage_conflicts,
  upvars: upvars.map(({ name: of, offset }) => [of, offset]),
  suspend_points: suspend_points.map(({ line: at, col: column, saved }) => [at, column, saved.map(({ slot, name: of, size: bytes, offset, kind: what }) => [slot, of, bytes, offset, what])]),
});

/** In the page: the answer to a program, and what the viewer says of each event of its run. A panic traps: the instance is made anew. */
const take = async ([source, release, order, changes]) => {
  const { workbench, viewer } = window;
  const program = new workbench.Workbench(source, release);
  const answer = JSON.parse(program.answer());
  const run = new viewer.Run();
  let chunks = 0;
  let thrown;
  try {
    program.run('main', 'corpus', order, 0, changes, new workbench.Limits(), (chunk) => { chunks += 1; run.append(chunk); });
  } catch (error) {
    thrown = String(error);
    workbench.__wbg_reset_state();
  }
  run.close();
  const events = Array.from({ length: run.length }, (_, i) => ({ ...run.describe(i + 1), time: run.time(i + 1) }));
  run.free();
  return { answer, events, chunks, thrown };
};

/** The lines of a `.trace`: what was logged, and what became of the tasks. */
function transcript(events) {
  const lines = [];
  let done;
  let before = 0;
  const note = (time, what, task) => lines.push(`# ${String(time).padStart(4)}  ${what} ${task}`);
  for (const { kind, task, time, text, message, ending } of events) {
    // `done` is said once all that comes with it has happened: the drops, and the wake of the task that joins.
    const goesOn = /^(poll_started|timer_fired|dropped_|ended)/.test(kind) || (kind === 'clock_advanced' && !task);
    if (goesOn && done !== undefined) {
      note(before, 'done', done);
      done = undefined;
    }
    before = time;
    if (kind === 'spawned') note(time, 'queue', task);
    else if (kind === 'poll_started') note(time, 'poll', task);
    else if (kind === 'woken_queued' || kind === 'woken_during_poll') note(time, 'wake', task);
    else if (kind === 'dropped_completed') done = task;
    else if (kind.startsWith('dropped_')) note(time, 'drop', task);
    else if (kind === 'logged') lines.push(`[${String(time).padStart(4)}] ${text}`);
    else if (kind === 'panicked') lines.push(`panic: ${message}`);
    else if (ending?.why === 'deadlock') lines.push(`deadlock: ${ending.tasks} tasks waiting`);
    else if (ending?.why === 'polls') lines.push(`stopped: ${ending.budget} polls`);
  }
  return lines;
}

test('machines and traces of the corpus are those of rustc and of the compiled programs', async () => {
  const page = await openWorkbench();
  let coroutines = 0;
  for (const name of names) {
    const { answer, events, chunks } = await page.evaluate(take, [read(`${name}.rs`), '', '', '']);
    assert.deepEqual(answer.diagnostics, [], name);
    assert(answer.entries.includes('main'), name);
    const ours = new Map(answer.machines.coroutines.map((of) => [of.name, of]));
    for (const theirs of JSON.parse(read(`${name}.truth.json`)).coroutines) {
      assert(ours.has(theirs.name), `${name}: ${theirs.name}`);
      assert.deepEqual(summary(ours.get(theirs.name)), summary(theirs), `${name}: ${theirs.name}`);
      coroutines += 1;
    }
    assert(chunks > 0, name);
    assert.deepEqual(transcript(events), read(`${name}.trace`).trimEnd().split('\n'), name);
  }
  assert(coroutines > 100, `${coroutines} coroutines`);
  await page.close();
});

test('a release, an order and a change make another machine and another run', async () => {
  const page = await openWorkbench();
  const name = 'c071_match_result_string';
  const main = ({ machines }) => machines.coroutines.find((of) => of.name.startsWith('main')).size;
  const of = async (...asked) => page.evaluate(take, [read(`${name}.rs`), ...asked]);
  const [now, before] = [await of('', '', ''), await of('1.95.0', '', '')];
  assert.deepEqual([main(now.answer), main(before.answer)], [24, 36]);
  const fair = read('c115_yield_fairness.rs');
  const [fifo, lifo] = [await page.evaluate(take, [fair, '', '', '']), await page.evaluate(take, [fair, '', 'lifo', ''])];
  assert.notDeepEqual(transcript(lifo.events), transcript(fifo.events));
  const lost = await page.evaluate(take, [read('c063_spawn_and_wait.rs'), '', '', 't2.w1-lose']);
  assert.match(transcript(lost.events).at(-1), /^deadlock: /);
  await page.close();
});

test('what is wrong is said where it is, and the machines of the rest are there', async () => {
  const page = await openWorkbench();
  const source = 'async fn fine(n: u32) -> u32 {\n    yield_now().await;\n    n\n}\nasync fn main() {\n    let x: u32 = "no";\n    fine(1).await;\n}\n';
  const { answer, thrown, chunks } = await page.evaluate(take, [source, '', '', '']);
  assert.deepEqual(answer.diagnostics.map(({ severity, line, col, end_col }) => [severity, line, col, end_col]), [['error', 6, 18, 22]]);
  assert(answer.machines.coroutines.some((of) => of.name.startsWith('fine')));
  assert.match(thrown, /^6:18: error: /);
  assert.equal(chunks, 0);
  const unknown = await page.evaluate(() => {
    try {
      return new window.workbench.Workbench('', '1.2.0') && '';
    } catch (error) {
      return error;
    }
  });
  assert.equal(unknown, 'the rules of rustc 1.2.0 are not known');
  await page.close();
});

test('a program that panics sends its last chunk, and one that never awaits meets its limit of steps', async () => {
  const page = await openWorkbench();
  const panics = await page.evaluate(take, ['async fn main() {\n    yield_now().await;\n    let v: Vec<u32> = Vec::new();\n    log!("{}", v[0]);\n}\n', '', '', '']);
  assert.equal(panics.events.findLast(({ kind }) => kind === 'panicked').message, 'index out of bounds: the len is 0 but the index is 0');
  const endless = await page.evaluate(take, ['async fn main() {\n    let mut n = 0u32;\n    loop { n = n.wrapping_add(1); }\n}\n', '', '', '']);
  assert.equal(endless.events.findLast(({ kind }) => kind === 'panicked').message, 'one poll took more than 10000000 steps');
  // The instance was made anew, and goes on.
  const { events } = await page.evaluate(take, [read('c001_empty.rs'), '', '', '']);
  assert.deepEqual(transcript(events), read('c001_empty.trace').trimEnd().split('\n'));
  await page.close();
});

// What is compiled into the site's own modules, and whose code is within the language: the task's name in the trace, and the coroutine.
const COMPILED = [
  ['call-centre', 'first', 'call', 'call::{async_fn_env#0}'],
  ['languages', 'using', 'task', 'task::{async_fn_env#0}'],
  ['sequential-join', 'using', 'in a loop', 'in_a_loop::{async_fn_env#0}'],
  ['sequential-join', 'using', 'join!', 'joined::{async_fn_env#0}'],
  ['sequential-join', 'using', 'request', 'request::{async_fn_env#0}'],
  ['executor', 'tasks', 'nudger', 'nudger::{async_fn_env#0}'],
  ['executor', 'tasks', 'child', 'child::{async_fn_env#0}'],
  ['first-poll', 'first', 'sleeper', 'start::{async_block_env#0}'],
];

/** In the page: a scenario's run beside what the workbench says of its code. */
const compare = ([scenario, module, task, coroutine, source]) => {
  const { workbench, viewer } = window;
  const answer = JSON.parse(new workbench.Workbench(source, '').answer());
  const machine = answer.machines.coroutines.find(({ name }) => name === coroutine);
  const run = new viewer.Run();
  window[module].run(scenario, scenario, [], '', (chunk) => run.append(chunk));
  run.close();
  const [sizes, states] = [[], []];
  const { machines } = run.frame(run.length, 0);
  for (let cursor = 1; cursor <= run.length; cursor += 1) {
    const event = run.describe(cursor);
    if (event.kind === 'spawned' && event.name === task) sizes.push(event.size);
    // Where the future's bytes are read: which state its discriminant says, and at which line it waits.
    if (event.kind === 'poll_pending' && machines.length > 0) {
      const { now } = run.frame(cursor, event.task).memory;
      states.push([now.bytes[machine.discriminant_offset], event.at.line]);
    }
  }
  return { machine, sizes, states, discriminant: machines[0]?.discriminant };
};

test('futures of compiled scenarios have the sizes that are computed, and their bytes the states', async () => {
  const page = await openWorkbench('first', 'using', 'tasks');
  let seen = 0;
  for (const [scenario, module, task, coroutine] of COMPILED) {
    const { files } = JSON.parse(readFileSync(join(dist, 'code', `${scenario}.json`), 'utf8'));
    const { source } = files.find(({ name }) => name === 'code.rs');
    const { machine, sizes, states, discriminant } = await page.evaluate(compare, [scenario, module, task, coroutine, source]);
    assert(sizes.length > 0, `${scenario}: ${task}`);
    assert.deepEqual([...new Set(sizes)], [machine.size], `${scenario}: ${task}`);
    if (states.length > 0) assert.equal(machine.discriminant_offset, discriminant);
    for (const [state, line] of states) {
      // Before the suspend points come the states Unresumed, Returned and Panicked.
      assert.equal(machine.suspend_points[state - 3].line, line, `${scenario}: state ${state}`);
      seen += 1;
    }
  }
  assert(seen > 0, 'some states were seen in memory');
  await page.close();
});

test('ten thousand keystrokes do not fill the memory: the parser’s copies of the sources are given back', async () => {
  const page = await openWorkbench();
  const grown = await page.evaluate(async () => {
    const { workbench } = window;
    const { memory } = await workbench.default();
    // As much text as ten thousand keystrokes in a short program have, in fewer pieces.
    const long = `${'// a line of a comment; it is kept as any other\n'.repeat(2000)}async fn main() {}\n`;
    const type = (/** @type {number} */ rounds) => {
      for (let i = 0; i < rounds; i += 1) new workbench.Workbench(`${long}// ${i}`, '').free();
    };
    type(40);
    const before = memory.buffer.byteLength;
    type(260);
    return memory.buffer.byteLength - before;
  });
  assert(grown <= 1 << 20, `${grown} bytes more`);
  await page.close();
});
