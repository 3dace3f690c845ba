// Values with their units: bytes and durations, each in the unit that keeps them short.

/** @typedef {import('../types.js').Text} Text */

const BYTES = /** @type {const} */ (['B', 'KiB', 'MiB', 'GiB', 'TiB']);

/** @param {Text} text */
export function createUnits({ t, number }) {
  return {
    /** @param {number} bytes */
    bytes(bytes) {
      const power = bytes < 1024 ? 0 : Math.min(BYTES.length - 1, Math.floor(Math.log2(bytes) / 10));
      return t('size', { n: number(bytes / 1024 ** power), unit: BYTES[power] });
    },
    /** @param {number} ms */
    duration(ms) {
      if (ms > 0 && ms < 0.1) return t('us', { n: number(ms * 1000) });
      if (ms < 1000) return t('ms', { ms });
      if (ms < 60_000) return t('seconds', { n: number(ms / 1000) });
      return ms < 3_600_000 ? t('minutes', { n: number(ms / 60_000) }) : t('hours', { n: number(ms / 3_600_000) });
    },
  };
}
