// What there is to draw at one cursor: asked of the run when a view first wants it, and at most once. Where another
// run is kept beside it, there is a picture of that one, too, at the same time.

/** @typedef {import('./types.js').Run} Run */
/** @typedef {import('./engine.js').Engine} Engine */

/** @typedef {import('./types.js').Findings} Findings */
/** @typedef {import('./types.js').Comparison} Comparison */

/** @typedef {{ from: number, to: number, width: number, top: number, rows: number }} Looked A window, as `Run.timeline` says. */
/** @typedef {{ spans?: Float64Array, answer?: string, findings?: Findings, story?: import('./types.js').Story, turns?: import('./types.js').TurnLines }} Kept What is the same at each cursor. */

/** @type {WeakMap<Run, Kept>} */
const whole = new WeakMap();
/** What sees a run beside the one that it is compared with: always the same one. @type {WeakMap<Run, Comparison>} */
const compared = new WeakMap();

/**
 * @param {Run} run
 * @param {{ cursor: number, seen: number }} at
 */
function pictureOf(run, { cursor, seen }) {
  /** @type {import('./types.js').TracksFrame | undefined} */
  let tracks;
  /** @type {Kept} */
  const kept = whole.get(run) ?? {};
  whole.set(run, kept);
  return {
    /** Which run it is a picture of: the same value for the same run. */
    run,
    length: run.length,
    duration: run.duration,
    /** Whether the run was seen to its end. */
    over: seen >= run.length,
    /** What is drawn at each of some places along the run, as `Run.ticks` says. @param {number} places */
    ticks: (places) => run.ticks(places).places,
    /** How many events were seen. */
    seen,
    /** The position of the run's end on the timeline's axis. */
    get extent() {
      return run.extent;
    },
    /** The position of the cursor. */
    get at() {
      return run.place(cursor);
    },
    /** The position of an event. @param {number} event */
    place: (event) => run.place(event),
    /** What was seen in a window of the timeline. @param {Looked} window */
    timeline: ({ from, to, width, top, rows }) => run.timeline(from, to, width, top, rows, seen),
    /** The same by the pixel, as `Run.density` says. @param {Looked} window @param {number} pixels */
    density: ({ from, to, top, rows }, pixels) => run.density(from, to, top, rows, seen, pixels),
    /** What is so at the cursor, of the lanes of tasks. @param {number[]} tasks */
    now: (tasks) => run.now(cursor, new Uint32Array(tasks)),
    /** The event that a place on a task's lane belongs to. @param {number} at @param {number} task 0 for any @param {number} [among] the first so many, or those seen */
    eventAt: (at, task, among = seen) => run.eventAt(at, task, among),
    /** @param {number} event */
    taskOf: (event) => run.taskOf(event),
    /** Which of a window's lanes is a task's. @param {number} from @param {number} to @param {number} rows @param {number} task */
    rowOf: (from, to, rows, task) => run.rowOf(from, to, rows, task),
    /** The event after or before one, of a task. @param {number} event @param {boolean} forward @param {number} task 0 for any */
    step: (event, forward, task) => run.step(event, 'event', forward, task),
    get tracks() {
      return (tracks ??= run.tracks(cursor) ?? undefined);
    },
    /** The right answer; only for those who saw the end. */
    get answer() {
      if (seen < run.length) return undefined;
      kept.answer ??= run.answer() ?? '';
      return kept.answer || undefined;
    },
    /** What each worker and each task of a track did when: rows of five numbers, as `Run.spans` says. */
    get spans() {
      return (kept.spans ??= run.spans());
    },
    /** The event before another cursor, described. @param {number} at */
    describe: (at) => run.describe(at),
    /** The time of the event before a cursor, in ms. @param {number} at */
    time: (at) => run.time(at),
    /** The last cursor that is no later, in ms. @param {number} ms */
    cursorAt: (ms) => run.cursorAt(ms),
    /** What is wrong with the whole run; what was not seen yet is among it. */
    get findings() {
      return (kept.findings ??= run.findings());
    },
    /** What was found so far as the run was seen. */
    get found() {
      return this.findings.all.filter((finding) => finding.cursor <= seen);
    },
    /** The moments of the whole run; what was not seen yet is among them. */
    get story() {
      return (kept.story ??= run.story());
    },
    /** The lines of a live run, in the order in which they were written; those that were not seen yet are among them. */
    get turns() {
      return (kept.turns ??= run.turnLines());
    },
    /** What the story calls its tasks, and how many bells it has. @returns {import('./story.js').Cast} */
    get cast() {
      return { nameOf: (task) => run.nameOf(task), bells: this.story.bells, cells: this.story.cells, drivers: this.story.drivers };
    },
    /** What could be changed, here or at another cursor. */
    whatIfs: (at = cursor) => run.whatIfs(at).all,
    /** Items of the run's outline below one of them, of what was seen. @param {import('./engine/viewer/viewer.js').OutlineBy} by @param {number[]} path @param {number} from @param {number} most */
    outline: (by, path, from, most) => run.outline(by, Uint32Array.from(path), from, most, seen),
    /** The path there to the event at the cursor. @param {import('./engine/viewer/viewer.js').OutlineBy} by */
    outlinePath: (by) => [...run.outlinePath(by, cursor, seen)],
    /** Who wrote bytes of a task's future, or of a slot. @param {import('./types.js').BytesOf} of @param {number} which @param {number} from @param {number} to */
    writers: (of, which, from, to) => run.writers(cursor, of, which, from, to),
    /** The last events of a list up to the cursor. @param {import('./types.js').ListingOf} of @param {number} most */
    listing: (of, most) => run.listing(of, cursor, most),
  };
}

/**
 * @typedef {object} Before The run that another one is compared with.
 * @property {ReturnType<typeof pictureOf>} picture of it, at the same time, and seen as far
 * @property {number} cursor where in it that is
 * @property {number | undefined} diverges the first event, from 0, in which they differ; none if they are the same
 * @property {(above: number, below: number) => import('./types.js').Rows} rows of both runs, around the cursor
 */

/** @typedef {ReturnType<typeof pictureOf> & { before?: Before }} Picture */

/**
 * @param {Engine} engine
 * @param {Run} run
 * @param {{ cursor: number, seen: number }} at
 * @param {Run} [other] the run that it is compared with: always the same one
 * @returns {Picture}
 */
export function createPicture(engine, run, at, other) {
  const picture = pictureOf(run, at);
  if (!other) return picture;
  const comparison = compared.get(run) ?? engine.compare();
  compared.set(run, comparison);
  const inOther = (/** @type {number} */ cursor) => comparison.cursorInOther(run, other, cursor);
  const [cursor, seen] = [inOther(at.cursor), inOther(at.seen)];
  const before = {
    picture: pictureOf(other, { cursor, seen }),
    cursor,
    diverges: comparison.divergesFrom(run, other),
    /** @param {number} above @param {number} below */
    rows: (above, below) => comparison.rows(run, at.seen, other, seen, at.cursor, above, below),
  };
  return Object.assign(picture, { before });
}
