// The start page's figure, from the run that it is: which of its events are told, and the picture that stands where no script
// runs.

import { createFigure } from '../start/figure.js';
import { placeIn } from '../start/place.js';
import { livesOf } from '../start/story.js';
import { timingOf } from '../start/timing.js';
import { linkTo } from './engine.mjs';
import { svgText } from './svgtext.mjs';

/** The scenario whose run it is. */
export const FIGURE = 'first-poll';
/** The size that the still picture is drawn for. */
const STILL = { width: 924, height: 358 };

/** What is told of a run, by the kinds of its descriptions. @type {Record<string, import('../start/story.js').Telling['kind']>} */
const TOLD = { poll_started: 'poll', entered: 'enter', poll_pending: 'pending', clock_advanced: 'clock', woken_queued: 'wake', poll_ready: 'ready', ended: 'end' };

/**
 * @param {import('../types.js').Run} run
 * @returns {Promise<import('../start/story.js').Story>}
 */
export async function storyOf(run) {
  /** @type {import('../start/story.js').Story['tasks']} */
  const tasks = [];
  /** How often each task was polled. @type {Map<number, number>} */
  const polls = new Map();
  /** @param {import('../start/story.js').Telling['kind']} kind @param {number} task @param {number} cursor */
  const telling = async (kind, task, cursor) => {
    const at = run.moment(cursor);
    const [here, link] = await Promise.all([linkTo({ at }), linkTo({ scenario: FIGURE, at })]);
    return { kind, task, nth: kind === 'wake' ? 1 : polls.get(task) ?? 0, time: run.time(cursor), here, link };
  };
  const events = [];
  /** Where the last task was put into the queue. */
  let spawned = 0;
  for (let cursor = 1; cursor <= run.length; cursor += 1) {
    const event = run.describe(cursor);
    const task = 'task' in event ? event.task : 0;
    if (event.kind === 'timer_set') tasks.push({ task, ms: event.after });
    if (event.kind === 'poll_started') polls.set(task, event.nth);
    if (event.kind === 'enqueued' && events.length === 0) spawned = cursor;
    const kind = TOLD[event.kind];
    if (!kind) continue;
    // All that lies before the first poll is where it starts.
    if (events.length === 0) events.push(await telling('start', 0, spawned));
    events.push(await telling(kind, task, cursor));
  }
  const story = { scenario: FIGURE, tasks: tasks.sort((a, b) => a.task - b.task), events };
  const isWhole = livesOf(story).every((life) => Object.values(life).every((e) => e > 0));
  if (tasks.length !== 3 || !isWhole) throw new Error(`${FIGURE}: its run is not one of three tasks that are polled, wait, and are woken`);
  return story;
}

/**
 * The picture that stands where nothing moves, as elements of an SVG of that size.
 * @param {import('../start/story.js').Story} story
 * @param {import('./words.mjs').Words} words
 */
export function stillOf(story, { t }) {
  const figure = createFigure(svgText, story, placeIn(story, STILL), (key, args) => t(`start.${key}`, args));
  figure.draw(timingOf(story).still.p);
  return { size: STILL, svg: figure.layers.join('') };
}
