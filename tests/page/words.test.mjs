// The catalogues by themselves: what can be said of the words without an engine or a page. Both languages say the same things, every
// message can be said in every case of it, and words that were given up do not come back.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';

const require = createRequire(new URL('../../www/package.json', import.meta.url));
const { IntlMessageFormat } = require('intl-messageformat');
const folder = new URL('../../www/messages/', import.meta.url);

/** The parts of a language, by name. @param {string} language @returns {Record<string, Record<string, string>>} */
const partsOf = (language) => Object.fromEntries(readdirSync(new URL(language, folder))
  .map((part) => [part, JSON.parse(readFileSync(new URL(`${language}/${part}`, folder), 'utf8'))]));
const parts = { en: partsOf('en'), ko: partsOf('ko') };
const catalogues = { en: Object.assign({}, ...Object.values(parts.en)), ko: Object.assign({}, ...Object.values(parts.ko)) };

/** Messages as they were parsed, by language and text. @type {Map<string, import('intl-messageformat').IntlMessageFormat>} */
const parsed = new Map();

/** @param {string} message @param {string} language */
function parse(message, language) {
  const key = `${language} ${message}`;
  const known = parsed.get(key) ?? new IntlMessageFormat(message, language);
  parsed.set(key, known);
  return known;
}

/** Every element of a parsed message, those inside of cases and tags, too. */
function* elementsOf(message, language) {
  function* inside(elements) {
    for (const element of elements) {
      yield element;
      for (const option of Object.values(element.options ?? {})) yield* inside(option.value);
      yield* inside(element.children ?? []);
    }
  }
  yield* inside(parse(message, language).getAst());
}

/** Kinds of elements: those that are no arguments are literals, the number inside of a plural, and tags. */
const [NUMBER, PLURAL, POUND, NO_ARGUMENTS] = [2, 6, 7, [0, 7, 8]];

/**
 * The arguments of a message, and the cases that tell them apart.
 * @param {string} message
 * @param {string} language
 * @returns {Map<string, Set<string | number>>}
 */
function argumentsOf(message, language) {
  const found = new Map();
  for (const { type, value, options } of elementsOf(message, language)) {
    if (NO_ARGUMENTS.includes(type)) continue;
    const cases = found.get(value) ?? new Set();
    found.set(value, cases);
    // A number gets those that languages tell apart, and those that a message names.
    if (type === NUMBER || type === PLURAL) [0, 1, 2, 5].forEach((n) => cases.add(n));
    for (const option of Object.keys(options ?? {})) cases.add(option.startsWith('=') ? Number(option.slice(1)) : option);
  }
  // The keywords of plurals are no values.
  for (const cases of found.values()) if (cases.has(0)) for (const word of ['one', 'two', 'few', 'many', 'other']) cases.delete(word);
  return found;
}

/** The arguments that a message says: not a number that only chooses between one and many. */
function saidBy(message, language) {
  const counts = ({ options }) => Object.values(options).some(({ value }) => value.some(({ type }) => type === POUND));
  const said = [...elementsOf(message, language)].filter((e) => !NO_ARGUMENTS.includes(e.type) && (e.type !== PLURAL || counts(e)));
  return new Set(said.map(({ value }) => value));
}

/**
 * Arguments that one language says and the other does not know. A capital letter and a plural are English's own affair; in
 * Korean a word may have its particle beside it, which is chosen by the word's sound.
 */
function unshared(en, ko) {
  const plain = (names) => [...names].map((name) => `${name[0].toLowerCase()}${name.slice(1)}`.replace(/_(i|eul|eun|euro)$/, ''));
  const known = (message, language) => plain(argumentsOf(message, language).keys());
  const lacks = (names, others) => [...new Set(plain(names))].filter((name) => !others.includes(name));
  return [...lacks(saidBy(en, 'en'), known(ko, 'ko')), ...lacks(saidBy(ko, 'ko'), known(en, 'en'))];
}

/**
 * All that a message can say: each case of each argument, beside the first cases of the others.
 * @param {string} message
 * @param {string} language
 */
function sayings(message, language) {
  const cases = [...argumentsOf(message, language)].map(([name, values]) => [name, values.size ? [...values] : ['‹value›']]);
  const plain = (chunks) => chunks.join('');
  const first = Object.fromEntries(cases.map(([name, values]) => [name, values[0]]));
  const format = parse(message, language);
  const said = cases.flatMap(([name, values]) => values.map((value) => ({ ...first, [name]: value })));
  return (said.length ? said : [{}]).map((args) => String(format.format({ ...args, b: plain, code: plain })));
}

/** A sentence ends where a stop is followed by nothing or by space. @param {string} text */
const sentencesIn = (text) => text.match(/[.?!]["”]?(?=\s|$)/g)?.length ?? 0;

/**
 * Words that are not used, and what is said instead. A term has one word in Korean.
 * @type {Record<'en' | 'ko', [RegExp, string][]>}
 */
const GIVEN_UP = {
  en: [
    [/\bwho(m)?ever\b/i, 'who it is, or what'],
    [/what it stands for/i, 'what has come'],
    [/\bleaf\b/i, 'innermost future'],
    [/\b(in|out)side of\b/i, 'inside, outside'],
    [/\blest\b/i, 'so that not'],
    [/\btaken up\b/i, 'dispatched'],
    [/\bmiddle half|middle halves\b/i, 'interquartile range'],
  ],
  ko: [
    [/모형/, '모델'],
    [/잎/, '가장 안쪽 future'],
    [/goroutine/i, '고루틴'],
    [/프로미스/, 'promise'],
    [/준비 큐|대기열/, '차례 줄'],
    [/resolve(된|됨)|reject(된|됨)/, '이행, 거부'],
    [/퓨처|퓨쳐/, 'future'],
    [/웨이크/, '깨움'],
    [/습니다|세요|십시오/, '한다체'],
  ],
};

/** Words of a message that were given up; names of arguments are no words. @param {'en' | 'ko'} language @param {string} message */
function givenUp(language, message) {
  const text = message.replace(/\{\w+/g, '{');
  return GIVEN_UP[language].filter(([word]) => word.test(text)).map(([, instead]) => instead);
}

test('both languages have the same parts, and in them the same keys', () => {
  const keys = (language) => Object.entries(parts[language]).map(([part, messages]) => [part, Object.keys(messages).sort()]).sort();
  assert.deepEqual(keys('ko'), keys('en'));
});

test('a key stands in one part', () => {
  const all = Object.values(parts.en).flatMap((part) => Object.keys(part));
  assert.deepEqual(all.filter((key, i) => all.indexOf(key) !== i), []);
});

test('both languages say the same arguments', () => {
  for (const [key, message] of Object.entries(catalogues.en)) assert.deepEqual(unshared(message, catalogues.ko[key]), [], key);
});

test('the parameters as a sentence: three values at most, and a phrase for each choice of a value that has phrases', () => {
  const sentences = Object.keys(catalogues.en).filter((key) => /^scenario\.[a-z-]+\.with$/.test(key));
  assert(sentences.length > 10, `${sentences.length} sentences`);
  for (const [language, messages] of Object.entries(catalogues)) {
    for (const key of sentences) {
      const names = [...argumentsOf(messages[key], language)];
      assert(names.length >= 1 && names.length <= 3, `${language}: ${key} has ${names.length} values`);
      assert(names.every(([, cases]) => cases.size === 0), `${language}: ${key}: what a value is called goes in as it is`);
      const endings = (start) => Object.keys(messages).filter((k) => k.startsWith(start)).map((k) => k.slice(start.length));
      for (const [name] of names) {
        const phrases = endings(`${key}.${name}.`);
        // A list is said by its items, as the form says them, and has a word for none.
        if (phrases.length === 0 && `choice.${name}.none` in messages) continue;
        // Another scenario may have a field of that name, with choices of its own.
        const own = Object.entries(parts[language]).filter(([part]) => part === `${key.split('.')[1]}.json` || !sentences.includes(`scenario.${part.replace('.json', '')}.with`));
        const start = `choice.${name}.`;
        const choices = own.flatMap(([, words]) => Object.keys(words).filter((k) => k.startsWith(start)).map((k) => k.slice(start.length)));
        assert.deepEqual(phrases.sort(), choices.sort(), `${language}: ${key}: phrases of ${name}`);
      }
      const fields = new Set(endings(`${key}.`).map((ending) => ending.split('.')[0]));
      assert.deepEqual([...fields].filter((field) => !names.some(([name]) => name === field)), [], `${language}: ${key}: phrases of what it does not say`);
    }
  }
});

test('a term has its word and one sentence', () => {
  const terms = Object.keys(parts.en['terms.json']).filter((key) => !/\.(name|words)$/.test(key));
  assert(terms.length > 30, `${terms.length} terms`);
  for (const [language, messages] of Object.entries(catalogues)) {
    for (const term of terms) {
      assert.equal(sentencesIn(messages[term].replace(/<\/?code>/g, '')), 1, `${language}: ${messages[term]}`);
      assert(messages[`${term}.name`], `${language}: ${term}.name`);
      assert.notEqual(messages[`${term}.words`], undefined, `${language}: ${term}.words`);
    }
  }
});

for (const language of /** @type {const} */ (['en', 'ko'])) {
  test(`${language}: every message can be said, in every case of it`, () => {
    for (const [key, message] of Object.entries(catalogues[language])) {
      for (const said of sayings(message, language)) {
        assert.doesNotMatch(said, /undefined|NaN|\[object|[{}]/, `${language}: ${key}: ${said}`);
        assert.doesNotMatch(said, / {2}| [.,;:](\s|$)|^ | $/, `${language}: ${key}: spaces: ${said}`);
      }
    }
  });

  test(`${language}: words that were given up are not used`, () => {
    // Titles are the start page's.
    const used = Object.entries(catalogues[language]).filter(([key]) => !/^scenario\.[a-z-]+\.title$/.test(key))
      .flatMap(([key, message]) => givenUp(language, message).map((instead) => `${key}: ${instead}`));
    assert.deepEqual(used, []);
  });

  test(`${language}: an idea, a question and a verdict are two sentences at most`, () => {
    for (const [key, message] of Object.entries(catalogues[language])) {
      if (!/^scenario\.[a-z-]+\.(idea|question|verdict)$/.test(key)) continue;
      const n = sentencesIn(message.replace(/<[^>]*>/g, ''));
      assert(n >= 1 && n <= 2, `${language}: ${key}: ${n} sentences`);
    }
  });
}

test('ko: a text of more than a few words is Korean', () => {
  for (const [key, message] of Object.entries(catalogues.ko)) {
    // What is left without placeholders and markup: names stay as they are, sentences do not.
    const plain = message.replace(/\{[^{}]*(\{[^{}]*\}[^{}]*)*\}|<[^>]*>/g, '');
    if (/[A-Za-z]{4}/.test(plain) && plain.split(/\s+/).length > 4) assert.match(message, /[가-힣]/, `${key} has no Korean`);
  }
});

test('what was given up is found where it is used, and nothing else is', () => {
  assert.deepEqual(givenUp('en', 'Whoever left a waker'), ['who it is, or what']);
  assert.deepEqual(givenUp('en', 'The future {leaf} leaves its waker'), []);
  assert.deepEqual(givenUp('ko', '모형이다'), ['모델']);
  assert.deepEqual(givenUp('ko', '모델이다'), []);
});

test('an argument that one language leaves out is found', () => {
  assert.deepEqual(unshared('{Thing} wakes {who}', '{thing_i} {who}{who_eul} 깨운다'), []);
  assert.deepEqual(unshared('{who} {n, plural, one {sleeps} other {sleep}}', '{who} 잠든다'), []);
  assert.deepEqual(unshared('{n, plural, one {# poll} other {# polls}} by {ms} ms', '폴 {nth}번'), ['n', 'ms', 'nth']);
});

test('all cases of a message are said', () => {
  assert.deepEqual(sayings('{n, plural, =3 {three} one {# one} other {#}}{at, select, yes {!} other {}}', 'en'),
    ['0!', '1 one!', '2!', '5!', 'three!', '0!', '0']);
  assert.throws(() => sayings('<i>not known</i>', 'en'));
});
