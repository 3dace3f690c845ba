// A stream: its source, its queue and its reader, in a row; and below, on one clock, what the source makes, how full the queue
// is, and what the reader works on. Where one waits for the other, it says so. The slots of the queue are as many chunks as it
// holds before its source is no longer asked; a generator has none.

import { axis, now, strokeOf } from './kit/clock.js';
import { heroOf } from './kit/hero.js';
import { check, cross, padlock } from './kit/marks.js';
import { lanesOf, marks, once } from './kit/run.js';
import { road } from './kit/road.js';
import { createScale } from './kit/scale.js';
import { px } from './kit/scene.js';
import { phasesOf } from './kit/lane.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */
/** @typedef {import('./kit/scale.js').Scale} Scale */
/** @typedef {import('../types.js').Run} Run */
/** @typedef {{ from: number, to: number, at: number, till: number, n: number }} Span of the clock, begun at a cursor, over from another one on */
/** @typedef {{ time: number, at: number, queued: number }} Level */

/** @param {number} ms */
const round = (ms) => Math.round(ms * 10) / 10;

/** All of the stream that is the same at every cursor. @param {Run} run */
const streamOf = (run) => once(run, 'pipe', () => {
  const all = marks(run, 'stream_made', 'pulled', 'chunk_made', 'stream_holds', 'stream_full', 'reader_taken', 'chunk_read', 'reader_left', 'stream_cancelled', 'stream_closed');
  const end = { time: run.duration, at: run.length };
  const made = marks(run, 'chunk_made');
  // Those of a fetch come as they come.
  const unit = Math.max(...made.map(({ event }) => event.bytes), 0) || 1024;
  /** @type {Span[]} */
  const makes = [];
  /** @type {Level[]} */
  const levels = [{ time: 0, at: 0, queued: 0 }];
  for (const { time, at, event } of all) {
    if (event.kind === 'pulled') makes.push({ from: time, to: end.time, at, till: end.at, n: event.nth });
    const last = makes[makes.length - 1];
    if ((event.kind === 'chunk_made' || event.kind === 'stream_cancelled') && last?.till === end.at) Object.assign(last, { to: time, till: at });
    if (event.kind === 'stream_cancelled') levels.push({ time, at, queued: 0 });
    else if ('queued' in event) levels.push({ time, at, queued: event.queued });
  }
  let bytes = 0;
  const reads = marks(run, 'chunk_read').map(({ time, at, event }) => {
    bytes += event.bytes;
    // It is at work until it is polled again.
    const next = phasesOf(run, event.task).find((phase) => phase.state === 'running' && phase.at > at);
    return { from: time, to: next?.from ?? time, at, till: next?.at ?? at, n: Math.ceil(bytes / unit), task: event.task, bytes: event.bytes };
  });
  const mark = marks(run, 'stream_made')[0]?.event.mark ?? 0;
  // The source is idle from a chunk to the next call of pull(); a reader waits from its call to what it reads.
  const [stop] = all.filter(({ event }) => event.kind === 'stream_cancelled' || event.kind === 'stream_closed');
  const idles = makes.map(({ to, till, n }, i) => {
    const next = makes[i + 1] ?? (stop ? { from: stop.time, at: stop.at } : { from: end.time, at: end.at });
    return { from: to, to: next.from, at: till, till: next.at, n };
  }).filter(({ from, to }) => to > from);
  const calls = [...marks(run, 'reader_taken').map(({ time, at, event }) => ({ from: time, at, task: event.task })), ...reads.map(({ to, till, task }) => ({ from: to, at: till, task }))];
  const asks = calls.flatMap(({ from, at, task }) => {
    const read = reads.find((span) => span.at > at);
    const left = marks(run, 'reader_left').find((mark) => mark.at > at && mark.event.task === task);
    const to = read && (!left || read.at < left.at) ? { time: read.from, at: read.at } : left ?? end;
    return to.time > from ? [{ from, to: to.time, at, till: to.at, n: 0 }] : [];
  });
  return {
    unit, idles, asks, mark, slots: mark / unit, makes, levels, reads, made,
    taken: marks(run, 'reader_taken'), left: marks(run, 'reader_left'), cancelled: marks(run, 'stream_cancelled')[0], closed: marks(run, 'stream_closed')[0],
    most: Math.max(mark, ...levels.map(({ queued }) => queued)) / unit,
  };
});

/** @param {State} state @param {Words} words */
function model({ run, cursor, deciding, params }, words) {
  const stream = streamOf(run);
  const event = run.describe(cursor);
  const seen = (/** @type {{ at: number } | undefined} */ mark) => mark !== undefined && mark.at <= cursor;
  const made = stream.made.filter(seen).length;
  const queued = stream.levels.findLast(seen)?.queued ?? 0;
  const taken = stream.taken.findLast(seen);
  const gone = stream.left.findLast(seen);
  const isRead = taken !== undefined && (gone === undefined || gone.at < taken.at);
  const making = stream.makes.find((span) => span.at <= cursor && cursor < span.till);
  const working = stream.reads.find((span) => span.at <= cursor && cursor < span.till);
  const isCancelled = seen(stream.cancelled);
  const isClosed = seen(stream.closed);
  const source = isCancelled ? 'cancelled' : isClosed ? 'closed' : making ? 'makes' : stream.makes.some(seen) ? 'waits' : 'idle';
  const reader = isRead ? (working ? 'works' : 'waits') : gone ? 'gone' : 'none';
  const left = gone && made * stream.unit - stream.reads.filter((read) => read.at <= gone.at).reduce((sum, { bytes }) => sum + bytes, 0);
  const waits = source === 'waits' && reader === 'works' ? 'source' : reader === 'waits' && source === 'makes' ? 'reader' : source === 'waits' && reader === 'gone' ? 'both' : undefined;
  return {
    run, cursor, event, stream, made, isGenerator: params.read_as === 'generator', queued, source, reader, waits, isRead, isCancelled, isClosed, gone, left,
    isFull: stream.slots > 0 && queued >= stream.mark && source !== 'cancelled',
    making, working, thrown: isCancelled ? stream.cancelled?.event.queued ?? 0 : 0, isThrown: seen(stream.cancelled) && (stream.cancelled?.event.queued ?? 0) > 0,
    name: lanesOf(run).lanes[(isRead ? taken.event.task : gone?.event.task ?? 1) - 1]?.name ?? words('reader'),
    read: stream.reads.filter(seen), lit: { pull: event.kind === 'pulled', make: event.kind === 'chunk_made' || event.kind === 'stream_full' || event.kind === 'stream_holds' && making === undefined, read: event.kind === 'chunk_read' },
    shown: { cursor, now: run.time(cursor), isKnown: deciding.isKnown }, end: Math.max(run.duration, 1) * 1.02,
  };
}
/** @typedef {ReturnType<typeof model>} Model */

/** How many chunks, to a tenth: bytes may be read by halves. @param {Model} m @param {number} bytes */
const chunks = (m, bytes) => round(bytes / m.stream.unit);

/** @type {Record<string, string>} */
const HUES = { makes: 'running', waits: 'pending', works: 'running', cancelled: 'cancelled', gone: 'cancelled', closed: 'done', idle: 'none', none: 'none' };

/** What the source and the reader are at, in words. @param {Model} m @param {Words} words @param {boolean} [short] */
function sayings(m, words, short = false) {
  const of = short ? '_short' : '';
  return {
    source: words(`source_${m.source}${of}`, { n: m.making?.n ?? 0 }),
    reader: words(`reader_${m.reader}${of}`, { n: m.working?.n ?? 0 }),
  };
}

/** @param {Pen} pen @param {Model} m @param {{ x: number, y: number, w: number, h: number }} at @param {string} name @param {string} say @param {string} hue @param {boolean} narrow */
function drawEnd(pen, m, { x, y, w, h }, name, say, hue, narrow) {
  pen.rect(`station ${hue === 'running' ? 'lit tint' : hue === 'none' ? 'none' : `st ${hue}`}`, x, y, w, h, { r: 3 });
  const lines = pen.measure.lines('state little', say, w - (narrow ? 12 : 28), 2);
  const left = x + (narrow ? 7 : 14);
  const top = y + h / 2 - (lines.length * 17 + 20) / 2;
  pen.text(narrow ? 'name little' : 'title', left, top + 15, name, { most: w - (narrow ? 12 : 28) });
  lines.forEach((line, i) => pen.text(`state little st ${hue}`, left, top + 35 + i * 17, line));
}

/** The queue: a slot for each chunk that it holds before it is full, the oldest at the reader's side. @param {Pen} pen @param {Model} m @param {{ x: number, y: number, w: number, h: number }} at @param {Words} words @param {boolean} narrow */
function drawQueue(pen, m, { x, y, w, h }, words, narrow) {
  const { slots, most, unit } = m.stream;
  const places = Math.max(1, Math.ceil(most - 0.001));
  const gap = narrow ? 2 : 5;
  const side = Math.min(narrow ? 44 : 62, (w - gap * (places - 1)) / places);
  const all = places * side + gap * (places - 1);
  const left = x + (w - all) / 2;
  const top = y + (h - Math.min(side, h)) / 2;
  const tall = Math.min(side, h);
  const right = left + all;
  if (slots === 0 && most === 0) {
    pen.text('said', x + w / 2, y + h / 2 + 5, words(narrow ? 'no_queue_short' : 'no_queue'), { anchor: 'middle', most: w });
    return { left: x + w / 2 - 4, right: x + w / 2 + 4, top: y, bottom: y + h, isNone: true };
  }
  for (let i = 0; i < places; i += 1) {
    const at = right - (i + 1) * side - i * gap;
    pen.rect(`bed${i + 1 > slots + 0.001 ? ' beyond' : ''}`, at, top, side, tall, { r: 3, key: `slot ${i}` });
  }
  const bytes = m.isThrown ? m.thrown : m.queued;
  const [first] = [m.made - Math.ceil(bytes / unit - 0.001) + 1];
  let rest = bytes;
  for (let i = 0; rest > 0; i += 1) {
    const whole = Math.ceil(bytes / unit - 0.001);
    // The oldest may have been read in part.
    const part = i === 0 ? bytes - (whole - 1) * unit : unit;
    const at = right - (i + 1) * side - i * gap;
    const filled = tall * (part / unit);
    const cls = `chunk${m.isThrown ? ' nobody' : ''}`;
    pen.rect(cls, at, top + tall - filled, side, filled, { r: 3, key: `queued ${first + i}` });
    if (side > 18) pen.text(`strong${m.isThrown ? ' st cancelled' : ''}`, at + side / 2, top + tall / 2 + 5, String(first + i), { anchor: 'middle' });
    if (m.isThrown) cross(pen, at + side / 2, top + tall / 2, 'cancelled', `thrown ${i}`, 8);
    rest -= part;
  }
  return { left, right, top, bottom: top + tall, isNone: false };
}

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words @param {number} height @param {boolean} narrow */
function drawPipe(pen, m, { width }, words, height, narrow) {
  const edge = narrow ? 8 : 20;
  const w = narrow ? 92 : Math.min(210, width * 0.21);
  const h = Math.min(96, height - (narrow ? 50 : 64));
  const y = (narrow ? 10 : 20);
  const says = sayings(m, words, narrow);
  const road1 = narrow ? 22 : 54;
  drawEnd(pen, m, { x: edge, y, w, h }, words('source'), says.source, HUES[m.source], narrow);
  drawEnd(pen, m, { x: width - edge - w, y, w, h }, m.name, says.reader, HUES[m.reader], narrow);
  const inner = { x: edge + w + road1, y, w: width - 2 * (edge + w + road1), h };
  const queue = drawQueue(pen, m, inner, words, narrow);
  const mid = y + h / 2;
  const source = edge + w;
  const reader = width - edge - w;
  const [yOut, yBack] = [mid - (narrow ? 10 : 14), mid + (narrow ? 12 : 20)];
  const gap = narrow ? 3 : 8;
  const into = queue.isNone ? reader - gap : queue.left - gap;
  const isNone = queue.isNone;
  const lane = isNone ? [y + h * 0.24, y + h * 0.8] : [yOut, yBack];
  road(pen, 'chunks in', [[source + gap, lane[0]], [into, lane[0]]], m.lit.make ? 'poll' : 'open', { go: m.stream.made.findLast(({ at }) => at <= m.cursor)?.at });
  // Asking goes the other way, and stops where the queue is full.
  const asked = isNone ? reader - gap : queue.left - gap;
  const how = m.lit.pull ? 'ink' : m.isFull ? 'stop' : 'open';
  road(pen, 'asks', [[asked, lane[1]], [source + gap, lane[1]]], how);
  if (!narrow) pen.text(`code small halo${m.isFull ? ' ready' : ''}`, (asked + source + gap) / 2, lane[1] + 18, m.isGenerator ? 'next()' : 'pull()', { anchor: 'middle' });
  if (!isNone) road(pen, 'chunks out', [[queue.right + gap, mid], [reader - gap, mid]], m.lit.read ? 'poll' : 'open', { go: m.read[m.read.length - 1]?.at });
  if (!m.isGenerator) padlock(pen, isNone ? reader - (narrow ? 14 : 30) : (queue.right + reader) / 2, mid - (isNone ? 3 : narrow ? 16 : 20), m.isRead ? 'shut' : 'open', 'lock');
  const below = y + h + (narrow ? 18 : 24);
  const room = narrow ? width - 2 * edge : inner.w + 2 * road1 - 8;
  const amount = m.isThrown ? words('thrown', { n: chunks(m, m.thrown) }) : isNone ? '' : words('holds', { n: chunks(m, m.queued), most: chunks(m, m.stream.mark) });
  if (amount) pen.text(m.isThrown ? 'state little st cancelled' : m.isFull ? 'state little st ready' : 'said', width / 2, below, amount, { anchor: 'middle', most: room });
  const who = m.waits ? words(`who_${m.waits}`) : '';
  if (who) pen.text(`answer halo`, width / 2, below + 20, who, { anchor: 'middle', most: width - 2 * edge });
  return below + 30;
}

/** A span as it is shown: what is to come, if it may be. @param {Model} m @param {Span} span */
function partsOf(m, { from, to, at, till }) {
  const { cursor, now: time, isKnown } = m.shown;
  if (at > cursor) return isKnown ? [{ from, to, cls: ' later' }] : [];
  if (till <= cursor) return [{ from, to, cls: '' }];
  const until = Math.max(from, Math.min(to, time));
  return [{ from, to: until, cls: '' }, ...isKnown && to > until ? [{ from: until, to, cls: ' later' }] : []];
}

/** @param {Pen} pen @param {Scale} scale @param {Model} m @param {string} name @param {Span[]} spans @param {number} y @param {number} h */
function drawSpans(pen, scale, m, name, spans, y, h) {
  for (const span of spans) {
    const lit = span.at <= m.cursor && m.cursor < span.till;
    partsOf(m, span).forEach(({ from, to, cls }, i) => {
      const w = Math.max(strokeOf(scale) / 2, (to - from) * scale.pxPerMs - 1);
      pen.rect(`chunk${cls}${lit && !cls ? ' lit' : ''}`, scale.x(from), y - h / 2, w, h, { r: 2, key: `${name} ${span.at} ${i}`, go: span.at });
      const text = String(span.n);
      if (i === 0 && pen.width('tiny', text) + 6 < w) pen.text(`tiny${lit ? ' on' : ''}${cls}`, scale.x(from) + w / 2, y + 4.5, text, { anchor: 'middle' });
    });
  }
}

/** Where one waits for the other. @param {Pen} pen @param {Scale} scale @param {Model} m @param {string} name @param {Span[]} spans @param {number} y */
function drawWaits(pen, scale, m, name, spans, y) {
  for (const span of spans) {
    partsOf(m, span).forEach(({ from, to, cls }, i) => pen.line(`wait${cls}`, scale.x(from), y, scale.x(to), y, { key: `${name} waits ${span.at} ${i}`, go: span.at }));
  }
}

/** How full the queue is: steps, and the mark above which nobody asks. @param {Pen} pen @param {Scale} scale @param {Model} m @param {number} top @param {number} bottom */
function drawGauge(pen, scale, m, top, bottom) {
  const { levels, mark, most, unit } = m.stream;
  const y = (/** @type {number} */ queued) => bottom - (queued / unit / Math.max(most, 1)) * (bottom - top);
  const area = (/** @type {Level[]} */ part, /** @type {number} */ from, /** @type {number} */ to) => {
    if (to <= from || part.length === 0) return '';
    let d = `M${px(scale.x(from))} ${px(bottom)}`;
    part.forEach(({ time, queued }) => { d += `H${px(scale.x(Math.max(from, Math.min(to, time))))}V${px(y(queued))}`; });
    return `${d}H${px(scale.x(to))}V${px(bottom)}z`;
  };
  pen.line('bed-line', scale.left, bottom, scale.right, bottom);
  const until = Math.min(m.run.duration, m.shown.now);
  const past = area(levels.filter(({ at }) => at <= m.cursor), 0, until);
  if (past) pen.path('area filled', past, { key: 'held' });
  const before = levels.findLast(({ at }) => at <= m.cursor);
  const later = m.shown.isKnown ? area([...before ? [before] : [], ...levels.filter(({ at }) => at > m.cursor)], until, m.run.duration) : '';
  if (later) pen.path('area filled later', later, { key: 'held later' });
  if (mark > 0) pen.line('stop-bar', scale.left, y(mark), scale.right, y(mark), { key: 'mark' });
  return y(mark);
}

/** A text beside a mark: at its right where it fits, else at its left. @param {Pen} pen @param {number} x @param {number} y @param {string} text @param {number} right */
function beside(pen, x, y, text, right) {
  const cls = 'state little st cancelled halo';
  const fits = x + 14 + pen.width(cls, text) <= right;
  pen.text(cls, fits ? x + 14 : x - 14, y, text, { anchor: fits ? 'start' : 'end' });
}

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, size, words) {
  const { width, height } = size;
  const narrow = width < 560;
  const names = narrow ? 8 : 20;
  const top = drawPipe(pen, m, size, words, Math.min(190, height * 0.46), narrow) + (narrow ? 4 : 8);
  const bottom = height - 28;
  const scale = createScale(m.end, narrow ? 66 : 140, width - (narrow ? 20 : 60));
  axis(pen, scale, top + 8, bottom, { unit: 'ms', apart: narrow ? 56 : 100 });
  const h = bottom - top - 8;
  const [ySource, yReader] = [top + 8 + h * 0.14, top + 8 + h * 0.86];
  const [gaugeTop, gaugeBottom] = [top + 8 + h * 0.34, top + 8 + h * 0.68];
  const tall = Math.min(26, h * 0.2);
  const most = scale.left - names - 6;
  pen.text('name little', names, ySource + 5, words('source'), { most });
  pen.text('name little', names, (gaugeTop + gaugeBottom) / 2 + 5, words('queue'), { most });
  pen.text('name little', names, yReader + 5, words('reader'), { most });
  pen.line('bed-line', scale.left, ySource, scale.right, ySource);
  pen.line('bed-line', scale.left, yReader, scale.right, yReader);
  drawWaits(pen, scale, m, 'source', m.stream.idles, ySource);
  drawWaits(pen, scale, m, 'reader', m.stream.asks, yReader);
  drawSpans(pen, scale, m, 'make', m.stream.makes, ySource, tall);
  if (m.stream.most === 0) pen.text('tiny halo', scale.left + 8, gaugeBottom - 7, words('no_queue_short'));
  const yMark = drawGauge(pen, scale, m, gaugeTop, gaugeBottom);
  drawSpans(pen, scale, m, 'read', m.stream.reads, yReader, tall);
  if (m.stream.mark > 0 && !narrow) pen.text('tiny halo', scale.right + 8, yMark + 4, words('mark', { n: round(m.stream.slots) }), { most: width - scale.right - 12 });
  now(pen, scale, m.shown.now, top + 2, bottom);
  for (const left of m.stream.left.filter(({ at }) => at <= m.cursor)) {
    const x = scale.x(left.time);
    cross(pen, x, yReader, 'cancelled', `left ${left.at}`, 6);
    if (left === m.stream.left[0]) beside(pen, x, yReader - tall / 2 - 4, words('dropped'), width - 6);
  }
  if (m.isCancelled && m.stream.cancelled) {
    const x = scale.x(m.stream.cancelled.time);
    cross(pen, x, ySource, 'cancelled', 'cancelled', 6);
    // At its left are chunks.
    if (x + 14 + pen.width('state little st cancelled halo', words('cancelled')) <= width - 6) beside(pen, x, ySource + 5, words('cancelled'), width - 6);
  } else if (m.isClosed && m.stream.closed) check(pen, Math.min(scale.right, scale.x(m.stream.closed.time) + 10), ySource, 7, 'closed');
}

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  const says = sayings(m, words);
  const { kind } = m.event;
  const queue = m.isThrown ? words('thrown', { n: chunks(m, m.thrown) }) : m.stream.mark === 0 && m.stream.most === 0 ? words('no_queue') : words('holds', { n: chunks(m, m.queued), most: chunks(m, m.stream.mark) });
  return [
    { text: `${words('source')}: ${says.source}`, now: kind === 'pulled' || kind === 'chunk_made' || kind === 'stream_cancelled' || kind === 'stream_closed', parts: [{ text: words('told_made', { n: m.made }) }] },
    { text: `${words('queue')}: ${queue}`, now: kind === 'stream_holds' || kind === 'stream_full', parts: m.isGenerator ? [] : [{ text: words(m.isRead ? 'told_locked' : 'told_free') }] },
    { text: `${m.name}: ${says.reader}`, now: kind === 'chunk_read' || kind === 'reader_left' || kind === 'reader_taken', parts: [{ text: words('told_read', { n: m.read.length }) }] },
    ...m.waits ? [{ text: words(`who_${m.waits}`) }] : [],
  ];
}

export const createHero = heroOf({ name: 'pipe', model, draw, describe });
