// The stories of all scenarios, as they are told: of the default form, and of every choice of every parameter, in both languages, in
// one file each that is read as a whole (`stories/en.txt`, `ko.txt`). UPDATE_EXPECT=1 writes them anew.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { load, manifest } from '../../www/build/engine.mjs';
import { sentenceText } from '../../www/story.js';

const require = createRequire(new URL('../../www/package.json', import.meta.url));
const { IntlMessageFormat } = require('intl-messageformat');

/** A language's texts, as the page has them. @param {'en' | 'ko'} language */
function textOf(language) {
  const folder = new URL(`../../www/messages/${language}/`, import.meta.url);
  const catalogue = Object.assign({}, ...readdirSync(folder).map((part) => JSON.parse(readFileSync(new URL(part, folder), 'utf8'))));
  const parsed = new Map();
  const plain = (chunks) => chunks.join('');
  return {
    language,
    has: (key) => key in catalogue,
    t(key, args = {}) {
      if (!parsed.has(key)) parsed.set(key, new IntlMessageFormat(catalogue[key] ?? `«${key}»`, language));
      return String(parsed.get(key).format({ ...args, b: plain, code: plain }));
    },
  };
}

/** The forms whose stories are told: as it is, and with each other choice of a parameter, as far as its runs are made; of a list, the other way round, and whole. */
function formsOf({ schema, live }) {
  const listed = ({ 'x-list': all, default: initial }) => all && [initial.split('.').toReversed().join('.'), all.join('.')];
  const choices = Object.entries(schema.properties ?? {}).flatMap(([field, { enum: values, default: initial, ...rest }]) =>
    (values ?? listed({ default: initial, ...rest }) ?? []).filter((value) => value !== initial && !(field === live?.field && value === live?.value)).map((value) => [[field, String(value)]]));
  return [[], ...choices];
}

/** @param {object} viewer @param {object} info @param {[string, string][]} form */
async function runOf(viewer, { id, module }, form) {
  const runner = await load(module);
  const run = new viewer.Run();
  try {
    runner.run(id, id, form.flat(), '', (chunk) => run.append(chunk));
  } catch (error) {
    // A panic ends its instance, when all of its trace is sent.
    assert(error instanceof WebAssembly.RuntimeError, error);
    runner.__wbg_reset_state();
  }
  run.close();
  return run;
}

/** @param {object} run @param {ReturnType<typeof textOf>} text */
function told(run, text) {
  const story = run.story();
  const cast = { nameOf: (task) => run.nameOf(task), bells: story.bells, cells: story.cells, drivers: story.drivers };
  return story.moments.map(({ time, decides, sentences }) => {
    const said = sentences.map((sentence) => sentenceText(sentence, cast, text)).join(' / ');
    return `${text.t('ms', { ms: time }).padStart(10)} ${decides ? '*' : ' '} ${said}`;
  });
}

const stories = { en: '', ko: '' };
const texts = { en: textOf('en'), ko: textOf('ko') };
const { scenarios } = await manifest();
const viewer = await load('viewer');
for (const info of scenarios) {
  if (info.kind !== 'deterministic') continue;
  for (const form of formsOf(info)) {
    const run = await runOf(viewer, info, form);
    for (const [language, text] of Object.entries(texts)) {
      stories[language] += `${info.id} ${form.map((pair) => pair.join('=')).join('&')}`.trimEnd();
      stories[language] += `\n${told(run, text).join('\n')}\n\n`;
    }
    run.free();
  }
}

for (const [language, story] of Object.entries(stories)) {
  const file = new URL(`stories/${language}.txt`, import.meta.url);
  test(`${language}: all stories are those that were read`, () => {
    if (process.env.UPDATE_EXPECT) {
      mkdirSync(new URL('stories/', import.meta.url), { recursive: true });
      writeFileSync(file, story);
    }
    assert.equal(story, readFileSync(file, 'utf8'));
  });

  test(`${language}: a story names all that it says, and each sentence is one`, () => {
    for (const line of story.split('\n').filter((line) => line.startsWith(' '))) {
      assert.doesNotMatch(line, /undefined|NaN|\[object|[{}«»\u0000\u0001]|\S {2}\S|[^ ] [.,;:](\s|$)/u, line);
      assert.match(line, /[.?!”"]$/, line);
    }
  });
}
