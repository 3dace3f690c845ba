// Three ways to wait for a promise, each with its frames and its code, from one zero: a task that awaits, a function whose stack is
// set aside, and a loop. They ran one after the other; each has its frames from the page itself.

import { axis, bar, hatching, now, strokeOf, wait } from './kit/clock.js';
import { heroOf } from './kit/hero.js';
import { phasesOf } from './kit/lane.js';
import { check, cross } from './kit/marks.js';
import { marks, once } from './kit/run.js';
import { createScale } from './kit/scale.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/scale.js').Scale} Scale */
/** @typedef {import('./kit/clock.js').Lasts} Lasts */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */
/** @typedef {import('../types.js').Run} Run */
/** @typedef {{ at: number, ms: number }} Point of the run, and of the way's own clock */

/** Each way, by the macrotask that begins it, with the code that waits in it. */
const WAYS = /** @type {const} */ ([['await', 'asked.await'], ['JSPI', 'block_on(promise)'], ['busy', 'loop { poll() }']]);
/** How a value is written. */
const VALUE = /^Some\("(.*)"\)$/;
/** How page.js writes what it heard of a call, and of one afterwards. */
const CALLED = /^(\w+\(\)): (.*)$/;
const AFTERWARDS = /^then calls\(\): (.*)$/;

/** What it writes where the browser cannot suspend at all. */
const NO_JSPI = /^no WebAssembly/;

/** @param {number} ms */
const round = (ms) => Math.round(ms * 10) / 10;

/** The ways, as the run has them: all times are those of the way's own clock. @param {Run} run */
const waysOf = (run) => once(run, 'stacks', () => {
  const begins = WAYS.map(([name]) => marks(run, 'macrotask_started').find(({ event }) => event.name === name));
  return WAYS.flatMap(([name, code], i) => {
    const begin = begins[i];
    if (!begin) return [];
    const [zero, end] = [begin.time, begins[i + 1]?.time ?? run.duration];
    const until = begins[i + 1]?.at ?? run.length + 1;
    /** @param {{ at: number, time: number } | undefined} mark @returns {Point | undefined} */
    const point = (mark) => mark && { at: mark.at, ms: mark.time - zero };
    /** @template {{ at: number }} M @param {M[]} all */
    const own = (all) => all.filter(({ at }) => at >= begin.at && at < until);
    const task = name === 'await' ? 1 : name === 'busy' ? 2 : 0;
    const logged = own(marks(run, 'logged'));
    const value = logged.find(({ event }) => VALUE.test(event.text) && event.task === task);
    const call = logged.find(({ event }) => CALLED.test(event.text));
    const again = logged.find(({ event }) => AFTERWARDS.test(event.text));
    const polls = task ? phasesOf(run, task).filter(({ state }) => state === 'running') : [];
    const [suspended, resumed] = [own(marks(run, 'stack_suspended'))[0], own(marks(run, 'stack_resumed'))[0]];
    const made = own(marks(run, 'promise_created'))[0];
    // The timeout was set as the promise was made.
    const asked = made && run.describe(made.at - 1);
    const due = made && asked?.kind === 'macrotask_queued' ? made.time - zero + asked.after : undefined;
    const spawned = task ? phasesOf(run, task)[0] : undefined;
    const told = spawned && run.describe(spawned.at);
    return [{
      name, code, at: begin.at, till: until, zero, lasts: end - zero, due,
      frames: own(marks(run, 'frame_started')).map((mark) => /** @type {Point} */ (point(mark))),
      polls: polls.map(({ from, to, at, till }) => ({ from: from - zero, to: to - zero, at, till })),
      size: told?.kind === 'spawned' ? told.size : 0,
      suspended: point(suspended), resumed: point(resumed),
      value: value && { at: value.at, ms: value.time - zero, text: value.event.text.match(VALUE)?.[1] ?? '' },
      call: call && { at: call.at, ms: call.time - zero, name: call.event.text.match(CALLED)?.[1] ?? '', text: call.event.text.match(CALLED)?.[2] ?? '' },
      again: again && { at: again.at, text: again.event.text.match(AFTERWARDS)?.[1] ?? '' },
      spun: own(marks(run, 'spun')).map(({ at, event }) => ({ at, polls: event.polls })),
      settled: point(own(marks(run, 'promise_resolved'))[0]),
      /** What page.js wrote where there was nothing to suspend. */
      excuse: logged.find(({ event }) => !event.task && ![VALUE, CALLED, AFTERWARDS].some((known) => known.test(event.text))),
    }];
  });
});

/** @param {State} state */
function model({ run, cursor, deciding }) {
  const ms = run.time(cursor);
  const ways = waysOf(run).map((way) => {
    const seen = (/** @type {{ at: number } | undefined} */ mark) => mark !== undefined && mark.at <= cursor;
    const isOn = way.at <= cursor && cursor < way.till;
    return {
      ...way, isOn, isBegun: way.at <= cursor,
      shown: { cursor, now: Math.min(way.lasts, Math.max(0, ms - way.zero)), isKnown: deciding.isKnown },
      seen, framesSeen: way.frames.filter(seen).length,
      pollsSeen: way.polls.filter(seen).length, spunSeen: way.spun.findLast(seen)?.polls ?? 0,
      isAside: seen(way.suspended) && !seen(way.resumed), hasValue: seen(way.value),
      isOver: way.polls.length > 0 && way.polls.every(({ till }) => till > 0 && till <= cursor),
      isRefused: way.call !== undefined && !/^\d+$/.test(way.call.text),
    };
  });
  return { run, cursor, event: run.describe(cursor), ways, end: Math.max(20, ...waysOf(run).map(({ lasts }) => lasts)) * 1.02 };
}
/** @typedef {ReturnType<typeof model>} Model */
/** @typedef {Model['ways'][number]} Way */
/** @typedef {{ top: number, h: number, width: number, narrow: boolean, names: number }} Band */

/** A text at the right of a place, as far as there is room. @param {Pen} pen @param {string} cls @param {number} x @param {number} y @param {string[]} texts the longest first @param {number} right */
function said(pen, cls, x, y, texts, right) {
  const fits = texts.find((text) => x + pen.width(cls, text) <= right);
  if (fits !== undefined) return pen.text(`${cls} halo`, x, y, fits);
  const last = texts[texts.length - 1];
  pen.text(`${cls} halo`, right, y, last, { anchor: 'end' });
}

/** A value that has come: beside the place where it did, or before it, where there is no room. @param {Pen} pen @param {string} name @param {number} x @param {number} y @param {string[]} texts the longest first @param {number} right */
function drawValue(pen, name, x, y, texts, right) {
  const short = texts[texts.length - 1];
  const wide = pen.width('answer done', short);
  const fits = x + 36 + wide <= right;
  check(pen, fits ? x + 22 : x - 26 - wide, y, 7, `value ${name}`);
  if (fits) said(pen, 'answer done', x + 36, y + 5, texts, right);
  else pen.text('answer done halo', x - 12, y + 5, short, { anchor: 'end' });
}

/** Its frames: a stroke each; and the stretch in which there can be none. @param {Pen} pen @param {Scale} scale @param {Way} way @param {number} y @param {number} tall @param {Words} words */
function drawFrames(pen, scale, way, y, tall, words) {
  pen.line('bed-line', scale.left, y + tall / 2, scale.right, y + tall / 2);
  const wide = Math.max(2, Math.min(5, scale.pxPerMs));
  for (const frame of way.frames) {
    const isLater = frame.at > way.shown.cursor;
    if (isLater && !way.shown.isKnown) continue;
    pen.rect(`frame-tick${isLater ? ' later' : ''}`, scale.x(frame.ms), y - tall / 2, wide, tall, { r: 0, key: `frame ${frame.at}`, go: frame.at });
  }
  if (way.name !== 'busy') return;
  for (const poll of way.polls) bar(pen, scale, `held ${poll.at}`, poll, way.shown, { y, h: tall, cls: 'thread-held', go: poll.at });
  const [poll] = way.polls;
  if (!poll || !way.seen(poll)) return;
  const [from, to] = [scale.x(poll.from), scale.x(Math.max(poll.from, Math.min(poll.to, way.shown.now)))];
  const text = [words('held'), words('held_short')].find((one) => pen.width('held-text', one) + 16 < to - from);
  if (text) pen.text('held-text', (from + to) / 2, y + 4.5, text, { anchor: 'middle' });
}

/** @param {Pen} pen @param {Scale} scale @param {Way} way @param {number} y @param {number} tall @param {Band} band @param {Words} words */
function drawAwait(pen, scale, way, y, tall, band, words) {
  const right = band.width - 8;
  const [first, last] = [way.polls[0], way.polls[way.polls.length - 1]];
  if (first && last && last !== first) {
    wait(pen, scale, 'await', { from: first.to, to: last.from, at: first.till, till: last.at }, way.shown, { y, cls: 'wait', go: first.till });
  }
  for (const poll of way.polls) bar(pen, scale, `await ${poll.at}`, poll, way.shown, { y, h: tall, cls: 'poll', least: strokeOf(scale), go: poll.at, lit: poll.at <= way.shown.cursor && poll.till > way.shown.cursor });
  if (way.value && way.hasValue) {
    const args = { value: way.value.text, ms: round(way.value.ms), n: way.pollsSeen };
    drawValue(pen, 'await', scale.x(way.value.ms), y, [words('value_polls', args), words('value', args), words('value_short', args)], right);
  }
  if (way.isBegun && way.size && !band.narrow) said(pen, 'tiny', scale.left + 2, y + tall / 2 + 17, [words('bytes', { n: way.size })], right);
}

/** @param {Pen} pen @param {Scale} scale @param {Way} way @param {number} y @param {number} tall @param {Band} band @param {Words} words */
function drawStack(pen, scale, way, y, tall, band, words) {
  const right = band.width - 8;
  const stroke = strokeOf(scale);
  const under = y + tall / 2 + (band.narrow ? 14 : 17);
  if (way.excuse && way.seen(way.excuse)) {
    cross(pen, scale.left + 12, y, '', 'none', 6);
    const why = way.excuse.event.text;
    said(pen, 'bad', scale.left + 28, y + 5, NO_JSPI.test(why) ? [words('none'), words('none_short')] : [words('failed', { why }), words('failed_short')], right);
    return;
  }
  if (!way.suspended) return;
  const { suspended, resumed } = way;
  const to = resumed?.ms ?? way.lasts;
  const aside = { from: suspended.ms, to, at: suspended.at, till: resumed?.at ?? 0 };
  bar(pen, scale, 'runs', { from: 0, to: suspended.ms, at: way.at, till: suspended.at }, way.shown, { y, h: tall, cls: 'poll', least: stroke, go: way.at });
  const least = stroke + 3;
  if (way.seen(suspended)) {
    const from = scale.x(suspended.ms) + least;
    const until = scale.x(Math.max(suspended.ms, Math.min(to, way.shown.now)));
    pen.rect(`aside${way.isAside ? ' lit' : ''}`, from, y - tall / 2, Math.max(0, until - from), tall, { r: 2, key: 'aside', go: suspended.at });
    const text = [words('aside'), words('aside_short')].find((one) => pen.width('wait-text', one) + 14 < until - from);
    if (text) pen.text('wait-text', (from + until) / 2, y + 4.5, text, { anchor: 'middle' });
  } else if (way.shown.isKnown) {
    bar(pen, scale, 'aside to come', aside, way.shown, { y, h: tall, cls: 'aside' });
  }
  if (resumed) bar(pen, scale, 'goes on', { from: resumed.ms, to: resumed.ms, at: resumed.at, till: resumed.at }, way.shown, { y, h: tall, cls: 'poll', least: stroke, go: resumed.at });
  if (!(way.call && way.seen(way.call)) && way.seen(suspended) && !band.narrow) said(pen, 'tiny', scale.left + 2, under, [words('between')], right);
  if (way.call && way.seen(way.call)) {
    const x = scale.x(way.call.ms);
    pen.line('leader', x, y + tall / 2 - 4, x, under - 6, { key: 'call line', go: way.call.at });
    if (way.isRefused) cross(pen, x, under - 2, '', 'call', 4.5);
    else pen.circle('call-dot', x, under - 2, 4.5, { key: 'call', go: way.call.at });
    const call = { call: way.call.name };
    const texts = way.isRefused ? [words('refused', call), words('refused_short', call)] : [words('called', { n: way.call.text }), words('called_short', { n: way.call.text })];
    said(pen, way.isRefused ? 'bad' : 'tiny', Math.min(x + 12, right), under + 3, texts, right);
  }
  if (way.value && way.hasValue) {
    const args = { value: way.value.text, ms: round(way.value.ms) };
    drawValue(pen, 'JSPI', scale.x(way.value.ms), y, [words('value_stood', args), words('value', args), words('value_short', args)], right);
  }
}

/** @param {Pen} pen @param {Scale} scale @param {Way} way @param {number} y @param {number} tall @param {Band} band @param {Words} words */
function drawLoop(pen, scale, way, y, tall, band, words) {
  const right = band.width - 8;
  const [poll] = way.polls;
  if (!poll) return;
  bar(pen, scale, 'loop', poll, way.shown, { y, h: tall, cls: 'poll', go: poll.at, lit: way.seen(poll) && !way.isOver });
  if (!way.seen(poll)) return;
  const until = Math.max(poll.from, Math.min(poll.to, way.shown.now));
  const [from, to] = [scale.x(poll.from), scale.x(until)];
  let d = '';
  for (let x = from + 6; x < to; x += 7) d += `M${x.toFixed(1)} ${y - tall / 2}v${tall}`;
  pen.path('turns-of', d, { key: 'turns of' });
  const text = words('polls', { n: way.spunSeen });
  if (way.spunSeen) {
    const wide = pen.width('answer running', text) + 16;
    if (wide < to - from) {
      pen.rect('on-loop', (from + to - wide) / 2, y - tall / 2 + 1, wide, tall - 2, { r: 0 });
      pen.text('answer running', (from + to) / 2, y + 5, text, { anchor: 'middle' });
    }
  }
  const under = y + tall / 2 + 12;
  const due = way.due;
  if (due !== undefined && due < until) {
    const late = { from: due, to: Math.min(way.settled?.ms ?? poll.to, Math.max(until, way.shown.now)), at: poll.at, till: way.settled?.at ?? 0 };
    bar(pen, scale, 'late', late, way.shown, { y: under, h: 15, cls: 'late' });
    pen.text('due-text', scale.x(due) - 6, under + 4.5, words('due'), { anchor: 'end' });
    const room = scale.x(late.to) - scale.x(due);
    const texts = [words('late', { ms: round(late.to - due) }), words('late_short', { ms: round(late.to - due) })];
    const fits = texts.find((one) => pen.width('due-text', one) + 18 < room);
    if (fits) {
      const wide = pen.width('due-text', fits) + 12;
      pen.rect('on-loop', scale.x(due) + (room - wide) / 2, under - 6, wide, 12, { r: 0 });
      pen.text('due-text', scale.x(due) + room / 2, under + 4.5, fits, { anchor: 'middle' });
    }
  }
  if (way.isOver) {
    const x = scale.x(poll.to);
    cross(pen, x, y, '', 'budget', 7);
    if (!way.hasValue && band.narrow) pen.text('bad', band.names, y + 5, words('novalue'), { most: scale.left - band.names - 8 });
    else if (!way.hasValue) {
      said(pen, 'bad', x + 16, y - 5, [words('budget')], right);
      said(pen, 'bad', x + 16, y + 11, [words('novalue')], right);
    }
  }
}

const DRAW = { await: drawAwait, JSPI: drawStack, busy: drawLoop };

/** @param {Pen} pen @param {Scale} scale @param {Way} way @param {Band} band @param {Words} words */
function drawBand(pen, scale, way, band, words) {
  const { top, h, narrow, names } = band;
  const tall = Math.min(26, h * (narrow ? 0.19 : 0.21));
  const [yF, yC] = [top + h * 0.24, top + h * 0.58];
  const most = scale.left - names - 8;
  pen.text(narrow ? 'name little' : 'title', names, narrow ? yF - 1 : yF + 2, words(`way_${way.name}`), { most });
  if (!narrow) pen.text('code small', names, yF + 21, way.code, { most: most - 4 });
  const frames = words('frames', { n: way.framesSeen });
  if (narrow) {
    pen.text('tiny', names, yF + 15, frames, { most });
  } else {
    pen.text('tiny', scale.left - 12, yF - tall / 2 + 1 + (tall - 12) / 2 + 10, way.isBegun ? frames : words('not_yet'), { anchor: 'end' });
    pen.text('tiny', scale.left - 12, yC + 4.5, words('code'), { anchor: 'end' });
  }
  drawFrames(pen, scale, way, yF, tall, words);
  DRAW[way.name](pen, scale, way, yC, tall, band, words);
}

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, { width, height }, words) {
  const narrow = width < 560;
  hatching(pen);
  const names = narrow ? 8 : 20;
  const scale = createScale(m.end, narrow ? 84 : 200, width - (narrow ? 20 : 130));
  const [top, bottom] = [narrow ? 2 : 8, height - 26];
  const h = (bottom - top) / WAYS.length;
  axis(pen, scale, top, bottom, { unit: 'ms', apart: narrow ? 56 : 90 });
  m.ways.forEach((way, i) => {
    const y = top + i * h;
    if (i > 0) pen.line('rule', names, y, width - names, y);
    if (way.isOn) now(pen, scale, way.shown.now, y + 6, y + h - 2);
    drawBand(pen, scale, way, { top: y, h, width, narrow, names }, words);
  });
}

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  return m.ways.map((way) => {
    const args = { ms: round(way.value?.ms ?? 0), value: way.value?.text ?? '', n: way.pollsSeen };
    const how = !way.isBegun ? words('not_yet') : way.hasValue ? words('value', args) : way.excuse && way.seen(way.excuse) ? NO_JSPI.test(way.excuse.event.text) ? words('none') : words('failed', { why: way.excuse.event.text }) : way.name === 'busy' && way.isOver ? words('budget')
      : way.isAside ? words('aside') : words('waits');
    return {
      text: `${words(`way_${way.name}`)}: ${how}`,
      now: way.isOn,
      parts: !way.isBegun ? [] : [
        { text: words('frames', { n: way.framesSeen }) },
        ...way.spunSeen ? [{ text: words('polls', { n: way.spunSeen }) }] : [],
        ...way.name === 'busy' && way.isOver && way.due !== undefined && way.settled && way.settled.at <= m.cursor && way.settled.ms > way.due
          ? [{ text: words('late', { ms: round(way.settled.ms - way.due) }) }] : [],
        ...way.call && way.seen(way.call) ? [{ text: way.isRefused ? words('refused', { call: way.call.name }) : words('called', { n: way.call.text }) }] : [],
        ...way.again && way.isRefused && way.seen(way.again) ? [{ text: /^\d+$/.test(way.again.text) ? words('afterwards', { n: way.again.text }) : words('freed') }] : [],
      ],
    };
  });
}

export const createHero = heroOf({ name: 'stacks', model, draw, describe });
