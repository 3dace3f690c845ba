// The sentences of a story: from what the viewer says of a moment to the words of the catalogues (`story.<say>`).

import { seriesOf } from './describe.js';
import { h } from './dom.js';
import { particles } from './josa.js';

/** @typedef {import('./types.js').Sentence} Sentence */
/** @typedef {import('./types.js').Crowd} Crowd */
/** @typedef {import('./types.js').Holder} Holder */
/** @typedef {import('./types.js').Text} Text */
/** @typedef {{ nameOf: (task: number) => string, bells: number, cells: number, drivers: number }} Cast what tasks are called, and how many bells, cells and drivers there are */
/** @typedef {(name: string) => Node | string} Mark how a name of the program is written */

/** @type {Mark} */
const plain = (name) => name;
/** @type {Mark} */
const code = (name) => h('code', {}, name);

/** @param {(Node | string)[]} parts */
const words = (parts) => parts.map((part) => (typeof part === 'string' ? part : part.textContent ?? '')).join('');

/**
 * A list in a sentence. In Korean two names are joined by the particle that the first one takes, and what is longer is only told
 * apart: the language's own conjunction is for forms and laws.
 * @param {(Node | string)[][]} items
 * @param {Text} text
 */
function list(items, text) {
  if (text.language === 'ko') {
    const [first = []] = items;
    const between = items.length === 2 ? `${particles('first', words(first)).first_gwa} ` : ', ';
    return items.flatMap((item, i) => (i ? [between, ...item] : item));
  }
  const parts = new Intl.ListFormat(text.language, { type: 'conjunction' }).formatToParts(items.map((_, i) => String(i)));
  return parts.flatMap((part) => (part.type === 'element' ? items[Number(part.value)] ?? [] : [part.value]));
}

/** @param {Crowd[]} crowds @param {Text} text @param {Mark} mark */
const names = (crowds, text, mark) => list(crowds.map(({ first, last, number }) => {
  if (number !== undefined) return [text.t('story.number', { number })];
  if (last === undefined) return [mark(first)];
  const [before = '', between = '', after = ''] = text.t('story.crowd', { first: '\u0000', last: '\u0000' }).split('\u0000');
  return [before, mark(first), between, mark(last), after];
}), text);

/**
 * What holds a waker or wakes, in the middle of a sentence.
 * @param {Holder | undefined} holder
 * @param {Cast} cast
 * @param {Text} text
 * @param {Mark} mark
 * @returns {(Node | string)[]}
 */
function thing(holder, { nameOf, bells, cells, drivers }, text, mark) {
  switch (holder?.kind) {
    case undefined: return [text.t('story.nobody')];
    case 'timer': return [text.t('story.timer', { deadline: holder.deadline })];
    case 'task': return [mark(nameOf(holder.task))];
    case 'promise': return [text.t('story.promise', { promise: holder.promise })];
    case 'bell': return [bells === 1 ? text.t('story.the_bell') : text.t('thing.bell', { nth: holder.nth })];
    case 'driver': return [drivers === 1 ? text.t('story.the_driver') : text.t('thing.driver', { nth: holder.nth })];
    case 'stream': return [text.t('story.the_stream')];
    case 'channel':
    case 'mutex':
    case 'socket':
    case 'cell': return [cells === 1 && holder.kind === 'cell' ? text.t('story.the_cell') : text.t(`thing.${holder.kind}`, { nth: holder.nth })];
    default: return [text.t(`story.${holder?.kind}`)];
  }
}

/** A lane: by its words, else by the name that the trace gives it. @param {string} name @param {Text} text */
function track(name, text) {
  const { series, n } = seriesOf(name);
  const key = text.has(`track.${name}`) ? `track.${name}` : `track.${series}`;
  return text.has(key) ? text.t(key, { n }) : name;
}

/** @param {string} word */
const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);

/** What is said of each of several: where nothing else is, when it was over. @type {Record<string, string>} */
const EACH = { end_boxes: 'story.each_boxes', end_sizes: 'story.each_size' };

/**
 * The words of a sentence, with the program's names marked.
 * @param {Sentence} sentence
 * @param {Cast} cast
 * @param {Text} text
 * @param {Mark} mark
 * @returns {(Node | string)[]}
 */
function build(sentence, cast, text, mark) {
  const { say, it, n, now, due, by, size } = sentence;
  /** @type {Record<string, (Node | string)[]>} */
  const named = {
    who: names(sentence.who ?? [], text, mark),
    them: names(sentence.them ?? [], text, mark),
    thing: thing(sentence.thing, cast, text, mark),
    future: [mark(sentence.future ?? '')],
    from: [mark(sentence.from ?? '')],
    to: [mark(sentence.to ?? '')],
    text: [sentence.text ?? ''],
    last: [sentence.last ?? ''],
    lane: [capital(track(sentence.lane ?? '', text))],
    each: list((sentence.each ?? []).map(({ name, now: at, polls, n: count }) => {
      const shown = sentence.say === 'end_lanes' ? track(name, text) : mark(name);
      const [before = '', after = ''] = text.t(EACH[sentence.say] ?? 'story.each', { name: '\u0000', now: at, polls, n: count }).split('\u0000');
      return [before, shown, after];
    }), text),
  };
  // Who is late was polled so long after its time, and the moment may be the end of that poll.
  const polled = (due ?? 0) + (by ?? 0);
  /** @type {Record<string, string | number | undefined>} */
  const args = { it: it ? 'yes' : 'no', n, now, due, by, polled, size, woken: sentence.them?.length ?? 0 };
  if (sentence.thing === undefined) args.thing = 'none';
  for (const [name, parts] of Object.entries(named)) {
    // What is chosen by, or follows, a name is chosen before its words are put in: they may be nodes.
    args[name] ??= `\u0001${name}\u0001`;
    if (text.language === 'ko') Object.assign(args, particles(name, words(parts)));
  }
  named.Thing = sentence.thing?.kind === 'task' ? named.thing ?? [] : [capital(words(named.thing ?? []))];
  args.Thing = '\u0001Thing\u0001';
  named.thing_i = [...named.thing ?? [], args.thing_i?.toString() ?? ''];
  named.thing_eun = [...named.thing ?? [], args.thing_eun?.toString() ?? ''];
  Object.assign(args, { thing_i: '\u0001thing_i\u0001', thing_eun: '\u0001thing_eun\u0001' });
  // A name may be said twice, and a node is in one place only.
  const own = (/** @type {Node | string} */ part) => (typeof part === 'string' ? part : part.cloneNode(true));
  return text.t(`story.${say}`, args).split('\u0001').flatMap((part, i) => (i % 2 ? (named[part] ?? []).map(own) : [part]));
}

/**
 * A sentence as nodes: names of the program as code.
 * @param {Sentence} sentence
 * @param {Cast} cast
 * @param {Text} text
 */
export const sentenceNodes = (sentence, cast, text) => build(sentence, cast, text, code);

/**
 * A sentence as text.
 * @param {Sentence} sentence
 * @param {Cast} cast
 * @param {Text} text
 */
export const sentenceText = (sentence, cast, text) => words(build(sentence, cast, text, plain));
