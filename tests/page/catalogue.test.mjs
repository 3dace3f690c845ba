// The catalogues against the engine's types: every kind of event and every error has its sentence, in both
// languages, and every sentence can be read.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';

const require = createRequire(new URL('../../www/package.json', import.meta.url));
const { IntlMessageFormat } = require('intl-messageformat');
const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const types = read('target/engine/pollscope.d.ts');
const catalogues = { en: JSON.parse(read('www/messages/en.json')), ko: JSON.parse(read('www/messages/ko.json')) };

/** The tags of a union that was derived from a Rust enum. */
function tags(type, tag) {
  const [, union] = types.match(new RegExp(`export type ${type} = ([^;]*(?:;(?! *\\n\\n)[^;]*)*);\\n`)) ?? [];
  assert(union, `${type} is in the declarations`);
  const line = types.split('\n').find((l) => l.startsWith(`export type ${type} =`));
  return [...line.matchAll(new RegExp(`${tag}: "([a-z_]+)"`, 'g'))].map((m) => m[1]);
}

for (const [language, messages] of Object.entries(catalogues)) {
  const has = (key) => assert(key in messages || Object.keys(messages).some((k) => k.startsWith(`${key}.`)), `${language}: ${key}`);

  test(`${language}: every kind of event is told`, () => {
    const kinds = tags('Told', 'kind');
    assert(kinds.length > 40, `${kinds.length} kinds`);
    for (const kind of kinds) has(`told.${kind}`);
    for (const why of tags('Ending', 'why')) has(`told.ended.${why}`);
  });

  test(`${language}: every error is explained`, () => {
    for (const kind of tags('FieldError', 'kind')) has(`fault.${kind}`);
  });

  test(`${language}: every message can be read`, () => {
    for (const [key, message] of Object.entries(messages)) {
      assert.doesNotThrow(() => new IntlMessageFormat(message, language), `${language}: ${key}: ${message}`);
      // What is left without placeholders and markup: names stay as they are, sentences do not.
      const plain = message.replace(/\{[^{}]*(\{[^{}]*\}[^{}]*)*\}|<[^>]*>/g, '');
      const isName = plain.split(/\s+/).length <= 4;
      if (language === 'ko' && /[A-Za-z]{4}/.test(plain)) assert(/[가-힣]/.test(message) || isName, `${key} has no Korean: ${message}`);
    }
  });
}
