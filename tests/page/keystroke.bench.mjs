// A keystroke in the workbench: from the source of a program to its new machines, in the browser, for programs of 10, 100 and 1,000
// lines. Measured in a page, reported, never asserted.
//
//   ./build.sh bench --page

import { brotliCompressSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { close, dist } from './support.mjs';
import { figures, processorOf } from './measure.mjs';
import { openWorkbench } from './workbench.mjs';

const ROUNDS = 60;
const step = readFileSync(new URL('../../benches/page/step.rs', import.meta.url), 'utf8');

/** So many functions of ten lines, and a `main` that awaits them. */
const program = (functions) => {
  const all = Array.from({ length: functions }, (_, i) => i);
  const calls = all.map((i) => `    let _ = step${i}(${i}, String::from("s${i}")).await;\n`);
  return `${all.map((i) => step.replaceAll('NUMBER', String(i))).join('')}async fn main() {\n${calls.join('')}}\n`;
};

const page = await openWorkbench();
const wasm = brotliCompressSync(readFileSync(join(dist, 'engine/workbench_bg.wasm'))).length;
console.log(`the module of the workbench: ${(wasm / 1024).toFixed(0)} KB after brotli`);
const processor = await processorOf(page);
console.log('a keystroke to the new machines, in ms'.padEnd(46), 'median     p95    most    best   of the processor');
for (const functions of [1, 10, 100]) {
  const source = program(functions);
  const before = await processor();
  const times = await page.evaluate(([text, rounds]) => {
    const took = [];
    for (let i = 0; i < rounds; i += 1) {
      // What was typed: a digit.
      const typed = text.replace('let total = n + 0', `let total = n + ${i % 10}`);
      const begun = performance.now();
      const program = new window.workbench.Workbench(typed, '');
      program.answer();
      took.push(performance.now() - begun);
      program.free();
    }
    return took;
  }, [source, functions === 100 ? ROUNDS / 4 : ROUNDS]);
  const spent = (await processor() - before) / times.length;
  const columns = [Math.min(...times), spent].map((ms) => ms.toFixed(2).padStart(8)).join('');
  console.log(`${source.split('\n').length - 1} lines`.padEnd(45), figures(times.slice(5)), columns);
}
await page.close();
await close();
