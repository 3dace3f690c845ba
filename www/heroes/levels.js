// The levels between an await and the wire, and the way of one request through them: down, the wait, and up again. The browser’s
// levels stand beside ours, and on each level the crates that stand there.

import { heroOf } from './kit/hero.js';
import { stateAt } from './kit/lane.js';
import { lanesOf, marks, once, stretches } from './kit/run.js';
import { station } from './kit/things.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */
/** @typedef {import('../types.js').Run} Run */
/** @typedef {{ at: number, level: number, ms: number }} Step after an event the request is on a level; `ms`: so long it stays there */

/** The levels, from the top. */
const NAMES = ['program', 'future', 'executor', 'reactor', 'system', 'hardware'];
const [PROGRAM, FUTURE, EXECUTOR, REACTOR, SYSTEM, HARDWARE] = [0, 1, 2, 3, 4, 5];
/** The levels below the executor are a model. */
const REAL = EXECUTOR;

/** Where the request is after each of its events; alike ones in a row are one. @param {Run} run @returns {Step[]} */
const stepsOf = (run) => once(run, 'levels', () => {
  /** @type {Step[]} */
  const all = [];
  const put = (/** @type {number} */ at, /** @type {number} */ level, ms = 0) => at > 0 && all.push({ at, level, ms });
  for (const { at, till } of stretches(run, 'task')) [at, till].forEach((one) => put(one, EXECUTOR));
  const futures = stretches(run, 'future');
  for (const { at, till } of futures) [at, till].forEach((one) => put(one, FUTURE));
  for (const { at, of } of stretches(run, 'waker')) if (of.by.kind === 'bell') put(at, REACTOR);
  for (const { at } of marks(run, 'logged')) put(at, PROGRAM);
  for (const { at } of marks(run, 'found_empty')) put(at, FUTURE);
  for (const { at } of marks(run, 'signalled')) put(at, HARDWARE);
  for (const { at, event } of marks(run, 'woken_queued')) if (event.by.kind === 'bell') put(at, REACTOR);
  for (const { at, event } of marks(run, 'clock_advanced', 'computed')) {
    const isIn = futures.some((one) => one.at <= at && (!one.till || one.till > at));
    put(at, event.kind === 'clock_advanced' ? SYSTEM : isIn ? FUTURE : PROGRAM, event.by);
  }
  all.sort((a, b) => a.at - b.at || a.level - b.level);
  return all.reduce((/** @type {Step[]} */ steps, step) => {
    const last = steps[steps.length - 1];
    if (last?.level === step.level && !last.ms && !step.ms) return steps;
    return [...steps, step];
  }, []);
});

/** @param {State} state @param {Words} words @param {import('./kit/hero.js').Host} host */
function model({ run, cursor, deciding, params }, words, host) {
  const steps = stepsOf(run);
  const here = steps.findLastIndex(({ at }) => at <= cursor);
  const name = lanesOf(run).lanes[0]?.name ?? '';
  const state = stateAt(run, 1, cursor) ?? 'none';
  const held = stretches(run, 'waker').find(({ of, at, till }) => of.by.kind === 'bell' && at <= cursor && !(till && till <= cursor));
  const due = marks(run, 'timer_set').find(({ event }) => event.task === 0);
  const rang = marks(run, 'signalled').find(({ at }) => at <= cursor);
  const read = params.read ?? 'waits';
  const waited = steps.filter(({ ms, at }) => ms > 0 && at <= cursor);
  const now = steps[here];
  const polls = stretches(run, 'task').filter(({ of, at }) => of.state === 'running' && at <= cursor).reduce((n, { of }) => n + of.polls, 0);
  const wait = waited.reduce((n, { ms }) => n + ms, 0);
  const wire = Number(params.wire ?? 0);
  /** What is there now, level by level. */
  const says = [
    words(`program_${state === 'none' ? 'none' : state === 'done' ? 'done' : 'request'}`, { name }),
    words(state === 'done' ? 'future_ready' : read === 'blocks' ? 'future_none' : polls === 0 ? 'future_new' : 'future_pending'),
    words(`executor_${state}`, { n: polls }),
    words(held ? 'reactor_waker' : rang && read === 'waits' ? 'reactor_used' : 'reactor_empty', { task: held?.task ?? 1 }),
    words(now?.level === SYSTEM && now.ms ? 'system_waits' : 'system_idle', { ms: now?.ms ?? 0 }),
    words(read === 'blocks' ? 'hardware_blocks' : rang ? 'hardware_rang' : due ? 'hardware_due' : 'hardware_none', { ms: rang?.time ?? due?.event.deadline ?? wire }),
  ];
  const levels = host.crates?.levels ?? [];
  return {
    steps, here, wait,
    level: now?.level ?? -1,
    /** The level at which the thread waited, once it did. */
    waits: waited[waited.length - 1]?.level ?? -1,
    isKnown: deciding.isKnown,
    levels: levels.map(({ name, see }) => ({
      name, see, says: says[NAMES.indexOf(name)] ?? '',
      crates: (host.crates?.rows ?? []).filter(({ level }) => level === name).map((one) => `${one.name.replace('-executor', '')} ${one.version}`),
    })),
  };
}
/** @typedef {ReturnType<typeof model>} Model */

/** @param {Model} m @param {Size} size */
function plan(m, { width: w, height: h }) {
  const narrow = w < 560;
  const [left, right] = narrow ? [6, w - 6] : [20, w - 20];
  const top = narrow ? 4 : 30;
  const row = (h - top - 8) / Math.max(1, m.levels.length);
  const ours = narrow ? Math.min(158, w * 0.42) : Math.min(236, w * 0.24);
  const theirs = narrow ? 0 : Math.min(210, w * 0.205);
  const crates = narrow ? 0 : Math.min(150, w * 0.145);
  const from = left + ours + (narrow ? 10 : 22);
  const to = right - theirs - crates - (narrow ? 8 : 26);
  return { narrow, left, right, top, row, ours, theirs, crates, from, to, y: (/** @type {number} */ level) => top + row * (level + 0.5) };
}
/** @typedef {ReturnType<typeof plan>} Plan */

/** Where each step stands: one that waits is as wide as several, where there is room. @param {Model} m @param {Plan} p */
function placesOf(m, { from, to }) {
  const weight = (/** @type {Step} */ step) => (step.ms > 1 ? 7 : 1);
  const whole = m.steps.reduce((n, step) => n + weight(step), 0) || 1;
  const unit = (to - from) / whole;
  let x = from;
  return m.steps.map((step) => {
    const a = x;
    x += weight(step) * unit;
    return { ...step, x: a, to: x, middle: (a + x) / 2 };
  });
}

/** The way so far, or to come, as a path. @param {ReturnType<typeof placesOf>} places @param {Plan} p */
function pathOf(places, p) {
  return places.map(({ level, x, to, middle, ms }, i) => {
    const y = p.y(level);
    const across = ms > 1 ? `${x + 4} ${y}H${to - 4}` : `${middle} ${y}`;
    return `${i ? 'L' : 'M'}${across}`;
  }).join('');
}

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, size, words) {
  const p = plan(m, size);
  if (!p.narrow) {
    pen.text('tiny', p.left + 14, 20, words('ours'), { most: p.ours });
    pen.text('tiny', p.from, 20, words('way'), { most: p.to - p.from });
    pen.text('tiny', p.to + 14, 20, words('stand'), { most: p.crates });
    pen.text('tiny', p.right - p.theirs + 14, 20, words('browser'), { most: p.theirs - 20 });
  }
  const boxH = Math.min(p.row - 6, 66);
  m.levels.forEach(({ name, see, says, crates }, i) => {
    const y = p.y(i) - boxH / 2;
    const isHere = i === m.level;
    const cls = isHere ? (m.waits === i && m.steps[m.here]?.ms ? 'pending' : 'lit tint') : 'sunk';
    pen.group({ pick: `visit ${see}`, cls: 'pickable' }, () => {
      station(pen, { x: p.left, y, w: p.ours, h: boxH }, { name: words(name), cls, nameCls: p.narrow ? 'name little' : 'name', key: `level ${name}`, head: p.narrow ? 17 : Math.min(25, boxH * 0.42) });
      if (!p.narrow && i > REAL) pen.text('tiny', p.left + p.ours - 12, y + Math.min(25, boxH * 0.42), words('model'), { anchor: 'end' });
      pen.text(p.narrow ? 'tiny' : 'said', p.left + 14, y + (p.narrow ? Math.min(boxH - 6, 38) : boxH - Math.max(9, boxH * 0.2)), p.narrow && i > REAL ? `${words('model')}: ${says}` : says, { most: p.ours - 22 });
    });
    pen.line('bed-line', p.from, p.y(i), p.to, p.y(i));
    if (p.narrow) return;
    crates.slice(0, 3).forEach((one, k, all) => pen.text('code small', p.to + 14, p.y(i) + 4.5 + (k - (all.length - 1) / 2) * 16, one, { most: p.crates }));
    const differs = m.isKnown && i === REACTOR;
    pen.rect(`station ${differs ? 'solid' : 'none'}`, p.right - p.theirs, y, p.theirs, boxH, { r: 3 });
    const lines = pen.measure.lines(differs ? 'note' : 'tiny', words(differs ? 'differs' : `browser_${name}`), p.theirs - 22, 2);
    lines.forEach((line, k) => pen.text(differs ? 'note' : 'tiny', p.right - p.theirs + 12, p.y(i) + 4.5 + (k - (lines.length - 1) / 2) * 17, line));
  });
  const places = placesOf(m, p);
  if (m.isKnown) pen.path('way later', pathOf(places, p));
  const seen = places.slice(0, m.here + 1);
  if (seen.length) pen.path('way', pathOf(seen, p));
  // The waits: where the thread stood, and how long.
  const shown = seen.filter(({ ms }) => ms > 0);
  const isOne = shown.length === 1;
  shown.forEach(({ level, x, to, ms, at }) => {
    const wide = to - x - 8;
    if (wide < 3) return;
    const kind = level === SYSTEM ? 'pending' : 'running';
    pen.rect(`wait-bar ${kind}`, x + 4, p.y(level) - (isOne ? 9 : 6), wide, isOne ? 18 : 12, { key: `wait ${at}`, go: at, r: 2 });
    const text = words('ms', { ms });
    if (!isOne) return;
    if (pen.width('in-block', text) + 10 < wide) pen.text('in-block', (x + to) / 2, p.y(level) + 5, text, { anchor: 'middle' });
    else pen.text('tiny halo', (x + to) / 2, p.y(level) - 15, text, { anchor: 'middle' });
  });
  if (!isOne && shown.length) {
    pen.text('tiny halo', p.from + 4, p.y(shown[0].level) - 14, words('waits_many', { n: shown.length, ms: m.wait }), { most: p.to - p.from - 4 });
  }
  const now = seen[seen.length - 1];
  if (now) pen.circle('way-now', now.ms > 1 ? now.to - 4 : now.middle, p.y(now.level), p.narrow ? 5 : 7, { key: 'now' });
}

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  return m.levels.map(({ name, says, crates }, i) => ({
    text: `${words(name)}: ${says}`, now: i === m.level,
    parts: [...(crates.length ? [{ text: crates.join(', ') }] : []), { text: words('beside', { what: words(m.isKnown && i === REACTOR ? 'differs' : `browser_${name}`) }) }],
  }));
}

export const createHero = heroOf({
  name: 'levels', model, draw, describe,
  pick(name, _, host) {
    if (name.startsWith('visit ')) host.visit?.(name.slice(6));
  },
});
