// A small picture of each scenario, from its own default run. What stands in the picture is what its stage shows: lanes of
// tasks, ways on one clock, a machine, slots of memory. One that would answer the scenario's question ends where that is
// decided, until it was seen.

import { cursorOf, defaultRun } from './engine.mjs';
import { lanes } from './pictures/lanes.mjs';
import { machine } from './pictures/machine.mjs';
import { answers, costs, wall } from './pictures/others.mjs';
import { pins } from './pictures/pins.mjs';
import { queues } from './pictures/queues.mjs';
import { slots } from './pictures/slots.mjs';
import { tracks } from './pictures/tracks.mjs';

/** @typedef {import('../types.js').Info} Info */
/** @typedef {import('../start/marks.js').Picture} Picture */

/** So much of the clock is shown of ways that race, before it was seen who wins. */
const BEGINNING = 0.45;

/**
 * @param {Info} info
 * @param {{ workload: string, fuel: number }[]} counts
 * @returns {Promise<Picture>}
 */
export async function pictureOf(info, counts) {
  if (info.stage === 'wall') return { whole: await wall() };
  if (info.stage === 'costs') return { whole: costs(counts, false), until: costs(counts, true), decides: 1 };
  if (info.files.some(({ name }) => name.endsWith('_broken.stderr'))) return { whole: answers(info) };
  const run = await defaultRun(info);
  const end = run.length;
  const decides = info.pictured_to ? cursorOf(run, info.pictured_to) : end;
  /** @param {(seen: number) => import('../start/marks.js').Drawn} draw */
  const picture = (draw) => (decides < end ? { whole: draw(end), until: draw(decides - 1), decides: decides / end } : { whole: draw(end) });
  switch (info.stage) {
    case 'staffings':
    case 'workers': return { whole: tracks(run, 1), until: tracks(run, BEGINNING), decides: 1 };
    case 'queues': return { whole: queues(run) };
    case 'slots': return picture((seen) => (info.hero === 'pins' ? pins(run, seen) : slots(run, seen)));
    // A machine of one wait is all timeline.
    case 'scene': return run.frame(end, 0).machines[0].states.length > 3 ? { whole: machine(run) } : picture((seen) => lanes(run, seen));
    default: return picture((seen) => lanes(run, seen));
  }
}
