// The way of a wake: a poll goes in and brings a waker, a copy of the waker is left with what will ring, and the ring comes
// back as a wake. Where one part of the way is missing, the ring is open, and it is drawn as missing.
//
// The picture is of one task, the one that looks at the bell, and of the future in it that does.

import { askLost, askTime } from './kit/change.js';
import { axis, now } from './kit/clock.js';
import { heroOf } from './kit/hero.js';
import { lane, phasesOf, ringsOf, stateAt } from './kit/lane.js';
import { bell, cross } from './kit/marks.js';
import { road } from './kit/road.js';
import { lanesOf, marks, once, stretches } from './kit/run.js';
import { createScale } from './kit/scale.js';
import { chip, CHIP, chipWidth, slot, station, tag, tagWidth, token } from './kit/things.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */
/** @typedef {import('./kit/road.js').Way} Way */
/** @typedef {{ x: number, y: number, w: number, h: number }} Box */

/** The task that looks at a bell last, so far; before that the one that will. @param {import('../types.js').Run} run @param {number} cursor */
function lookerAt(run, cursor) {
  const looks = once(run, 'looks', () => marks(run, 'found_empty').filter(({ event }) => event.by.kind === 'bell'));
  const polled = stretches(run, 'task').findLast(({ at, of }) => of.state === 'running' && at <= cursor);
  const has = (/** @type {number} */ task) => looks.some(({ event }) => event.task === task);
  if (polled && has(polled.task)) return polled.task;
  return (looks.findLast(({ at }) => at <= cursor) ?? looks[0])?.event.task ?? 1;
}

/** The futures around the first look of a task, outermost first. @param {import('../types.js').Run} run @param {number} task */
const chainOf = (run, task) => once(run, `chain ${task}`, () => {
  const look = marks(run, 'found_empty').find(({ event }) => event.task === task && event.by.kind === 'bell');
  return stretches(run, 'future').filter((s) => look && s.task === task && s.at <= look.at && (!s.till || s.till > look.at)).map(({ of }) => of);
});

/** @param {State} state @param {Words} words @param {import('./kit/hero.js').Host} host */
function model({ run, cursor, deciding, params }, words, host) {
  const frame = run.frame(cursor, 0);
  const task = lookerAt(run, cursor);
  const chain = chainOf(run, task);
  const leaf = chain[chain.length - 1];
  const phases = phasesOf(run, task);
  const polls = phases.filter(({ state, at }) => state === 'running' && at <= cursor);
  const poll = polls[polls.length - 1];
  const isPolled = poll !== undefined && !(poll.till && poll.till <= cursor);
  const inPoll = (/** @type {number} */ at) => poll !== undefined && at >= poll.at && at <= cursor;
  const isOfLeaf = (/** @type {{ task: number, of: { name: string } }} */ s) => s.task === task && s.of.name === leaf?.name;
  const entered = stretches(run, 'future').filter((s) => isOfLeaf(s) && inPoll(s.at)).pop();
  const left = entered !== undefined && entered.till > 0 && entered.till <= cursor;
  /** What the last poll was answered, also after it. */
  const answered = !left ? undefined : entered.of.ready ? 'Ready' : 'Pending';
  const looked = marks(run, 'found_empty').some(({ at, event }) => inPoll(at) && event.task === task && event.by.kind === 'bell');
  const returned = stretches(run, 'future').findLast((s) => isOfLeaf(s) && s.till > 0 && s.till <= cursor);
  const holds = stretches(run, 'waker').filter(({ of }) => of.by.kind === 'bell');
  // What lies in the slot stays there until the ring takes it out, also where its task is over.
  const taken = marks(run, 'woken_queued', 'woken_during_poll', 'woken_after_done', 'woken_coalesced', 'wake_lost').filter(({ event }) => event.by.kind === 'bell');
  const goneAt = (/** @type {typeof holds[number]} */ s) => taken.find(({ at, event }) => at > s.at && event.task === s.task)?.at
    ?? (phasesOf(run, s.task).some(({ state, at }) => ['done', 'cancelled', 'panicked'].includes(state) && at <= s.till) ? Infinity : s.till || Infinity);
  const held = holds.find((s) => s.at <= cursor && goneAt(s) > cursor);
  const isLeft = holds.some((s) => s.task === task && s.at <= cursor && (inPoll(s.at) || goneAt(s) > cursor));
  const rings = ringsOf(run)[0];
  const rang = marks(run, 'signalled').find(({ at }) => at <= cursor);
  const after = rang ? stretches(run, 'task').find((s) => s.at > rang.at && s.of.state === 'running')?.at ?? run.length : 0;
  const isHeldAtRing = rang !== undefined && holds.some((s) => s.at < rang.at && goneAt(s) >= rang.at);
  const woken = rang && marks(run, 'woken_queued', 'woken_during_poll', 'woken_after_done', 'woken_coalesced')
    .find(({ at, event }) => at > rang.at && at <= cursor && event.by.kind === 'bell');
  const isLost = marks(run, 'wake_lost').some(({ at, event }) => at <= cursor && event.by.kind === 'bell');
  const state = stateAt(run, task, cursor) ?? 'spawned';
  const isOver = cursor >= run.length;
  const sleepsOn = isOver && state === 'pending';
  const name = lanesOf(run).lanes[task - 1]?.name ?? '';
  const wakerLeft = returned && !returned.of.ready && (entered ? left : true);
  return {
    run, cursor, params, task, name, chain, state,
    /** The wake that the waker in the slot will be, of the whole run. */
    wakeAt: marks(run, 'woken_queued', 'woken_coalesced', 'woken_during_poll').find(({ event }) => event.by.kind === 'bell')?.at,
    isBorn: phases.some(({ at }) => at <= cursor),
    stateWord: sleepsOn ? words('for_good') : host.text.t(`state.${state}`),
    sleepsOn,
    ready: frame.ready.slice(0, 2).map((r) => r.task),
    /** The timer that put the first in line, which is no bell. */
    timer: frame.ready[0]?.by?.kind === 'timer' ? frame.ready[0].by.deadline : undefined,
    more: Math.max(0, frame.ready.length + frame.ready_more - 2),
    polls: polls.length,
    /** Where the poll is: nowhere, on the road, or in the future that looks. */
    poll: !isPolled ? 'none' : entered ? 'leaf' : 'road',
    answer: isPolled ? answered : undefined,
    answered,
    hasRung: !poll || !entered ? undefined : looked ? false : left && entered.of.ready ? true : undefined,
    /** Who has the waker: the tag in the slot, and whether what the task waits for is without one. */
    held: held?.task,
    /** The last poll left no waker of its own. */
    none: Boolean(wakerLeft && !isLeft),
    /** Nothing lies in the slot, and something should. */
    missing: Boolean(wakerLeft && !held && !rang) || (rang !== undefined && !isHeldAtRing),
    stale: held !== undefined && held.task !== task && Boolean(wakerLeft),
    rang: rang !== undefined,
    rings: rang !== undefined && cursor < after && !(isOver && sleepsOn),
    due: rings?.due ?? rang?.time ?? 0,
    isSet: rings === undefined || rings.at <= cursor,
    /** What became of the ring. @type {'open' | 'sent' | 'past' | 'missing' | 'late'} */
    wake: !rang ? 'open' : woken?.event.kind === 'woken_after_done' ? 'late' : woken ? (cursor < after ? 'sent' : 'past') : isLost || !isHeldAtRing ? 'missing' : 'open',
    lostAt: isLost,
    wakeTask: woken?.event.task,
    /** Of the clock, once it is drawn. */
    pxPerMs: 1,
    shown: { cursor, now: run.time(cursor), isKnown: deciding.isKnown },
    end: Math.max(run.duration, rings?.due ?? 0, 10) * 1.3,
  };
}
/** @typedef {ReturnType<typeof model>} Model */

/** Where everything stands. @param {Size} size @param {number} inner futures in the task */
function plan({ width: w, height: h, small }, inner) {
  if (w < 560) {
    const top = 6;
    const clock = 66;
    const low = 84;
    const task = { x: 8, y: top, w: w - 16, h: Math.max(100, h - top - clock - low - 52) };
    const at = { x: 8, y: task.y + task.h + 42, w: 118, h: low };
    const bellAt = { x: w - 8 - 196, y: at.y, w: 196, h: low };
    return { narrow: true, w, h, task, executor: at, bell: bellAt, clock: h - 30, indent: 10, heads: 36, small };
  }
  const [qw, bw] = [Math.min(180, w * 0.17), Math.min(200, Math.max(158, w * 0.2))];
  const gap = Math.min(118, Math.max(76, w * 0.1));
  const [top, clock, back] = [10, 74, 60];
  const tall = Math.min(330, h - top - clock - back);
  const y = top + Math.max(0, (h - top - clock - back - tall) / 2.6);
  const task = { x: 20 + qw + gap, y, w: w - 40 - qw - bw - 2 * gap, h: tall };
  const heads = tall > 250 ? 40 : 32;
  return {
    narrow: false, w, h, task, clock: h - 38, heads, indent: inner > 2 || w < 760 ? 16 : 34, small,
    executor: { x: 20, y: y + tall * 0.3, w: qw, h: tall * 0.7 },
    bell: { x: w - 20 - bw, y, w: bw, h: tall },
  };
}

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, size, words) {
  const p = plan(size, m.chain.length);
  const lit = m.poll !== 'none';
  const names = [m.name, ...m.chain.map(({ name }) => name)];
  // Boxes in boxes: the task, its future, and those inside of it down to the one that looks.
  /** @type {Box[]} */
  const boxes = [];
  let at = { ...p.task };
  station(pen, at, {
    key: 'task', name: words('task', { task: m.task }), say: m.isBorn ? m.stateWord : words('not_yet'), sayCls: `state st ${m.sleepsOn ? 'panicked' : m.isBorn ? m.state : 'none'}`,
    cls: `${lit ? 'lit' : ''} st ${m.isBorn ? m.state : 'none'}${m.sleepsOn ? ' stuck' : ''}`,
  });
  const pad = p.narrow ? 7 : 12;
  const shownNames = names.slice(p.narrow ? -1 : -3);
  shownNames.forEach((name, i) => {
    const isLeaf = i === shownNames.length - 1;
    at = { x: at.x + p.indent, y: at.y + p.heads - (i ? 4 : 0), w: at.w - p.indent - pad, h: at.h - p.heads + (i ? 4 : 0) - pad };
    boxes.push(at);
    const inside = m.chain[m.chain.length - shownNames.length + i];
    station(pen, at, {
      key: `inner ${i}`, name, nameCls: isLeaf ? 'code bold' : 'code', head: 22, say: inside?.line ? words('line', { line: inside.line.line }) : '', sayCls: 'code small',
      cls: `inner ${isLeaf ? 'leaf' : ''} ${lit && (m.poll === 'leaf' || i === 0) ? 'lit' : ''}`,
    });
  });
  const leaf = boxes[boxes.length - 1];
  const level = leaf.y + leaf.h - (p.narrow ? 21 : 30);
  const rows = [
    ['asked', m.hasRung === undefined ? '…' : words(m.hasRung ? 'yes' : 'no'), ''],
    ['left', m.hasRung ? '–' : m.answered === undefined ? '…' : words(m.none ? 'no' : 'yes'), m.answered && !m.hasRung && m.none ? 'bad' : ''],
  ];
  const rowsFit = Math.max(0, Math.min(2, Math.floor((level - 20 - (leaf.y + 26)) / 20)));
  rows.slice(0, rowsFit).forEach(([key, answer, bad], i) => {
    const y = leaf.y + 26 + (i + 1) * 22 - (rowsFit * 22 + 26 > level - 18 - leaf.y ? 4 : 0);
    pen.text('said', leaf.x + 14, y, words(key), { most: leaf.w - 34 - pen.width('answer', answer) });
    pen.text(`answer ${bad}`, leaf.x + leaf.w - 14, y, answer, { anchor: 'end' });
  });

  // The bell, with its one place for a waker.
  const slotW = Math.min(p.bell.w - 24, Math.max(98, tagWidth(pen, words('waker', { task: m.task })) + 4));
  const slotAt = p.narrow ? { x: p.bell.x + p.bell.w - slotW - 10, y: p.bell.y + 62 } : { x: p.bell.x + (p.bell.w - slotW) / 2, y: level };
  station(pen, p.bell, {
    key: 'bell', name: words('bell'), cls: 'still', head: 24,
    // The road to the slot goes there on a phone; the clock says it.
    say: !m.isSet || p.narrow ? '' : words(m.rang ? 'rang_at' : 'rings_at', { ms: m.due }),
  });
  const bellTall = p.narrow ? 0 : slotAt.y - p.bell.y - 84;
  const k = p.narrow ? 0.7 : Math.max(0.55, Math.min(1.7, bellTall / 62));
  const how = m.rings ? 'rings' : m.rang ? 'rung' : m.isSet ? 'silent' : 'unset';
  if (p.narrow) bell(pen, p.bell.x + 34, p.bell.y + 58, k, how, 'bell mark');
  else bell(pen, p.bell.x + p.bell.w / 2, p.bell.y + 36 + Math.max(24, bellTall / 2) + 4, k, how, 'bell mark');
  // Where the bell is low, it needs this line.
  if (!p.narrow && bellTall > 34) pen.text('said', p.bell.x + p.bell.w / 2, slotAt.y - 24, words('keeps_one'), { anchor: 'middle', most: p.bell.w - 16 });
  slot(pen, 'slot', slotAt.x, slotAt.y, slotW, words(m.missing ? 'empty' : m.rang && m.held === undefined ? 'used' : 'nobody'), m.held !== undefined ? 'full' : m.missing ? 'missing' : 'open');

  // The executor: who is in line.
  station(pen, p.executor, { key: 'executor', name: words('executor'), cls: 'still', head: 24 });
  if (!p.narrow) pen.text('said', p.executor.x + 14, p.executor.y + 48, words('queue'), { most: p.executor.w - 24 });
  const lineY = p.executor.y + (p.narrow ? 36 : 58);
  if (!m.ready.length) pen.text('said', p.executor.x + 14, lineY + 18, words('queue_empty'), { most: p.executor.w - 20 });
  m.ready.slice(0, p.narrow ? 1 : 2).forEach((task, i) => {
    const text = words('chip', { task });
    chip(pen, `task ${task}`, p.executor.x + 12, lineY + i * (CHIP + 5), Math.min(p.executor.w - 24, chipWidth(pen, text)), text, 'ready');
  });

  if (m.timer !== undefined && !p.narrow) pen.measure.lines('tiny', words('by_timer', { ms: m.timer }), p.executor.w - 24, 2).forEach((line, i) => pen.text('tiny', p.executor.x + 14, lineY + m.ready.length * (CHIP + 5) + 14 + i * 16, line));

  // Three roads: in and out, to the slot, and back.
  /** @type {Way} */
  const way = m.poll === 'none' ? 'open' : m.answer === 'Pending' ? 'pending' : m.answer === 'Ready' ? 'done' : m.poll === 'leaf' ? 'poll' : 'open';
  const isOut = m.answer !== undefined;
  const border = p.executor.x + p.executor.w;
  /** @type {[number, number][]} */
  const inward = p.narrow
    ? [[p.executor.x + 22, p.executor.y - 2], [p.executor.x + 22, level], [leaf.x - 3, level]]
    : [[border + 3, level], [leaf.x - 3, level]];
  road(pen, 'poll', isOut ? [...inward].reverse() : inward, way);
  const tokenText = m.answer ?? words('poll', { n: m.polls });
  const tokenW = pen.width('token-text', tokenText) + 18;
  const gapX = p.narrow ? p.executor.x + 22 : (border + p.task.x) / 2;
  if (lit) token(pen, 'poll', m.poll === 'leaf' ? leaf.x + 12 : gapX, m.poll === 'leaf' ? level : p.narrow ? p.executor.y - 20 : level, tokenText, m.answer === 'Pending' ? 'pending' : m.answer === 'Ready' ? 'done' : 'running', m.poll === 'leaf' ? 'start' : p.narrow ? 'start' : 'middle');
  else if (!p.narrow) pen.text('said', gapX, level - 14, words('polls'), { anchor: 'middle', most: p.task.x - border - 6 });
  const wakerText = words('waker', { task: m.task });
  const wakerW = tagWidth(pen, wakerText);
  if (lit && m.answer !== 'Ready') {
    const inLeaf = m.poll === 'leaf';
    const fits = 12 + tokenW + 8 + wakerW < leaf.w - 6;
    if (inLeaf && fits) tag(pen, 'waker', leaf.x + 12 + tokenW + 8, level, wakerText);
    else if (!inLeaf && !p.narrow) tag(pen, 'waker', gapX - wakerW / 2, level - 34, wakerText);
    else if (!inLeaf) tag(pen, 'waker', gapX + tokenW + 8, p.executor.y - 20, wakerText);
  }
  const sx = p.narrow ? slotAt.x + slotW / 2 : slotAt.x - 8;
  /** @type {[number, number][]} */
  const give = p.narrow
    ? [[leaf.x + leaf.w + 1, level], [p.w - 11, level], [p.w - 11, p.bell.y - 20], [sx, p.bell.y - 20], [sx, slotAt.y - 17]]
    : [[leaf.x + leaf.w + 3, level], [sx, level]];
  const giveX = p.narrow ? (sx + p.w - 11) / 2 : (p.task.x + p.task.w + p.bell.x) / 2;
  const giveY = p.narrow ? p.bell.y - 20 : level;
  road(pen, 'give', give, m.missing || m.none ? 'missing' : m.held !== undefined ? (m.rang ? 'past' : 'ink') : m.rang && m.wake !== 'open' ? 'past' : 'open', { cross: [giveX, giveY] });
  const giveText = words(m.missing || m.none ? 'none_left' : m.held !== undefined || m.wake === 'sent' || m.wake === 'past' ? 'copy' : 'leaves');
  if (p.narrow) pen.text(`${m.missing || m.none ? 'bad' : 'said'} halo`, sx - 12, giveY - 8, giveText, { anchor: 'end', most: sx - 20 - p.executor.x - 100 });
  else {
    const room = p.bell.x - p.task.x - p.task.w - 8;
    pen.measure.lines(m.missing || m.none ? 'bad' : 'said', giveText, room, 2).reverse()
      .forEach((line, i) => pen.text(m.missing || m.none ? 'bad' : 'said', giveX, level - 18 - i * 17, line, { anchor: 'middle', most: room }));
  }
  // The copy comes out of the hand that it was lent to.
  if (m.held !== undefined) tag(pen, 'copy', slotAt.x, slotAt.y, words('waker', { task: m.held }), { cls: m.stale ? 'wrong' : '', drag: 'lose' });

  const backY = p.narrow ? slotAt.y : Math.max(p.task.y + p.task.h, p.bell.y + p.bell.h) + 36;
  const qx = p.executor.x + Math.min(60, p.executor.w / 2);
  const bx = p.bell.x + p.bell.w / 2;
  /** @type {[number, number][]} */
  const back = p.narrow
    ? [[p.bell.x - 2, backY], [p.executor.x + p.executor.w + 4, backY]]
    : [[bx, p.bell.y + p.bell.h + 2], [bx, backY], [qx, backY], [qx, p.executor.y + p.executor.h + 5]];
  const missing = m.wake === 'missing' || m.wake === 'late';
  road(pen, 'wake', back, missing ? 'missing' : m.wake === 'sent' ? 'wake' : m.wake === 'past' ? 'past' : 'open', { cross: p.narrow ? [(p.bell.x + p.executor.x + p.executor.w) / 2, backY] : [bx - 92, backY] });
  const wakeText = words(p.narrow ? `wake_short_${missing ? 'missing' : 'open'}` : m.wake === 'late' ? 'wake_done' : m.lostAt ? 'wake_lost' : `wake_${m.wake}`, { task: m.wakeTask ?? m.task });
  const wakeCls = missing ? 'bad' : m.wake === 'sent' ? 'state st ready' : 'said';
  // Between the boxes there is no room for it: it stands below them.
  if (p.narrow) pen.text(`${wakeCls} halo`, (p.bell.x + p.executor.x + p.executor.w) / 2, p.bell.y + p.bell.h + 15, wakeText, { anchor: 'middle', most: 120 });
  else pen.text(`${wakeCls} halo`, (qx + bx) / 2 - 30, backY - 10, wakeText, { anchor: 'middle', most: bx - qx - 250 });

  // The clock.
  const label = words('clock');
  const left = p.narrow ? 62 : p.task.x;
  const scale = createScale(m.end, left, p.w - (p.narrow ? 30 : 44));
  pen.text('said', p.narrow ? 8 : 20, p.clock - (p.narrow ? 16 : 22), label);
  pen.text(p.narrow ? 'number little' : 'number', p.narrow ? 8 : 20, p.clock + 3, words('ms', { ms: Math.round(m.shown.now * 10) / 10 }));
  axis(pen, scale, p.clock - 6, p.clock, { unit: 'ms', apart: p.narrow ? 56 : 110 });
  const lifeY = p.clock - (p.narrow ? 9 : 12);
  if (m.isSet) {
    pen.line('due', scale.x(m.due), lifeY - 12, scale.x(m.due), p.clock);
    m.pxPerMs = scale.pxPerMs;
    pen.group({ key: 'due', drag: 'due' }, () => bell(pen, scale.x(m.due), lifeY - 22, 0.26, m.rang ? 'rung' : 'silent'));
  }
  lane(pen, scale, m.run, m.task, m.shown, { y: lifeY, h: p.narrow ? 12 : 16 });
  if (m.sleepsOn) {
    pen.line('lost', scale.x(m.run.duration), lifeY, scale.right, lifeY, { key: 'for good' });
    cross(pen, scale.right + 2, lifeY, '', 'for good end', 4);
  }
  now(pen, scale, m.shown.now, lifeY - (p.narrow ? 32 : 42), p.clock);
}

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  const task = words('task', { task: m.task });
  return [
    { text: `${words('executor')}: ${m.ready.length ? m.ready.map((of) => words('chip', { task: of })).join(', ') : words('queue_empty')}`, now: m.cursor > 0 && m.poll === 'none' && !m.rings },
    {
      text: `${task}: ${m.isBorn ? m.stateWord : words('not_yet')}`, now: m.poll !== 'none',
      parts: [m.name, ...m.chain.map(({ name }) => name)].map((name, i, all) => ({ text: name, now: m.poll === 'leaf' && i === all.length - 1 })),
    },
    {
      text: `${words('bell')}: ${words(m.rang ? 'rang_at' : 'rings_at', { ms: m.due })}`, now: m.rings,
      parts: [
        { text: m.held !== undefined ? words(m.stale ? 'stale' : 'holds', { task: m.held }) : words(m.missing ? 'none_left' : m.rang ? 'used' : 'nobody') },
        ...(m.rang ? [{ text: words(m.wake === 'late' ? 'wake_done' : m.wake === 'missing' ? 'wake_missing' : 'wake_sent', { task: m.wakeTask ?? m.task }) }] : []),
      ],
    },
  ];
}

export const createHero = heroOf({
  name: 'wake', model, draw, describe,
  // The small bell on the clock is when it rings; the waker that is dragged out of its slot is a wake that is let fall.
  drag(name, dx, _, m, host) {
    if (name === 'due') askTime(host, m.params, 'ring', m.due + dx / m.pxPerMs);
    else if (name === 'lose' && m.wakeAt !== undefined) askLost(host, m.run, m.wakeAt);
  },
});
