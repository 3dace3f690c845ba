// The same requests in two stacks of shells: each layer is a shell around the service. A request goes in, an answer comes out, and a
// shell may keep it, ask again, or cut it off. Below each stack its clock, on the same scale: calls, waits, and the brackets of a
// timeout. In the shells stands the request that is on; on a phone, the stack that it is in.

import { axis, bar, bracket, hatching, now, part } from './kit/clock.js';
import { heroOf } from './kit/hero.js';
import { check, cross, head, shape } from './kit/marks.js';
import { stacksOf, waitsFor } from './kit/requests.js';
import { along } from './kit/road.js';
import { createScale } from './kit/scale.js';
import { listOf, moved } from '../schema.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */
/** @typedef {import('./kit/scale.js').Scale} Scale */
/** @typedef {import('./kit/requests.js').Request} Request */
/** @typedef {import('./kit/requests.js').Call} Call */
/** @typedef {{ x: number, y: number, w: number, h: number }} Box */

/** So many layers are many; and a shell so low has no room for its name. */
const [MANY, LEAST] = [3, 15];

/** @param {number} ms */
const round = (ms) => Math.round(ms * 10) / 10;
/** Names of layers, from the outermost in. @param {{ name: string }[]} layers */
const chain = (layers) => layers.map(({ name }) => name).join(' › ');

/** @param {State} state */
function model({ run, cursor, deciding }) {
  const shown = { cursor, now: run.time(cursor), isKnown: deciding.isKnown };
  const event = run.describe(cursor);
  const running = 'task' in event ? event.task : 0;
  const stacks = stacksOf(run).map((stack) => {
    // The request that is on, or else the last one that something happened to.
    const lastOf = (/** @type {Request} */ { comes, calls, waits, end }) =>
      Math.max(0, ...[comes.at, ...[...calls, ...waits].flatMap(({ at, till }) => [at, till]), end?.at ?? 0].filter((at) => at <= cursor));
    const request = stack.requests.find(({ task }) => task === running) ?? stack.requests.toSorted((a, b) => lastOf(b) - lastOf(a))[0];
    return { ...stack, request, last: lastOf(request), title: chain(stack.layers) };
  });
  const hasRunning = stacks.find(({ requests }) => requests.some(({ task }) => task === running));
  const present = hasRunning ?? stacks.toSorted((a, b) => b.last - a.last)[0];
  return { run, cursor, shown, stacks, present, isOn: hasRunning !== undefined, end: Math.max(run.duration, 1), pxPerMs: 1, pitch: 30 };
}
/** @typedef {ReturnType<typeof model>} Model */
/** @typedef {Model['stacks'][number]} Stack */

/** Where each shell of a stack stands, and the service in them. @param {Stack} stack @param {Box} room */
function placesIn({ layers }, { x, y, w, h }) {
  const n = layers.length;
  // Many layers leave the service less room, and what comes out of it.
  const foot = n > MANY ? 18 : Math.min(52, h * 0.2);
  const service = { w: Math.max(104, Math.min(184, w * 0.44)), h: n > MANY ? 44 : Math.min(96, Math.max(50, h * 0.36)) };
  const top = n ? Math.min(36, (h - service.h - foot) / (n + 0.9)) : 0;
  const below = n ? Math.max(0, Math.min(20, (h - service.h - foot - top * n) / n)) : 0;
  const right = n ? Math.min(16, (w - service.w) * 0.12) : 0;
  const left = n ? Math.min(64, (w - service.w - right * n) / n) : 0;
  const shells = layers.map((_, i) => ({ x: x + left * i, y: y + top * i, w: w - (left + right) * i, h: h - (top + below) * i }));
  const sx = n ? x + w - right * n - service.w : x + Math.min(100, w - service.w);
  const sy = y + (n ? top * n : h * 0.2);
  return { shells, top, service: { x: sx, y: sy, w: service.w, h: service.h }, foot };
}

/** @param {Pen} pen @param {string} key @param {[number, number][]} points @param {string} cls @param {number} [go] */
function way(pen, key, points, cls, go) {
  pen.scene.put('path', { class: `way st ${cls}`, d: along(points, 8), pathLength: 1, 'data-go': go }, { key });
  const [[x, y], [nx, ny]] = points.slice(-2);
  head(pen, nx, ny, (Math.atan2(ny - y, nx - x) * 180) / Math.PI, `st ${cls}`, `${key} head`);
}

/** What a shell says of itself now. @param {Model} m @param {Request} request @param {string} name @returns {{ cls: string, word: string }} */
function saysOf({ cursor }, request, name) {
  if (request.end && request.end.at <= cursor && request.end.by === name) return { cls: 'cancelled', word: name === 'LoadShed' ? 'refuses' : 'stopped' };
  if (waitsFor(request, cursor) === name) return { cls: 'ready', word: 'not_ready' };
  return { cls: '', word: '' };
}

/** The shells, and the way of the request through them. @param {Pen} pen @param {Model} m @param {Stack} stack @param {Box} room @param {number} names @param {Words} words */
function drawShells(pen, m, stack, room, names, words) {
  const { request } = stack;
  const { shells, service, top, foot } = placesIn(stack, room);
  m.pitch = top;
  const { cursor } = m.shown;
  stack.layers.forEach((layer, i) => {
    const at = shells[i];
    const { cls, word } = saysOf(m, request, layer.name);
    pen.rect(`shell st ${cls}`, at.x, at.y, at.w, at.h, { key: `shell ${layer.name}`, r: Math.max(8, 24 - 4 * i) });
    // Where names would stand in each other's way, the title has them.
    if (top < LEAST) return;
    pen.group({ key: `name ${layer.name}`, x: at.x, y: at.y, drag: stack.layers.length > 1 ? `shell ${stack.name} ${i}` : undefined }, () => {
      pen.rect('grip', 4, 1, at.w - 8, top - 2);
      const name = layer.value ? words('layer', layer) : layer.name;
      const most = at.w - 28;
      pen.text(`name ${top < 22 ? 'least' : 'little'}${cls ? ` st ${cls} said-by` : ''}`, 14, Math.min(22, top * 0.5 + 5), name, { most });
      const wide = 14 + pen.width('name little', name) + 18;
      const said = word ? words(word) : '';
      if (said && wide + pen.width('state little', said) < at.w - 14) pen.text(`state little st ${cls}`, at.w - 14, Math.min(22, top * 0.5 + 5), said, { anchor: 'end' });
    });
  });
  pen.rect('station sunk', service.x, service.y, service.w, service.h, { r: 10, key: 'service' });
  pen.text('code bold', service.x + service.w / 2 + 12, service.y + service.h * 0.5 - 5, stack.service.name, { anchor: 'middle', most: service.w - 30 });
  const takes = words('takes', stack.service);
  const fits = pen.width('small', takes) < service.w - 30;
  pen.text('small', service.x + service.w / 2 + 12, service.y + service.h * 0.5 + 13, fits ? takes : stack.service.value, { anchor: 'middle', most: service.w - 30 });

  // The request, and how far it came.
  const [yi, yo] = [service.y + service.h * 0.26, service.y + service.h * 0.74];
  const from = room.x - 14;
  const isHere = request.comes.at <= cursor;
  pen.rect(`station${isHere ? '' : ' none'}`, 0, yi - 22, from, 44, { r: 3, key: 'request' });
  pen.text('name little', from / 2, yi + 5, stack.requests.length > 1 ? words('request_n', { n: request.nth }) : words('request'), { anchor: 'middle', most: from - 4 });
  if (!isHere) return;
  const calls = request.calls.filter(({ at }) => at <= cursor);
  const xOf = (/** @type {string} */ name) => shells[stack.layers.findIndex((layer) => layer.name === name)]?.x;
  const end = request.end && request.end.at <= cursor ? request.end : undefined;
  const kept = waitsFor(request, cursor);
  const refused = end?.by === 'LoadShed';
  if (!calls.length) {
    const to = kept ? xOf(kept) : refused ? xOf('LoadShed') : undefined;
    if (to !== undefined) way(pen, 'in', [[from, yi], [to - 4, yi]], 'ready', request.comes.at);
    if (kept && to !== undefined) pen.line('stop-bar', to, yi - 12, to, yi + 12, { key: 'kept' });
  } else way(pen, 'in', [[from, yi], [service.x - 4, yi]], 'running', calls[0].at);

  // What the call before came to, and which shell asked again.
  const call = calls[calls.length - 1];
  const before = calls[calls.length - 2] ?? (call && !end && call.till && call.till <= cursor ? call : undefined);
  const again = xOf('Retry');
  const y2 = service.y + service.h + Math.min(24, foot * 0.44);
  if (before && again !== undefined) {
    const [cls, text] = before.failed ? ['panicked', before.said] : ['cancelled', 'Elapsed'];
    const begins = before.failed ? service.x : xOf('Timeout') ?? service.x;
    const ends = again + 14;
    if (begins - ends > 12) {
      way(pen, 'back', [[begins, yo], [ends, yo]], cls, before.till);
      if (pen.width('state little', text) + 14 < begins - ends) pen.text(`state little st ${cls}`, (begins + ends) / 2 + 4, yo - 7, text, { anchor: 'middle' });
    }
    if (before !== call) {
      const isCut = call.said === 'dropped' && call.till <= cursor;
      const x = service.x + 26;
      const mid = Math.min(x - 16, Math.max(ends + 30, service.x - 6));
      const word = words('try_n', { n: calls.length });
      if (isCut) {
        pen.path('way st cancelled cut', along([[ends, yo], [ends, y2], [mid, y2]], 8), { key: 'again' });
        cross(pen, mid + 8, y2, 'cancelled', 'again cut', 6);
      } else way(pen, 'again', [[ends, yo], [ends, y2], [x, y2], [x, service.y + service.h + 3]], 'running', call.at);
      if (ends + 8 + pen.width('state little', word) < service.x - 4 && y2 - yo > 22) pen.text(`state little st ${isCut ? 'cancelled' : 'running'}`, ends + 8, y2 - 6, word);
    }
  }
  if (!end) return;
  const y3 = service.y + service.h + Math.min(44, foot * 0.84);
  const cls = end.isOk ? 'done' : end.by ? 'cancelled' : 'panicked';
  const outX = service.x + service.w - 22;
  const by = end.by ? xOf(end.by) : undefined;
  if (by === undefined) way(pen, 'out', [[outX, service.y + service.h], [outX, y3], [10, y3]], cls, end.at);
  else way(pen, 'out', [[by, y3], [10, y3]], cls, end.at);
  if (end.isOk) check(pen, outX, service.y + service.h, 7, 'out mark');
  pen.parts('small', 0, names, [[`code bold st ${cls} said-by`, end.text], ['', `  ${words('at', { ms: round(end.ms) })}`]], { key: 'end', go: end.at });
}

/** How many clocks a timeout has, where tries are made: one for all, or one each. @param {Stack} stack */
function clocksOf({ layers }) {
  const [timeout, retry] = ['Timeout', 'Retry'].map((of) => layers.findIndex(({ name }) => name === of));
  return timeout < 0 || retry < 0 ? undefined : timeout < retry ? 'one_clock' : 'each_clock';
}

/** A call on the clock, with what became of it. @param {Pen} pen @param {Scale} scale @param {Model} m @param {Call} call @param {{ key: string, y: number, h: number, right: number, takes: number }} o @param {Words} words */
function drawCall(pen, scale, m, call, { key, y, h, right, takes }, words) {
  const isOver = call.till > 0 && call.till <= m.cursor;
  const isCut = isOver && call.said === 'dropped';
  if (!part(call, m.shown)) return;
  if (isCut && call.from + takes > call.to) pen.line('unseen', scale.x(call.to) + 12, y, scale.x(Math.min(call.from + takes, scale.end)), y);
  bar(pen, scale, key, call, m.shown, { y, h, cls: isCut ? 'call cut' : 'call', go: call.at });
  if (!isOver) return;
  const [x0, x] = [scale.x(call.from), scale.x(call.to)];
  const [cls, text] = isCut ? ['cancelled', words('dropped')] : call.failed ? ['panicked', call.said] : ['done', call.said];
  const mark = Math.min(7, h * 0.32);
  if (isCut) cross(pen, x, y, 'cancelled', `${key} end`, mark);
  else if (call.failed) pen.group({ x: x + 10, y, scale: mark / 7, cls: 'st panicked', key: `${key} end` }, () => shape(pen, 0, 0, 'panicked'));
  else check(pen, x + 10, y, mark, `${key} end`);
  const inside = words('came', { text, ms: round(call.to) });
  if (!isCut && pen.width('in-call', inside) + 14 < x - x0) pen.text('in-call', x - 8, y + 5, inside, { anchor: 'end' });
  else if (x + 22 + pen.width('state little', text) < right) pen.text(`state little st ${cls}`, x + (isCut ? 14 : 22), isCut ? y - 5 : y + 5, text);
}

/** When something follows a call on the row of its request. @param {Request} request @param {Call} call */
const nextOf = ({ calls, waits }, call) => [...calls, ...waits].filter(({ at }) => at > call.at).map(({ from }) => from).sort((a, b) => a - b)[0];

/** A stack's clock: a row a try, or of several requests a row each. @param {Pen} pen @param {Model} m @param {Stack} stack @param {Box} room @param {number} names @param {Words} words */
function drawClock(pen, m, stack, { x, y, w, h }, names, words) {
  const scale = createScale(m.end, x, x + w - 46);
  m.pxPerMs = scale.pxPerMs;
  const bottom = y + h - 24;
  const takes = parseInt(stack.service.value, 10);
  const limit = parseInt(stack.layers.find(({ name }) => name === 'Timeout')?.value ?? '', 10);
  const isOne = stack.requests.length === 1;
  // Both stacks have as many rows.
  const tries = Math.max(1, ...m.stacks.map(({ requests }) => requests[0].calls.length));
  const most = Math.max(1, Math.floor((bottom - y) / 24) - (limit ? 1 : 0));
  const rows = isOne ? Math.min(tries, most) : stack.requests.length;
  const pitch = Math.min(46, (bottom - y) / (rows + (isOne && m.stacks.some(({ layers }) => layers.some(({ name }) => name === 'Timeout')) ? 1 : 0)));
  const high = Math.min(24, pitch * 0.62);
  axis(pen, scale, y, bottom, { unit: 'ms', apart: 56 });
  const right = x + w;
  const label = (/** @type {string} */ text, /** @type {number} */ at) => pen.text('name little', 0, at + 5, text, { most: names });
  stack.requests.forEach((request, r) => {
    const first = request.calls.length > rows && isOne ? request.calls.length - rows : 0;
    const rowOf = (/** @type {number} */ i) => y + pitch * ((isOne ? Math.max(0, i - first) : r) + 0.5);
    if (isOne) for (let i = 0; i < rows; i++) label(words('try_n', { n: first + i + 1 }), y + pitch * (i + 0.5));
    else label(words('request_n', { n: request.nth }), rowOf(0));
    request.waits.forEach((wait, i) => bar(pen, scale, `wait ${request.nth} ${i}`, wait, m.shown, { y: rowOf(request.calls.findIndex(({ at }) => at > wait.at)), h: high * 0.6, cls: 'late', go: wait.at }));
    request.calls.forEach((call, i) => i >= first && drawCall(pen, scale, m, call, { key: `call ${request.nth} ${i}`, y: rowOf(i), h: high, right: isOne ? right : Math.min(right, scale.x(nextOf(request, call) ?? m.end * 2)), takes }, words));
    // What a layer answered, and no call that was cut off with it.
    const { end } = request;
    if (end?.by && end.at <= m.cursor && !request.calls.some(({ said, to }) => said === 'dropped' && to === end.ms)) {
      const [at, row] = [scale.x(end.ms), rowOf(Math.max(0, request.calls.length - 1))];
      cross(pen, at, row, 'cancelled', `end ${request.nth}`, Math.min(6, high * 0.3));
      if (at + 14 + pen.width('state little', end.text) < right) pen.text('state little st cancelled', at + 14, row + 5, end.text);
    }
    if (!limit) return;
    const y2 = isOne ? y + pitch * (rows + 0.5) : rowOf(0) + high / 2 + 3;
    if (isOne) label(words(clocksOf(stack) === 'each_clock' ? 'timeouts' : 'timeout'), y2);
    request.clocks.forEach((clock, i) => {
      const seen = part(clock, m.shown);
      if (!seen || clock.at > m.cursor) return;
      const isOver = clock.isOver && clock.till <= m.cursor;
      const spent = round(seen.to - seen.from);
      if (!isOne) {
        pen.line(`span-line${isOver ? ' cancelled st' : ''}`, scale.x(seen.from), y2, scale.x(seen.to), y2, { key: `clock ${request.nth} ${i}`, go: clock.at });
        return;
      }
      const text = isOver ? words('ms', { ms: limit }) : words('spent', { ms: spent, limit });
      bracket(pen, scale, `clock ${i}`, seen.from, seen.to, y2, i === request.clocks.length - 1 || pen.width('bracket-text', text) + 18 < spent * scale.pxPerMs ? text : '', isOver ? 'st cancelled' : '');
      if (i > 0) return;
      // Its end can be dragged to where the time is to be over.
      pen.group({ key: 'limit', x: scale.x(seen.to), y: y2, drag: `due time_limit ${limit}` }, () => pen.rect('grip', -9, -12, 18, 24));
    });
  });
  if (isOne) {
    const [call] = stack.requests[0].calls;
    const seen = call && call.at <= m.cursor ? part(call, m.shown) : undefined;
    if (seen) pen.group({ key: 'takes', x: scale.x(seen.to), y: y + pitch / 2, drag: `due call_takes ${takes}` }, () => pen.rect('grip', -7, -high / 2, 14, high));
  }
  now(pen, scale, m.shown.now, y - 4, bottom);
}

/** @param {Pen} pen @param {Model} m @param {Stack} stack @param {{ w: number, h: number, isNarrow: boolean }} room @param {Words} words */
function drawStack(pen, m, stack, { w, h, isNarrow }, words) {
  const names = 84;
  // The tasks' name is what the story calls it by.
  const title = stack.title || words('no_layer');
  const named = `${stack.name}  `;
  const begins = pen.width('code small', named);
  pen.text('code small', 0, 18, stack.name);
  pen.text('title', begins, 18, title, { most: w - begins });
  const clocks = clocksOf(stack);
  const after = begins + pen.width('title', title) + 12;
  if (clocks && after + pen.width('small', words(clocks)) < w) pen.text('small', after, 18, words(clocks));
  const rows = stack.requests.length > 1 ? stack.requests.length : 3;
  const share = stack.layers.length > MANY ? h * 0.34 : rows * (isNarrow ? 22 : Math.min(44, h * 0.1)) + 34;
  const clock = Math.min(h * 0.5, Math.max(h * 0.34, share));
  const shells = Math.min(h - clock - 62, 300);
  drawShells(pen, m, stack, { x: names, y: 30, w: w - names - 2, h: shells }, 30 + shells + 18, words);
  drawClock(pen, m, stack, { x: names, y: h - clock, w: w - names, h: clock }, names - 6, words);
}

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, { width, height }, words) {
  hatching(pen);
  if (!m.present) return;
  const isNarrow = width < 560;
  if (!isNarrow) {
    const half = width / m.stacks.length;
    m.stacks.forEach((stack, i) => {
      if (i) pen.line('rule', half * i, 4, half * i, height - 8);
      pen.group({ x: half * i + 20, y: 4, key: `stack ${stack.name}` }, () => drawStack(pen, m, stack, { w: half - 36, h: height - 8, isNarrow }, words));
    });
    return;
  }
  const others = m.stacks.filter((stack) => stack !== m.present);
  pen.group({ x: 8, y: 0, key: 'stack' }, () => drawStack(pen, m, m.present, { w: width - 16, h: height - 22 * others.length, isNarrow }, words));
  others.forEach((stack, i) => pen.text('note', 8, height - 22 * (others.length - i) + 17, toldOf(m, stack, words), { most: width - 16, go: stack.request.end && stack.request.end.at <= m.cursor ? stack.request.end.at : stack.last || undefined }));
}

/** A stack, and what its requests came to. @param {Model} m @param {Stack} stack @param {Words} words */
function toldOf(m, stack, words) {
  const ends = stack.requests.map(({ end }) => (end && end.at <= m.cursor ? words('ended', { text: end.text, ms: round(end.ms) }) : words('told_open')));
  return `${stack.name}, ${stack.title || words('no_layer')}: ${ends.join(', ')}`;
}

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  return m.stacks.map((stack) => ({
    text: toldOf(m, stack, words),
    now: m.isOn && stack === m.present,
    parts: stack.requests.map((request) => {
      const waits = request.waits.filter(({ at }) => at <= m.cursor).map(({ from, to, till, by }) => words(till && till <= m.cursor ? 'told_waited' : 'told_waits', { layer: by[0]?.layer ?? '', from: round(from), ms: round(to) }));
      const calls = request.calls.filter(({ at }) => at <= m.cursor).map((call, i) => {
        const how = !call.till || call.till > m.cursor ? 'told_call' : call.said === 'dropped' ? 'told_dropped' : call.failed ? 'told_failed' : 'told_answered';
        return words(how, { n: i + 1, from: round(call.from), ms: round(call.to) });
      });
      const end = request.end && request.end.at <= m.cursor ? [words('ended', { text: request.end.text, ms: round(request.end.ms) })] : [];
      const all = [...waits, ...calls, ...end];
      return { text: `${words('request_n', { n: request.nth })}: ${all.length ? all.join('; ') : words(request.comes.at <= m.cursor ? 'told_open' : 'told_not_yet')}` };
    }),
  }));
}

export const createHero = heroOf({
  name: 'shells', model, draw, describe,
  // A shell over another one: they are swapped. The end of a bracket, or of a call: it takes so long.
  drag(name, dx, dy, m, host) {
    const [what, of, value] = name.split(' ');
    if (what === 'due') return host.setParam?.(of, String(Math.max(0, Math.round(Number(value) + dx / m.pxPerMs))));
    const stack = m.stacks.find((one) => one.name === of);
    const items = stack?.layers.map(({ name: layer }) => layer.replace(/(?!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase()) ?? [];
    const to = Math.max(0, Math.min(items.length - 1, Number(value) + Math.round(dy / m.pitch)));
    if (to !== Number(value)) host.setParam?.(of, listOf(moved(items, Number(value), to)));
  },
});
