// What futures hold, in the memory of the module that runs them: the layouts were captured from the compiler natively, and are
// held here against the bytes of wasm32. Every byte of a buffer was filled with the same number.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { load, manifest } from '../../www/build/engine.mjs';

const FILLED = 7;

/** What the compiler said of the futures of a scenario on wasm32: how large each is, and where the number of its state is. */
function capturedOf(folder) {
  const source = readFileSync(new URL(`../../src/scenario/${folder}/layouts.rs`, import.meta.url), 'utf8');
  const all = [...source.matchAll(/(#\[cfg\(target_pointer_width = "(\d+)"\)\]\n)?pub\(super\) const (\w+): Layout = Layout { size: (\d+), tag: (\d+)/g)];
  return Object.fromEntries(all.filter(([, , bits]) => bits !== '64').map(([, , , name, bytes, tag]) => [name.toLowerCase(), { size: Number(bytes), tag: Number(tag) }]));
}
const captured = capturedOf('size');

const { scenarios } = await manifest();
const size = scenarios.find(({ id }) => id === 'size');
const ways = size.schema.properties.second_way.enum;
const viewer = await load('viewer');

/** @param {string} id @param {string[]} params @param {string} module */
async function runWith(id, params, module) {
  const runner = await load(module);
  const run = new viewer.Run();
  runner.run(id, id, params, '', (chunk) => run.append(chunk));
  run.close();
  return run;
}
/** @param {string} way */
const runOf = (way) => runWith('size', ['second_way', way], size.module);

/** The longest stretch of bytes that are all the buffer's. @param {number[]} bytes */
function longest(bytes) {
  let [most, now] = [0, 0];
  for (const byte of bytes) {
    now = byte === FILLED ? now + 1 : 0;
    most = Math.max(most, now);
  }
  return most;
}

/** Whether all bytes of a field are the buffer's. */
const isFilled = (bytes, { offset, size: length }) => bytes.slice(offset, offset + length).every((byte) => byte === FILLED);

test('futures are as large in wasm as the compiler said', async () => {
  assert.equal(Object.keys(captured).length, 14);
  for (const way of ways) {
    for (const { name, size: bytes } of (await runOf(way)).layouts().tasks) {
      assert.equal(bytes, captured[name].size, `${way}: ${name}`);
    }
  }
});

/** The futures that the compiler made, task by task, of every run that shows their bytes. */
const compiled = [
  ['first-poll', [], ['block', 'block', 'block']],
  ['state-machine', [], ['async_fn']],
  ['state-machine', ['written', 'async_fn'], ['async_fn']],
  ['state-machine', ['written', 'without_async_fn'], ['async_fn', 'fn_and_block']],
  ['state-machine', ['written', 'without_block'], ['fn_and_block']],
  ['state-machine', ['written', 'without_await'], ['dot_await']],
  ['state-machine', ['written', 'without_async_trait'], ['async_in_trait', 'poll_in_trait']],
  ...ways.map((way) => ['size', ['second_way', way], undefined]),
];

test('the number of the state is where the compiler said, in every state, and no field lies over another', async () => {
  let seen = 0;
  for (const [id, params, futures] of compiled) {
    const layouts = capturedOf(id.replaceAll('-', '_'));
    const run = await runWith(id, params, scenarios.find((one) => one.id === id).module);
    for (const { task, name, states } of run.layouts().tasks) {
      const said = layouts[futures ? futures[task - 1] : name];
      if (!said) continue;
      states.forEach(({ at }, state) => {
        const where = `${id} ${params}: ${name}, state ${state}`;
        assert(at > 0, where);
        const { bytes, size: all, fields } = run.frame(at, task).memory.now;
        assert.equal(all, said.size, where);
        const number = state === 0 ? 0 : state + 1 === states.length ? 1 : state + 2;
        assert.equal(bytes[said.tag], number, where);
        assert.deepEqual(fields.filter(({ role }) => role === 'discriminant').map(({ offset, size: n }) => [offset, n]), [[said.tag, 1]], where);
        // All bytes are told, each once.
        assert.equal(fields.reduce((end, field) => (assert.equal(field.offset, end, where), end + field.size), 0), all, where);
        if (state > 0 && state + 1 < states.length) assert(fields.some(({ role, name: field }) => role === 'awaited' || field.startsWith('reach.')), where);
        seen += 1;
      });
    }
  }
  assert(seen > 100, `${seen} states were read`);
});

test('a future that borrows from the one that awaits it points into it: at what it borrowed', async () => {
  const { module } = scenarios.find(({ id }) => id === 'state-machine');
  const run = await runWith('state-machine', ['written', 'without_async_trait'], module);
  const { task, states } = run.layouts().tasks.find(({ name }) => name === 'poll_reach');
  const { address, fields } = run.frame(states[1].at, task).memory.now;
  const offsetOf = (name) => fields.findLast((field) => field.name === name).offset;
  for (const [pointer, borrowed] of [['reach.by', 'phone'], ['reach.t', 'target']]) {
    assert.equal(fields.find(({ name }) => name === pointer).target.address, address + offsetOf(borrowed), pointer);
  }
});

test('a buffer lies where its layout says, in every state that holds it, and nowhere in a future that does not', async () => {
  let held = 0;
  for (const way of ways) {
    const run = await runOf(way);
    for (const { task, name, states } of run.layouts().tasks) {
      for (const { at, name: state, fields } of states) {
        if (!state || !at) continue;
        const { bytes } = run.frame(at, task).memory.now;
        const where = `${way}: ${name}, ${state}`;
        const buffers = fields.filter((field) => field.name === 'buf');
        // The place of an argument is kept when it has been moved on: the last one is where the buffer is.
        const [last] = buffers.slice(-1);
        if (last) {
          assert(isFilled(bytes, last), where);
          held += 1;
        }
        // What other futures hold within is theirs.
        const isNested = fields.some(({ role, size: length }) => role === 'awaited' && length > 1000);
        if (isNested) assert(longest(bytes) >= 1024, where);
        if (!buffers.length && !isNested && ['block', 'given', 'unborrowed', 'boxed'].includes(name)) assert(longest(bytes) < 64, where);
      }
    }
  }
  assert(held > 20, `${held} buffers were read`);
});

test('the comparison tells a buffer that is not there', () => {
  const bytes = Array(40).fill(FILLED);
  bytes[20] = 0;
  assert.equal(isFilled(bytes, { offset: 0, size: 20 }), true);
  assert.equal(isFilled(bytes, { offset: 0, size: 21 }), false);
  assert.equal(longest(bytes), 20);
});

test('a boxed future is one allocation of as many bytes as it has, and no other second way allocates', async () => {
  for (const way of ways) {
    // In its first poll the first task has the executor make room for timers.
    const [, { name, heap }] = (await runOf(way)).layouts().tasks;
    assert.deepEqual(heap.map(({ count, bytes }) => [count, bytes]), name === 'boxed' ? [[1, captured.kept.size]] : [], `${way}: ${name}`);
  }
});
