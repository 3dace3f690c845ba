// How a number is written in the languages of the page, all of which write it alike: in groups of three, and with so many digits after
// the point at most. A browser knows it, too, but takes 30 ms to learn it, which a page that opens does not have.

/** Others have an exponent, or more digits than a computer keeps. */
const MOST = 1e12;
const LEAST = 1e-6;

/** Of the formats of messages, those that are written here: whole ones, and those that name a most of digits. @param {Intl.NumberFormatOptions} options */
const digitsOf = ({ maximumFractionDigits = 3, ...others }) => (Object.keys(others).length === 0 ? maximumFractionDigits : 0);

/**
 * As `Intl.NumberFormat` writes it.
 * @param {number} value
 * @param {string} language
 * @param {number} [digits] at most so many after the point, at least one
 */
export function written(value, language, digits = 1) {
  const size = Math.abs(value);
  if (!(size < MOST && (size === 0 || size > LEAST))) return new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
  const [whole, rest = ''] = String(size).split('.');
  // Rounded as it is written, and not as a computer keeps it: 0.35 is 0.4.
  const units = String(Number(whole + rest.slice(0, digits).padEnd(digits, '0')) + (rest.charAt(digits) >= '5' ? 1 : 0)).padStart(digits + 1, '0');
  const groups = units.slice(0, -digits).replace(/\B(?=(\d{3})+$)/g, ',');
  const after = units.slice(-digits).replace(/0+$/, '');
  return `${value < 0 ? '-' : ''}${groups}${after && `.${after}`}`;
}

/** What formats the numbers of messages. @param {string} language @returns {import('intl-messageformat').Formatters} */
export function createFormatters(language) {
  /** @type {Map<string, any>} */
  const made = new Map();
  /** @template T @param {string} name @param {() => T} make @returns {T} */
  const once = (name, make) => made.get(name) ?? made.set(name, make()).get(name);
  return {
    getNumberFormat: (_, options = {}) => once(`number ${JSON.stringify(options)}`, () => {
      const digits = digitsOf(options);
      return digits ? /** @type {Intl.NumberFormat} */ ({ format: (/** @type {unknown} */ value) => written(Number(value), language, digits) }) : new Intl.NumberFormat(language, options);
    }),
    getPluralRules: (_, options = {}) => once(`plural ${options.type}`, () => new Intl.PluralRules(language, options)),
    getDateTimeFormat: (_, options) => once(`date ${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(language, options)),
  };
}
