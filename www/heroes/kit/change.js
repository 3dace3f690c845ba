// What dragging a thing asks for: another value of a parameter, or a change of the run.

/** @typedef {import('../../types.js').Run} Run */
/** @typedef {import('./hero.js').Host} Host */

/**
 * Something that is due is dragged to another time: in whole ms, and not before the start.
 * @param {Host} host @param {Record<string, string>} params @param {string} name of the parameter, if the run has it @param {number} ms
 */
export function askTime(host, params, name, ms) {
  if (name in params) host.setParam?.(name, String(Math.max(0, Math.round(ms))));
}

/**
 * A wake is let fall: the one that a mark of the run stands for.
 * @param {Host} host @param {Run} run @param {number} cursor right after the wake
 */
export function askLost(host, run, cursor) {
  const change = run.whatIfs(cursor).all.find(({ kind }) => kind === 'lose');
  if (change) host.offer?.(change.change);
}

/** A task that stands in line has its turn next. @param {Host} host @param {Run} run @param {number} cursor @param {number} task */
export function askNext(host, run, cursor, task) {
  const change = run.whatIfs(cursor).all.find(({ kind, whom }) => kind === 'next' && whom === task);
  if (change) host.offer?.(change.change);
}
