// The loop's time: how long each event takes when the figure moves by itself, and which sentence is said meanwhile. What
// comes for the first time takes its time; what repeats is quick.

import { argsOf, eventAt, livesOf, totals } from './story.js';

/** @typedef {import('./story.js').Story} Story */

/** In ms: the first of a kind (polls after a wake are a kind of their own), and those after it. */
const TAKES = {
  poll: [450, 170], enter: [500, 170], pending: [1350, 260], clock: [400, 300], wake: [750, 480],
  again: [270, 180], enterAgain: [270, 180], ready: [700, 400],
};
/** The first frame comes so late that it is not empty, and the last one stands. */
const [BEFORE, AFTER] = [150, 3000];
/** In ms: one step by hand; a wake or an answer takes longer, a jump no longer than `most`. */
const STEP = { usual: 310, long: 520, most: 1300 };

/** @param {Story} story */
export function timingOf(story) {
  const { events, tasks } = story;
  const last = events.length - 1;
  /** @type {Set<string>} */
  const known = new Set();
  const takes = events.map(({ kind, nth }) => {
    if (kind === 'start') return BEFORE;
    if (kind === 'end') return AFTER;
    const as = nth > 1 && kind === 'poll' ? 'again' : nth > 1 && kind === 'enter' ? 'enterAgain' : kind;
    const isNew = !known.has(as);
    known.add(as);
    return TAKES[as][isNew ? 0 : 1];
  });
  /** When each event is complete. */
  let sum = 0;
  const ends = takes.map((ms) => (sum += ms));

  const lives = livesOf(story);
  const first = lives[0];
  // Those after the first one, in the order in which they wake.
  const woken = tasks.map((sleeper, i) => ({ ...sleeper, at: lives[i].wake })).sort((a, b) => a.at - b.at);
  const [soonest, second, third] = woken;
  const asleep = Math.max(...lives.map(({ pending }) => pending));
  const ready = Math.min(...lives.map((life) => life.ready));

  /** @type {[until: number, key: string, args: Record<string, number>][]} */
  const captions = [
    [first.enter, 'asked', { task: tasks[0].task }],
    [first.pending, 'lent', { ms: tasks[0].ms }],
    [asleep, 'same', { second: tasks[1].task, third: tasks[2].task }],
    [soonest.at, 'rings', { ms: soonest.ms, task: soonest.task }],
    [ready, 'ready', { task: soonest.task }],
    [last - 1, 'rest', { second: second.task, second_ms: second.ms, third: third.task, third_ms: third.ms }],
    [last, 'end', { ...totals(story), ms: events[last].time }],
  ];

  return {
    last,
    /** The length of the loop. */
    whole: sum,
    /** Where the loop begins. */
    begin: 0.25,
    /** The picture that stands where nothing moves: one is done, one is being polled, one waits. */
    still: { p: lives[tasks.findIndex(({ task }) => task === second.task)].enterAgain - 0.03, args: { done: soonest.task, polled: second.task, asleep: third.task } },

    /** @param {number} ms since the loop began */
    positionAt(ms) {
      const e = ends.findIndex((end) => ms < end);
      return e < 0 ? last : e - 1 + (ms - (ends[e] - takes[e])) / takes[e];
    },
    /** @param {number} p */
    timeOf(p) {
      const e = Math.ceil(p);
      return e <= 0 ? takes[0] : ends[e] - takes[e] * (e - p);
    },
    /** What the loop says at a position. @param {number} p */
    caption(p) {
      const e = eventAt(p, last);
      const [, key, args] = captions.find(([until]) => e <= until) ?? captions[captions.length - 1];
      return { key: `start.loop.${key}`, args };
    },
    /** What a reader who steps is told of an event. @param {number} e */
    told: (e) => ({ key: `start.told.${events[e].kind}`, args: argsOf(story, e) }),
    /** How long a move by hand takes. @param {number} from @param {number} to */
    stepTakes(from, to) {
      const { kind } = events[Math.ceil(Math.max(from, to))];
      const one = ['wake', 'pending', 'ready'].includes(kind) ? STEP.long : STEP.usual;
      return Math.min(STEP.most, one * Math.max(0.5, Math.abs(to - from)));
    },
  };
}

/** @typedef {ReturnType<typeof timingOf>} Timing */
