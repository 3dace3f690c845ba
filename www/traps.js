// What ends a computation in WebAssembly, read off what it threw. Engines differ: where the stack overflows, one throws a
// RangeError and another an InternalError; where there is no memory, a RangeError.

/** @typedef {Extract<import('./types.js').CutOff, 'trapped' | 'stack' | 'out_of_memory'>} Trap */

/** @param {unknown} error @returns {Trap | undefined} none if it is no trap */
export function trapOf(error) {
  if (error instanceof WebAssembly.RuntimeError) return 'trapped';
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'InternalError') return 'stack';
  if (error instanceof RangeError) {
    if (/memory|alloc/i.test(error.message)) return 'out_of_memory';
    // Of a canvas or a number that is out of range: that is the page's own.
    return /call stack/i.test(error.message) ? 'stack' : undefined;
  }
  return undefined;
}
