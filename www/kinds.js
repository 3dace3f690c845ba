// How a run comes about, by what its form says: a scenario whose runs are made may have a choice with which they are recorded live.

/** @typedef {import('./types.js').Info} Info */

/** What is known of a scenario, as it is of a run with these parameters. @param {Info} info @param {Record<string, string | undefined>} params @returns {Info} */
export function ofRun(info, params) {
  const { live } = info;
  if (!live || params[live.field]?.trim() !== live.value) return info;
  return { ...info, kind: 'live', stage: live.stage, module: live.module };
}

/** What is known of a scenario, whatever run it was taken from. @param {import('./types.js').Manifest} manifest @param {Info} info @returns {Info} */
export const declared = ({ scenarios }, info) => scenarios.find(({ id }) => id === info.id) ?? info;

/** Whether a choice of the form is the one with which runs are recorded live. @param {Info} info @param {string} field @param {string} choice */
export const isLiveChoice = ({ live }, field, choice) => live !== undefined && live.field === field && live.value === choice;
