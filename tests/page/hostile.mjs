// Links and inputs that nobody should send: mutated real links, parameters at and beyond their ends, numbers of every
// script, control characters, names that objects have. What is made depends on the seed alone.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dist } from './support.mjs';

const { scenarios } = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8'));
/** Links that were in use. */
const REAL = ['corpus', 'version1'].flatMap((name) => readFileSync(new URL(`../links/${name}.txt`, import.meta.url), 'utf8').split('\n').map((line) => line.trim()).filter((line) => /^\?\S+$/.test(line)));

const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', 'then', 'length', 'callee', '__defineGetter__', 'Symbol.iterator', 'null', 'undefined', 'NaN', 'true', 's', 'at', 'do', 'vs', 'show', 'v'];
const NUMBERS = ['-1', '-0', '+5', '00', '007', '0x10', '0b11', '1e3', '1e309', '1.5', '.5', '5.', '1_000', '1,000', '1 000', ' 5', '5 ', '2147483648', '4294967295', '4294967296', '9007199254740993', '18446744073709551616', '9'.repeat(400), 'Infinity', '-Infinity', '٣', '５', '๕', '½', '五', '1\u00a0000', '1\u200b', '\u202e12'];
const TEXTS = ['', ' ', '\0', '\n', '\r\n', '\t', '\u0007\u001b[31m', '\u202e\u2066', '\ufeff', '\u200d\u200d', 'é'.repeat(50), 'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯', '👩‍👩‍👧‍👦', '한국어', '\u{10ffff}', '\ufffe\uffff', '<img src=x onerror=alert(1)>', '"><script>alert(1)</script>', '{args}', '{n, plural, other{#}}', '<b>', "'{'", '%', '%%', '%s', '$&', '../../etc/passwd', 'javascript:alert(1)', 'x'.repeat(5000), '&amp;', '\\u0000', '{}', '[]'];
const VERBS = ['lose', 'wake', 'drop', 'fire', 'next', 'panic', 'delay', 'eat', '', 'constructor', 'LOSE'];
const MOMENTS = ['t1.p1', 't1.p1.end', 't1.spawn', 't2.w1', 't1.w1', 't1.c1', 't1.queue1', 't1.p1.enter1', 'm1.set', 't3.p2', 't0.p0', 't99.p99', 't1.p4294967296', 't.p', 't1..p1', 'T1.P1', '-1', '0', '1', '7', '40', '999999', '1.5', 'end', 'start'];

/** Numbers that follow from a seed. @param {number} seed */
export function chanceOf(seed) {
  let state = seed >>> 0;
  /** Below a number. @param {number} n */
  const below = (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 15), z | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return Math.floor((((z ^ (z >>> 14)) >>> 0) / 4294967296) * n);
  };
  return { below, of: (all) => all[below(all.length)], isIn: (percent) => below(100) < percent };
}

/** @param {ReturnType<typeof chanceOf>} chance */
export function createHostile(chance) {
  const { below, of, isIn } = chance;
  const text = () => of([NAMES, NUMBERS, TEXTS][below(3)]);
  /** What most links are about for a while, as readers are. @type {typeof scenarios[number] | undefined} */
  let about;
  // What is recorded live takes as long as it says, and what has no trace is a million futures.
  const kinds = { deterministic: scenarios.filter((s) => s.kind === 'deterministic'), other: scenarios.filter((s) => s.kind !== 'deterministic') };
  const scenario = () => of(isIn(96) ? kinds.deterministic : kinds.other);

  /** A value that a field takes. */
  const good = ({ enum: choices, minimum = 0, maximum = 100, 'x-list': list, default: initial }) => {
    if (choices) return of(choices);
    if (list) return list.filter(() => isIn(50)).join('.') || initial;
    if (isIn(10)) return minimum;
    // Small ones more often: a run of the largest takes seconds.
    return minimum + Math.floor((Math.min(maximum, isIn(3) ? maximum : 200) - minimum) * (below(1000) / 1000) ** 3);
  };
  const bad = ({ minimum = 0, maximum = 100 }) => of([() => minimum - 1, () => maximum + 1, text, text, text])();

  const change = () => `${isIn(80) ? of(MOMENTS) : text()}-${of(VERBS)}${isIn(70) ? `.${of(['0', '1', '2', '3', '99', '4294967296', '-1', 'x'])}` : ''}`;
  const changes = () => Array.from({ length: isIn(3) ? 300 : 1 + below(3) }, change).join('_');

  const encode = (value) => (isIn(85) ? encodeURIComponent(String(value)) : encodeURI(String(value)).replaceAll('#', ''));

  /** A scenario with parameters, good ones and others. */
  function made() {
    const { id, schema, live } = about ?? scenario();
    const fields = Object.entries(schema.properties ?? {});
    const pairs = [['s', isIn(92) ? id : text()]];
    for (const [field, kind] of fields) if (isIn(field === live?.field ? 2 : 20)) pairs.push([field, isIn(65) ? good(kind) : bad(kind)]);
    if (isIn(25)) pairs.push([text(), text()]);
    if (isIn(40)) pairs.push(['at', isIn(80) ? of(MOMENTS) : text()]);
    if (isIn(25)) pairs.push(['do', changes()]);
    if (isIn(15)) pairs.push(['vs', fields.length && isIn(70) ? `${of(fields)[0]}.${text()}` : text()]);
    if (isIn(15)) pairs.push(['show', isIn(60) ? of(['every', 'polls', 'sweep', 'all', 'story']) : text()]);
    if (isIn(50)) pairs.push(['v', isIn(70) ? '2' : of(['0', '1', '3', '99', text()])]);
    if (isIn(10)) pairs.reverse();
    return `?${pairs.map(([key, value]) => `${encode(key)}=${encode(value)}`).join('&')}`;
  }

  /** A link that was in use, and was not copied well. */
  function mutated() {
    const real = about ? REAL.filter((one) => one.startsWith(`?s=${about.id}&`) || one === `?s=${about.id}`) : [];
    let link = of(real.length ? real : REAL);
    for (let n = 1 + below(4); n > 0; n -= 1) {
      const at = 1 + below(link.length);
      const [head, tail] = [link.slice(0, at), link.slice(at)];
      link = of([
        () => head + tail.slice(1),
        () => head + String.fromCharCode(32 + below(95)) + tail,
        () => head + encodeURIComponent(text()) + tail,
        () => `${head}%${of(['', '0', 'G', 'E0%A4%A', 'FF', 'ED%A0%80', '00'])}${tail}`,
        () => head,
        () => head + tail + link.slice(1),
        () => `${head}&${tail}`,
        () => head + tail.slice(0, 8).toUpperCase() + tail.slice(8),
        () => link.replace(/=[^&]*/, () => `=${encodeURIComponent(text())}`),
        () => link.replace(/\d+/, () => of(NUMBERS)),
        () => `${link}&${of(REAL).slice(1)}`,
      ])();
    }
    return link;
  }

  /** An address, always one that names a scenario: any other is the start page's. @param {typeof scenarios[number]} [of] what most of it is about */
  function link(of) {
    about = of;
    const made_ = (isIn(60) ? mutated : made)().replaceAll('#', '%23');
    return /[?&]s=/.test(made_) ? made_ : `?s=${encodeURIComponent(text())}&${made_.slice(1)}`;
  }

  return { link, text, scenario, typed: (kind) => String(isIn(30) ? good(kind) : bad(kind)) };
}
