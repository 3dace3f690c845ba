// The catalogues against the engine's types and the page's code: every kind of event and every error has its sentence, in
// both languages, and every text is used. What can be said of the words by themselves is in `words.test.mjs`.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const types = ['viewer', 'first'].map((name) => read(`target/engine/${name}/${name}.d.ts`)).join('\n');
/** All parts of a language's catalogue. @param {string} language */
const catalogue = (language) => Object.assign({}, ...readdirSync(new URL(`../../www/messages/${language}`, import.meta.url))
  .map((part) => JSON.parse(read(`www/messages/${language}/${part}`))));
const catalogues = { en: catalogue('en'), ko: catalogue('ko') };

test('no text is left over', () => {
  const files = ['www', 'www/build', 'www/lesson', 'www/saving', 'www/stages', 'www/start', 'www/views'].flatMap((folder) => readdirSync(new URL(`../../${folder}`, import.meta.url))
    .filter((name) => /\.m?js$/.test(name)).map((name) => read(`${folder}/${name}`)));
  const code = files.join('\n');
  // Strings that may be a key, and templates that may begin one: what stands before the first value.
  const whole = new Set([...code.matchAll(/'([^'\\\n]*)'/g)].map(([, text]) => text));
  const begun = new Set([...code.matchAll(/`([a-z_.]*\.)\$\{/g)].map(([, text]) => text));
  // Its title is the page's to show.
  const named = (key) => key === 'title' || whole.has(key) || [...begun].some((start) => key.startsWith(start));
  // A view that several stages show is given what its keys begin with; a scenario may have a word of its own.
  const prefixes = [...code.matchAll(/words: '([a-z]+)'/g)].map(([, words]) => `${words}.`);
  const used = (key) => named(key) || prefixes.some((words) => key.startsWith(words)
    && [key, key.replace(/\.[a-z-]+$/, '')].some((k) => k.length > words.length && named(k.slice(words.length))));
  const left = Object.keys(catalogues.en).filter((key) => !used(key) && !/^(scenario|event|hero|term|story|track|fold|keys)\./.test(key));
  assert.deepEqual(left, []);
});

test('no word of a hero is left over, and none is missing', () => {
  const words = Object.keys(catalogues.en).filter((key) => key.startsWith('hero.'));
  const heroes = readdirSync(new URL('../../www/heroes', import.meta.url)).filter((name) => name.endsWith('.js') && name !== 'index.js');
  for (const file of heroes) {
    const hero = file.replace('.js', '');
    // The map of a machine has its words here, and so has the view of machines; and two calls, of the border.
    const code = [`www/heroes/${file}`, ...(hero === 'machine' ? ['www/machine/map.js', 'www/views/machine.js'] : []), ...(hero === 'border' ? ['www/heroes/kit/two.js'] : [])].map(read).join('\n');
    const own = words.filter((key) => key.startsWith(`hero.${hero}.`)).map((key) => key.slice(`hero.${hero}.`.length));
    const whole = new Set([...code.matchAll(/'([a-z0-9_]+)'/g)].map(([, text]) => text));
    const begun = [...code.matchAll(/`([a-z_]+_)\$\{/g)].map(([, text]) => text);
    // A rule's card is named by its files.
    // Its title is the page's to show.
    const named = (key) => key === 'title' || whole.has(key) || begun.some((start) => key.startsWith(start)) || (hero === 'rules' && code.includes('words(name)'));
    assert.deepEqual(own.filter((key) => !named(key)), [], `${hero}: left over`);
    const asked = [...code.matchAll(/words\('([a-z0-9_]+)'/g)].map(([, key]) => key);
    assert.deepEqual(asked.filter((key) => !own.includes(key)), [], `${hero}: missing`);
  }
  const known = new Set(heroes.map((file) => file.replace('.js', '')));
  assert.deepEqual(words.filter((key) => !known.has(key.split('.')[1])), []);
});

/** The tags of a union that was derived from a Rust enum. */
function tags(type, tag) {
  const [, union] = types.match(new RegExp(`export type ${type} = ([^;]*(?:;(?! *\\n\\n)[^;]*)*);\\n`)) ?? [];
  assert(union, `${type} is in the declarations`);
  const line = types.split('\n').find((l) => l.startsWith(`export type ${type} =`));
  return [...line.matchAll(new RegExp(`${tag}: "([a-z_]+)"`, 'g'))].map((m) => m[1]);
}

for (const [language, messages] of Object.entries(catalogues)) {
  const has = (key) => assert(key in messages || Object.keys(messages).some((k) => k.startsWith(`${key}.`)), `${language}: ${key}`);

  test(`${language}: every kind of event has its sentence`, () => {
    const kinds = tags('Description', 'kind');
    assert(kinds.length > 40, `${kinds.length} kinds`);
    for (const kind of kinds) has(`event.${kind}`);
    for (const why of tags('Ending', 'why')) has(`event.ended.${why}`);
  });

  test(`${language}: every finding is described, and every thing that can be waited for has a name`, () => {
    const kinds = tags('Cause', 'kind');
    assert(kinds.length > 10, `${kinds.length} kinds`);
    for (const kind of kinds) has(`finding.${kind}`);
    for (const kind of tags('Holder', 'kind')) {
      const known = new RegExp(`case '${kind}'`).test(read('www/describe.js'));
      if (['channel', 'mutex', 'bell'].includes(kind)) has(`thing.${kind}.first`);
      // All others are cases of the sentences themselves, those without an argument under their own name.
      else assert(known || [messages.woken, messages.held].every((m) => m.includes(`${kind} {`)), `${language}: ${kind}`);
    }
  });

  test(`${language}: every error is explained`, () => {
    for (const kind of [...tags('FieldError', 'kind'), ...tags('Unread', 'kind')]) has(`fault.${kind}`);
  });
}
