// Where the cursor is to be in a run that was made, and the link to there: at the moment that the link names, at a number, or
// where the run differs from another one.

import { fieldsOf, withoutDefaults } from './schema.js';
import { flatLink } from './viewer.js';

/** @typedef {import('./types.js').Run} Run */
/** @typedef {import('./types.js').Info} Info */
/** @typedef {import('./types.js').Link} Link */

/**
 * @typedef {object} Place
 * @property {Link} link the link to the run, in the last version
 * @property {number} cursor
 * @property {number} named the cursor that the link names
 * @property {boolean} exact whether the run has the moment that was asked for
 */

/** @param {import('./engine.js').Engine} engine @param {Run} one @param {Run | undefined} another */
function divergence(engine, one, another) {
  if (!another) return undefined;
  const comparison = engine.compare();
  const at = comparison.divergesFrom(one, another);
  comparison.free();
  return at;
}

/**
 * @param {import('./engine.js').Engine} engine
 * @param {Run | undefined} made
 * @param {{ info: Info, link: Link, cursor?: number, toDifference?: boolean }} want
 * @param {(Run | undefined)[]} others what it may differ from: the first that it does differ from counts
 * @returns {Place}
 */
export function placeIn(engine, made, want, others) {
  const kept = { ...want.link, params: Object.entries(withoutDefaults(fieldsOf(want.info.schema), Object.fromEntries(want.link.params))) };
  // What has no trace has no steps: there is none to be at.
  if (!made) return { link: kept, cursor: 0, named: 0, exact: true };
  const link = made.upgrade(flatLink(kept));
  if (want.cursor === undefined) {
    const { cursor, exact } = made.cursorOf(flatLink(kept));
    return { link, cursor, named: cursor, exact };
  }
  /** @type {number | undefined} */
  let from;
  for (const other of want.toDifference ? others : []) from ??= divergence(engine, made, other);
  return { link, cursor: Math.min(from === undefined ? want.cursor : from + 1, made.length), named: 0, exact: true };
}
