// Pictures of scenarios that leave no trace, or whose subject is not time: the wall's futures, the compiler's answers, counted
// instructions.

import { load } from '../engine.mjs';
import { HEIGHT, WIDTH, createPen } from './pen.mjs';

/** @typedef {import('../../types.js').Info} Info */

const [COLUMNS, ROWS] = [37, 13];
/** So many ms after the first frame, in frames of this many. */
const [AT, FRAME] = [2000, 16];

/** Futures of the wall, a stretch of its middle, as they are after two seconds. */
export async function wall() {
  const fast = await load('fast');
  const wall = new fast.Wall(['futures', '10000']);
  while (wall.spawn(wall.places) < wall.places) /* spawns on */;
  for (let now = 0; now <= AT; now += FRAME) {
    wall.fire(now);
    while (wall.poll(wall.places) > 0) /* polls all that are ready */;
  }
  const { memory } = await fast.default();
  const states = new Uint8Array(memory.buffer, wall.statesAddress(), wall.places);
  const pen = createPen();
  const { columns, frame, places } = wall;
  const [left, top] = [Math.floor((columns - COLUMNS) / 2), Math.floor((places / columns - ROWS) / 2)];
  /** @type {Record<string, [number, number][]>} */
  const marks = { quiet: [], recent: [], poll: [], fire: [] };
  for (let j = 0; j < ROWS; j += 1) {
    for (let i = 0; i < COLUMNS; i += 1) {
      const state = states[(j + top) * columns + i + left];
      const age = state >= 128 ? (frame - (state & 127) + 128) % 128 : Infinity;
      const what = state === 2 ? 'fire' : age < 3 ? 'poll' : age < 16 ? 'recent' : 'quiet';
      marks[what].push([i, j]);
    }
  }
  for (const [name, places] of Object.entries(marks)) {
    for (const [i, j] of places) pen.rect(name, (i * WIDTH) / COLUMNS, (j * HEIGHT) / ROWS, 2.3, 2.3);
  }
  return pen.drawn;
}

/** A line for each program that breaks a rule, and how the compiler takes it: refused, warned of, or not a word. @param {Info} info */
export function answers({ files }) {
  const said = files.filter(({ name }) => name.endsWith('_broken.stderr')).map(({ name, source }) => ({ source, lines: files.find((file) => file.name === name.replace('.stderr', '.rs'))?.source.length ?? 0 }));
  const pen = createPen();
  const longest = Math.max(...said.map(({ lines }) => lines));
  const pitch = HEIGHT / said.length;
  for (const [i, { source, lines }] of said.entries()) {
    const y = i * pitch + pitch / 2;
    pen.rect('soft', 0, y - 2.5, 8, 5);
    pen.rect('over', 11, y - 2.5, 76 * (lines / longest), 5);
    if (source.startsWith('error')) pen.cross('edge', 104, y, 3);
    else if (source.startsWith('warning')) pen.path('edge', `M104 ${y - 3.5}v4m0 2v1.200`);
    else pen.line('edge', 100, y, 108);
  }
  return pen.drawn;
}

/** The instructions of a poll of each way to write a machine, as counted; of the first one alone where that is asked for. @param {{ workload: string, fuel: number }[]} counts @param {boolean} isAsked */
export function costs(counts, isAsked) {
  const polls = ['poll_hand', 'poll_async', 'poll_boxed', 'poll_boxed_dyn', 'poll_deep'].map((name) => counts.find(({ workload }) => workload === name)?.fuel ?? 0);
  const pen = createPen();
  const most = Math.max(...polls);
  const pitch = HEIGHT / polls.length;
  for (const [i, fuel] of polls.entries()) {
    const y = i * pitch + pitch / 2;
    pen.line('base', 0, y, WIDTH);
    if (i === 0 || !isAsked) pen.rect(i === 0 ? 'firm' : 'soft', 0, y - 2.2, (WIDTH * fuel) / most, 4.400);
  }
  return pen.drawn;
}
