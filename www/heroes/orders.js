// One thread, and the order of its polls: who was polled when, with what they read, wrote and locked; and, poll below poll, all
// other orders, with what each comes to. An order that ends in another way is opened by a click.

import { heroOf } from './kit/hero.js';
import { phasesOf, pollsOf } from './kit/lane.js';
import { cross, head } from './kit/marks.js';
import { lanesOf, marks, once } from './kit/run.js';
import { treeOf } from './kit/tree.js';

/** @typedef {import('../types.js').Run} Run */
/** @typedef {import('../types.js').Explored} Explored */
/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */
/** @typedef {import('./kit/tree.js').Placed} Placed */
/** @typedef {{ poll: number, at: number, kind: 'read' | 'write', value: string, task: number }} Access */
/** @typedef {{ from: number, to: number, task: number, at: number, till: number }} Hold from the poll in which a lock is taken to that in which it is given back */

/** How close two orders stand at best and at least, and two lines of text, in px. */
const [ROOMY, LEAST, LINE] = [18, 12, 15];

/** What tasks did to what they share: a row for each cell and each mutex. @param {Run} run */
const sharedOf = (run) => once(run, 'shared', () => {
  const polls = pollsOf(run);
  const pollAt = (/** @type {number} */ at) => polls.findLastIndex((poll) => poll.at <= at);
  /** @type {Map<string, { by: import('../types.js').Holder, accesses: Access[], holds: Hold[] }>} */
  const rows = new Map();
  for (const { at, event } of marks(run, 'cell_read', 'cell_written', 'locked', 'unlocked')) {
    const { kind, task, by } = event;
    const name = JSON.stringify(by);
    const row = rows.get(name) ?? { by, accesses: [], holds: [] };
    rows.set(name, row);
    if (kind === 'locked') row.holds.push({ from: pollAt(at), to: Infinity, task, at, till: Infinity });
    else if (kind === 'unlocked') row.holds.filter((hold) => hold.till === Infinity).forEach((hold) => Object.assign(hold, { to: pollAt(at), till: at }));
    else row.accesses.push({ poll: pollAt(at), at, kind: kind === 'cell_read' ? 'read' : 'write', value: event.value, task });
  }
  return [...rows.values()];
});

/** Reads whose value another task had overwritten before the reader wrote. @param {Access[]} accesses */
const staleOf = (accesses) => accesses.flatMap((read, i) => {
  if (read.kind !== 'read') return [];
  const write = accesses.slice(i + 1).find(({ kind, task }) => kind === 'write' && task === read.task);
  const between = write && accesses.slice(i + 1, accesses.indexOf(write)).find(({ kind, task }) => kind === 'write' && task !== read.task);
  return between ? [{ read, write, since: between.at }] : [];
});

/** @param {State} state @param {Words} words @param {import('./kit/hero.js').Host} host */
function model({ run, cursor, deciding, params }, words, host) {
  const polls = pollsOf(run);
  const found = host.explore?.(params);
  const explored = found === 'failed' ? undefined : found;
  const outcomes = explored?.outcomes ?? [];
  const most = Math.max(0, ...outcomes.map(({ orders }) => orders));
  /** What an outcome is called. @param {Explored['outcomes'][number]} outcome */
  const end = ({ ending, lines }) => (ending.why === 'deadlock' ? words('stuck') : lines[lines.length - 1] ?? words('silent'));
  return {
    run, cursor, polls, isKnown: deciding.isKnown,
    lanes: lanesOf(run).lanes.map((_, i) => ({ task: i + 1, name: words('lane', { task: i + 1, name: run.nameOf(i + 1) }) })),
    shared: sharedOf(run).map((row) => ({ ...row, name: words(row.holds.length ? 'mutex' : 'cell', { nth: 'nth' in row.by ? row.by.nth : 0 }) })),
    /** The polls that are seen: those up to here. */
    seen: polls.filter(({ at }) => at <= cursor).length,
    tree: explored?.tree ?? [],
    /** Why there is no tree. */
    missing: found === 'failed' ? 'failed' : explored ? 'too_many' : 'asked',
    outcomes: outcomes.map((outcome) => ({
      name: end(outcome), orders: outcome.orders, deviations: outcome.deviations, changes: outcome.changes,
      isRare: outcome.orders < most || outcome.ending.why === 'deadlock', isStuck: outcome.ending.why === 'deadlock',
    })),
  };
}
/** @typedef {ReturnType<typeof model>} Model */

/** @param {Size} size @param {Model} m */
function plan({ width, height }, m) {
  const narrow = width < 560;
  const columns = Math.max(1, m.polls.length, ...m.tree.map(({ polls }) => polls.length));
  const [left, labels] = narrow ? [70, 106] : [136, Math.min(290, width * 0.28)];
  const pitch = (width - left - labels) / columns;
  const rows = m.lanes.length + m.shared.length;
  const row = Math.max(narrow ? 21 : 25, Math.min(40, height * (narrow ? 0.34 : 0.4) / Math.max(1, rows)));
  const top = narrow ? 2 : 6;
  const head = top + row * rows + (narrow ? 4 : 14);
  return { narrow, left, right: left + pitch * columns, pitch, row, top, head, tree: head + (narrow ? 26 : 34), bottom: height - 2, x: (/** @type {number} */ poll) => left + pitch * (poll + 0.5), width, height };
}
/** @typedef {ReturnType<typeof plan>} Plan */

/** The rows: half of the tasks, what they share, the other half. @param {Model} m @param {Plan} p */
function rowsOf(m, p) {
  const half = Math.ceil(m.lanes.length / 2);
  const y = (/** @type {number} */ i) => p.top + p.row * (i + 0.5);
  const lanes = new Map(m.lanes.map(({ task }, i) => [task, y(i < half ? i : i + m.shared.length)]));
  return { lane: (/** @type {number} */ task) => lanes.get(task) ?? y(0), shared: (/** @type {number} */ i) => y(half + i) };
}

/** The run, poll by poll. @param {Pen} pen @param {Model} m @param {Plan} p @param {Words} words */
function drawRun(pen, m, p, words) {
  const rows = rowsOf(m, p);
  const [w, h] = [Math.max(3, Math.min(p.pitch - 5, 50)), Math.min(p.row - 8, 24)];
  const isShown = (/** @type {number} */ at) => m.isKnown || at <= m.cursor;
  const later = (/** @type {number} */ at) => (at > m.cursor ? ' later' : '');
  for (const { task, name } of m.lanes) pen.text(`name${p.narrow ? ' little' : ''}`, p.narrow ? 4 : 20, rows.lane(task) + 5, name, { most: p.left - (p.narrow ? 8 : 28) });
  const stale = m.shared.flatMap(({ accesses }) => staleOf(accesses));
  // From poll to poll of a task it stands in line or sleeps.
  m.polls.forEach((poll, i) => {
    const next = m.polls.findIndex((other, k) => k > i && other.task === poll.task);
    const phases = phasesOf(m.run, poll.task).filter(({ at }) => at > poll.at && (next < 0 || at < m.polls[next].at));
    const phase = phases.find(({ state }) => state === 'pending') ?? phases.find(({ state }) => state === 'ready');
    if (!phase || !isShown(phase.at)) return;
    const end = Math.min(next < 0 ? p.right - p.pitch / 2 + w / 2 : p.x(next) - w / 2, m.isKnown ? p.right : p.x(Math.max(i, m.seen - 1)) + p.pitch / 2);
    const y = rows.lane(poll.task);
    const isOld = stale.some(({ read, since }) => read.task === poll.task && read.poll === i && isShown(since));
    const isStuck = next < 0 && phase.state === 'pending';
    if (end > p.x(i) + w / 2) pen.line(`${isOld || isStuck ? 'lost' : phase.state === 'pending' ? 'wait' : 'queue'}${later(phase.at)}`, p.x(i) + w / 2, y, end, y, { go: phase.at });
  });
  m.polls.forEach((poll, i) => {
    if (!isShown(poll.at)) return;
    const lit = poll.at <= m.cursor && !(poll.till && poll.till <= m.cursor);
    pen.rect(`poll${lit ? ' lit' : ''}${later(poll.at)}`, p.x(i) - w / 2, rows.lane(poll.task) - h / 2, w, h, { key: `poll ${i}`, go: poll.at });
  });
  m.shared.forEach(({ name, accesses, holds }, i) => {
    const y = rows.shared(i);
    pen.text(`name${p.narrow ? ' little' : ''}`, p.narrow ? 4 : 20, y + 5, name, { most: p.left - (p.narrow ? 8 : 28) });
    const shownTo = m.isKnown ? p.right : p.x(m.seen - 1) + p.pitch / 2;
    /** @param {number} from @param {number} to @param {string} text @param {string} cls @param {number} at */
    const band = (from, to, text, cls, at) => {
      if (to - from < 2) return;
      pen.rect(`shared-band ${cls}${later(at)}`, from + 0.5, y - h / 2, to - from - 1, h, { go: at });
      if (pen.width('shared-text', text) + 6 <= to - from) pen.text(`shared-text ${cls}${later(at)}`, (from + to) / 2, y + 5, text, { anchor: 'middle' });
    };
    const known = accesses.filter(({ at }) => isShown(at));
    const writes = known.filter(({ kind }) => kind === 'write');
    const olds = staleOf(accesses).filter(({ write }) => write && isShown(write.at));
    if (known.length) {
      // Before the first write, the value is what was read.
      const first = known[0].kind === 'read' ? known[0].value : '';
      const stops = [{ poll: -1, value: first, at: known[0].at }, ...writes];
      stops.forEach(({ poll, value, at }, k) => {
        const next = writes[k];
        const isLost = olds.some(({ read, write }) => write && next === write && at > read.at);
        band(poll < 0 ? p.left : p.x(poll), next ? p.x(next.poll) : shownTo, value, isLost ? 'gone' : olds.some(({ write }) => write?.at === at) ? 'wrong' : '', at);
      });
    }
    for (const { poll, at, kind, task } of known) {
      const [to, from] = [rows.lane(task), y];
      const up = Math.sign(to - from);
      const [a, b] = [from + up * (h / 2 + 1), to - up * (h / 2 + 2)];
      if (Math.abs(b - a) < 4) continue;
      const x = p.x(poll) + (kind === 'read' ? -1 : 1) * Math.min(6, w / 5);
      const isWrong = olds.some(({ write }) => write?.at === at);
      pen.line(`access${isWrong ? ' wrong' : ''}${later(at)}`, x, a, x, b, { go: at });
      if (p.pitch > 18) head(pen, x, kind === 'read' ? b : a, (kind === 'read') === (up > 0) ? 90 : -90, `${isWrong ? 'missing' : 'ink'}${later(at)}`);
    }
    for (const hold of holds) {
      if (!isShown(hold.at)) continue;
      const isOver = isShown(hold.till) && hold.till !== Infinity;
      const isStuck = hold.till === Infinity && m.isKnown;
      band(p.x(hold.from) - w / 2, isOver ? p.x(hold.to) + w / 2 : shownTo, words('held', { task: hold.task }), isStuck ? 'wrong' : 'locked', hold.at);
    }
  });
}

/** The orders. @param {Pen} pen @param {Model} m @param {Plan} p @param {Words} words */
function drawTree(pen, m, p, words) {
  const title = m.tree.length ? words('all', { n: m.tree.length }) : words(m.missing);
  const x = p.narrow ? 4 : 20;
  pen.line('rule', x, p.head, p.width - x, p.head);
  pen.text(`name${p.narrow ? ' little' : ''}`, x, p.head + (p.narrow ? 17 : 22), title, { most: p.width - 2 * x });
  if (!m.tree.length) return;
  let at = x + pen.width(`name${p.narrow ? ' little' : ''}`, title) + 14;
  // How the run ends is not told before it has.
  (m.isKnown ? m.outcomes : []).forEach((outcome) => {
    const text = words(outcome.isStuck ? 'some_stuck' : 'some', { n: outcome.orders, end: outcome.name });
    const cls = outcome.isRare ? 'answer bad' : 'note';
    const w = pen.width(cls, text);
    if (at + w > p.width - x) return;
    pen.text(cls, at, p.head + (p.narrow ? 17 : 22), text);
    at += w + 14;
  });
  const path = m.polls.slice(0, m.isKnown ? m.polls.length : m.seen).map(({ task }) => task);
  const isShown = (/** @type {import('./kit/tree.js').Node} */ { depth, orders }) => depth < path.length && path.slice(0, depth + 1).every((task, i) => orders[0].polls[i] === task);
  /** @param {number} least @param {(node: import('./kit/tree.js').Node) => boolean} [isKept] */
  const fits = (least, isKept) => treeOf(m.tree, Math.max(2, Math.floor((p.bottom - p.tree) / least)), isShown, isKept);
  const isUnusual = (/** @type {import('./kit/tree.js').Node} */ node) => isShown(node) || node.orders.some(({ outcome }) => isRare(outcome));
  const isRare = (/** @type {number} */ outcome) => m.outcomes[outcome]?.isRare ?? false;
  let tree = fits(ROOMY);
  if (tree.isMixed) tree = fits(LEAST);
  if (tree.isMixed) tree = fits(ROOMY, isUnusual);
  const { first, rows } = tree;
  const pitch = Math.min(26, (p.bottom - p.tree) / Math.max(1, rows));
  const y = (/** @type {number} */ row) => p.tree + pitch * (row + 0.5);
  const r = Math.max(2.5, Math.min(9, p.pitch / 2 - 2, pitch / 2 - 1));
  const isBad = (/** @type {Placed} */ { node }) => m.isKnown && node.orders.every(({ outcome }) => isRare(outcome));
  /** @param {Placed} placed @param {number} fromX @param {number} fromY @param {boolean} isUnderBad */
  const draw = (placed, fromX, fromY, isUnderBad) => {
    const { node, next, isFolded } = placed;
    const [nx, ny] = [p.x(node.depth), y(placed.y)];
    const bad = isBad(placed);
    const own = isShown(node);
    const bend = (nx - fromX) / 2;
    pen.path(`order${own ? ' own' : ''}${bad ? ' rare' : ''}`, `M${fromX} ${fromY}C${fromX + bend} ${fromY} ${nx - bend} ${ny} ${nx - r} ${ny}`);
    next.forEach((child) => draw(child, nx + r, ny, bad));
    if (node.aside) pen.path('order folded', `M${nx} ${ny + r}q0 ${r + 3} ${Math.min(18, p.pitch * 0.8)} ${r + 5}`);
    if (next.length === 0) leaf(placed, nx, ny, isFolded);
    const isNow = own && node.depth === m.seen - 1;
    const cls = `${own ? ' own' : ''}${bad ? ' rare' : ''}${bad && !isUnderBad ? ' root' : ''}${isNow ? ' now' : ''}`;
    pen.circle(`order-node${cls}`, nx, ny, r, { go: own ? m.polls[node.depth].at : undefined });
    if (r >= 7) pen.text(`order-text${cls}`, nx, ny + 4.2, String(node.task), { anchor: 'middle' });
  };
  /** @type {{ y: number, worth: number, draw: () => void }[]} */
  const labels = [];
  /** @param {Placed} placed @param {number} nx @param {number} ny @param {boolean} isFolded */
  const leaf = ({ node }, nx, ny, isFolded) => {
    const { orders } = node;
    const lx = p.right + 4;
    if (lx - 6 > nx + r) pen.line(`order${isFolded ? ' folded' : ''}`, nx + r, ny, lx - 6, ny);
    const ends = [...new Set(orders.map(({ outcome }) => outcome))];
    const isOwn = isShown(node) && path.length === orders[0].polls.length && orders.length === 1;
    const isFirst = orders.includes(m.tree[0]);
    const bad = m.isKnown && ends.every(isRare);
    const end = m.isKnown && ends.length === 1 ? m.outcomes[ends[0]].name : '';
    const name = orders.length > 1 ? words('folded', { n: orders.length, has: end && !p.narrow ? 'yes' : 'no', end }) : end;
    const isShortest = bad && orders.length === 1 && !isFirst && m.outcomes[ends[0]].changes === orders[0].changes;
    const turns = isShortest ? words(isOwn ? 'out' : 'opens', { n: m.outcomes[ends[0]].deviations }) : '';
    const says = [isOwn ? words('this') : '', isFirst && orders.length === 1 ? words('own') : '', turns].filter(Boolean);
    labels.push({ y: ny, worth: (bad ? 4 : 0) + (isOwn ? 2 : 0) + Number(isFirst), draw: () => pen.group({ pick: orders.length === 1 && !isOwn ? `order ${m.tree.indexOf(orders[0])}` : undefined }, () => {
      let w = 0;
      const most = p.width - lx - 4;
      const cls = bad ? 'order-end rare' : 'order-end';
      const wide = pen.width(cls, name);
      if (name && wide <= most) {
        pen.text(cls, lx, ny + 4.5, name);
        w = wide + 8;
        if (bad && most - w > 16) {
          cross(pen, lx + w + 4, ny, '', undefined, 4);
          w += 18;
        }
      }
      if (says.length && !p.narrow && most - w > 40) pen.text('tiny', lx + w, ny + 4.5, says.join(', '), { most: most - w });
    }) });
  };
  first.forEach((placed) => draw(placed, p.left - 6, y(placed.y), false));
  // Where rows are close, the rare ones are told before the others.
  /** @type {number[]} */
  const told = [];
  for (const label of labels.sort((a, b) => b.worth - a.worth)) {
    if (told.some((other) => Math.abs(other - label.y) < LINE)) continue;
    told.push(label.y);
    label.draw();
  }
}

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, size, words) {
  const p = plan(size, m);
  drawRun(pen, m, p, words);
  drawTree(pen, m, p, words);
}

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  const running = m.polls.findIndex(({ at, till }) => at <= m.cursor && !(till && till <= m.cursor));
  const shown = m.isKnown ? m.tree.length : 0;
  return [
    ...m.lanes.map(({ task, name }) => ({ text: `${name}: ${words('polls', { n: m.polls.filter((poll) => poll.task === task && poll.at <= m.cursor).length })}`, now: m.polls[running]?.task === task })),
    ...m.shared.map(({ name, accesses, holds }) => ({
      text: `${name}: ${accesses.findLast(({ at }) => at <= m.cursor)?.value ?? holds.filter(({ at, till }) => at <= m.cursor && till > m.cursor).map(({ task }) => words('held', { task })).join(', ')}`,
    })),
    ...(m.tree.length ? [{
      text: words('all', { n: m.tree.length }),
      parts: shown ? m.outcomes.map((outcome) => ({ text: `${words(outcome.isStuck ? 'some_stuck' : 'some', { n: outcome.orders, end: outcome.name })}${outcome.changes ? `; ${words('out', { n: outcome.deviations })}` : ''}` })) : [],
    }] : []),
  ];
}

export const createHero = heroOf({
  name: 'orders', model, draw, describe,
  // An order is opened: the run is made anew, in it.
  pick(name, m, host) {
    const order = m.tree[Number(name.split(' ')[1])];
    if (order) host.changed?.(order.changes);
  },
});
