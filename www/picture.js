// What there is to draw at one cursor: asked of the run when a view first wants it, and at most once.

/** @typedef {import('./types.js').Run} Run */
/** @typedef {import('./engine.js').Engine} Engine */
/** @typedef {import('./types.js').Told} Told */

/** @typedef {{ told: Map<number, Told>, times: Map<number, number>, spans?: Uint32Array, answer?: string }} Kept What is the same at each cursor. */

/** @type {WeakMap<Run, Kept>} */
const whole = new WeakMap();

/**
 * @param {Engine} engine
 * @param {Run} run
 * @param {{ cursor: number, seen: number }} at
 */
export function createPicture(engine, run, { cursor, seen }) {
  /** @type {import('./types.js').TimelineFrame | undefined} */
  let timeline;
  /** @type {import('./types.js').StaffingsFrame | undefined} */
  let staffings;
  /** @type {Kept} */
  const kept = whole.get(run) ?? { told: new Map(), times: new Map() };
  whole.set(run, kept);
  return {
    /** Which run it is a picture of: the same value for the same run. */
    run,
    length: run.length,
    duration: run.duration,
    /** Whether the run was seen to its end. */
    over: seen >= run.length,
    get timeline() {
      return (timeline ??= run.timeline(cursor));
    },
    get staffings() {
      return (staffings ??= run.staffings(cursor) ?? undefined);
    },
    /** The right answer; only for those who saw the end. */
    get answer() {
      if (seen < run.length) return undefined;
      kept.answer ??= run.answer() ?? '';
      return kept.answer || undefined;
    },
    /** What each chair and each call did when: rows of five numbers, as `Run.spans` says. */
    get spans() {
      return (kept.spans ??= run.spans());
    },
    /** The event told at a cursor before this one. @param {number} at */
    told(at) {
      const told = kept.told.get(at) ?? run.frame(at, 0).told;
      kept.told.set(at, told);
      return told;
    },
    /** The time at that cursor, in ms. @param {number} at */
    time(at) {
      const time = kept.times.get(at) ?? run.frame(at, 0).time;
      kept.times.set(at, time);
      return time;
    },
    /** The number of the kind of each event. Not to be kept: the memory under it may move. */
    kinds: () => engine.kinds(run),
  };
}

/** @typedef {ReturnType<typeof createPicture>} Picture */
