// The second reader reads the fixture as the first one does.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { readTrace } from './reader.mjs';

const fixture = (name) => readFileSync(new URL(name, import.meta.url));
const bytes = () => Uint8Array.from(fixture('every-kind.trace'));

test('both readers come to the same', () => {
  assert.deepEqual(readTrace(bytes()), JSON.parse(fixture('every-kind.json').toString()));
});

test('the second reader refuses what is laid out in another way', () => {
  assert.throws(() => readTrace(bytes().fill(0, 0, 1)), /not a trace/);
  assert.throws(() => readTrace(bytes().fill(4, 8, 9)), /version 4/);
  assert.throws(() => readTrace(bytes().slice(0, -1)), /cut off/);
  assert.throws(() => readTrace(bytes().fill(9, 12, 13)), /tag 9/);
});

test('the second reader is short', () => {
  const lines = fixture('reader.mjs').toString().split('\n').length;
  assert.ok(lines <= 200, `${lines} lines`);
});
