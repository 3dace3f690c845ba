// What pictures ask of a run that is the same at every cursor: asked once.

/** @typedef {import('../../types.js').Run} Run */
/** @typedef {import('../../types.js').Lanes} Lanes */
/** @typedef {import('../../types.js').Stretch} Stretch */
/** @typedef {import('../../types.js').Listing} Listing */
/** @typedef {Listing['events'][number]} Seen an event as it is listed */
/**
 * What a mark is, by its kind.
 * @template {Seen['event']['kind']} K
 * @typedef {{ at: number, time: number, event: Extract<Seen['event'], { kind: K }> }} MarkOf
 */

/** Beyond so many events single polls cannot be told apart. */
export const defaults = { exact: 4000, marks: 4000, places: 600 };

/** @type {WeakMap<Run, Map<string, unknown>>} */
const kept = new WeakMap();

/**
 * @template T
 * @param {Run} run
 * @param {string} name
 * @param {() => T} ask
 * @returns {T}
 */
export function once(run, name, ask) {
  const known = kept.get(run) ?? new Map();
  kept.set(run, known);
  const key = `${name} ${run.length}`;
  if (!known.has(key)) known.set(key, ask());
  return known.get(key);
}

/** Whether single polls are drawn. @param {Run} run */
export const isExact = (run) => run.length <= defaults.exact;

/** Its lanes; coarse, where single polls could not be told apart. @param {Run} run @returns {Lanes} */
export const lanesOf = (run) => once(run, 'lanes', () => run.lanes(isExact(run) ? 0 : run.duration / defaults.places));

/** What happened, beside polls: all of it, or the last so many. @param {Run} run @returns {Seen[]} */
export const marksOf = (run) => once(run, 'marks', () => run.listing('marks', run.length, defaults.marks).events);

/**
 * The marks of some kinds.
 * @template {Seen['event']['kind']} K
 * @param {Run} run
 * @param {...K} kinds
 * @returns {MarkOf<K>[]}
 */
export const marks = (run, ...kinds) => once(run, `marks ${kinds}`, () => /** @type {MarkOf<K>[]} */ (
  marksOf(run).filter(({ event }) => kinds.includes(/** @type {K} */ (event.kind)))));

/**
 * Stretches of one kind.
 * @template {Stretch['of']['kind']} K
 * @param {Run} run
 * @param {K} kind
 * @returns {(Stretch & { of: Extract<Stretch['of'], { kind: K }> })[]}
 */
export const stretches = (run, kind) => once(run, `stretches ${kind}`, () => /** @type {(Stretch & { of: Extract<Stretch['of'], { kind: K }> })[]} */ (
  lanesOf(run).stretches.filter(({ of }) => of.kind === kind)));
