// Futures and the fetches behind them, a pair each, on one clock: the future's lane, which is Rust's, above that of the fetch,
// which is the browser's. A block is a chunk that the page's script has read, as wide as it took. One lane may end, and the
// other go on: what comes then is for nobody.

import { axis, now } from './kit/clock.js';
import { heroOf } from './kit/hero.js';
import { lane, phasesOf, stateAt } from './kit/lane.js';
import { check, cross, head } from './kit/marks.js';
import { lanesOf, marks, once } from './kit/run.js';
import { createScale } from './kit/scale.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */
/** @typedef {import('../types.js').Run} Run */
/** @typedef {{ from: number, to: number, at: number, nobody: boolean }} Chunk some bytes that follow each other, for the same one */

/** Narrower chunks than this, in px, are drawn as one. */
const NARROW = 4;

/** @param {number} bytes */
const kb = (bytes) => Math.round(bytes / 1024);
/** @param {number} ms */
const round = (ms) => Math.round(ms * 10) / 10;

/** Each task that has a promise, and what came of both. @param {Run} run */
const pairsOf = (run) => once(run, 'fetches', () => marks(run, 'promise_created').slice(0, 2).map(({ at, time, event: { promise } }, i) => {
  const task = i + 1;
  const of = (/** @type {{ event: { promise?: number } }} */ mark) => mark.event.promise === promise;
  let from = time;
  const chunks = marks(run, 'received').filter(of).map((mark) => {
    const chunk = { from, to: mark.time, at: mark.at, bytes: mark.event.bytes, nobody: mark.event.nobody };
    from = mark.time;
    return chunk;
  });
  const settled = marks(run, 'promise_resolved', 'promise_rejected').find(of);
  const dropped = phasesOf(run, task).find(({ state }) => state === 'cancelled');
  return {
    task, promise, at, from: time, chunks, all: chunks.reduce((sum, { bytes }) => sum + bytes, 0), name: lanesOf(run).lanes[i]?.name ?? '',
    dropped: dropped && { at: dropped.at, ms: dropped.from },
    aborted: marks(run, 'aborted').find(of),
    settled: settled && { at: settled.at, ms: settled.time, isGood: settled.event.kind === 'promise_resolved', value: settled.event.value },
  };
}));

/** @param {State} state @param {Words} words @param {import('./kit/hero.js').Host} host */
function model({ run, cursor, deciding }, words, host) {
  const shown = { cursor, now: run.time(cursor), isKnown: deciding.isKnown };
  const seen = (/** @type {{ at: number } | undefined} */ mark) => mark !== undefined && mark.at <= cursor;
  const whole = Math.max(0, ...pairsOf(run).filter(({ settled }) => settled?.isGood && seen(settled)).map(({ all }) => all));
  const pairs = pairsOf(run).map((pair) => {
    const state = stateAt(run, pair.task, cursor);
    const read = pair.chunks.filter(seen);
    const sum = (/** @type {boolean} */ nobody) => kb(read.filter((chunk) => chunk.nobody === nobody).reduce((all, { bytes }) => all + bytes, 0));
    const isSettled = seen(pair.settled);
    const fetch = !seen(pair) ? 'none' : isSettled ? pair.settled?.isGood ? 'done' : seen(pair.aborted) ? 'aborted' : 'failed' : seen(pair.aborted) ? 'aborted' : 'read';
    return {
      ...pair, state, stateWord: state ? host.text.t(`state.${state}`) : words('not_yet'), fetch, awaited: sum(false), nobody: sum(true),
      unread: whole && fetch === 'aborted' ? kb(whole) - sum(false) - sum(true) : 0,
      isDropped: seen(pair.dropped), isSettled, isAborted: seen(pair.aborted),
    };
  });
  return { run, cursor, shown, event: run.describe(cursor), pairs, end: Math.max(run.duration, 1) * 1.02 };
}
/** @typedef {ReturnType<typeof model>} Model */
/** @typedef {Model['pairs'][number]} Pair */

/** The chunks as they are drawn: those that would be too narrow are one. @param {Pair} pair @param {import('./kit/scale.js').Scale} scale @param {Model} m */
function blocksOf({ chunks }, scale, m) {
  /** @type {(Chunk & { isLater: boolean })[]} */
  const blocks = [];
  for (const { from, to, at, nobody } of chunks) {
    const isLater = at > m.cursor;
    if (isLater && !m.shown.isKnown) break;
    const last = blocks[blocks.length - 1];
    const isThin = (to - from) * scale.pxPerMs < NARROW || (last && (last.to - last.from) * scale.pxPerMs < NARROW);
    if (last && last.nobody === nobody && last.isLater === isLater && isThin) last.to = to;
    else blocks.push({ from, to, at, nobody, isLater });
  }
  return blocks;
}

/** Stripes through a box. @param {number} x @param {number} y @param {number} w @param {number} h */
function stripes(x, y, w, h) {
  let d = '';
  for (let at = 7; at < w + h; at += 8) {
    const [x0, x1] = [Math.max(0, at - h), Math.min(w, at)];
    d += `M${x + x0} ${y + Math.min(h, at) - Math.max(0, at - h - x0)}L${x + x1} ${y + Math.max(0, at - w)}`;
  }
  return d;
}

/**
 * A text beside a mark: at its right where it fits, else at its left.
 * @param {Pen} pen @param {string} cls @param {number} x @param {number} y @param {string} text @param {number} by @param {number} right
 */
function beside(pen, cls, x, y, text, by, right) {
  const fits = x + by + pen.width(cls, text) <= right;
  pen.text(`${cls} halo`, fits ? x + by : x - by, y, text, { anchor: fits ? 'start' : 'end' });
}

/** @param {Pen} pen @param {import('./kit/scale.js').Scale} scale @param {Model} m @param {Pair} pair @param {Words} words @param {{ y: number, h: number, width: number, narrow: boolean }} o */
function drawPair(pen, scale, m, pair, words, { y, h, width, narrow }) {
  const names = narrow ? 8 : 20;
  const most = scale.left - names - 8;
  const right = width - (narrow ? 6 : 12);
  const [yF, yB] = [y + h * 0.32, y + h * 0.68];
  const tall = Math.min(30, h * 0.2);
  pen.text('name little', names, yF - 1, words('future'), { most });
  pen.text(`state little st ${pair.state ?? 'none'}`, names, yF + 15, pair.stateWord, { most });
  pen.text('name little', names, yB - 1, words('fetch'), { most });
  const hue = pair.fetch === 'done' ? 'done' : pair.fetch === 'aborted' ? 'cancelled' : pair.fetch === 'failed' ? 'panicked' : pair.fetch === 'read' ? 'running' : 'none';
  pen.text(`state little st ${hue}`, names, yB + 15, words(`fetch_${pair.fetch}`), { most });
  for (const at of [yF, yB]) pen.line('bed-line', scale.left, at, scale.right, at);
  const begun = pair.at <= m.cursor;
  if (begun) {
    const x = scale.x(pair.from) + 3;
    pen.line('leader', x, yF + tall / 2, x, yB - tall / 2 - 3, { key: `begins ${pair.task}`, go: pair.at });
    head(pen, x, yB - tall / 2 - 2, 90, 'past', `begins ${pair.task} head`);
  }
  lane(pen, scale, m.run, pair.task, m.shown, { y: yF, h: tall });
  for (const block of blocksOf(pair, scale, m)) {
    const w = (block.to - block.from) * scale.pxPerMs;
    const gap = w > 8 ? 2 : 0;
    const [x, top] = [scale.x(block.from) + gap, yB - tall / 2];
    const key = `chunk ${pair.task} ${block.at}`;
    const lit = m.event.kind === 'received' && m.event.promise === pair.promise && block.at === m.cursor;
    pen.rect(`chunk${block.nobody ? ' nobody' : ''}${lit ? ' lit' : ''}${block.isLater ? ' later' : ''}`, x, top, Math.max(1, w - gap), tall, { r: 2, key, go: block.at });
    if (block.nobody && w > 10) pen.path(`stripes${block.isLater ? ' later' : ''}`, stripes(x, top, w - gap, tall), { key: `${key} stripes` });
  }
  if (pair.isDropped && pair.dropped) {
    const x = scale.x(pair.dropped.ms);
    const middle = (yF + yB) / 2;
    // Beside the cursor, which may stand there.
    const by = narrow ? 13 : 18;
    if (pair.isAborted) {
      pen.line('abort', x, yF + 12, x, yB - tall / 2 - 4, { key: `abort ${pair.task}`, go: pair.aborted?.at });
      head(pen, x, yB - tall / 2 - 3, 90, 'stopped', `abort ${pair.task} head`);
      beside(pen, 'code small stopped', x, middle + 5, words('abort'), by, right);
    } else if (!pair.isSettled || pair.nobody > 0) {
      pen.line('road missing', x, yF + 12, x, yB - tall / 2 - 2, { key: `untold ${pair.task}` });
      cross(pen, x, middle, '', `untold ${pair.task} cross`, 5);
      beside(pen, 'bad', x, middle + 5, words('untold'), by, right);
    }
    cross(pen, x, yF, 'cancelled', `dropped ${pair.task}`, 7);
    beside(pen, 'state little st cancelled', x, yF + 5, words('dropped'), by, right);
  }
  const under = yB + tall / 2 + 16;
  const first = pair.chunks.find((chunk) => chunk.nobody);
  const split = first && pair.dropped && pair.nobody > 0 ? scale.x(pair.dropped.ms) : scale.right;
  const awaited = words('awaited', { kb: pair.awaited });
  const room = Math.max(0, split - scale.left - 10);
  const long = pen.width('tiny', awaited) <= room;
  if (pair.awaited > 0) {
    const text = long ? awaited : words('kb', { kb: pair.awaited });
    if (pen.width('tiny', text) <= room && !(pair.unread > 0 && narrow)) pen.text('tiny', scale.left + 2, under, text);
  }
  if (pair.nobody > 0) {
    const text = words('for_nobody', { kb: pair.nobody });
    const x = Math.max(split + 6, scale.left + (long ? pen.width('tiny', awaited) : 50) + 14);
    const fits = x + pen.width('state little st cancelled', text) <= right;
    const over = fits ? '' : 'end';
    pen.text('state little st cancelled', over ? right : x, under, text, { anchor: over ? 'end' : 'start' });
    const also = words('nobody_listens');
    const next = x + pen.width('state little st cancelled', text) + 16;
    if (fits && pair.isSettled && next + pen.width('tiny', also) <= right) pen.text('tiny', next, under, also);
  }
  if (pair.isSettled && pair.settled) {
    const x = scale.x(pair.settled.ms);
    if (pair.settled.isGood) check(pen, Math.min(x + 12, right - 7), yB, 7, `settled ${pair.task}`);
    else {
      cross(pen, x, yB, pair.isAborted ? 'cancelled' : '', `settled ${pair.task}`, 6);
      const text = words(narrow ? 'rejects_short' : 'rejects', { name: pair.settled.value });
      beside(pen, pair.isAborted ? 'state little st cancelled' : 'bad', x, yB + 5, text, narrow ? 13 : 18, right);
      if (pair.unread > 0) {
        const unread = words('unread', { kb: pair.unread });
        const from = Math.max(x + 2, scale.left + (long && !narrow ? pen.width('tiny', awaited) + 18 : 2));
        if (from + pen.width('tiny', unread) <= right) pen.text('tiny', from, under, unread);
      }
    }
  }
}

/** The head of a pair stands over the cursor, which may cross it. @param {Pen} pen @param {Pair} pair @param {Words} words @param {number} y @param {number} width @param {boolean} narrow */
function drawHead(pen, pair, words, y, width, narrow) {
  const names = narrow ? 8 : 20;
  const isTied = pair.name !== 'bare';
  const title = words(isTied ? 'tied' : 'bare');
  pen.text('title halo', names, y + 14, title, { most: width - names - 8 });
  const sub = isTied ? words(pair.name === 'tied' ? 'calls_abort' : 'calls_nothing') : pair.isDropped && pair.dropped ? words('dropped_at', { ms: round(pair.dropped.ms) }) : '';
  const from = names + pen.width('title', title) + 14;
  if (sub && !narrow) pen.text('said halo', from, y + 14, sub, { most: width - from - 16 });
}

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, { width, height }, words) {
  const narrow = width < 560;
  const scale = createScale(m.end, narrow ? 82 : 140, width - (narrow ? 28 : 60));
  const bottom = height - 28;
  const top = narrow ? 6 : 12;
  const h = (bottom - top - 10) / 2;
  axis(pen, scale, top + 24, bottom, { unit: 'ms', apart: narrow ? 56 : 100 });
  m.pairs.forEach((pair, i) => {
    const y = top + i * h;
    if (i > 0) pen.line('rule', narrow ? 8 : 20, y - 4, width - (narrow ? 8 : 20), y - 4);
    drawPair(pen, scale, m, pair, words, { y: y + (i > 0 ? 6 : 0), h: h - (i > 0 ? 6 : 0), width, narrow });
  });
  now(pen, scale, m.shown.now, top + 22, bottom);
  m.pairs.forEach((pair, i) => drawHead(pen, pair, words, top + i * h + (i > 0 ? 6 : 0), width, narrow));
}

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  return m.pairs.map((pair) => ({
    text: `${words(pair.name === 'bare' ? 'bare' : 'tied')}: ${pair.isDropped && pair.dropped ? words('dropped_at', { ms: round(pair.dropped.ms) }) : pair.stateWord}`,
    now: 'task' in m.event && m.event.task === pair.task || 'promise' in m.event && m.event.promise === pair.promise,
    parts: [
      { text: `${words('fetch')}: ${words(`fetch_${pair.fetch}`)}` },
      ...pair.awaited > 0 ? [{ text: words('awaited', { kb: pair.awaited }) }] : [],
      ...pair.nobody > 0 ? [{ text: words('for_nobody', { kb: pair.nobody }) }] : [],
      ...pair.isSettled && pair.settled && !pair.settled.isGood ? [{ text: words('rejects', { name: pair.settled.value }) }] : [],
      ...pair.unread > 0 ? [{ text: words('unread', { kb: pair.unread }) }] : [],
    ],
  }));
}

export const createHero = heroOf({ name: 'fetches', model, draw, describe });
