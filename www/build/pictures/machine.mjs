// A machine's states and the bytes of its future, in the middle of a run: where it is, and what the last change wrote.

import { WIDTH, createPen } from './pen.mjs';

/** So far into the run. */
const MIDDLE = 0.55;
const BYTES = 16;

/** @param {import('../../types.js').Run} run */
export function machine(run) {
  const { machines, memory } = run.frame(Math.round(run.length * MIDDLE), 1);
  const pen = createPen();
  const [{ states }] = machines;
  const pitch = WIDTH / states.length;
  const wide = pitch - 8;
  for (const [i, { tasks, visits }] of states.entries()) {
    const x = i * pitch + 0.75;
    pen.rect(tasks.length ? 'lit' : visits ? 'box' : 'dash', x, 5, wide, 13);
  }
  for (const i of states.keys()) if (i > 0) pen.path('edge', `M${Math.round((i * pitch - 6) * 10) / 10} 11.5h4.600m-2-2l2 2-2 2`);
  if (!memory) return pen.drawn;
  const { now, was } = memory;
  const cell = WIDTH / BYTES;
  for (let i = 0; i < BYTES; i += 1) {
    const isChanged = was && i < now.bytes.length && was[i] !== now.bytes[i];
    const isField = now.fields.some(({ offset, size }) => offset <= i && i < offset + size);
    pen.rect(isChanged ? 'lit' : isField || i < now.bytes.length ? 'byte' : 'gone', i * cell + 0.5, 26, cell - 1, 8);
  }
  return pen.drawn;
}
