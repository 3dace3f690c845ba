// A deterministic run: the chunks of its trace are sent as they come.

/** @typedef {import('../types.js').RunnerGlue} RunnerGlue */

/**
 * @param {RunnerGlue} glue
 * @param {{ scenario: string, title: string, params: string[], changes: string }} asked
 * @param {(message: object, transfer?: Transferable[]) => void} send
 */
export function run(glue, { scenario, title, params, changes }, send) {
  glue.run(scenario, title, params, changes, (/** @type {Uint8Array<ArrayBuffer>} */ chunk) => send({ chunk }, [chunk.buffer]));
}
