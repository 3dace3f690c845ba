// One turn of the event loop as a track: the call stack, the microtasks, the frame, the paint, and the timers and messages; at each
// stop what waits there. Our ready queue hangs below the microtasks, as one of them empties it. What waits has the number of its
// turn, once the reader may know: microtasks in the order that is prescribed, all else in the order of this run.

import { heroOf } from './kit/hero.js';
import { head, shape } from './kit/marks.js';
import { along, road } from './kit/road.js';
import { marks, once } from './kit/run.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */
/** @typedef {import('../types.js').Run} Run */
/** @typedef {{ key: string, name: string, say: string, state: string, nth?: number, loose?: boolean, go?: number }} Card */
/** @typedef {'stack' | 'microtasks' | 'frame' | 'paint' | 'jobs'} Stop */

/** Cards that are drawn of a stop; all others are a number. */
const MOST = 2;
const [CARD, GAP] = [44, 5];
/** The callbacks of what drives our executor. */
const RUST = new Set(['drain', 'timers']);

/** When callbacks begin, by what they are. @param {Run} run */
const beginsOf = (run) => once(run, 'begins', () => marks(run, 'microtask_started', 'macrotask_started', 'frame_started', 'reaction').map(({ at, event }) => ({
  at, what: event.kind === 'reaction' ? `promise ${event.promise}` : event.name,
})));

/** @param {State} state @param {Words} words */
function model({ run, cursor, deciding }, words) {
  const { browser, ready, running, time, ending } = run.frame(cursor, 0);
  const event = run.describe(cursor);
  const number = (/** @type {number} */ n) => ({ n: Math.abs(n) });
  /** When each that waits begins: what is asked for twice under one name comes one after the other. @type {Map<string, number>} */
  const taken = new Map();
  const beginOf = (/** @type {string} */ what) => {
    const from = taken.get(what) ?? cursor;
    const begin = beginsOf(run).find(({ at, what: is }) => at > from && is === what)?.at;
    taken.set(what, begin ?? Infinity);
    return begin;
  };
  const ofRust = (/** @type {string} */ name, /** @type {string} */ say) => (RUST.has(name) ? words(`rust_${name}`, {}) : say);
  const micro = [
    ...(browser?.microtasks ?? []).map(({ name, since }) => ({ what: name, name, since, say: ofRust(name, words('queued_microtask')) })),
    ...(browser?.promises ?? []).filter((promise) => promise.reaction_due).map(({ promise, name, since }) => ({ what: `promise ${promise}`, name, since, say: words('reaction_of', { promise }) })),
  ].sort((a, b) => a.since - b.since).map((one) => ({ ...one, state: 'ready', begins: beginOf(one.what), loose: false }));
  const frames = (browser?.frames ?? []).map((name) => ({ what: name, name, say: words('before_paint'), state: 'pending', begins: beginOf(name), loose: true }));
  const jobs = [
    ...(browser?.macrotasks ?? []).map(({ name, due }) => {
      const isDue = due <= time;
      const when = words(isDue ? (time - due < 0.05 ? 'due_now' : 'due_since') : 'due_in', number(time - due));
      return { what: name, name, say: RUST.has(name) ? `${words(`rust_${name}`)}, ${when}` : when, state: isDue ? 'ready' : 'pending', due };
    }),
    ...(browser?.messages ?? []).map((name) => ({ what: name, name, say: words('message'), state: 'ready', due: time })),
  ].sort((a, b) => a.due - b.due).map((one) => ({ ...one, begins: beginOf(one.what), loose: true }));
  const all = [...micro, ...frames, ...jobs];
  const order = all.filter(({ begins }) => begins !== undefined).sort((a, b) => (a.begins ?? 0) - (b.begins ?? 0));
  const isEnd = ending !== undefined && ending !== null;
  const isTold = deciding.isKnown && cursor > 0 && !isEnd;
  const card = (/** @type {(typeof all)[number]} */ one, /** @type {number} */ i) => (/** @type {Card} */ ({
    key: `${one.what} ${i}`, name: one.name, say: one.say, state: one.state, loose: one.loose, nth: isTold && order.includes(one) ? order.indexOf(one) + 1 : undefined, go: isTold ? one.begins : undefined,
  }));
  /** What runs now, outermost first. @type {Card[]} */
  const stack = (browser?.stack ?? []).map((name, i) => ({ key: `${name} runs ${i}`, name, say: ofRust(name, words(name === 'page.js' ? 'script' : 'runs')), state: 'running' }));
  const inferred = browser?.turn.inferred;
  if (inferred && stack.length === 0) stack.push({ key: 'reaction', name: inferred.reaction ?? '', say: words('reaction_of', { promise: inferred.promise }), state: 'running' });
  if (running) stack.push({ key: `task ${running.task} runs`, name: running.name, say: words('poll', { nth: running.nth }), state: 'running' });
  const isWake = event.kind === 'woken_queued' || event.kind === 'enqueued' || (event.kind === 'microtask_queued' && event.name === 'drain');
  const lines = once(run, 'lines', () => run.turnLines().all);
  const phase = browser?.turn.phase ?? undefined;
  return {
    event, isTold, isEnd, isWake: isWake && ready.length > 0,
    at: /** @type {Stop | undefined} */ (phase && !browser?.turn.is_next ? { macrotask: 'stack', microtasks: 'microtasks', frame: 'frame' }[phase] : undefined),
    stack, micro: micro.map(card), frames: frames.map(card), jobs: jobs.map(card),
    ready: ready.map(({ task, name }) => ({ key: `ready ${task}`, name, say: words('in_line') })),
    drainAt: micro.some(({ name }) => name === 'drain') ? 'microtasks' : jobs.some(({ name }) => name === 'drain') ? 'jobs' : undefined,
    logged: lines.filter(({ at }) => at > 0 && at <= cursor), ahead: deciding.isKnown ? lines.filter(({ at }) => at > cursor) : [],
  };
}
/** @typedef {ReturnType<typeof model>} Model */

/** @param {Pen} pen @param {Card} one @param {number} x @param {number} y @param {number} w @param {number} [h] */
function drawCard(pen, one, x, y, w, h = CARD) {
  const runs = one.state === 'running';
  pen.group({ x, y, cls: `job st ${one.state}`, key: one.key, go: one.go }, () => {
    pen.rect('', 0, 0, w, h, { r: 2 });
    if (!runs) {
      pen.rect('job-edge', 0, 0, 4, h, { r: 0 });
      shape(pen, 19, h * 0.34, one.state);
    }
    const left = runs ? 12 : 33;
    const room = w - left - (one.nth === undefined ? 8 : 34);
    pen.text('job-name', left, h * 0.43, one.name, { most: room });
    pen.text('job-say', left, h * 0.82, one.say, { most: w - left - 8 });
    if (one.nth !== undefined) {
      pen.circle(`nth ${one.loose ? 'loose' : ''}`, w - 19, h * 0.36, 11);
      pen.text(`nth-text ${one.loose ? 'loose' : ''}`, w - 19, h * 0.36 + 4.5, String(one.nth), { anchor: 'middle' });
    }
  });
}

/** Cards of a stop, the first nearest to it. @param {Pen} pen @param {Card[]} cards @param {number} x the middle @param {number} y the edge next to the stop @param {number} w @param {1 | -1} way @param {Words} words @param {number} [most] */
function pile(pen, cards, x, y, w, way, words, most = MOST) {
  cards.slice(0, most).forEach((one, i) => drawCard(pen, one, x - w / 2, way < 0 ? y - CARD - i * (CARD + GAP) : y + i * (CARD + GAP), w));
  const rest = cards.length - most;
  if (rest > 0) pen.text('tiny halo', x + w / 2 + 8, way < 0 ? y - CARD / 2 + 4 : y + CARD / 2 + 4, words('more', { n: rest }));
}

/** The lines that were logged, in a row; of many, the last. @param {Pen} pen @param {Model} m @param {number} x @param {number} y @param {number} right @param {Words} words @param {number} rows */
function drawLogged(pen, m, x, y, right, words, rows) {
  const all = [...m.logged.map((line) => ({ ...line, cls: '' })), ...m.ahead.map((line, i) => ({ ...line, cls: i === 0 ? 'next' : 'ahead' }))];
  const wide = (/** @type {string} */ text) => pen.width('job-line', text) + 22;
  let from = 0;
  const fits = () => {
    let [row, at] = [0, x];
    for (const { text } of all.slice(from, m.logged.length + 1)) {
      if (at + wide(text) > right) [row, at] = [row + 1, x];
      at += wide(text) + 7;
    }
    return row < rows;
  };
  while (from < m.logged.length && !fits()) from += 1;
  let [row, at] = [0, x];
  for (const line of all.slice(from)) {
    const w = wide(line.text);
    if (at + w > right) [row, at] = [row + 1, x];
    if (row >= rows) break;
    const top = y + row * 36;
    pen.rect(`line-box ${line.cls}`, at, top, w, 30, { r: 2, key: `line ${line.text}`, go: line.cls ? undefined : line.at });
    if (line.source === 'task') pen.rect(`line-edge ${line.cls}`, at, top, 4, 30, { r: 0 });
    pen.text(`job-line ${line.cls}`, at + 12, top + 20, line.text);
    at += w + 7;
  }
}

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, size, words) {
  if (size.width < 560 || size.height < 350) drawNarrow(pen, m, size, words);
  else drawWide(pen, m, size, words);
}

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function drawWide(pen, m, { width, height }, words) {
  const bottom = height - 62;
  const [x0, x1] = [34, width - 34];
  const top = Math.max(119, Math.min(150, bottom * 0.34));
  const low = Math.max(top + 116, Math.min(bottom - 76, top + 190));
  const r = 36;
  const wide = Math.min(200, (width - 120) / 4);
  const stops = {
    stack: { x: x0 + r + wide / 2 + 6, y: top }, microtasks: { x: width * 0.5, y: top }, frame: { x: x1 - r - wide / 2 - 6, y: top },
    paint: { x: x1 - r - wide / 2 - 6, y: low }, jobs: { x: width * 0.36, y: low },
  };
  const pill = Math.min(172, wide);
  pen.path('track', `M${x0 + r} ${top}H${x1 - r}q${r} 0 ${r} ${r}V${low - r}q0 ${r}-${r} ${r}H${x0 + r}q-${r} 0-${r}-${r}V${top + r}q0-${r} ${r}-${r}z`);
  // The way on: heavy to what comes next, dashed to what waits beyond it.
  const half = pill / 2;
  /** @type {[Stop, [number, number][]][]} */
  const ways = [
    ['microtasks', [[stops.stack.x + half, top], [stops.microtasks.x - half - 3, top]]],
    ['frame', [[stops.microtasks.x + half, top], [stops.frame.x - half - 3, top]]],
    ['paint', [[stops.frame.x + half, top], [x1, top], [x1, low], [stops.paint.x + half + 3, low]]],
    ['jobs', [[stops.paint.x - half, low], [stops.jobs.x + half + 3, low]]],
    ['stack', [[stops.jobs.x - half, low], [x0, low], [x0, top], [stops.stack.x - half - 3, top]]],
  ];
  const waits = { microtasks: m.micro.length, frame: m.frames.length, jobs: m.jobs.length };
  const last = waits.jobs ? 4 : waits.frame ? 1 : waits.microtasks ? 0 : -1;
  const next = waits.microtasks ? 0 : waits.frame ? 1 : waits.jobs ? 3 : -1;
  ways.forEach(([stop, points], i) => {
    if (i > last || m.isEnd) return;
    const cls = i <= next ? 'way heavy' : 'way';
    pen.path(cls, along(points, r), { key: `way ${stop}` });
    const [[ax, ay], [bx, by]] = [points[points.length - 2], points[points.length - 1]];
    head(pen, bx, by, (Math.atan2(by - ay, bx - ax) * 180) / Math.PI, 'ink', `way head ${stop}`);
  });
  for (const [name, { x, y }] of /** @type {[Stop, { x: number, y: number }][]} */ (Object.entries(stops))) {
    const isOn = name === 'stack' ? m.stack.length > 0 : m.at === name;
    pen.rect(`stop ${isOn ? 'lit' : ''} ${name === 'paint' ? 'inferred' : ''}`, x - half, y - 15, pill, 30, { r: 15 });
    pen.text(`stop-name ${isOn ? 'lit' : ''}`, x, y + 5, words(name), { anchor: 'middle', most: pill - 14 });
    if (name === 'jobs') pen.text('tiny halo', x - half + 6, y - 23, words(`sub_${name}`), { most: half });
    else pen.text('tiny halo', x, y + 33, words(`sub_${name}`), { anchor: 'middle', most: wide });
  }
  pile(pen, m.stack.slice(-MOST), stops.stack.x, top - 24, wide, -1, words);
  pile(pen, m.micro, stops.microtasks.x, top - 24, wide, -1, words);
  pile(pen, m.frames, stops.frame.x, top - 24, wide, -1, words);
  // Below their stop, and side by side: there is as much room as the track is wide.
  m.jobs.slice(0, 3).forEach((one, i) => drawCard(pen, one, stops.jobs.x - wide / 2 + (i === 1 ? 1 : i === 2 ? -1 : 0) * (wide + 10), low + 22, wide));
  if (m.jobs.length > 3) pen.text('tiny halo', stops.jobs.x + wide * 1.5 + 20, low + 48, words('more', { n: m.jobs.length - 3 }));
  // Our ready queue hangs below the microtasks.
  const box = { x: stops.microtasks.x - wide * 0.56, y: top + 45, w: wide * 1.12, h: Math.min(76, low - top - 64) };
  pen.rect('station', box.x, box.y, box.w, box.h, { r: 3 });
  pen.text('name little', box.x + 12, box.y + 19, words('ours'), { most: box.w - 24 });
  const [first] = m.ready;
  const row = { y: box.y + 25, h: Math.max(24, Math.min(38, box.h - 33)) };
  if (first) {
    pen.rect('chip-box', box.x + 12, row.y, box.w - 24, row.h, { r: 2, key: first.key });
    shape(pen, box.x + 28, row.y + row.h / 2, 'ready');
    pen.text('job-name', box.x + 42, row.y + row.h / 2 + 5, first.name, { most: box.w - 64 });
    const say = m.ready.length > 1 ? words('more', { n: m.ready.length - 1 }) : first.say;
    const room = box.w - 24 - 42 - pen.width('job-name', first.name) - 8;
    pen.text('state little st ready', box.x + box.w - 20, row.y + row.h / 2 + 4.5, say, { anchor: 'end', most: room });
  } else pen.text('tiny', box.x + 12, row.y + 18, words('ours_empty'), { most: box.w - 24 });
  if (m.drainAt === 'microtasks') {
    const x = box.x + box.w - 26;
    road(pen, 'drain', [[x, box.y - 2], [x, top + 20]], 'wake');
    pen.text('state little st ready halo', x + 10, box.y - 12, words('drains'), { most: stops.frame.x - 84 - x - 12 });
  } else if (m.drainAt === 'jobs') {
    road(pen, 'drain', [[box.x - 2, box.y + box.h - 14], [stops.jobs.x - half + 12, box.y + box.h - 14], [stops.jobs.x - half + 12, low - 19]], 'wake');
    pen.text('state little st ready halo', stops.jobs.x - half + 24, box.y + box.h - 22, words('drains'), { most: box.x - stops.jobs.x + half - 28 });
  }
  if (m.isWake && m.stack.length + (m.event.kind === 'woken_queued' ? 1 : 0) > 0) {
    const y = box.y + Math.min(34, box.h / 2);
    road(pen, 'wake', [[stops.stack.x, top + 42], [stops.stack.x, y], [box.x - 4, y]], 'wake');
    pen.text('state little st ready halo', stops.stack.x + 12, y - 8, words('wake'));
  }
  // What was logged.
  pen.line('bed-line', 20, bottom + 6, width - 20, bottom + 6);
  pen.text('name little', 20, bottom + 38, words('logged'));
  drawLogged(pen, m, 30 + pen.width('name little', words('logged')), bottom + 18, width - 20, words, 1);
}

/** Stops as rows, where there is no room for a track. @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function drawNarrow(pen, m, { width, height }, words) {
  const logs = 104;
  /** @type {{ name: Stop | 'ours', cards: Card[], isOn: boolean }[]} */
  const rows = [
    { name: 'stack', cards: m.stack.slice().reverse(), isOn: m.stack.length > 0 },
    { name: 'microtasks', cards: m.micro, isOn: m.at === 'microtasks' },
    { name: 'ours', cards: m.ready.map((task) => ({ ...task, state: 'ready' })), isOn: false },
    { name: 'frame', cards: m.frames, isOn: m.at === 'frame' },
    { name: 'jobs', cards: m.jobs, isOn: false },
  ];
  const pitch = (height - logs) / rows.length;
  const left = Math.min(130, width * 0.36);
  const tall = Math.min(CARD, pitch - 5);
  pen.line('track', 18, pitch / 2, 18, pitch * (rows.length - 0.5));
  rows.forEach(({ name, cards, isOn }, i) => {
    const y = pitch * i + pitch / 2;
    pen.rect(`stop ${isOn ? 'lit' : ''} ${name === 'ours' ? 'own' : ''}`, name === 'ours' ? 7 : 4, y - 15, name === 'ours' ? left - 18 : left - 12, 30, { r: name === 'ours' ? 3 : 15 });
    pen.text(`stop-name small ${isOn ? 'lit' : ''}`, left / 2 - 2, y + 4.5, words(name), { anchor: 'middle', most: (name === 'ours' ? left - 22 : left - 20) });
    const [first] = cards;
    if (first) {
      const more = cards.length > 1 ? words('more', { n: cards.length - 1 }) : '';
      const w = width - left - 8 - (more ? pen.width('tiny', more) + 10 : 0);
      drawCard(pen, first, left, y - tall / 2, w, tall);
      if (more) pen.text('tiny', width - 6, y + 4, more, { anchor: 'end' });
    } else pen.text('tiny', left, y + 4, words(`sub_${name}`), { most: width - left - 8 });
  });
  const y = height - logs + 6;
  pen.line('bed-line', 4, y, width - 4, y);
  pen.text('name little', 4, y + 20, words('logged'));
  drawLogged(pen, m, 4, y + 28, width - 4, words, 2);
}

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  const list = (/** @type {Card[]} */ cards) => cards.map(({ name, say, nth }) => ({ text: words(nth === undefined ? 'told_card' : 'told_nth', { name, say, nth: nth ?? 0 }) }));
  const stop = (/** @type {Stop | 'ours'} */ name, /** @type {Card[]} */ cards, isNow = false) => ({ text: words('told_stop', { stop: words(name), n: cards.length }), now: isNow, parts: list(cards) });
  return [
    stop('stack', m.stack, m.stack.length > 0),
    stop('microtasks', m.micro),
    stop('ours', m.ready.map((task) => ({ ...task, state: 'ready' }))),
    stop('frame', m.frames),
    stop('jobs', m.jobs),
    { text: words('told_logged', { n: m.logged.length }), parts: m.logged.map(({ text }) => ({ text })) },
  ];
}

export const createHero = heroOf({ name: 'turns', model, draw, describe });
