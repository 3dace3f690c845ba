// Which frames a page keeps while an executor in its event loop is given very many wakes.

import { run, wakes } from '/event-loop/contest.js';

const WAKES = 1_000_000;
/** How many frames are waited for when nothing runs, to know the time between two. */
const IDLE_FRAMES = 30;

/** Frames, as long as `work` goes on: how many, and the longest time without one. @param {() => Promise<unknown>} work */
async function during(work) {
  let [frames, longest, last, isOver] = [0, 0, performance.now(), false];
  const note = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const frame = () => {
    if (isOver) return;
    note();
    frames += 1;
    requestAnimationFrame(frame);
  };
  await new Promise(requestAnimationFrame);
  last = performance.now();
  requestAnimationFrame(frame);
  const begun = performance.now();
  await work();
  isOver = true;
  note();
  return { ms: performance.now() - begun, frames, longest };
}

/** Each executor: how long the wakes take, the frames meanwhile, how many an idle page has in that time, and the longest time without one. */
export async function frames() {
  const idle = await during(async () => {
    for (let n = 0; n < IDLE_FRAMES; n += 1) await new Promise(requestAnimationFrame);
  });
  const between = idle.ms / IDLE_FRAMES;
  const found = [];
  for (const [executor, work] of [
    ['pollscope', () => wakes(WAKES, false)],
    ['pollscope, drains without a limit', () => wakes(WAKES, true)],
    ['wasm_bindgen_futures', () => run('yield_opaque', WAKES)],
  ]) {
    globalThis.gc?.();
    const of = await during(work);
    found.push({ executor, ...of, idle: of.ms / between });
  }
  return found;
}
