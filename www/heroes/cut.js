// A lane that is cut at an await: the lines that it waited at, what its drop runs, the lines that never run, and what it leaves half
// done in two accounts. Below, on the same clock, a loop that drops the frame that it reads, and a loop whose timeouts begin anew.
//
// The second task is the same program without a timeout: what the first one never runs is read off it.

import { axis, now, strokeOf, wait } from './kit/clock.js';
import { askTime } from './kit/change.js';
import { heroOf } from './kit/hero.js';
import { phasesOf } from './kit/lane.js';
import { check, cross } from './kit/marks.js';
import { readsOf } from './kit/reads.js';
import { lanesOf, marks } from './kit/run.js';
import { createScale } from './kit/scale.js';
import { sameLine, waitsOf } from './kit/waits.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/scale.js').Scale} Scale */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */
/** @typedef {import('./kit/waits.js').Wait} Wait */
/** @typedef {import('./kit/reads.js').Fate} Fate */
/** @typedef {{ text: string, brief: string, at: number, hue: 'running' | 'panicked' | 'ready' }} Deed what the drop does */
/** @typedef {{ start: number, steps: { ms: number, at: number, value: number }[] }} Account */

/** Bytes that make a frame. */
const FRAME = 4;
const HUES = /** @type {Record<Fate, string>} */ ({ whole: 'done', shifted: 'panicked', dropped: 'cancelled', open: 'pending' });

/** What tasks did to their accounts, in the order of their first access. @param {import('../types.js').Run} run @param {number[]} tasks @returns {Account[]} */
function accountsOf(run, tasks) {
  /** @type {Map<string, Account>} */
  const all = new Map();
  for (const { at, time, event } of marks(run, 'cell_read', 'cell_written')) {
    if (!tasks.includes(event.task)) continue;
    const name = JSON.stringify(event.by);
    const account = all.get(name) ?? { start: Number(event.value), steps: [] };
    all.set(name, account);
    if (event.kind === 'cell_written') account.steps.push({ ms: time, at, value: Number(event.value) });
  }
  return [...all.values()];
}

/** @param {State} state @param {Words} words */
function model({ run, cursor, deciding, params, size }, words) {
  const shown = { cursor, now: run.time(cursor), isKnown: deciding.isKnown };
  const { lanes } = lanesOf(run);
  const named = (/** @type {string} */ name) => lanes.findIndex((one) => one.name === name) + 1;
  const carriers = [1, ...lanes.flatMap(({ parent }, i) => (parent === 1 ? [i + 1] : []))];
  const whole = waitsOf(run, 2);
  const all = carriers.flatMap((task) => waitsOf(run, task));
  const own = all.filter((one) => whole.some((other) => sameLine(one, other)));
  const cut = own.find(({ isReady, till }) => !isReady && till > 0);
  const timeout = all.find((one) => one.task === 1 && !own.includes(one));
  const task = own[0]?.task ?? 1;
  const last = cut && phasesOf(run, task).find(({ state, at, till }) => state === 'running' && at < cut.till && !(till && till < cut.till));
  /** @type {Deed[]} */
  const deeds = [];
  for (const { at, event } of cut ? marks(run, 'logged', 'discarded', 'unlocked') : []) {
    if (event.task !== task || at <= (cut?.till ?? 0) || at > (last?.till || run.length)) continue;
    if (event.kind === 'discarded') deeds.push({ text: words('not_polled', { name: event.future }), brief: words('no_poll', { name: event.future }), at, hue: 'panicked' });
    else if (event.kind === 'unlocked') deeds.push({ text: words('unlocked'), brief: words('lock'), at, hue: 'running' });
    else if (event.text.endsWith(': dropped')) deeds.push({ text: words('ran', { name: event.text.split(':')[0] }), brief: event.text.split(':')[0], at, hue: 'running' });
  }
  const spawned = cut && carriers.find((one) => one !== 1 && one !== task && phasesOf(run, one)[0]?.at > cut.till);
  if (spawned) deeds.push({ text: words('spawned', { name: lanes[spawned - 1].name }), brief: lanes[spawned - 1].name, at: phasesOf(run, spawned)[0].at, hue: 'ready' });
  deeds.sort((a, b) => a.at - b.at);
  const accounts = accountsOf(run, carriers);
  const missing = accountsOf(run, [2]).slice(accounts.length).map(({ start }) => ({ start, steps: [] }));
  const event = run.describe(cursor);
  const listens = named('listen');
  return {
    run, cursor, params, shown, own, cut, timeout, task, deeds,
    name: lanes[0]?.name ?? '', listen: lanes[listens - 1]?.name ?? '', frames: lanes[named('frames') - 1]?.name ?? '',
    never: cut ? whole.slice(own.length) : [],
    accounts: [...accounts, ...missing],
    reads: readsOf(run, named('frames'), named('send'), FRAME),
    turns: listens ? waitsOf(run, listens) : [],
    isDone: phasesOf(run, task).some(({ state, at }) => state === 'done' && at <= cursor),
    running: 'task' in event ? event.task : 0, listens,
    end: Math.max(run.duration, 1),
    pxPerMs: scaleOf(Math.max(run.duration, 1), size).pxPerMs,
  };
}
/** @typedef {ReturnType<typeof model>} Model */

/** @param {number} end @param {Size} size */
const scaleOf = (end, { width }) => (width < 560 ? createScale(end, 84, width - 26) : createScale(end, 150, width - 44));

/** What is in an account at a cursor. @param {Account} account @param {number} cursor */
const valueAt = ({ start, steps }, cursor) => steps.findLast(({ at }) => at <= cursor)?.value ?? start;
/** What is in none of them. @param {Model} m */
const missingOf = (m) => m.accounts.reduce((sum, account) => sum + account.start - valueAt(account, m.cursor), 0);

/** Whether a thing is to be drawn, and how. @param {Model} m @param {number} at */
const seen = (m, at) => (at <= m.cursor ? '' : m.shown.isKnown ? ' later' : undefined);

/** @param {Size} size @param {number} deeds how many the drop has @param {number} accounts */
function plan({ width, height }, deeds, accounts) {
  const narrow = width < 560;
  const bottom = height - 28;
  const room = bottom - 4;
  const h = narrow ? 18 : 24;
  const laneY = narrow ? 44 : Math.max(48, room * 0.13);
  const deedsY = laneY + h / 2 + (narrow ? 15 : 24);
  const row = narrow ? 20 : Math.max(24, Math.min(36, room * 0.075));
  const after = deedsY + (narrow ? 16 : Math.max(14, room * 0.05 - 10)) + row / 2;
  const frames = 4 + room * (narrow ? 0.51 : 0.55);
  // All of them are of one moment: they stand below each other, if what is below leaves the room.
  const pitch = narrow ? 21 : 23;
  const more = Math.max(0, deeds - 1) * pitch;
  const isStack = after + row * Math.max(0, accounts - 0.5) + (narrow ? 16 : 20) + more <= frames - 6;
  return { narrow, bottom, h, laneY, deeds: deedsY, pitch, isStack, row, first: after + (isStack ? more : 0), frames, most: width - 4, listen: 4 + room * (narrow ? 0.73 : 0.76), names: narrow ? 6 : 20 };
}
/** @typedef {ReturnType<typeof plan>} Plan */

/** @param {Pen} pen @param {Scale} scale @param {Model} m @param {Plan} p @param {Words} words */
function drawLane(pen, scale, m, p, words) {
  const { laneY, h, narrow } = p;
  const top = laneY - h / 2;
  const isCut = m.cut !== undefined && m.cut.till <= m.cursor;
  pen.line('bed-line', scale.left, laneY, scale.right, laneY);
  pen.text(narrow ? 'name little' : 'name', p.names, laneY - 2, m.name, { most: scale.left - p.names - 8 });
  const state = isCut ? 'cancelled' : m.isDone ? 'done' : m.own.some(({ at }) => at <= m.cursor) ? 'pending' : 'none';
  pen.text(`state little st ${state}`, p.names, laneY + 15, words(state), { most: scale.left - p.names - 8 });
  // The lines that it waits at, and those that it would have waited at.
  /** @param {Wait} one @param {string} text @param {string} cls */
  const label = (one, text, cls) => pen.text(cls, scale.x(one.from) + 2, top - 6, text, { most: (one.due - one.from) * scale.pxPerMs - 6, go: one.at <= m.cursor ? one.at : undefined });
  m.own.forEach((one, i) => {
    const how = seen(m, one.at);
    if (how === undefined) return;
    const isHere = one === m.cut && isCut;
    label(one, words(narrow ? 'line_short' : 'line', { n: one.line?.line ?? 0 }), isHere ? 'state little st cancelled' : `note${how}`);
    wait(pen, scale, `wait ${i}`, one, m.shown, { y: laneY, cls: 'wait', go: one.at });
  });
  const doubt = m.cut && isCut ? m.never.filter(({ at }) => m.shown.isKnown || at <= m.cursor) : [];
  for (const one of doubt) label(one, words(narrow ? 'line_short' : 'never', { n: one.line?.line ?? 0 }), 'tiny');
  if (m.cut && isCut) {
    const end = doubt.length ? doubt[doubt.length - 1].due : m.cut.due;
    pen.line('unseen', scale.x(m.cut.to) + 14, laneY, scale.x(end), laneY, { key: 'never' });
  }
  for (const phase of phasesOf(m.run, m.task).filter((one) => one.state === 'running')) {
    const how = seen(m, phase.at);
    if (how === undefined) continue;
    const lit = phase.at <= m.cursor && !(phase.till && phase.till <= m.cursor);
    pen.rect(`poll${lit ? ' lit' : how}`, scale.x(phase.from), top, strokeOf(scale), h, { key: `poll ${phase.at}`, go: phase.at });
  }
  const { timeout } = m;
  if (timeout && timeout.at <= m.cursor) {
    // One that is due after the end stands at the end, and can be dragged from there.
    const x = Math.min(scale.x(timeout.due), scale.right);
    pen.group({ key: 'timeout', x, y: 0, drag: 'due cut' }, () => {
      pen.rect('grip', -12, 2, 24, laneY + h / 2, {});
      pen.line(isCut ? 'out-line' : 'due', 0, 18, 0, laneY + h / 2 + 4);
    });
    const isLeft = x > (scale.left + scale.right) / 2;
    pen.text('strong', x + (isLeft ? 5 : -5), 14, words('timeout', { ms: timeout.due }), { anchor: isLeft ? 'end' : 'start' });
  }
  if (m.cut && isCut) cross(pen, scale.x(m.cut.to) + 2, laneY, 'st cancelled', 'cut', narrow ? 5 : 7);
  else if (m.isDone && m.own.length) check(pen, scale.x(m.own[m.own.length - 1].to) + (narrow ? 0 : 14), laneY, narrow ? 5 : 7, 'done');
}

/** What the drop does, in order. @param {Pen} pen @param {Scale} scale @param {Model} m @param {Plan} p @param {Words} words */
function drawDeeds(pen, scale, m, p, words) {
  const deeds = m.deeds.filter(({ at }) => at <= m.cursor);
  if (!p.narrow) pen.text('tiny', p.names, p.deeds + 4, words('in_drop'), { most: scale.left - p.names - 8 });
  if (!deeds.length || !m.cut) return;
  const texts = deeds.map(({ text, brief }, i) => `${i + 1} ${p.narrow ? brief : text}`);
  const gap = p.narrow ? 6 : 10;
  const widths = texts.map((text) => pen.width('deed-text', text) + (p.narrow ? 8 : 18));
  const total = widths.reduce((sum, one) => sum + one + gap, -gap);
  /** @param {Deed} deed @param {string} text @param {number} x @param {number} y @param {number} w @param {number} h */
  const put = ({ hue, at }, text, x, y, w, h) => pen.group({ key: `deed ${at}`, x, y, cls: `deed st ${hue}`, go: at }, () => {
    pen.rect('', 0, 0, w, h, { r: 3 });
    pen.text('deed-text', w / 2, h / 2 + 4, text, { anchor: 'middle' });
  });
  const moment = scale.x(m.cut.to);
  if (p.isStack) {
    // Beside the moment, where the cursor may stand: whole texts, if they fit on one of its sides.
    const whole = m.deeds.map(({ text }, i) => `${i + 1} ${text}`);
    const wide = Math.max(...whole.map((text) => pen.width('deed-text', text))) + 14;
    const isRight = moment + 8 + wide <= p.most;
    const isLeft = !isRight && moment - 8 - wide >= scale.left;
    deeds.forEach((deed, i) => {
      const text = isRight || isLeft ? whole[i] : `${i + 1} ${deed.brief}`;
      const w = pen.width('deed-text', text) + 14;
      put(deed, text, isLeft ? moment - 8 - w : Math.max(scale.left, Math.min(moment + 8, p.most - w)), p.deeds - 11 + p.pitch * i, w, p.pitch - 3);
    });
    return;
  }
  const from = Math.max(scale.left, Math.min(moment + 2, scale.right - total));
  let x = from;
  deeds.forEach((deed, i) => {
    put(deed, texts[i], x, p.deeds - 11, widths[i], 22);
    x += widths[i] + gap;
  });
}

/** What is in the accounts, over time. @param {Pen} pen @param {Scale} scale @param {Model} m @param {Plan} p @param {Words} words */
function drawAccounts(pen, scale, m, p, words) {
  const shownTo = scale.x(m.shown.isKnown ? scale.end : m.shown.now);
  const [h, last] = [p.row - 6, m.accounts.length - 1];
  m.accounts.forEach((account, i) => {
    const y = p.first + p.row * i;
    pen.text(p.narrow ? 'tiny' : 'note', p.names, y + 4, words(p.narrow ? `short_${i + 1}` : `account_${i + 1}`), { most: scale.left - p.names - 6 });
    const stops = [{ ms: 0, at: 0, value: account.start }, ...account.steps];
    stops.forEach(({ ms, at, value }, k) => {
      const how = seen(m, at);
      if (how === undefined) return;
      const next = stops[k + 1];
      const [from, to] = [scale.x(ms), Math.min(next && seen(m, next.at) !== undefined ? scale.x(next.ms) : Infinity, shownTo)];
      if (to - from < 2) return;
      pen.rect(`shared-band${how}`, from, y - h / 2, to - from, h, { go: at || undefined, key: `account ${i} ${k}` });
      if (pen.width('shared-text', String(value)) + 6 <= to - from) pen.text(`shared-text${how}`, (from + to) / 2, y + 5, String(value), { anchor: 'middle' });
    });
  });
  const gone = missingOf(m);
  const isCut = m.cut !== undefined && m.cut.till <= m.cursor;
  const y = p.first + p.row * last + h / 2 + (p.narrow ? 13 : 16);
  if (gone <= 0 || last <= 0) return;
  const [text, cls] = [words(isCut ? 'in_neither' : 'on_its_way', { n: gone }), isCut ? 'bad' : 'tiny'];
  // Beside the moment, where the cursor may stand.
  const x = scale.x(m.cut && isCut ? m.cut.to : 0);
  const isRight = x + 8 + pen.width(cls, text) <= p.most;
  pen.text(cls, isRight ? x + 8 : x - 8, y, text, { anchor: isRight ? 'start' : 'end' });
}

/** The frames that a loop reads. @param {Pen} pen @param {Scale} scale @param {Model} m @param {Plan} p @param {Words} words */
function drawFrames(pen, scale, m, p, words) {
  const { narrow } = p;
  const [y, h] = [p.frames + (narrow ? 28 : 34), narrow ? 18 : 26];
  pen.line('rule', p.names, p.frames - 4, scale.right, p.frames - 4);
  pen.text(narrow ? 'name little' : 'name', p.names, y + 4, m.frames, { most: scale.left - p.names - 8 });
  if (!narrow) pen.text('tiny', p.names, y + 20, words('frame'), { most: scale.left - p.names - 8 });
  const pitch = 3 * scale.pxPerMs;
  for (const group of m.reads.groups) {
    const isOver = group.at <= m.cursor || m.shown.isKnown;
    const how = isOver ? group.how : 'open';
    const bytes = group.bytes.filter(({ at }) => seen(m, at) !== undefined);
    if (!bytes.length) continue;
    for (const { ms, at, text } of bytes) {
      const later = seen(m, at) ?? '';
      pen.group({ key: `byte ${at}`, x: scale.x(ms) + 1, y, cls: `piece st ${HUES[how]}${later}`, go: at }, () => {
        pen.rect('', 0, 0, pitch - 2, h, { r: 0 });
        pen.text('piece-text', (pitch - 2) / 2, h / 2 + 4.5, text, { anchor: 'middle' });
      });
    }
    const [from, to] = [scale.x(bytes[0].ms) + 1, scale.x(bytes[bytes.length - 1].ms) + pitch - 1];
    pen.path('brace', `M${from + 1} ${y - 3}v-5H${to - 1}v5`);
    const word = words(narrow ? `brief_${how}` : `fate_${how}`);
    pen.text(`state little st ${HUES[how]}`, (from + to) / 2, y - 12, pen.width('state little', word) <= to - from + 4 ? word : words(`brief_${how}`), { anchor: 'middle', most: to - from + 4 });
  }
  m.reads.ticks.forEach(({ ms, at }) => {
    const how = seen(m, at);
    if (how === undefined) return;
    pen.line(`out-line${how}`, scale.x(ms), y - 6, scale.x(ms), y + h + 6, { key: `tick ${at}`, go: at });
    if (m.reads.ticks.length < 4) pen.text(`tiny${how}`, scale.x(ms) + 4, y + h + (narrow ? 12 : 15), words('tick'), {});
  });
}

/** The timeouts of a loop: a row each. @param {Pen} pen @param {Scale} scale @param {Model} m @param {Plan} p @param {Words} words */
function drawTurns(pen, scale, m, p, words) {
  const top = p.listen + (p.narrow ? 6 : 10);
  pen.line('rule', p.names, p.listen - 4, scale.right, p.listen - 4);
  pen.text(p.narrow ? 'name little' : 'name', p.names, top + 14, m.listen, { most: scale.left - p.names - 8 });
  const begun = m.turns.filter(({ at }) => at <= m.cursor);
  const fired = m.turns.some(({ isReady, till }) => isReady && till <= m.cursor);
  pen.text('tiny', p.names, top + 31, words('made', { n: begun.length }), { most: scale.left - p.names - 4 });
  pen.text('tiny', p.names, top + 47, words(fired ? 'fired' : 'none_fired'), { most: scale.left - p.names - 4 });
  const pitch = Math.min(m.turns.length > 4 ? 9 : 18, (p.bottom - top - 8) / Math.max(1, m.turns.length));
  m.turns.forEach((one, i) => {
    const y = top + 4 + pitch * (i + 0.5);
    if (seen(m, one.at) === undefined) return;
    wait(pen, scale, `turn ${i}`, one, m.shown, { y, cls: 'wait', go: one.at });
    if (one.till === 0 || one.till > m.cursor) return;
    const end = Math.min(one.due, scale.end);
    if (!one.isReady && end > one.to) pen.line('unseen', scale.x(one.to) + 2, y, scale.x(end), y);
    if (one.isReady) check(pen, scale.x(one.to) + 9, y, 6, `fired ${i}`);
  });
}

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, size, words) {
  const p = plan(size, m.deeds.length, m.accounts.length);
  const scale = scaleOf(m.end, size);
  axis(pen, scale, 18, p.bottom, { unit: 'ms', apart: p.narrow ? 56 : 100 });
  // Below what it crosses: words stand in bands and pieces.
  now(pen, scale, m.shown.now, 25, p.bottom);
  drawLane(pen, scale, m, p, words);
  drawDeeds(pen, scale, m, p, words);
  drawAccounts(pen, scale, m, p, words);
  drawFrames(pen, scale, m, p, words);
  drawTurns(pen, scale, m, p, words);
}

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  const isCut = m.cut !== undefined && m.cut.till <= m.cursor;
  const gone = missingOf(m);
  const groups = m.reads.groups.filter(({ bytes }) => bytes[0].at <= m.cursor);
  const begun = m.turns.filter(({ at }) => at <= m.cursor);
  const fired = begun.find(({ isReady, till }) => isReady && till <= m.cursor);
  return [
    {
      text: words('told_lane', { name: m.name, state: words(isCut ? 'cancelled' : m.isDone ? 'done' : 'pending') }), now: m.running === m.task,
      parts: [
        ...m.own.filter(({ at }) => at <= m.cursor).map((one) => ({
          text: words(one.till === 0 || one.till > m.cursor ? 'told_waits' : one.isReady ? 'told_ready' : 'told_cut', { n: one.line?.line ?? 0, ms: one.till && one.till <= m.cursor ? one.to : one.due }),
        })),
        ...m.deeds.filter(({ at }) => at <= m.cursor).map(({ text, at }) => ({ text, now: at === m.cursor })),
        ...(isCut && m.shown.isKnown ? m.never.map((one) => ({ text: words('told_never', { n: one.line?.line ?? 0 }) })) : []),
        { text: words('told_accounts', { first: m.accounts[0] ? valueAt(m.accounts[0], m.cursor) : 0, second: m.accounts[1] ? valueAt(m.accounts[1], m.cursor) : 0, gone }) },
      ],
    },
    {
      text: m.frames, parts: groups.map(({ bytes, how, at }) => ({
        text: words('told_frame', { bytes: bytes.filter((byte) => byte.at <= m.cursor).map(({ text }) => text).join(''), fate: words(`fate_${at <= m.cursor ? how : 'open'}`) }),
      })),
    },
    { text: words(fired ? 'told_fired' : 'told_turns', { name: m.listen, n: begun.length, ms: fired?.to ?? 0 }), now: m.running === m.listens },
  ];
}

export const createHero = heroOf({
  name: 'cut', model, draw, describe,
  // The timeout, dragged along the clock: the transfer is cut at another await.
  drag(name, dx, _, m, host) {
    if (name === 'due cut' && m.timeout) askTime(host, m.params, 'cut', Math.max(1, m.timeout.due + dx / m.pxPerMs));
  },
});
