// Where an axis has its ticks, for all pictures and views. Whatever it is asked for, it ends: a distance that is not a number, not
// finite or not above zero has no round one, and an axis without one has no ticks.

/**
 * A round distance between ticks, 1, 2 or 5 of a power of ten: at least so long, but for what rounding takes.
 * @param {number} least above 0
 * @returns {number} `NaN` where there is none
 */
export function roundStep(least) {
  if (!(least > 0 && least < Infinity)) return NaN;
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5].find((n) => n * power >= least * 0.999) ?? 10);
}

/**
 * The ticks of an axis from 0 to its end.
 * @param {number} end @param {number} step
 */
export function linearTicks(end, step) {
  const count = Math.floor(end / step + 0.001) + 1;
  return Number.isFinite(count) ? Array.from({ length: Math.max(0, count) }, (_, i) => i * step) : [];
}

/**
 * The ticks of a logarithmic axis, all round: where they would be more than six, powers of ten alone.
 * @param {number} low above 0 @param {number} high
 */
export function logTicks(low, high) {
  if (!(low > 0 && high < Infinity)) return [];
  const ticks = [];
  for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power += 1) {
    for (const n of [1, 2, 5]) if (n * 10 ** power >= low && n * 10 ** power <= high) ticks.push(n * 10 ** power);
  }
  return ticks.length > 6 ? ticks.filter((n) => String(n).startsWith('1')) : ticks;
}
