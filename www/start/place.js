// Where everything stands in the figure, for a size. Time stands still inside a column, which holds the polls of an instant
// side by side; between columns time passes, to scale.

import { livesOf } from './story.js';

/** @typedef {import('./story.js').Story} Story */

/** Narrower than this, in CSS pixels, names stand above their lanes. */
export const NARROW = 560;

/**
 * @param {Story} story
 * @param {{ width: number, height: number }} size
 */
export function placeIn(story, { width, height }) {
  const { events, tasks } = story;
  const isNarrow = width < NARROW;
  const [head, exec, clock] = [isNarrow ? 0 : 186, 46, isNarrow ? 46 : 54];
  const block = isNarrow ? 20 : width > 860 ? 50 : 42;
  const [gap, pad, lead] = isNarrow ? [8, 5, 16] : [16, 12, 28];
  const right = isNarrow ? 60 : 84;
  const lane = (height - exec - clock) / tasks.length;

  /** The instants at which something is polled. */
  const instants = [...new Set(events.filter(({ kind }) => kind === 'poll').map(({ time }) => time))];
  const wide = instants.map((time) => {
    const polls = events.filter((event) => event.kind === 'poll' && event.time === time);
    const before = polls.some(({ nth }) => nth > 1) ? lead : pad;
    return { time, polls, before, width: before + polls.length * block + (polls.length - 1) * gap + pad };
  });
  const span = instants[instants.length - 1] - instants[0];
  const passing = (width - head - right - wide.reduce((sum, column) => sum + column.width, 0)) / Math.max(1, span);
  let [x, last] = [head, instants[0]];
  /** Where each instant's column is. @type {Map<number, { x: number, width: number }>} */
  const columns = new Map();
  /** Where the polls begin, by the event. @type {Map<object, number>} */
  const blocks = new Map();
  for (const { time, polls, before, width } of wide) {
    x += (time - last) * passing;
    last = time;
    columns.set(time, { x, width });
    for (const [i, poll] of polls.entries()) blocks.set(poll, x + before + i * (block + gap));
    x += width;
  }
  /** @param {number} time */
  const column = (time) => columns.get(time) ?? { x: head, width: 0 };

  const lives = livesOf(story);
  const lanes = tasks.map((_, i) => ({
    /** The line of the wait. */
    y: exec + lane * i + (isNarrow ? 44 : 34),
    top: exec + lane * i,
    /** Where its two polls begin. */
    polls: [lives[i].poll, lives[i].again].map((e) => blocks.get(events[e]) ?? 0),
    /** Where its timer rings. */
    rings: column(events[lives[i].wake].time).x + (isNarrow ? 7 : 13),
  }));

  /** Where the cursor is when an event is complete. */
  const at = events.map((event) => {
    const i = tasks.findIndex(({ task }) => task === event.task);
    const begin = i < 0 ? 0 : lanes[i].polls[event.nth > 1 ? 1 : 0];
    switch (event.kind) {
      case 'start': return column(instants[0]).x + 3;
      case 'poll': return begin + block * 0.34;
      case 'enter': return begin + block * 0.7;
      case 'clock': return column(event.time).x + 1;
      case 'wake': return lanes[i].rings + (isNarrow ? 6 : 10);
      case 'end': return width - 2;
      default: return begin + block + 5;
    }
  });

  return {
    width, height, isNarrow, head, exec, block, columns, lanes, at,
    /** The line of the clock. */
    axis: height - clock + 14,
    /** The foot of the executor's box, from which polls go down. */
    top: exec - 10,
    box: isNarrow ? 158 : 198,
    chip: isNarrow ? 26 : 32,
  };
}

/** @typedef {ReturnType<typeof placeIn>} Places */
