// The run in which a guess would have been right: the same program with a cure's parameters, or with one or two choices changed. It
// is run like any other, in a worker of its own, and read once: what is kept of it is what its tasks did when.

import { CutOff } from './engine.js';
import { createRunner } from './runner.js';
import { isLiveChoice } from './kinds.js';
import { fieldsOf, othersOf } from './schema.js';

/** @typedef {import('./types.js').Info} Info */
/** @typedef {import('./types.js').Run} Run */
/** @typedef {import('./engine.js').Engine} Engine */
/** @typedef {Record<string, string>} Params */

/**
 * @typedef {object} Wish
 * @property {Info} info
 * @property {Params} params of the run on the stage
 * @property {(answer: string) => boolean} isIt whether a run with this answer is looked for
 * @property {AbortSignal} signal
 */
/** @typedef {{ fields: Params, strips: Strips }} Otherwise what was changed for it, and the run */
/** @typedef {{ end: number, tasks: Strip[] }} Strips when the run ended, in ms, and its tasks in spawn order */
/** @typedef {{ from: number, to: number, state: import('./types.js').TaskState }[]} Strip what a task did, in order */

/** A search ends after so many runs: a person waits for it. */
const RUNS = 40;
/** A run of more events is not looked for another of: each would take as long as it did. */
export const EVENTS = 20_000;

/** What a run's tasks did when. @param {Run} run @returns {Strips} */
export function stripsOf(run) {
  const { lanes, stretches, end } = run.lanes(0);
  /** @type {Strip[]} */
  const tasks = lanes.map(() => []);
  for (const { task, from, to, of } of stretches) if (of.kind === 'task') tasks[task - 1]?.push({ from, to, state: of.state });
  return { end, tasks };
}

/**
 * What may be changed, the likeliest first: cures, then each other choice by itself, then two of them. Nothing is recorded for it.
 * @param {Info} info
 * @param {Params} params
 */
export function changesOf(info, params) {
  const fields = fieldsOf(info.schema);
  const value = (/** @type {string} */ name) => params[name] ?? fields.find((field) => field.name === name)?.initial;
  const single = fields.flatMap((field) => othersOf(field, value(field.name) ?? '').filter((other) => !isLiveChoice(info, field.name, other)).map((other) => ({ [field.name]: other })));
  const double = single.flatMap((one, i) => single.slice(i + 1).filter((two) => Object.keys(two)[0] !== Object.keys(one)[0]).map((two) => ({ ...one, ...two })));
  const cures = info.cures.map((cure) => /** @type {Params} */ (Object.fromEntries(cure.fields)));
  const all = [...cures, ...single, ...double].filter((change) => Object.entries(change).some(([name, to]) => value(name) !== to));
  return [...new Map(all.map((change) => [JSON.stringify(change), change])).values()];
}

/** @param {Pick<Engine, 'run'>} engine */
export const createOtherwise = (engine) => async (/** @type {Wish} */ { info, params, isIt, signal }) => {
  const runner = createRunner();
  try {
    for (const fields of changesOf(info, params).slice(0, RUNS)) {
      if (signal.aborted) break;
      const { run } = await engine.run(info, { ...params, ...fields }, { runner, signal }).catch((error) => {
        // Two choices may exclude each other.
        if (error?.kind === 'fields' || error instanceof CutOff) return { run: undefined };
        throw error;
      });
      if (!run) continue;
      try {
        const answer = run.answer();
        if (answer !== undefined && isIt(answer)) return /** @type {Otherwise} */ ({ fields, strips: stripsOf(run) });
      } finally {
        run.free();
      }
    }
    return undefined;
  } finally {
    runner.close();
  }
};
