// What futures hold, in the memory of the module that runs them: the layouts were captured from the compiler natively, and are
// held here against the bytes of wasm32. Every byte of a buffer was filled with the same number.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { load, manifest } from '../../www/build/engine.mjs';

const FILLED = 7;

const source = readFileSync(new URL('../../src/scenario/size/layouts.rs', import.meta.url), 'utf8');
/** What the compiler said a future's size is. */
const captured = Object.fromEntries([...source.matchAll(/\/\/\/ (\d+) bytes\.\npub\(super\) const (\w+)/g)].map(([, size, name]) => [name.toLowerCase(), Number(size)]));

const { scenarios } = await manifest();
const size = scenarios.find(({ id }) => id === 'size');
const ways = size.schema.properties.second_way.enum;
const viewer = await load('viewer');

/** @param {string} way */
async function runOf(way) {
  const runner = await load(size.module);
  const run = new viewer.Run();
  runner.run('size', 'size', ['second_way', way], '', (chunk) => run.append(chunk));
  run.close();
  return run;
}

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
  assert.equal(Object.keys(captured).length, 13);
  for (const way of ways) {
    for (const { name, size: bytes } of (await runOf(way)).layouts().tasks) {
      if (name === 'boxed') assert.equal(bytes, 12, 'an argument, an address, and the number of the state');
      else assert.equal(bytes, captured[name], `${way}: ${name}`);
    }
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
    assert.deepEqual(heap.map(({ count, bytes }) => [count, bytes]), name === 'boxed' ? [[1, captured.kept]] : [], `${way}: ${name}`);
  }
});
