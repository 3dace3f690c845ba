// Two calls and what is made of both, twice, on one clock: above as promises, of which the one that is not waited for any more
// goes on to its end, and below as futures, of which it is dropped. A part of `border`.

import { axis, now } from './clock.js';
import { lane, stateAt } from './lane.js';
import { check, cross } from './marks.js';
import { lanesOf, marks, once } from './run.js';
import { createScale } from './scale.js';
import { waitsOf } from './waits.js';

/** @typedef {import('./pen.js').Pen} Pen */
/** @typedef {import('./hero.js').State} State */
/** @typedef {import('./hero.js').Size} Size */
/** @typedef {import('./hero.js').Words} Words */
/** @typedef {import('../../types.js').Run} Run */
/** @typedef {{ at: number, ms: number }} When */
/** @typedef {{ name: string, from: When, end?: When & { how: 'resolved' | 'rejected' | 'ready' | 'dropped' } }} Call */
/** @typedef {{ key: 'js' | 'rust', name: string, task: number, taskName: string, calls: Call[], result?: When & { value: string, isGood: boolean } }} Group */

/** The tasks: the one that awaits the promise, and the one with the futures. */
const [ASK, OURS] = [1, 2];

/** Whether the run is one of two calls. @param {Run} run */
export const isOfTwo = (run) => groupsOf(run).length > 0;

/** @param {Run} run @returns {Group[]} */
const groupsOf = (run) => once(run, 'groups of two', () => {
  const created = marks(run, 'promise_created');
  const made = created.find(({ event }) => event.name.startsWith('Promise.'));
  if (!made) return [];
  const settled = marks(run, 'promise_resolved', 'promise_rejected');
  const { lanes } = lanesOf(run);
  const js = created.filter((mark) => mark.at < made.at).slice(0, 2).map(({ at, time, event: { promise, name } }) => {
    const end = settled.find((mark) => mark.event.promise === promise);
    return {
      name: /"(.*)"/.exec(name)?.[1] ?? name, from: { at, ms: time },
      end: end && { at: end.at, ms: end.time, how: end.event.kind === 'promise_resolved' ? /** @type {const} */ ('resolved') : /** @type {const} */ ('rejected') },
    };
  });
  const own = settled.find(({ event }) => event.promise === made.event.promise);
  const logs = marks(run, 'logged');
  const waits = waitsOf(run, OURS);
  const begun = waits[0];
  const rust = js.map(({ name }, i) => {
    // One that is never ready has no timer.
    const wait = waits[i - js.length + waits.length];
    const log = logs.find(({ event }) => event.task === OURS && event.text === `${name}: dropped`);
    const from = wait ?? begun;
    const end = log ? { at: log.at, ms: log.time, how: /** @type {const} */ ('dropped') } : wait?.isReady ? { at: wait.till, ms: wait.to, how: /** @type {const} */ ('ready') } : undefined;
    return { name, from: { at: from?.at ?? run.length, ms: from?.from ?? 0 }, end };
  });
  const said = logs.find(({ event }) => event.task === OURS && !event.text.endsWith(': dropped'));
  return [
    { key: 'js', name: made.event.name, task: ASK, taskName: lanes[ASK - 1]?.name ?? '', calls: js, result: own && { at: own.at, ms: own.time, value: own.event.value, isGood: own.event.kind === 'promise_resolved' } },
    { key: 'rust', name: lanes[OURS - 1]?.name ?? '', task: OURS, taskName: lanes[OURS - 1]?.name ?? '', calls: rust, result: said && { at: said.at, ms: said.time, value: said.event.text, isGood: !said.event.text.startsWith('Err') } },
  ];
});

/** @param {State} state @param {Words} words @param {import('./hero.js').Host} host */
export function modelTwo({ run, cursor, deciding }, words, host) {
  const seen = (/** @type {When | undefined} */ when) => when !== undefined && when.at <= cursor;
  const shown = { cursor, now: run.time(cursor), isKnown: deciding.isKnown };
  const groups = groupsOf(run).map((group) => {
    const result = seen(group.result) ? group.result : undefined;
    const calls = group.calls.map((call) => {
      const end = seen(call.end) ? call.end : undefined;
      // What is made of both is settled, and this call is not.
      const isLoser = group.key === 'js' && result !== undefined && !(call.end && call.end.at < result.at);
      const state = !seen(call.from) ? 'none' : end ? end.how : 'pending';
      return { ...call, isBegun: seen(call.from), end, isLoser, state, word: words(`call_${state}`) };
    });
    const task = stateAt(run, group.task, cursor);
    return { ...group, result, calls, state: task, stateWord: task ? host.text.t(`state.${task}`) : words('not_yet') };
  });
  return { run, cursor, shown, event: run.describe(cursor), groups, end: Math.max(run.duration, 1) * 1.04 };
}
/** @typedef {ReturnType<typeof modelTwo>} Model */
/** @typedef {Model['groups'][number]} Shown */

/** @type {Record<string, string>} */
const HUES = { none: 'none', pending: 'pending', resolved: 'done', rejected: 'panicked', ready: 'done', dropped: 'cancelled' };

/** @param {Pen} pen @param {Model} m @param {Shown} group @param {import('./scale.js').Scale} scale @param {Words} words @param {{ top: number, h: number, width: number, narrow: boolean }} o */
function drawGroup(pen, m, group, scale, words, { top, h, width, narrow }) {
  const names = narrow ? 8 : 20;
  const most = scale.left - names - 8;
  const right = width - (narrow ? 6 : 14);
  const pitch = (h - 26) / 3;
  const tall = Math.min(24, pitch * 0.5);
  const line = (/** @type {number} */ i) => top + 30 + pitch * (i + 0.5);
  group.calls.forEach((call, i) => {
    const y = line(i);
    pen.text('name little', names, y - 1, call.name, { most });
    pen.text(`state little st ${HUES[call.state]}`, names, y + 14, call.word, { most });
    pen.line('bed-line', scale.left, y, scale.right, y);
    if (!call.isBegun) return;
    const key = `call ${group.key} ${i}`;
    const till = call.end?.ms ?? m.shown.now;
    const split = call.isLoser && group.result ? Math.min(till, group.result.ms) : till;
    const block = (/** @type {number} */ from, /** @type {number} */ to, /** @type {string} */ cls, /** @type {string} */ name) => {
      const w = (to - from) * scale.pxPerMs;
      if (w > 0) pen.rect(`chunk${cls}`, scale.x(from), y - tall / 2, Math.max(1, w), tall, { r: 2, key: name, go: call.from.at });
      return w;
    };
    block(call.from.ms, split, '', key);
    if (till > split) {
      block(split, till, ' nobody', `${key} nobody`);
      const text = words(narrow ? 'goes_on_short' : 'goes_on');
      const x = scale.x(split) + 8;
      if (x + pen.width('tiny', text) <= scale.x(till) - 14) pen.text('tiny', x, y + 4.5, text);
      else if (call.end) pen.text('tiny', scale.x(till) - 10, y + tall / 2 + 14, text, { anchor: 'end' });
    }
    if (!call.end) return;
    const x = scale.x(call.end.ms);
    if (call.end.how === 'dropped') {
      cross(pen, x, y, 'cancelled', `${key} end`, 6);
      const text = words(narrow ? 'is_dropped_short' : 'is_dropped');
      const fits = x + 16 + pen.width('state little st cancelled', text) <= right;
      pen.text('state little st cancelled halo', fits ? x + 16 : x - 10, fits ? y + 5 : y + tall / 2 + 14, text, { anchor: fits ? 'start' : 'end' });
    } else if (call.end.how === 'rejected') cross(pen, x, y, '', `${key} end`, 6);
    else check(pen, Math.min(x, right - 8), y, 7, `${key} end`);
  });
  const y = line(2);
  pen.text('name little', names, y - 1, words('task_named', { name: group.taskName }), { most });
  pen.text(`state little st ${group.state ?? 'none'}`, names, y + 14, group.stateWord, { most });
  pen.line('bed-line', scale.left, y, scale.right, y);
  lane(pen, scale, m.run, group.task, m.shown, { y, h: tall });
  const { result } = group;
  if (!result) return;
  const x = scale.x(result.ms);
  pen.line('leader', x, line(0) - tall / 2 - 4, x, y - tall / 2, { key: `result ${group.key}`, go: result.at });
  const text = words('becomes', { value: result.value });
  const room = right - scale.left - 20;
  const cls = result.isGood ? 'code small' : 'bad';
  const wide = Math.min(room, pen.width(cls, text));
  // At the right of its line, or, where that has no room, at its left.
  const at = x + 14 + wide <= right ? x + 14 : Math.max(scale.left + 4, x - 10 - wide);
  pen.text(`${cls} halo`, at, y + tall / 2 + (narrow ? 13 : 14), text, { most: room });
}

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
export function drawTwo(pen, m, { width, height }, words) {
  const narrow = width < 560;
  const scale = createScale(m.end, narrow ? 92 : 150, width - (narrow ? 20 : 50));
  const bottom = height - 28;
  const top = narrow ? 4 : 10;
  const h = (bottom - top - 12) / 2;
  axis(pen, scale, top + 24, bottom, { unit: 'ms', apart: narrow ? 56 : 100 });
  m.groups.forEach((group, i) => {
    const y = top + i * (h + 8);
    if (i > 0) pen.line('rule', narrow ? 8 : 20, y - 3, width - (narrow ? 8 : 20), y - 3);
    drawGroup(pen, m, group, scale, words, { top: y, h, width, narrow });
  });
  now(pen, scale, m.shown.now, top + 22, bottom);
  m.groups.forEach((group, i) => {
    const y = top + i * (h + 8) + 15;
    const title = words(`two_${group.key}`, { name: group.name });
    const from = narrow ? 8 : 20;
    pen.text('title halo', from, y, title, { most: width - 2 * from });
    const said = words(`two_${group.key}_said`);
    const next = from + pen.width('title', title) + 14;
    if (!narrow && next + pen.width('said', said) <= width - 20) pen.text('said halo', next, y, said);
  });
}

/** @param {Model} m @param {Words} words */
export function describeTwo(m, words) {
  const { event } = m;
  return m.groups.map((group) => ({
    text: `${words(`two_${group.key}`, { name: group.name })}: ${group.result ? words('becomes', { value: group.result.value }) : words('call_pending')}`,
    now: 'task' in event && event.task === group.task,
    parts: [
      ...group.calls.map((call) => ({ text: `${call.name}: ${call.word}${call.isLoser ? `, ${words('goes_on')}` : call.state === 'dropped' ? `, ${words('told_dropped')}` : ''}` })),
      { text: `${words('task_named', { name: group.taskName })}: ${group.stateWord}` },
    ],
  }));
}
