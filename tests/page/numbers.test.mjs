// Numbers are written as the browser would write them, in every language of the page: it is asked here, and not in the page.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { LANGUAGES } from '../../www/languages.js';
import { createFormatters, written } from '../../www/numbers.js';
import { chanceOf } from './hostile.mjs';

const { IntlMessageFormat } = await import(createRequire(new URL('../../www/package.json', import.meta.url)).resolve('intl-messageformat'));

const chance = chanceOf(1);
const EDGES = [0, 0.04, 0.05, 0.25, 0.35, 0.949, 0.95, 0.999, 1.05, 9.95, 99.95, 999, 999.94, 999.95, 1000, 1234.5, 99_999.95, 1e6, 1_234_567.89, 2 ** 53, 1e15, 1e21, 1e-7, 5e-324, Infinity, NaN];
/** Of every size, with few and with many digits. */
const ANY = Array.from({ length: 20_000 }, () => {
  const value = chance.below(2 ** 31) * 10 ** -chance.below(10);
  return chance.below(2) ? value : Math.round(value * 1000) / 1000 + chance.below(1000) / 7;
});

for (const language of LANGUAGES) {
  for (const digits of [1, 2, 3]) {
    test(`numbers in ${language}, to ${digits} digits`, () => {
      const { format } = new Intl.NumberFormat(language, { maximumFractionDigits: digits });
      for (const value of [...EDGES, ...ANY].flatMap((one) => [one, -one])) {
        if (!Object.is(value, -0)) assert.equal(written(value, language, digits), format(value), String(value));
      }
    });
  }

  test(`numbers in messages in ${language}`, () => {
    const messages = ['{n, number}', '{n, number, ::.#}', '{n, number, ::.##}', '{n, number, ::.0}', '{n, plural, one {# task} other {# tasks}}', '{n, plural, offset:1 =0 {none} other {# more}}'];
    for (const message of messages) {
      const [ours, browsers] = [{ formatters: createFormatters(language) }, {}].map((options) => new IntlMessageFormat(message, language, undefined, options));
      for (const n of [...EDGES, ...ANY.slice(0, 500)]) assert.equal(ours.format({ n }), browsers.format({ n }), `${message} ${n}`);
    }
  });
}
