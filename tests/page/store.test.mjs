// The store: what is changed while it notifies waits until all know of the change before.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createStore, initial, set } from '../../www/store.js';

test('every subscriber sees every state, in order, and none that is gone already', () => {
  const store = createStore(initial());
  const seen = { first: [], last: [] };
  let depth = 0;
  store.subscribe(({ cursor }, before) => {
    depth += 1;
    assert.equal(depth, 1, 'nobody is notified while others are');
    seen.first.push([before.cursor, cursor]);
    if (cursor < 3) store.apply(set({ cursor: cursor + 1 }));
    assert.equal(store.state.cursor, cursor, 'the state stays while it is told of');
    depth -= 1;
  });
  store.subscribe(({ cursor }, before) => seen.last.push([before.cursor, cursor]));
  store.apply(set({ cursor: 1 }));
  const all = [[0, 1], [1, 2], [2, 3]];
  assert.deepEqual(seen, { first: all, last: all });
});

test('a subscriber that throws keeps no change from the others that wait', () => {
  const store = createStore(initial());
  const seen = [];
  store.subscribe(({ cursor }) => {
    if (cursor === 1) {
      store.apply(set({ cursor: 2 }));
      throw new Error('of the first');
    }
  });
  store.subscribe(({ cursor }) => seen.push(cursor));
  assert.throws(() => store.apply(set({ cursor: 1 })), /of the first/);
  assert.deepEqual(seen, [2]);
  store.apply(set({ cursor: 5 }));
  assert.deepEqual(seen, [2, 5], 'and it goes on');
});
