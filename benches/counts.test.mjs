// Our own instruction counts against those recorded: the executor must not become slower unnoticed. And the bare executor
// must know nothing of a trace.
//
//   ./build.sh test             compares
//   ./build.sh bench --record   records anew

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { countOurs, functionNames } from './measure.mjs';

const recorded = JSON.parse(readFileSync(new URL('recorded.json', import.meta.url), 'utf8'));
const rustc = execFileSync('rustc', ['--version'], { encoding: 'utf8' }).trim();

// One compiler gives one count, wherever the clone lies; another one inlines as it likes.
const same = rustc === recorded.rustc;
const tolerance = same ? 0.005 : 0.15;

const counts = await countOurs();
const advice = "if it is meant, './build.sh bench --record' records anew";

test('every workload that is counted is recorded', () => {
  const names = (list) => list.map((c) => c.workload).sort();
  assert.deepEqual(names(counts), names(recorded.counts), advice);
});

for (const before of recorded.counts) {
  const now = counts.find((c) => c.workload === before.workload);
  for (const what of ['fuel', 'bytes']) {
    if (before[what] === null || !now) continue;
    const unit = what === 'fuel' ? 'instructions a unit' : 'bytes';
    test(`${before.workload} takes no more ${unit} than recorded`, (t) => {
      const change = now[what] / before[what] - 1;
      const figures = `${now[what]} ${unit}, recorded ${before[what]} (${(change * 100).toFixed(2)} %)`;
      t.diagnostic(figures);
      // Memory grows by the page, and whose page is the last one is chance.
      const most = before[what] * (1 + tolerance) + (what === 'bytes' ? 0.2 : 0);
      const under = same ? '' : ` under ${rustc}, recorded under ${recorded.rustc},`;
      assert(now[what] <= most, `${before.workload}:${under} ${figures}, more than ${tolerance * 100} % above; ${advice}`);
    });
  }
}

test('a recorded poll takes at most three bare ones, and an event 24 bytes', () => {
  const of = (workload) => counts.find((c) => c.workload === workload);
  const times = of('record_poll').fuel / of('yield_opaque').fuel;
  assert(times <= 3, `${times.toFixed(2)} times the bare poll`);
  // What is left over is the tables of names and tasks.
  assert(Math.floor(of('record_poll').bytes) <= 24, `${of('record_poll').bytes} bytes an event`);
});

test('a watched poll takes at most six bare ones', () => {
  const of = (workload) => counts.find((c) => c.workload === workload);
  const times = of('watch_poll').fuel / of('yield_opaque').fuel;
  assert(times <= 6, `${times.toFixed(2)} times the bare poll`);
});

// Mangled: the recorder's type, and every function of the modules that write a trace.
const recorders = (name) => functionNames(name).filter((n) => /TraceRecorder|trace(\d+|\.\.|::)(record|columns)\b|trace\d+(record|columns)\d/.test(n));

test('in a module without a recorder no function records', () => {
  assert.deepEqual(recorders('bare'), []);
  assert.deepEqual(recorders('zero-cost'), []);
  assert.deepEqual(recorders('traits'), []);
});

test('in a module with a recorder some do', () => {
  assert(recorders('record').length > 3, 'the search for recorders finds none where there are some');
});
