// Ready queue, poll, sleepers: every task stands in one of these places, and goes round. A wake puts a sleeper in line; one
// that stands in line already is not put there again.

import { askNext } from './kit/change.js';
import { heroOf } from './kit/hero.js';
import { phasesOf, stateAt } from './kit/lane.js';
import { holderArgs } from '../describe.js';
import { road } from './kit/road.js';
import { lanesOf, marks } from './kit/run.js';
import { bed, CHIP, chip, station } from './kit/things.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */
/** @typedef {import('./kit/road.js').Way} Way */
/** @typedef {{ x: number, y: number, w: number, h: number }} Box */
/** @typedef {{ task: number, name: string, note?: string, state: import('../types.js').TaskState }} Who */

/** @param {State} state @param {Words} words @param {import('./kit/hero.js').Host} host */
function model({ run, cursor }, words, host) {
  const frame = run.frame(cursor, 0);
  const { lanes } = lanesOf(run);
  const event = frame.description;
  /** @param {number} task @param {import('../types.js').TaskState} state @param {string} [note] @returns {Who} */
  const who = (task, state, note) => ({ task, name: run.nameOf(task), state, note });
  const over = lanes.flatMap((_, i) => {
    const state = stateAt(run, i + 1, cursor);
    return state === 'done' || state === 'cancelled' || state === 'panicked' ? [who(i + 1, state)] : [];
  });
  const poll = frame.running && phasesOf(run, frame.running.task).findLast(({ state, at }) => state === 'running' && at <= cursor);
  // Wakes of this poll; outside of one, those of this time, since the last poll.
  const since = poll?.at ?? Math.max(0, ...lanes.map((_, i) => phasesOf(run, i + 1).findLast(({ state, till }) => state === 'running' && till > 0 && till <= cursor)?.till ?? 0));
  const wakes = marks(run, 'woken_queued', 'woken_coalesced', 'woken_during_poll', 'woken_after_done').filter(({ at, time }) => at > since && at <= cursor && time === frame.time);
  const hop = event.kind === 'poll_started' ? 'poll' : event.kind === 'poll_ready' || event.kind === 'dropped_completed' ? 'ready' : event.kind === 'poll_pending' ? 'pending' : undefined;
  return {
    run, cursor, event,
    /** The front first. */
    queue: frame.ready.map(({ task }) => who(task, 'ready')),
    queueMore: frame.ready_more,
    polled: frame.running ? who(frame.running.task, 'running', words('nth', { n: frame.running.nth })) : undefined,
    asleep: frame.sleeping.map(({ task, holders, woken }) => who(task, 'pending', woken ? host.text.t('woken', holderArgs(woken, host.text)) : words('held', holderArgs(holders[0], host.text)))),
    asleepMore: frame.sleeping_more,
    over, hop,
    wakes: wakes.map(({ at, event: { kind, task, by } }) => ({ at, task, inPoll: poll !== undefined, isQueued: kind === 'woken_queued' || kind === 'woken_during_poll', isItself: by.kind === 'itself', kind })),
  };
}
/** @typedef {ReturnType<typeof model>} Model */

/** @param {Size} size */
function plan({ width: w, height: h }) {
  if (w < 560) {
    const chipW = Math.min(104, (w * 0.62 - 28) / 2);
    const tall = Math.min(118, (h - 46) / 2);
    return {
      narrow: true, chipW,
      queue: { x: 8, y: 6, w: w * 0.44, h: tall },
      poll: { x: w * 0.58, y: 6, w: w * 0.42 - 8, h: tall },
      asleep: { x: 40, y: h - tall - 8, w: w * 0.62 - 4, h: tall },
      over: { x: w * 0.62 + 48, y: h - tall - 8, w: w - w * 0.62 - 56, h: tall },
    };
  }
  const tall = Math.max(92, Math.min(150, h * 0.28));
  const asleepH = Math.max(104, Math.min(140, h * 0.27));
  const queueW = Math.min(330, w * 0.34);
  const overW = Math.min(170, w * 0.17);
  const gap = Math.max(60, w * 0.1);
  const pollW = Math.min(270, w - 40 - queueW - overW - 2 * gap);
  const pollX = 20 + queueW + gap;
  return {
    narrow: false, chipW: Math.min(136, (queueW - 44) / 2),
    queue: { x: 20, y: 22, w: queueW, h: tall },
    poll: { x: pollX, y: 12, w: pollW, h: tall + 20 },
    over: { x: w - 20 - overW, y: 12, w: overW, h: h - 24 },
    asleep: { x: 20 + queueW * 0.6, y: h - 12 - asleepH, w: pollX + pollW - 20 - queueW * 0.6, h: asleepH },
  };
}

/** The places of a station for chips, from its head down. @param {Box} box @param {number} chipW @param {number} rowH @param {boolean} isBackward */
function places(box, chipW, rowH, isBackward) {
  const cols = Math.max(1, Math.floor((box.w - 20) / (chipW + 8)));
  const rows = Math.max(1, Math.floor((box.h - 42) / rowH));
  return Array.from({ length: cols * rows }, (_, i) => {
    const col = i % cols;
    return { x: isBackward ? box.x + box.w - 12 - (col + 1) * (chipW + 8) + 8 : box.x + 12 + col * (chipW + 8), y: box.y + 38 + Math.floor(i / cols) * rowH };
  });
}

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, size, words) {
  const p = plan(size);
  const { queue, poll, asleep, over, chipW, narrow } = p;
  const say = (/** @type {string} */ key) => (narrow ? '' : words(key));
  station(pen, queue, { name: words('queue'), say: say('next'), cls: 'sunk' });
  station(pen, poll, { name: words('poll'), say: say('one'), cls: m.polled ? 'lit tint' : 'sunk', key: 'poll' });
  station(pen, asleep, { name: words('asleep'), say: say('until'), cls: 'sunk' });
  station(pen, over, { name: words('over'), cls: 'sunk' });

  // The ring's roads, and its exit.
  const line = queue.y + (narrow ? queue.h / 2 : 38 + CHIP / 2);
  /** @param {string} key @param {[number, number][]} points @param {Way} way @param {[string, number, number, ('start' | 'middle' | 'end')?, number?]} label */
  const ringRoad = (key, points, way, [word, x, y, anchor = 'middle', most = undefined]) => {
    road(pen, key, points, way);
    if (narrow) return;
    const cls = way === 'open' ? 'said' : `state st ${{ poll: 'running', done: 'done', pending: 'pending', wake: 'ready' }[/** @type {'poll'} */ (way)] ?? 'ready'}`;
    // Where there is no room for its words beside one another, they stand below one another.
    pen.measure.lines(cls, words(word), most ?? Infinity, 2).forEach((line, n) => pen.text(cls, x, y + 17 * n, line, { anchor, most }));
  };
  const right = queue.x + queue.w;
  ringRoad('to poll', [[right + 4, line], [poll.x - 4, line]], m.hop === 'poll' ? 'poll' : 'open', ['first', (right + poll.x) / 2, line + 22, 'middle', poll.x - right - 6]);
  const px = poll.x + poll.w;
  if (narrow) ringRoad('to over', [[over.x + over.w / 2 + 12, poll.y + poll.h + 4], [over.x + over.w / 2 + 12, over.y - 4]], m.hop === 'ready' ? 'done' : 'open', ['ready', 0, 0]);
  else ringRoad('to over', [[px + 4, line], [over.x - 4, line]], m.hop === 'ready' ? 'done' : 'open', ['ready', (px + over.x) / 2, line - 12, 'middle', over.x - px - 6]);
  const downX = narrow ? poll.x + 24 : px - 40;
  ringRoad('to sleep', [[downX, poll.y + poll.h + 4], [downX, asleep.y - 4]], m.hop === 'pending' ? 'pending' : 'open', ['pending', downX + 14, asleep.y - 14, 'start', over.x - downX - 20]);
  const upX = narrow ? 22 : queue.x + 40;
  const outer = m.wakes.findLast((wake) => !wake.inPoll && wake.isQueued);
  const backY = asleep.y + asleep.h / 2 + (narrow ? 0 : 16);
  ringRoad('to queue', [[asleep.x - 4, backY], [upX, backY], [upX, queue.y + queue.h + 5]], outer ? 'wake' : 'open', ['woken', upX, backY + 24, 'start', asleep.x - upX - 6]);

  // Wakes out of this poll: the first one of a task puts it in line, what comes after it ends below its place.
  const inPoll = m.wakes.filter((wake) => wake.inPoll);
  const slots = places(queue, chipW, CHIP + 8, true);
  const foot = poll.y + poll.h + 4;
  const room = asleep.y - 22 - foot;
  const queued = inPoll.filter(({ isQueued }) => isQueued);
  const idle = inPoll.filter(({ isQueued }) => !isQueued);
  const shownIdle = idle.slice(0, 2);
  const firstX = poll.x + (narrow ? 60 : 72);
  if (queued.length) {
    const y = foot + Math.max(26, room * 0.8);
    road(pen, `wake ${queued[0].at}`, [[firstX, foot], [firstX, y], [upX + (narrow ? 14 : 0), y], [upX + (narrow ? 14 : 0), queue.y + queue.h + 5]], 'wake');
    if (!narrow) pen.text('state st ready halo', upX + 14, y - 9, words(queued[0].isItself ? 'itself' : 'wakes', { n: queued.length }), {});
  }
  shownIdle.forEach(({ at, task }, i) => {
    const place = m.queue.findIndex((who) => who.task === task);
    const slot = slots[Math.max(0, place)] ?? slots[slots.length - 1];
    const x = slot.x + 60 - 34 * i;
    const y = foot + Math.max(10, room * (0.28 + 0.24 * i));
    const from = firstX - 30 + 14 * i;
    road(pen, `idle ${at}`, [[from, foot], [from, y], [x, y], [x, queue.y + queue.h + 12]], 'stop', { plain: true });
    pen.line('stop-bar', x - 9, queue.y + queue.h + 9, x + 9, queue.y + queue.h + 9, { key: `stop ${at}` });
  });
  if (idle.length && !narrow) {
    const isDone = idle.every(({ kind }) => kind === 'woken_after_done');
    const y = foot + Math.max(10, room * (0.28 + 0.24 * (shownIdle.length - 1))) + 19;
    pen.text('state st ready halo', firstX - 22, y, words(isDone ? 'too_late' : 'already', { n: idle.length }), { anchor: 'end', most: firstX - upX - 30 });
  }

  // Who is where.
  /** @param {Who[]} all @param {number} more @param {{ x: number, y: number }[]} at @param {number} w */
  const stand = (all, more, at, w) => {
    const beyond = all.length + more - at.length;
    const shown = beyond > 0 ? all.slice(0, Math.max(0, at.length - 1)) : all;
    shown.forEach((who, i) => chip(pen, `task ${who.task}`, at[i].x, at[i].y, w, who.name, who.state, { drag: who.state === 'ready' ? `next ${who.task}` : undefined }));
    if (beyond > 0) pen.text('strong', at[at.length - 1].x + 4, at[at.length - 1].y + 20, words('more', { n: all.length + more - shown.length }));
    return shown;
  };
  if (!m.queue.length) slots.slice(0, 2).forEach(({ x, y }) => bed(pen, x, y, chipW));
  stand(m.queue, m.queueMore, slots, chipW);
  const beds = places(asleep, chipW, CHIP + (narrow ? 8 : 26), false);
  if (!m.asleep.length) beds.slice(0, 2).forEach(({ x, y }) => bed(pen, x, y, chipW));
  const lying = stand(m.asleep, m.asleepMore, beds, chipW);
  if (!narrow) lying.forEach((who, i) => pen.text('tiny', beds[i].x + 2, beds[i].y + CHIP + 15, who.note ?? '', { most: chipW + 4 }));
  const graves = places(over, over.w - 24, CHIP + 6, false);
  if (narrow) pen.text('number', over.x + over.w / 2, over.y + over.h / 2 + 16, String(m.over.length), { anchor: 'middle' });
  else stand(m.over.toReversed(), 0, graves, over.w - 24);
  if (m.polled) {
    chip(pen, `task ${m.polled.task}`, poll.x + 14, poll.y + 40, Math.min(chipW + 10, poll.w - 28), m.polled.name, 'running');
    if (!narrow) pen.text('said', poll.x + 16, poll.y + 40 + CHIP + 22, m.polled.note ?? '', { most: poll.w - 30 });
  } else bed(pen, poll.x + 14, poll.y + 40, Math.min(chipW, poll.w - 28));
}

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  /** @param {string} key @param {Who[]} who @param {number} [more] @param {boolean} [now] */
  const item = (key, who, more = 0, now = false) => ({
    text: `${words(key)}: ${who.length ? who.map(({ name }) => name).join(', ') : words('nobody')}${more ? `, ${words('more', { n: more })}` : ''}`, now,
  });
  return [
    { ...item('queue', m.queue, m.queueMore, m.cursor > 0 && !m.polled && m.hop !== 'ready' && m.hop !== 'pending'), parts: m.wakes.filter(({ isQueued }) => !isQueued).length ? [{ text: words('already', { n: m.wakes.filter(({ isQueued }) => !isQueued).length }) }] : [] },
    item('poll', m.polled ? [m.polled] : [], 0, m.polled !== undefined),
    { ...item('asleep', m.asleep, m.asleepMore, m.hop === 'pending'), parts: m.asleep.map(({ name, note }) => ({ text: `${name}: ${note}` })) },
    item('over', m.over, 0, m.hop === 'ready'),
  ];
}

export const createHero = heroOf({
  name: 'ring', model, draw, describe,
  // A task that stands in line, dragged to the front: it is polled next.
  drag(name, dx, dy, m, host) {
    const [what, task] = name.split(' ');
    if (what !== 'next' || dx < 20) return;
    askNext(host, m.run, m.cursor, Number(task));
  },
});
