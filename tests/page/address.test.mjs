// The address against histories that refuse: Safari throws after 100 entries in 10 s. Nothing throws on the page, the
// newest address is written in the end, and no more entries are asked for than any engine allows.

import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { createAddress } from '../../www/url.js';

const TEN_SECONDS = 10_000;

/** A history that throws where `refuses` says so, and what was asked of it. @param {(asked: number) => boolean} refuses */
function begin(refuses) {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const entries = ['?s=lazy'];
  const asked = [];
  const ask = (link, put) => {
    asked.push(Date.now());
    if (refuses(asked.length)) throw new DOMException('Attempt to use history.pushState() more than 100 times per 10 seconds', 'SecurityError');
    put();
    globalThis.location.search = link;
  };
  globalThis.location = { search: '?s=lazy' };
  globalThis.history = {
    pushState: (_, __, link) => ask(link, () => entries.push(link)),
    replaceState: (_, __, link) => ask(link, () => entries.splice(-1, 1, link)),
  };
  return { entries, asked, address: createAddress() };
}

/** Time passes, in steps: what is planned meanwhile is done in its turn. @param {number} ms */
const wait = (ms) => {
  for (let passed = 0; passed < ms; passed += 100) mock.timers.tick(100);
};

test.afterEach(() => mock.timers.reset());

test('a new entry is written at once, a moved cursor a little later, and what is there already not at all', () => {
  const { entries, asked, address } = begin(() => false);
  address.push(() => '?s=rules');
  address.push(() => '?s=rules');
  for (let at = 1; at <= 20; at += 1) address.replace(() => `?s=rules&at=${at}`);
  assert.deepEqual(entries, ['?s=lazy', '?s=rules']);
  mock.timers.tick(300);
  assert.deepEqual(entries, ['?s=lazy', '?s=rules&at=20']);
  assert.equal(asked.length, 2);
});

test('an address is asked for when it is written, and no more often', () => {
  const { entries, address } = begin(() => false);
  let [cursor, asked] = [0, 0];
  const link = () => {
    asked += 1;
    return `?s=lazy&at=${cursor}`;
  };
  for (cursor = 1; cursor < 50; cursor += 1) address.replace(link);
  assert.equal(asked, 0);
  mock.timers.tick(300);
  assert.deepEqual([entries, asked], [['?s=lazy&at=50'], 1]);
});

test('the step of the entry that is left is written before a new one', () => {
  const { entries, address } = begin(() => false);
  address.replace(() => '?s=lazy&at=5');
  address.push(() => '?s=rules');
  assert.deepEqual(entries, ['?s=lazy&at=5', '?s=rules']);
});

test('a history that throws is asked again, for the newest address, as a new entry', () => {
  const { entries, address } = begin((n) => n > 1 && n < 4);
  address.push(() => '?s=rules');
  address.push(() => '?s=moving');
  address.replace(() => '?s=moving&at=3');
  assert.deepEqual(entries, ['?s=lazy', '?s=rules']);
  wait(5000);
  assert.deepEqual(entries, ['?s=lazy', '?s=rules', '?s=moving&at=3']);
});

test('no more than 60 entries are asked for in any 10 s, and the last address comes in the end', () => {
  const { entries, asked, address } = begin(() => false);
  for (let n = 1; n <= 130; n += 1) {
    address.push(() => `?s=lazy&at=${n}`);
    mock.timers.tick(20);
  }
  wait(2 * TEN_SECONDS);
  assert.equal(entries.at(-1), '?s=lazy&at=130');
  const most = Math.max(...asked.map((from) => asked.filter((at) => at >= from && at < from + TEN_SECONDS).length));
  assert.equal(most, 60);
});

test('an address that was changed from outside is not overwritten', () => {
  const { entries, address } = begin((n) => n === 1);
  address.push(() => '?s=rules');
  address.drop();
  mock.timers.tick(TEN_SECONDS);
  assert.deepEqual(entries, ['?s=lazy']);
});
