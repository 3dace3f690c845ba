// Two runtimes, each with its loop: a task of ours leaves a timer or a socket, and a waker in theirs. A loop that turns is drawn whole,
// one that nobody turns is dashed; where it stands, there is no road back. A task that the compiler refuses is shown as it refuses it.

import { askTime } from './kit/change.js';
import { axis, now, part } from './kit/clock.js';
import { code, linesOf } from './kit/code.js';
import { heroOf } from './kit/hero.js';
import { lane, stateAt } from './kit/lane.js';
import { bell, cross, head } from './kit/marks.js';
import { road } from './kit/road.js';
import { lanesOf, marks, stretches } from './kit/run.js';
import { createScale } from './kit/scale.js';
import { socketAt } from './kit/sockets.js';
import { station, tag, tagWidth } from './kit/things.js';
import { readMessage } from './rules.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */
/** @typedef {{ x: number, y: number, w: number, h: number }} Box */

/** The task that the story is about. */
const GUEST = 'guest';

/** @param {State} state @param {Words} words @param {import('./kit/hero.js').Host} host */
function model({ run, cursor, deciding, params }, words, host) {
  const { lanes } = lanesOf(run);
  const guest = Math.max(0, lanes.findIndex(({ name }) => name === GUEST)) + 1;
  const frame = run.frame(cursor, 0);
  const state = stateAt(run, guest, cursor) ?? 'none';
  const ms = run.time(cursor);
  const isOver = cursor >= run.length;
  const all = marks(run, 'entrusted');
  const set = all.find(({ at }) => at <= cursor);
  const held = stretches(run, 'waker').find(({ of, at, till }) => of.by.kind === 'driver' && at <= cursor && !(till && till <= cursor));
  const turns = marks(run, 'turned').filter(({ at }) => at <= cursor);
  const turn = turns[turns.length - 1];
  const woken = marks(run, 'woken_queued', 'woken_during_poll').find(({ event }) => event.by.kind === 'driver');
  // A turn, and what it wakes, is one picture, until the next poll.
  const polls = stretches(run, 'task').filter(({ of, at }) => of.state === 'running' && at <= cursor);
  const since = Math.max(0, ...polls.map(({ at }) => at));
  const registered = marks(run, 'registered')[0]?.event;
  const source = registered?.by.kind === 'socket' ? { interest: registered.interest, isThere: marks(run, 'registered')[0].at <= cursor, ...socketAt(run, registered.by.nth, cursor) } : undefined;
  const comes = source && (marks(run, 'arrived')[0]?.time ?? Number(params.due ?? 0));
  const due = set?.event.deadline ?? comes;
  const refused = marks(run, 'refused')[0];
  const isLeft = stretches(run, 'waker').some(({ of, at }) => of.by.kind === 'driver' && at <= cursor);
  return {
    source, isSet: set !== undefined || (source !== undefined && isLeft),
    run, cursor, params, guest, state, ms, due, isOver, held, turn,
    name: lanes[guest - 1]?.name ?? GUEST,
    tasks: lanes.map(({ name }, i) => ({ task: i + 1, name })),
    ready: frame.ready.map(({ task }) => lanes[task - 1]?.name ?? ''),
    polls: polls.length, turns: turns.length,
    theirs: all.length > 0 || source !== undefined || params.timer !== 'ours',
    /** Whether their loop turns at this moment. */
    turnsNow: turn !== undefined && turn.at > since && turn.time === ms,
    isRung: due !== undefined && turn !== undefined && turn.event.due > 0,
    isDue: held !== undefined && due !== undefined && (source ? source.bytes > 0 : ms >= due),
    isStuck: isOver && state === 'pending' && held !== undefined,
    woken: woken && woken.at <= cursor ? (woken.at > since ? 'wake' : 'past') : 'open',
    /** @type {'layer' | 'by_hand' | 'never'} */
    turned: params.turned === 'layer' || params.turned === 'by_hand' ? params.turned : 'never',
    hand: Number(params.hand ?? 0),
    message: refused && readMessage(host.code?.files.find(({ name }) => name === 'sent.stderr')?.source),
    isRefused: refused !== undefined, isCompiled: refused !== undefined && refused.at <= cursor,
    lines: linesOf(host.code, 'sent.rs').filter(({ n }) => n >= 13),
    pxPerMs: 1,
    end: Math.max(run.duration, due ?? 0, 1) * 1.22,
    shown: { cursor, now: ms, isKnown: deciding.isKnown },
  };
}
/** @typedef {ReturnType<typeof model>} Model */

/** The rows of the clock: theirs (0) below the task that waits for it, and as many others as there is room for. @param {Model} m @param {boolean} narrow */
const lanesShown = (m, narrow) => [m.guest, 0, ...m.tasks.map(({ task }) => task).filter((task) => task !== m.guest)].slice(0, narrow ? 4 : 5);

/** Where everything stands. @param {Model} m @param {Size} size */
function plan(m, { width: w, height: h }) {
  const narrow = w < 560;
  const rows = lanesShown(m, narrow).length;
  const pitch = narrow ? 21 : Math.min(34, h * 0.068);
  const clock = h - 26 - rows * pitch - (narrow ? 4 : 12);
  if (narrow) {
    const row = Math.min(104, (clock - 86) / 2);
    const at = (/** @type {number} */ y) => [{ x: 6, y, w: 116, h: row }, { x: 138, y, w: w - 146, h: row }];
    const [queue, task] = at(26);
    const [driver, wheel] = at(26 + row + 60);
    return { narrow, w, h, pitch, clock, queue, task, driver, wheel, r: 8, wide: 8, cy: [14, 26 + row + 48], ax: 20, bx: 20, back: 26 + row + 22 };
  }
  const r = Math.max(72, Math.min(132, (clock - 74) / 2));
  const cy = 22 + r + Math.max(0, (clock - 60 - 2 * r) / 2.6);
  const [ax, bx] = [w * 0.245, w * 0.765];
  // Where the pane is low, a loop is wider than it is high.
  const wide = Math.max(r, Math.min(120, w * 0.12));
  const [low, tall] = [Math.max(56, Math.min(72, r * 0.62)), Math.max(106, Math.min(128, r * 1.18))];
  const high = Math.max(70, Math.min(88, r * 0.9));
  // No box stands on another one.
  const [taskW, wheelW] = [Math.min(206, w * 0.22), Math.min(232, wide * 2 + 30)];
  return {
    narrow, w, h, pitch, clock, r, wide, cy: [cy, cy], ax, bx, back: cy + r + 20,
    queue: { x: ax - wide - 68, y: cy - low / 2, w: 124, h: low },
    task: { x: ax + wide - 102, y: cy - high / 2, w: taskW, h: high },
    wheel: { x: bx - wide - 104, y: cy - tall / 2, w: wheelW, h: tall },
    driver: { x: bx + wide - 62, y: cy - low / 2, w: 142, h: low },
  };
}
/** @typedef {ReturnType<typeof plan>} Plan */

/** A loop: whole, with two heads that go on by a quarter a turn, or dashed. @param {Pen} pen @param {number} x @param {number} y @param {Plan} plan @param {'turns' | 'still' | 'stuck'} how @param {number} n @param {string} key */
function ring(pen, x, y, { r, wide }, how, n, key) {
  pen.path(`loop ${how}`, `M${x - wide} ${y}A${wide} ${r} 0 1 1 ${x + wide} ${y}A${wide} ${r} 0 1 1 ${x - wide} ${y}Z`, { key });
  if (how !== 'turns' || r < 20) return;
  [0, 180].forEach((half, i) => {
    const a = ((n * 90 + 50 + half) % 360) * (Math.PI / 180);
    const along = Math.atan2(r * Math.cos(a), -wide * Math.sin(a)) * (180 / Math.PI);
    head(pen, x + wide * Math.cos(a), y + r * Math.sin(a), along, 'ink', `${key} head ${i}`);
  });
}

/** The second line of a box. @param {Box} box @param {boolean} narrow */
const below = ({ y, h }, narrow) => y + (narrow ? Math.min(h - 12, 44) : h - 16);

/** What is said of their loop. @param {Model} m @param {Words} words */
const theirState = (m, words) => (m.turnsNow ? words('turns_now') : m.turned === 'layer' ? words('turned_layer') : m.turn ? words('turned_at', { ms: m.turn.time }) : words('still'));

/** What is said of a socket in their table: whether its row is ready, and what the system has that it says nothing of. @param {Model} m @param {Words} words @param {boolean} narrow */
function sourceSaid({ source, held }, words, narrow) {
  if (!source?.isThere) return { row: '', system: '' };
  const isOver = source.told !== undefined && !source.isReady && !held;
  const row = words(isOver ? 'read' : source.isReady ? 'ready' : 'not_ready');
  if (isOver) return { row, system: words('was_ready', { ms: source.told?.time ?? 0 }) };
  const waits = source.bytes > 0 && !source.isReady;
  return { row, system: waits ? words(narrow ? 'has_bytes_short' : 'has_bytes', { n: source.bytes, ms: source.since ?? 0 }) : source.came.length ? '' : words('no_bytes') };
}

/** Their table with its one row: a socket, its interest, whether it is ready; what lies in the system; and whom to wake. @param {Pen} pen @param {Model} m @param {Plan} p @param {Words} words */
function drawTable(pen, m, p, words) {
  const { x, y, w, h } = p.wheel;
  const { source, held, isStuck, isDue } = m;
  if (!source) return;
  station(pen, p.wheel, { name: words('table'), cls: isStuck ? 'stuck' : 'sunk', nameCls: 'name little', key: 'wheel', head: p.narrow ? 17 : 22 });
  // Where there is room for one line, what is there is more than whether it is told.
  const isLow = p.narrow && h < 84;
  const { row, system } = sourceSaid(m, words, isLow);
  if (!source.isThere) {
    pen.text('said', x + 14, y + h / 2 + (p.narrow ? 14 : 8), words('empty'), { most: w - 24 });
    return;
  }
  const cls = source.isReady ? 'state little st ready' : 'note';
  const name = words('socket', { nth: source.nth });
  const text = held && words('waker', { task: held.task });
  const wide = text ? tagWidth(pen, text) : 0;
  if (p.narrow) {
    if (text) tag(pen, 'waker', x + w - wide - 8, y + 17, text, { go: held.at });
    const system0 = isStuck ? 'bad' : isDue ? 'state little st ready' : 'tiny';
    const line = isLow ? y + h - 13 : y + h * 0.6;
    const said = isLow && isDue ? system : row;
    const saidCls = isLow && isDue ? system0 : cls;
    const after = x + 22 + pen.width('strong', name);
    const room = x + w - 22 - pen.width(saidCls, said) - after;
    pen.text('strong', x + 14, line, name, { most: 70 });
    if (pen.width('code small', source.interest) <= room) pen.text('code small', after, line, source.interest);
    pen.text(saidCls, x + w - 12, line, said, { anchor: 'end', most: w - 38 - pen.width('strong', name) });
    if (!isLow && system) pen.text(system0, x + 14, y + h - 13, system, { most: w - 24, go: source.came[0]?.at });
    return;
  }
  const line = y + Math.max(40, h * 0.38);
  pen.text('tiny', x + w - 14, y + 22, words('table_model'), { anchor: 'end' });
  pen.text('strong', x + 14, line, name);
  pen.text('code small', x + 22 + pen.width('strong', name), line, source.interest, { most: w - 40 - pen.width('strong', name) - pen.width(cls, row) });
  pen.text(cls, x + w - 14, line, row, { anchor: 'end', go: source.told?.at });
  if (system) pen.text(isStuck ? 'bad' : isDue ? 'state little st ready' : 'tiny', x + 14, line + (h - 22 - line + y) * 0.42, system, { most: w - 26, go: source.came[0]?.at });
  if (!held || !text) return;
  pen.text('tiny', x + 14, y + h - 12, words('whom'), { most: w - wide - 34 });
  tag(pen, 'waker', x + w - wide - 14, y + h - 17, text, { go: held.at });
}

/** @param {Pen} pen @param {Model} m @param {Plan} p @param {Words} words */
function drawWheel(pen, m, p, words) {
  if (m.source) return drawTable(pen, m, p, words);
  const { x, y, w, h } = p.wheel;
  station(pen, p.wheel, { name: words('wheel'), cls: m.isStuck ? 'stuck' : 'sunk', nameCls: 'name little', key: 'wheel', head: p.narrow ? 17 : 22 });
  if (m.due === undefined || (m.isRung && !m.held)) {
    pen.text('said', x + 14, y + h / 2 + (p.narrow ? 14 : 8), m.isRung ? words('rang', { ms: m.turn?.time ?? 0 }) : words(m.theirs ? 'empty' : 'not_used'), { most: w - 24, go: m.isRung ? m.turn?.at : undefined });
    return;
  }
  const k = p.narrow ? 0.42 : Math.min(0.72, h / 180);
  const by = p.narrow ? y + h - 18 : y + h * 0.48;
  bell(pen, x + (p.narrow ? 24 : 34), by, k, m.turnsNow ? 'rings' : 'silent', 'their bell');
  const said = m.isDue ? words(m.isStuck ? 'due_since' : 'is_due', { ms: m.due }) : words('due_at', { ms: m.due });
  pen.text(m.isStuck ? 'bad' : m.isDue ? 'state little st ready' : 'note', x + (p.narrow ? 44 : 68), p.narrow ? by + 5 : by + 5, said, { most: w - (p.narrow ? 50 : 78) });
  if (!m.held) return;
  const text = words('waker', { task: m.held.task });
  const wide = tagWidth(pen, text);
  // Beside the name, or below it where there is no room.
  const fits = pen.width('name little', words('wheel')) + 28 + wide < w;
  if (p.narrow) tag(pen, 'waker', x + w - wide - 8, fits ? y + 17 : y + Math.min(44, h - 48), text, { go: m.held.at });
  else {
    pen.text('tiny', x + 14, y + h - 16, words('whom'), { most: w - wide - 34 });
    tag(pen, 'waker', x + w - wide - 14, y + h - 21, text, { go: m.held.at });
  }
}

/** @param {Pen} pen @param {Model} m @param {Plan} p @param {Words} words */
function drawRoads(pen, m, p, words) {
  const { queue, task, wheel, back } = p;
  const set = m.isSet ? (m.held ? 'ink' : 'past') : 'open';
  const isMissing = m.isStuck;
  const way = isMissing ? 'missing' : m.woken === 'wake' ? 'wake' : m.woken === 'past' ? 'past' : 'open';
  const said = words(isMissing ? 'no_wake' : `wake_${m.woken}`, { name: m.name });
  const cls = isMissing ? 'bad' : m.woken === 'wake' ? 'state little st ready' : 'tiny';
  if (p.narrow) {
    const x = task.x + task.w - 36;
    road(pen, 'set', [[x, task.y + task.h + 2], [x, wheel.y - 3]], m.theirs ? set : 'open');
    road(pen, 'back', [[wheel.x + 18, wheel.y - 2], [wheel.x + 18, back], [queue.x + 30, back], [queue.x + 30, queue.y + queue.h + 4]], way, { cross: [(wheel.x + queue.x) / 2 + 22, back] });
    pen.text(cls, wheel.x + 28, back + 18, words(isMissing ? 'no_wake_short' : `wake_${m.woken}_short`), { most: x - wheel.x - 40 });
    return;
  }
  const y = p.cy[0];
  road(pen, 'set', [[task.x + task.w + 4, y], [wheel.x - 5, y]], m.theirs ? set : 'open');
  if (m.isSet) pen.text('tiny', (task.x + task.w + wheel.x) / 2, y - 12, words(m.source ? 'left' : 'set'), { anchor: 'middle', most: wheel.x - task.x - task.w });
  const [from, to] = [wheel.x + wheel.w * 0.62, queue.x + queue.w / 2];
  road(pen, 'back', [[from, wheel.y + wheel.h + 4], [from, back], [to, back], [to, queue.y + queue.h + 5]], way, { cross: [(from + to) / 2, back], go: m.woken === 'open' ? undefined : m.turn?.at });
  if (isMissing) pen.text(cls, from + 16, back + 5, said, { most: p.w - from - 30 });
  else pen.text(`${cls} halo`, (from + to) / 2, back - 9, said, { anchor: 'middle', most: from - to - 20 });
}

/** When bytes come: a letter, open from then on. @param {Pen} pen @param {number} x @param {number} y @param {boolean} isHere */
const letter = (pen, x, y, isHere) => pen.group({ x, y, cls: `letter${isHere ? ' here' : ''}`, key: 'letter' }, () => {
  pen.rect('', -7, -5, 14, 10, { r: 1 });
  pen.path('', 'M-7-4.500L0 1 7-4.500');
});

/** The lanes of the tasks, and of their loop: when its timer is due, or bytes come for it, and when it was turned. @param {Pen} pen @param {Model} m @param {Plan} p @param {Words} words */
function drawClock(pen, m, p, words) {
  const scale = createScale(m.end, p.narrow ? 74 : 150, p.w - (p.narrow ? 26 : 46));
  m.pxPerMs = scale.pxPerMs;
  const bottom = p.h - 26;
  axis(pen, scale, p.clock + 4, bottom, { unit: 'ms', apart: p.narrow ? 56 : 100 });
  const size = p.narrow ? 13 : Math.min(20, p.pitch * 0.66);
  const y = (/** @type {number} */ row) => p.clock + 6 + p.pitch * (row + 0.5);
  lanesShown(m, p.narrow).forEach((task, row) => {
    const name = task ? m.tasks[task - 1]?.name ?? '' : words('their_loop');
    pen.text(p.narrow ? 'tiny' : 'name little', p.narrow ? 6 : 20, y(row) + 4.5, name, { most: scale.left - (p.narrow ? 12 : 28) });
    if (task) lane(pen, scale, m.run, task, m.shown, { y: y(row), h: size });
    else pen.line('bed-line', scale.left, y(row), scale.right, y(row));
  });
  const their = y(1);
  for (const { at, time } of marks(m.run, 'turned')) {
    const seen = part({ from: time, to: time, at, till: at }, m.shown);
    if (seen) pen.rect(`turn-mark${at <= m.cursor ? '' : ' later'}`, scale.x(time) - 2.5, their - size / 2, 5, size, { go: at, key: `turn ${at}`, r: 1 });
  }
  if (m.due !== undefined) {
    pen.line('due', scale.x(m.due), their - size / 2, scale.x(m.due), their + size / 2);
    pen.group({ key: 'due', drag: 'due' }, () => {
      pen.rect('grip', scale.x(m.due ?? 0) - 20, their - 11, 20, 22);
      if (m.source) letter(pen, scale.x(m.due ?? 0) - 12, their, m.source.came.length > 0);
      else bell(pen, scale.x(m.due ?? 0) - 12, their, p.narrow ? 0.24 : 0.3, m.isRung ? 'rung' : 'silent');
    });
  }
  if (m.isStuck) {
    pen.line('lost', scale.x(m.run.duration) + 4, y(0), scale.right, y(0), { key: 'for good' });
    cross(pen, scale.right + 2, y(0), '', 'for good end', 4);
  }
  now(pen, scale, m.ms, p.clock + 8, bottom);
}

/** A program that the compiler refuses, with its message at its columns: which of the two awaits it is. @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function drawRefused(pen, m, { width, height }, words) {
  const narrow = width < 560;
  const box = { x: narrow ? 8 : 20, y: 8, w: width - (narrow ? 16 : 40), h: height - 16 };
  pen.rect(`station ${m.isCompiled ? 'st panicked said' : 'plain'}`, box.x, box.y, box.w, box.h, { r: 3 });
  pen.text('code bold small', box.x + 14, box.y + 24, 'sent.rs');
  pen.text(m.isCompiled ? 'state little st panicked' : 'strong', box.x + box.w - 14, box.y + 24, words(m.isCompiled ? 'refused' : 'not_compiled'), { anchor: 'end', most: box.w - 110 });
  const cls = narrow ? 'small' : '';
  const charW = pen.width(`code ${cls}`, '0');
  const [x0, leading] = [box.x + 14, narrow ? 24 : Math.min(32, height / 12)];
  let y = box.y + (narrow ? 54 : 64);
  let awaits = 0;
  for (const line of m.lines) {
    code(pen, x0, y, line, { most: box.w - 24, cls });
    const labels = m.isCompiled ? m.message?.labels.filter((label) => label.line === line.n && label.to - label.from < 20 && label.line !== 19) ?? [] : [];
    for (const label of labels) {
      pen.path(`under st ${label.main ? 'panicked' : 'none'}`, `M${x0 + label.from * charW} ${y + 6}H${x0 + label.to * charW}`);
      for (const said of pen.measure.lines('bad', label.text, box.w - 40)) {
        y += 19;
        pen.text(`state little st ${label.main ? 'panicked' : 'pending'}`, Math.max(x0, Math.min(x0 + label.from * charW, box.x + box.w - pen.width('bad', said) - 14)), y + 3, said, { most: box.w - 28 });
      }
    }
    if (line.text.includes('.await') && m.isCompiled) {
      awaits += 1;
      if (awaits === 1 && !narrow) pen.text('note', x0 + (line.text.length + 2) * charW, y, words('await_fine'), { most: box.w - (line.text.length + 5) * charW });
    }
    y += leading;
  }
  if (m.isCompiled && !narrow && y + 30 < box.y + box.h) {
    const lines = pen.measure.lines('note', words('why_send'), box.w - 28, 2);
    lines.forEach((one, i) => pen.text('note', x0, box.y + box.h - 16 - (lines.length - 1 - i) * 19, one));
  }
}

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, size, words) {
  if (m.isRefused) return drawRefused(pen, m, size, words);
  const p = plan(m, size);
  const theirCls = m.isStuck ? 'state little st panicked' : m.turnsNow ? 'strong' : 'tiny';
  const how = m.turnsNow || (m.turned === 'layer' && m.theirs) ? 'turns' : m.isStuck ? 'stuck' : 'still';
  const pick = m.theirs && m.turned === 'never' ? 'turn' : undefined;
  ring(pen, p.ax, p.cy[0], p, 'turns', m.polls, 'our loop');
  pen.group({ pick, cls: pick ? 'pickable' : '' }, () => {
    if (pick) pen.rect('hit', p.narrow ? 0 : p.bx - p.wide, p.narrow ? p.cy[1] - 14 : p.cy[1] - p.r, p.narrow ? 110 : 2 * p.wide, p.narrow ? 26 : 2 * p.r);
    ring(pen, p.bx, p.cy[1], p, how, m.turns, 'their loop');
    if (p.narrow) {
      pen.text('name little', 34, p.cy[0] + 4.5, words('ours_short'), { most: 120 });
      pen.text('tiny', p.w - 12, p.cy[0] + 4.5, words('turns'), { anchor: 'end' });
      pen.text('name little', 34, p.cy[1] + 4.5, words('theirs_short'), { most: 74 });
    } else {
      pen.text('title', 20, 24, words('ours'));
      pen.text('tiny', 20, 44, words('turns'));
      pen.text('title', p.w - 20, 24, words('theirs'), { anchor: 'end' });
      pen.text(theirCls, p.w - 20, 44, theirState(m, words), { anchor: 'end', most: p.w * 0.3 });
      if (pick) pen.text('tiny', p.w - 20, 62, words('click'), { anchor: 'end', most: p.w * 0.2 });
    }
  });
  drawRoads(pen, m, p, words);
  // Ours: who is in line, and the task.
  station(pen, p.queue, { name: words('queue'), cls: 'sunk', nameCls: 'name little', head: p.narrow ? 17 : 22 });
  pen.text('said', p.queue.x + 14, below(p.queue, p.narrow), m.ready.length ? m.ready.join(', ') : words('empty'), { most: p.queue.w - 20 });
  const { task } = p;
  station(pen, task, { name: m.name, cls: m.isStuck ? 'stuck' : m.state === 'running' ? 'lit tint' : m.state, nameCls: p.narrow ? 'name little' : 'title', key: 'task', head: p.narrow ? 17 : 24 });
  pen.text(`state little st ${m.isStuck ? 'panicked' : m.state}`, task.x + task.w - 12, task.y + (p.narrow ? 17 : 24), words(m.isStuck ? 'for_good' : `is_${m.state}`), { anchor: 'end', most: task.w - 30 - pen.width(p.narrow ? 'name little' : 'title', m.name) });
  pen.text('code small', task.x + 14, below(task, p.narrow), m.source ? 'their_read().await' : m.theirs ? 'their_sleep().await' : 'sleep().await', { most: task.w - 24 });
  // Theirs.
  drawWheel(pen, m, p, words);
  station(pen, p.driver, { name: words(p.narrow ? 'driver_short' : 'driver'), cls: m.turnsNow ? 'solid' : 'sunk', nameCls: 'name little', key: 'driver', head: p.narrow ? 17 : 22 });
  const last = m.turn ? words(p.narrow ? 'last_short' : 'last', { ms: m.turn.time }) : words(p.narrow ? 'never_short' : 'never');
  pen.text(m.isStuck ? 'bad' : 'said', p.driver.x + 14, below(p.driver, p.narrow), last, { most: p.driver.w - 22, go: m.turn?.at });
  drawClock(pen, m, p, words);
}

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  if (m.isRefused) return [{ text: 'sent.rs', now: true, parts: m.isCompiled ? [{ text: words('refused') }, ...m.message?.labels.filter(({ text }) => text).map(({ text }) => ({ text })) ?? []] : [{ text: words('not_compiled') }] }];
  const { row, system } = sourceSaid(m, words, false);
  const kept = m.source ? `${words('table')}: ${m.source.isThere ? `${words('socket', { nth: m.source.nth })}, ${m.source.interest}, ${row}` : words('empty')}` : `${words('wheel')}: ${m.due === undefined ? words(m.theirs ? 'empty' : 'not_used') : m.isRung && !m.held ? words('rang', { ms: m.turn?.time ?? 0 }) : words(m.isStuck ? 'due_since' : 'due_at', { ms: m.due })}`;
  return [
    { text: `${words('queue')}: ${m.ready.length ? m.ready.join(', ') : words('empty')}` },
    { text: `${m.name}: ${words(m.isStuck ? 'for_good' : `is_${m.state}`)}`, now: m.state === 'running' },
    { text: kept, parts: [...(system ? [{ text: system }] : []), ...(m.held ? [{ text: words('waker', { task: m.held.task }) }] : [])] },
    { text: `${words('their_loop')}: ${theirState(m, words)}`, now: m.turnsNow, parts: m.isStuck ? [{ text: words('no_wake', { name: m.name }) }] : [] },
  ];
}

export const createHero = heroOf({
  name: 'loops', model, draw, describe,
  // The loop that stands is turned once, by hand.
  pick(name, m, host) {
    if (name !== 'turn') return;
    // Not before the timer is due: then nothing rings.
    if (m.due !== undefined && m.hand < m.due) host.setParam?.('hand', String(m.due));
    host.setParam?.('turned', 'by_hand');
  },
  drag(name, dx, _, m, host) {
    if (name === 'due' && m.due !== undefined) askTime(host, m.params, 'due', Math.max(1, m.due + dx / m.pxPerMs));
  },
});
