// A wall that runs: it brings the fast module its frames and its time, and keeps the figures. It lives as long as the
// wall is on the stage; views come and go.
//
// In each frame the timers that are due fire first, then the wall is painted, then those who were woken are polled.
// So what is painted as ready is ready: woken, and not polled yet.

import { fast } from '../fast.js';
import { flat } from '../jobs.js';
import { motion } from '../motion.js';
import { trapOf } from '../traps.js';

/** @typedef {import('../types.js').Begin} Begin */
/** @typedef {import('../types.js').PixelDescription} PixelDescription */

/** What a frame may take for spawning, and for polling, in ms. What is left over waits for the next one. */
const SPAWNING = 6;
const POLLING = 10;
/** What the wall's clock goes on by in a frame at most, in ms: where frames come late, time does not run away. */
const STEP = 100;
/** How often the figures are made anew, in ms. */
const FIGURES = 250;

/**
 * What is known of a wall; all of it measured.
 * @typedef {object} Figures
 * @property {number} spawned futures spawned so far
 * @property {number} alive of them, those that are not done
 * @property {number} polls polls a second
 * @property {number} wasted polls so far that found the timer still set
 * @property {number} frames frames a second
 * @property {number} script time of script in a frame, in ms: the median of those since the last figures
 * @property {number} size the bytes of one future, as the compiler laid it out
 * @property {number} each bytes that memory has grown by, for each future
 * @property {number} memory the module's memory, in bytes
 * @property {number} fired timers that fired in the last frame
 * @property {number} polled polls in the last frame
 * @property {{ spawned: number, ready: number, polled: number, pending: number, done: number }} tally
 */

/**
 * Calls `step` with what is worth about a ms of work, until the time is over or nothing is left.
 * @param {number} least
 */
function sliced(least) {
  let slice = least;
  /** @param {number} ms @param {(n: number) => number} step says how much of it there was to do */
  return (ms, step) => {
    const begun = performance.now();
    let before = begun;
    let all = 0;
    for (;;) {
      const done = step(slice);
      all += done;
      const now = performance.now();
      if (done < slice || now - begun >= ms) return all;
      if (now - before > 2) slice = Math.max(least, slice >> 1);
      else if (now - before < 0.5) slice = Math.min(slice * 2, 1 << 16);
      before = now;
    }
  };
}

/** @param {number[]} times */
const median = (times) => times.sort((a, b) => a - b)[times.length >> 1] ?? 0;

/** @param {Begin} begin */
export async function beginWall({ params, trapped, seen }) {
  const { glue, memory, release } = await fast.take();
  const bare = memory.buffer.byteLength;
  const wall = new glue.Wall(flat(params));
  const { places, columns } = wall;
  const address = wall.statesAddress();
  const spawnSlice = sliced(256);
  const pollSlice = sliced(64);

  let states = new Uint8Array(memory.buffer, address, places);
  let spawned = 0;
  let stopped = false;
  let running = false;
  let closed = false;
  /** The wall's own time, in ms: it stands still while the wall is paused or out of sight. */
  let clock = 0;
  let last = 0;
  let request = 0;
  /** Since the last figures. */
  let since = { time: 0, polls: 0, frames: 0, script: /** @type {number[]} */ ([]) };
  /** @type {Figures} */
  let figures = {
    spawned, alive: 0, polls: 0, wasted: 0, frames: 0, script: 0, size: 0, each: 0, memory: bare, fired: 0, polled: 0,
    tally: { spawned: 0, ready: 0, polled: 0, pending: 0, done: 0 },
  };
  /** The one that was woken by hand last, and when. @type {{ place: number, time: number } | undefined} */
  let woken;
  /** @type {Set<{ paint: () => void, changed: () => void }>} */
  const views = new Set();

  /** What fails costs the wall; of a trap, and only that, the page knows. @template T @param {() => T} call @returns {T | undefined} */
  const guarded = (call) => {
    if (closed) return undefined;
    try {
      return call();
    } catch (error) {
      trapped();
      if (!trapOf(error)) throw error;
      console.warn(error);
      return undefined;
    }
  };

  /** What is counted before those who are ready are polled, all at one time. */
  const count = () => ({ alive: wall.alive, states: wall.tally() });

  /** @param {number} time @param {ReturnType<typeof count>} counted @param {number} fired @param {number} polled */
  const measure = (time, { alive, states }, fired, polled) => {
    const all = wall.polls;
    const seconds = (time - since.time) / 1000;
    const whole = since.frames > 1 && seconds > 0;
    figures = {
      spawned,
      alive,
      polls: whole ? (all - since.polls) / seconds : figures.polls,
      wasted: wall.wasted,
      frames: whole ? since.frames / seconds : figures.frames,
      script: whole ? median(since.script) : figures.script,
      size: wall.futureSize,
      each: spawned ? (memory.buffer.byteLength - bare) / spawned : 0,
      memory: memory.buffer.byteLength,
      fired,
      polled,
      tally: { spawned: states[0], ready: states[1], polled: states[2], pending: states[3], done: states[4] },
    };
    since = { time, polls: all, frames: 0, script: [] };
    for (const view of views) view.changed();
  };

  const spawnMore = () => {
    spawnSlice(SPAWNING, (n) => {
      const before = spawned;
      spawned = wall.spawn(n);
      return spawned - before;
    });
    if (spawned === places) seen(1);
  };

  /** @param {number} time */
  const frame = (time) => {
    request = requestAnimationFrame(frame);
    guarded(() => {
      const begun = performance.now();
      clock += Math.max(0, Math.min(time - last, STEP));
      last = time;
      const fired = wall.fire(Math.floor(clock));
      if (spawned < places && !stopped) spawnMore();
      for (const view of views) view.paint();
      const counted = time - since.time >= FIGURES ? count() : undefined;
      const polled = pollSlice(POLLING, (n) => wall.poll(n));
      since.frames += 1;
      if (counted) measure(time, counted, fired, polled);
      since.script.push(performance.now() - begun);
    });
  };

  /** Runs if it should and can be seen; stands still otherwise. */
  const settle = () => {
    const wanted = running && !motion.isHidden && !closed;
    if (wanted && !request) {
      last = performance.now();
      since = { time: last, polls: wall.polls, frames: 0, script: [] };
      request = requestAnimationFrame(frame);
    } else if (!wanted && request) {
      cancelAnimationFrame(request);
      request = 0;
      if (!closed) guarded(() => measure(performance.now(), count(), 0, 0));
    }
  };
  const unwatch = motion.watch(settle);

  return {
    places,
    columns,
    rows: Math.ceil(places / columns),
    /** How long a frame polls at most, in ms. */
    polling: POLLING,
    /** A byte a future, where the engine keeps them. Not to be kept: memory that grows is another one. */
    get states() {
      if (states.byteLength === 0) states = new Uint8Array(memory.buffer, address, places);
      return states;
    },
    /** The frame that it is, from 0 to 127, as it stands in the bytes of those who were polled in it. */
    get frame() {
      return guarded(() => wall.frame) ?? 0;
    },
    get figures() {
      return figures;
    },
    /** Whether futures are still being spawned. */
    get spawning() {
      return spawned < places && !stopped;
    },
    /** Spawns no more. */
    stop() {
      stopped = true;
      for (const view of views) view.changed();
    },
    /** @param {boolean} on */
    run(on) {
      running = on;
      settle();
    },
    /** What is known of one future. @param {number} place @returns {PixelDescription | undefined} */
    describe: (place) => guarded(() => wall.describe(place)),
    /** The one that was woken by hand last, and when. */
    get woken() {
      return woken;
    },
    /** Wakes one before its timer does: it alone is polled, at once where the wall stands still. @param {number} place */
    wake(place) {
      guarded(() => {
        if (!wall.wake(place)) return;
        woken = { place, time: performance.now() };
        if (request) return;
        // A frame of its own, in which no time passes.
        const fired = wall.fire(Math.floor(clock));
        const counted = count();
        const polled = wall.poll(1);
        for (const view of views) view.paint();
        measure(performance.now(), counted, fired, polled);
      });
    },
    /** @param {{ paint: () => void, changed: () => void }} view is called for each frame, and of new figures */
    watch(view) {
      views.add(view);
      return () => void views.delete(view);
    },
    close() {
      closed = true;
      settle();
      unwatch();
      views.clear();
      states = new Uint8Array();
      release();
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof beginWall>>} WallRun */
