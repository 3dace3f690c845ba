// Tasks, what they have, and what they wait for. A guard stands in the task whose future keeps it; an arrow leads from who waits to
// what it waits for, and from there to who has it. Where the arrows lead back to where they began, nobody can go on.

import { heroOf } from './kit/hero.js';
import { stateAt } from './kit/lane.js';
import { padlock } from './kit/marks.js';
import { road } from './kit/road.js';
import { lanesOf, once } from './kit/run.js';
import { station } from './kit/things.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */
/** @typedef {import('../types.js').Run} Run */
/** @typedef {import('../types.js').Guards} Guards */
/** @typedef {Guards['held'][number]} Lasting */
/** @typedef {{ x: number, y: number, w: number, h: number }} Box */

/** A guard that is dragged so many px is out of its box. */
const defaults = { away: 50 };

/** A name for a thing that tasks wait for. @param {Lasting['of']} of */
const keyOf = (of) => `${of.kind} ${'nth' in of ? of.nth : 0}`;

/** @param {State} state @param {Words} words @param {import('./kit/hero.js').Host} host */
function model({ run, cursor, deciding, params }, words, host) {
  const { held, waits, senders } = once(run, 'guards', () => run.guards());
  const isOn = (/** @type {Lasting} */ { at, till }) => at <= cursor && (till === 0 || till > cursor);
  const keys = [...new Set([...held, ...waits].map(({ of }) => keyOf(of)))];
  const locks = keys.filter((key) => key.startsWith('mutex'));
  const things = keys.map((key) => ({
    key,
    name: key.startsWith('channel') ? words('reply') : locks.length > 1 ? words('value_nth', { n: locks.indexOf(key) + 1 }) : words('value'),
    isChannel: key.startsWith('channel'),
    holder: held.find((guard) => isOn(guard) && keyOf(guard.of) === key),
    sender: senders.find(({ of }) => keyOf(of) === key)?.task,
    hasCome: waits.some(({ of, till }) => keyOf(of) === key && till > 0 && till <= cursor),
  }));
  const { all } = once(run, 'findings', () => run.findings());
  const found = all.find(({ cause, cursor: at }) => at <= cursor && (cause.kind === 'deadlock' || cause.kind === 'panicked'));
  const stuck = found?.cause.kind === 'deadlock' ? found.cause.links.map(({ task }) => task) : [];
  const tasks = lanesOf(run).lanes.slice(0, 2).map(({ name }, i) => {
    const task = i + 1;
    const state = stateAt(run, task, cursor);
    const wait = waits.findLast((one) => one.task === task && isOn(one));
    return {
      task, name, state: state ?? 'spawned', wait, isStuck: stuck.includes(task),
      said: state ? host.text.t(`state.${state}`) : words('not_yet'),
      guards: held.filter((one) => one.task === task && isOn(one)),
    };
  });
  const event = run.describe(cursor);
  return {
    run, cursor, isKnown: deciding.isKnown, isCured: params.guard === 'cured', things, tasks, isStuck: stuck.length > 0, found,
    refused: found?.cause.kind === 'panicked' ? found : undefined,
    more: Math.max(0, lanesOf(run).lanes.length - 2), running: 'task' in event ? event.task : 0,
  };
}
/** @typedef {ReturnType<typeof model>} Model */
/** @typedef {Model['tasks'][number]} Who */
/** @typedef {Model['things'][number]} Thing */

/** @param {Model} m @param {string} key */
const nameOf = (m, key) => m.things.find((thing) => thing.key === key)?.name ?? '';
/** The line of a guard or a wait. @param {Lasting} lasting */
const lineOf = ({ line }) => line?.line ?? 0;

/** Where everything stands: tasks left and right, what they share between them. @param {Model} m @param {Size} size */
function plan(m, { width: w, height: h }) {
  const narrow = w < 560;
  const [left, right] = narrow ? [8, w - 8] : [20, w - 20];
  const isOne = m.tasks.length < 2;
  const taskW = narrow ? Math.min(172, w * 0.45) : Math.min(320, w * 0.285);
  const taskH = narrow ? 108 : Math.min(150, h * 0.36);
  const thingW = narrow ? Math.min(132, w * 0.36) : Math.min(190, w * 0.18);
  const thingH = narrow ? 46 : 66;
  // In a narrow pane the tasks stand side by side, and what they share above and below them.
  const y = narrow ? 88 : 36;
  const tasks = [{ x: left, y, w: taskW, h: taskH }, { x: right - taskW, y, w: taskW, h: taskH }];
  const middle = (left + right) / 2 - thingW / 2;
  const bottom = { x: middle, y: Math.min(h - thingH - (narrow ? 30 : 56), tasks[0].y + taskH + (narrow ? 34 : 70)), w: thingW, h: thingH };
  const top = { x: middle, y: narrow ? 8 : 36, w: thingW, h: thingH };
  return { narrow, isOne, tasks, top, bottom };
}
/** @typedef {ReturnType<typeof plan>} Plan */

/** @param {Pen} pen @param {Model} m @param {Who} who @param {Box} box @param {Words} words @param {boolean} narrow */
function drawTask(pen, m, who, box, words, narrow) {
  const cls = who.isStuck ? 'stuck' : who.state;
  const inset = narrow ? 10 : 16;
  station(pen, box, { name: who.name, cls, key: `task ${who.task}`, nameCls: narrow ? 'name little' : 'title', head: narrow ? 19 : 26 });
  const said = who.isStuck ? words('for_good') : who.said;
  const stateY = box.y + (narrow ? 37 : 26);
  pen.text(`state little st ${who.isStuck ? 'panicked' : who.state}`, narrow ? box.x + 14 : box.x + box.w - 14, stateY, said, narrow ? { most: box.w - 20 } : { anchor: 'end', most: box.w - 40 - pen.width('title', who.name) });
  let y = box.y + (narrow ? 56 : 54);
  if (who.wait) {
    pen.text(narrow ? 'tiny' : 'note', box.x + inset, y, words(narrow ? 'waits_short' : 'waits_at', { line: lineOf(who.wait), name: nameOf(m, keyOf(who.wait.of)) }), { most: box.w - 2 * inset, go: who.wait.at });
    y += narrow ? 12 : 16;
  } else y += narrow ? 0 : 2;
  who.guards.forEach((guard, i) => {
    const rowH = narrow ? 24 : 34;
    const rowY = y + i * (rowH + 4);
    if (rowY + rowH > box.y + box.h - 2) return;
    const stuck = who.isStuck ? ' stuck' : '';
    // Out of its box means: given back before the wait.
    pen.group({ drag: m.isCured ? undefined : 'guard', go: guard.at, key: `held ${keyOf(guard.of)}` }, () => {
      pen.rect(`station inner leaf${stuck}`, box.x + inset - 4, rowY, box.w - 2 * inset + 8, rowH, { r: 3, key: `guard ${keyOf(guard.of)}` });
      if (!narrow) padlock(pen, box.x + inset + 12, rowY + 17, 'shut', `lock ${keyOf(guard.of)}`);
      pen.text(narrow ? 'tiny' : 'small', box.x + inset + (narrow ? 2 : 30), rowY + rowH / 2 + 4.5, words(narrow ? 'has_short' : 'has', { name: nameOf(m, keyOf(guard.of)), line: lineOf(guard) }), { most: box.w - 2 * inset - (narrow ? 4 : 34) });
    });
  });
}

/** @param {Thing} thing @param {Model} m @param {Words} words */
const thingSays = (thing, m, words) => (thing.isChannel ? words(thing.hasCome ? 'arrived' : thing.sender ? 'sent_by' : 'empty', { name: m.tasks[(thing.sender ?? 1) - 1]?.name ?? '' })
  : thing.holder ? words('held_by', { name: m.tasks[thing.holder.task - 1]?.name ?? '' }) : words('free'));

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, size, words) {
  const p = plan(m, size);
  const { narrow } = p;
  const [bottom, top] = [m.things.find(({ isChannel }) => !isChannel), undefined];
  const upper = m.things.find((thing) => thing !== bottom) ?? top;
  const gap = 7;
  // Of one task, what it waits for stands beside it.
  const at = new Map([[bottom?.key, p.isOne ? { ...p.top, x: p.tasks[1].x, y: p.tasks[0].y + (p.tasks[0].h - p.top.h) / 2, w: p.tasks[1].w } : p.bottom], [upper?.key, p.top]]);
  // What leads where. A wait that nobody has yet is a dotted road.
  for (const who of m.tasks) {
    const box = p.tasks[who.task - 1];
    for (const thing of m.things) {
      const to = at.get(thing.key);
      if (!to) continue;
      const isWaiting = who.wait !== undefined && keyOf(who.wait.of) === thing.key;
      const isHeld = thing.isChannel ? thing.sender === who.task && !['done', 'cancelled'].includes(who.state) : thing.holder?.task === who.task;
      const isUpper = thing === upper;
      const isLeft = who.task === 1;
      const side = isLeft ? box.x + box.w : box.x;
      const near = isLeft ? to.x - gap : to.x + to.w + gap;
      if (isWaiting) {
        /** @type {[number, number][]} */
        const way = p.isOne ? [[side, to.y + 18], [to.x - gap, to.y + 18]]
          : isUpper && narrow ? [[box.x + box.w * (isLeft ? 0.3 : 0.7), box.y], [box.x + box.w * (isLeft ? 0.3 : 0.7), to.y + 14], [near, to.y + 14]]
            : isUpper ? [[side, to.y + to.h / 2 - 10], [near, to.y + to.h / 2 - 10]]
            : [[box.x + box.w * 0.62, box.y + box.h], [box.x + box.w * 0.62, to.y + to.h / 2 - 12], [near, to.y + to.h / 2 - 12]];
        road(pen, `wait ${who.task} ${thing.key}`, way, who.isStuck ? 'missing' : 'pending', { go: who.wait?.at });
        edgeText(pen, words('waits'), way, `state little st ${who.isStuck ? 'panicked' : 'pending'}`);
      }
      if (isHeld && (!thing.isChannel || m.things.some(({ key }) => m.tasks.some(({ wait }) => wait && keyOf(wait.of) === key)))) {
        const from = isLeft ? to.x : to.x + to.w;
        /** @type {[number, number][]} */
        const way = p.isOne ? [[to.x, to.y + to.h - 14], [side + gap, to.y + to.h - 14]]
          : isUpper && narrow ? [[from, to.y + 32], [box.x + box.w * (0.5), to.y + 32], [box.x + box.w * 0.5, box.y - gap]]
            : isUpper ? [[from, to.y + to.h / 2 + 12], [isLeft ? side + gap : side - gap, to.y + to.h / 2 + 12]]
            : [[from, to.y + to.h / 2 + 12], [box.x + box.w * 0.3, to.y + to.h / 2 + 12], [box.x + box.w * 0.3, box.y + box.h + gap]];
        road(pen, `held ${who.task} ${thing.key}`, way, who.isStuck ? 'missing' : thing.isChannel ? 'open' : 'ink', { go: thing.holder?.at });
        if (!narrow) edgeText(pen, words(thing.isChannel ? 'sent' : 'held'), way, who.isStuck ? 'state little st panicked' : 'tiny', true);
      }
    }
  }
  // Who was refused asked for what another one has.
  const asker = m.refused && m.tasks.find(({ state }) => state === 'panicked');
  const asked = m.things.find(({ holder }) => holder);
  const aim = asked && at.get(asked.key);
  if (asker && aim && !p.isOne) {
    const box = p.tasks[asker.task - 1];
    const x = box.x + box.w * 0.62;
    const near = asker.task === 1 ? aim.x - gap : aim.x + aim.w + gap;
    road(pen, 'refused', [[x, box.y + box.h], [x, aim.y + aim.h / 2 - 12], [near, aim.y + aim.h / 2 - 12]], 'missing', { cross: [(x + near) / 2, aim.y + aim.h / 2 - 12], go: m.refused?.cursor });
  }
  for (const who of m.tasks) drawTask(pen, m, who, p.tasks[who.task - 1], words, narrow);
  for (const thing of m.things) {
    const box = at.get(thing.key);
    if (!box) continue;
    station(pen, box, { name: thing.name, key: thing.key, cls: thing.holder || thing.isChannel ? '' : 'none', nameCls: narrow ? 'name little' : 'title', head: narrow ? 20 : 26 });
    pen.text('tiny', box.x + 14, box.y + (narrow ? 37 : 48), thingSays(thing, m, words), { most: box.w - 20 });
  }
  const say = ending(m, words);
  if (say) {
    const lines = pen.measure.lines(m.isStuck || m.refused ? 'bad' : 'strong', say, size.width - 48, 2);
    lines.forEach((text, i) => pen.text(m.isStuck || m.refused ? 'bad' : 'strong', size.width / 2, size.height - 14 - (lines.length - 1 - i) * 19, text, { anchor: 'middle', go: m.found?.cursor }));
  }
}

/** What an arrow says, beside its longest level part. @param {Pen} pen @param {string} text @param {[number, number][]} way @param {string} cls @param {boolean} [below] */
function edgeText(pen, text, way, cls, below = false) {
  const [[x0, y], [x1]] = way.slice(-2)[0][1] === way.slice(-1)[0][1] ? way.slice(-2) : way.slice(0, 2);
  const wide = Math.abs(x1 - x0) - 14;
  if (pen.width(cls, text) <= wide) pen.text(cls, (x0 + x1) / 2, below ? y + 17 : y - 7, text, { anchor: 'middle' });
}

/** What the run has come to. @param {Model} m @param {Words} words */
function ending(m, words) {
  if (m.isStuck) return words(m.tasks.filter(({ isStuck }) => isStuck).length > 1 ? 'closed' : 'closed_one');
  if (m.refused) return words('refused', { line: m.refused.at?.line ?? 0 });
  return m.tasks.length > 0 && m.tasks.every(({ state }) => state === 'done') ? words('all_done') : '';
}

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  return [
    ...m.tasks.map((who) => ({
      text: `${who.name}: ${who.isStuck ? words('for_good') : who.said}`,
      now: who.task === m.running,
      parts: [
        ...(who.wait ? [{ text: words('waits_at', { line: lineOf(who.wait), name: nameOf(m, keyOf(who.wait.of)) }) }] : []),
        ...who.guards.map((guard) => ({ text: words('has', { name: nameOf(m, keyOf(guard.of)), line: lineOf(guard) }) })),
      ],
    })),
    ...m.things.map((thing) => ({ text: `${thing.name}: ${thingSays(thing, m, words)}` })),
    ...(ending(m, words) ? [{ text: ending(m, words) }] : []),
  ];
}

export const createHero = heroOf({
  name: 'guard', model, draw, describe,
  drag: (name, dx, dy, _, host) => {
    if (name === 'guard' && Math.hypot(dx, dy) > defaults.away) host.setParam?.('guard', 'cured');
  },
});
