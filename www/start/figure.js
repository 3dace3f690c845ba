// The figure: a run, drawn at a position. The picture is a pure function of the position; what moves it is `ride.js`.
//
// Polls come from above, from the executor, which rides on the cursor; wakes come from below, from the clock. A waker is one
// object: it is born in the inner future, sits with the timer, rises as the wake, and joins the queue.

import { setAttr, setText } from '../dom.js';
import { both, between, glyph, head, moveTo, n2, out, part } from './shapes.js';
import { eventAt, livesOf, share } from './story.js';

/** @typedef {import('./story.js').Story} Story */
/** @typedef {import('./place.js').Places} Places */
/** @typedef {import('./shapes.js').Make} Make */

/** @typedef {(key: string, args?: Record<string, number>) => string} Words */

const STATES = ['ready', 'running', 'pending', 'done'];

/**
 * @param {Make} make
 * @param {Story} story
 * @param {Places} places
 * @param {Words} words texts of the catalogue, without `start.`
 */
export function createFigure(make, story, places, words) {
  const { events, tasks } = story;
  const { width, height, isNarrow, block, columns, lanes, at, axis, top, box, chip } = places;
  const last = events.length - 1;
  const lives = livesOf(story);
  /** @type {any[]} */
  const layers = [];
  /** @param {Parameters<Make>} given */
  const put = (...given) => {
    const el = make(...given);
    layers.push(el);
    return el;
  };
  /** @param {string} text @param {Record<string, string | number>} attrs */
  const words_ = (text, attrs) => {
    const el = make('text', attrs);
    setText(el, text);
    return el;
  };
  /** @param {any} el @param {number} value */
  const fade = (el, value) => setAttr(el, 'opacity', n2(value));

  // -- the ground, and what stays where it was seen: both end at the cursor ------------------------
  const clip = make('rect', { x: -4, y: 0, height, width: 0 });
  put('defs', {}, make('clipPath', { id: 'seen' }, clip));
  const seen = put('g', { 'clip-path': 'url(#seen)' });
  for (const { x, width } of columns.values()) seen.append(make('rect', { x: n2(x), y: places.exec, width: n2(width), height: n2(axis - places.exec), class: 'f-still' }));
  for (const lane of lanes.slice(1)) put('line', { x1: 0, x2: width, y1: n2(lane.top), y2: n2(lane.top), class: 'f-lane' });
  put('line', { x1: 0, x2: width, y1: top - 18, y2: top - 18, class: 'f-rail' });
  put('line', { x1: places.head, x2: width, y1: n2(axis), y2: n2(axis), class: 'f-axis' });
  const ticks = [...columns.entries()].map(([time, { x, width }], i) => {
    const of = lives.findIndex((life) => events[life.wake].time === time);
    const el = words_(i === 0 ? `${time} ms` : `${time}`, { x: n2(of < 0 ? x + width / 2 : lanes[of].rings), y: n2(axis + 28), class: 'f-ax mid' });
    layers.push(el);
    return { el, known: of < 0 ? -1 : lives[of].pending };
  });
  /** @type {{ el: any, task: number, nth: number }[]} */
  const blocks = [];
  for (const [i, { y, polls }] of lanes.entries()) {
    seen.append(make('line', { x1: n2(polls[0] + block), x2: n2(polls[1]), y1: n2(y), y2: n2(y), class: 'f-wait' }));
    for (const [k, x] of polls.entries()) {
      const el = make('g', { class: 'f-poll' },
        make('rect', { x: n2(x), y: n2(y - 11), width: block, height: 22, rx: 2 }),
        make('rect', { x: n2(x + block * 0.3), y: n2(y + 12.5), width: n2(block * 0.42), height: 15, rx: 2 }));
      seen.append(el);
      blocks.push({ el, task: tasks[i].task, nth: k + 1 });
    }
  }

  // -- what moves -----------------------------------------------------------------------------------
  const [down, up] = [put('path', { class: 'f-call' }), put('path', { class: 'f-call' })];
  const inner = put('text', {});
  const movers = lanes.map(({ y, rings }, i) => {
    const { task } = tasks[i];
    const token = make('g', {}, make('circle', { r: 10 }), words_(`${task}`, { y: 4.3, class: 'mid' }));
    const mover = {
      will: make('line', { x1: n2(rings), x2: n2(rings), y1: n2(axis - 12), y2: n2(y + 4), class: 'f-will' }),
      wake: make('path', { class: 'f-wake' }),
      says: ['Pending', 'Ready'].map((word, k) => words_(word, { class: `f-say halo ${k ? 'done' : 'pending'}` })),
      end: make('g', { transform: moveTo(lanes[i].polls[1] + block + 4, y - 8) }, glyph(make, 'done')),
      here: make('circle', { r: 4, cy: n2(y), class: 'f-here' }),
      ready: make('path', { d: 'M-4-6 6 0-4 6z', class: 'f-tri' }),
      token,
    };
    layers.push(mover.will, mover.wake, ...mover.says, mover.end, mover.here, mover.ready, token);
    return mover;
  });

  // -- names, the executor with its queue, the clock ----------------------------------------------------
  const now = put('line', { y1: top, y2: n2(axis), class: 'f-now' });
  const heads = lanes.map(({ y, top }, i) => {
    const { task, ms } = tasks[i];
    const halo = isNarrow ? ' halo' : '';
    const glyphs = STATES.map((state) => make('g', { transform: `translate(0 -10) scale(${isNarrow ? 0.75 : 0.81})` }, glyph(make, state)));
    const word = make('text', isNarrow ? { x: width, y: 0 } : { x: 19, y: 18 });
    put('g', { transform: isNarrow ? moveTo(0, top + 17) : moveTo(0, y - 2) }, ...glyphs,
      words_(`${task}`, { x: 19, y: 0, class: `f-n${halo}` }), words_(`sleep(${ms}).await`, { x: 34, y: 0, class: `f-code${halo}` }), word);
    return { glyphs, word };
  });
  const idle = make('text', { x: box - 12, y: 22, class: 'f-note end' });
  const frame = make('rect', { y: 2, width: box, height: top - 4, rx: 2, class: 'f-box' });
  const executor = put('g', {}, frame, words_(words('executor'), { x: 10, y: 22, class: 'f-ex' }), idle);
  const chips = tasks.map(({ task }) => {
    const glyphs = ['ready', 'running'].map((state) => make('g', { transform: `translate(${isNarrow ? 3 : 5} 5) scale(.63)` }, glyph(make, state)));
    return put('g', {}, make('rect', { width: chip, height: 20, rx: 2 }), ...glyphs, words_(`${task}`, { x: isNarrow ? 15 : 19, y: 14.5, class: 'f-cn' }));
  });
  const time = make('text', { x: 19, y: n2(axis + 23), class: 'f-ms' });
  if (!isNarrow) layers.push(words_(words('clock'), { x: 19, y: n2(axis + 4), class: 'f-n sans' }), time);

  /** The tasks in the queue before an event and after it. @param {number} e */
  const queueAt = (e) => {
    let [before, after] = [tasks.map(({ task }) => task), tasks.map(({ task }) => task)];
    for (const { kind, task } of events.slice(1, e + 1)) {
      before = after;
      if (kind === 'poll') after = after.filter((one) => one !== task);
      if (kind === 'wake') after = [...after, task];
    }
    return { before, after };
  };

  /** @param {number} p */
  const draw = (p) => {
    const e = eventAt(p, last);
    const u = e === 0 ? 1 : p - (e - 1);
    const { kind, task, nth } = events[e];
    const k = nth > 1 ? 1 : 0;
    const isPoll = ['poll', 'enter', 'pending', 'ready'].includes(kind);
    const answers = kind === 'pending' || kind === 'ready';
    const of = tasks.findIndex((sleeper) => sleeper.task === task);
    const begin = isPoll ? lanes[of].polls[k] : 0;

    // The cursor: a block begins when the poll has come down to it.
    const from = at[Math.max(0, e - 1)];
    let x = between(from, at[e], kind === 'clock' || kind === 'end' ? both(u) : out(u));
    if (e === 0) [x] = at;
    else if (kind === 'poll') x = u < 0.55 ? between(from, begin, both(part(u, 0, 0.45))) : between(begin, at[e], part(u, 0.55, 1));
    setAttr(clip, 'width', n2(Math.max(0, x + 4)));
    for (const end of ['x1', 'x2']) setAttr(now, end, n2(x));
    const left = Math.min(Math.max(0, x - box), width - box);
    setAttr(executor, 'transform', moveTo(left, 0));
    setAttr(frame, 'class', `f-box${isPoll && !(answers && u > 0.75) ? ' on' : ''}`);

    const queue = queueAt(e);
    const isPolling = isPoll && !(answers && u > 0.85);
    // Not while the last chip leaves.
    const isLeaving = kind === 'poll' && u < 0.45;
    setText(idle, queue.after.length || isLeaving ? '' : isPolling ? words('polling', { task }) : words(p > last - 1 ? 'over' : 'idle'));
    /** @param {number} i */
    const slot = (i) => ({ x: left + box - 7 - chip - i * (chip + 4), y: 8 });

    for (const [i, mover] of movers.entries()) {
      const { y, polls, rings } = lanes[i];
      const life = lives[i];
      const mine = tasks[i].task;
      const [held, woke, answered] = [life.pending, life.wake, life.ready].map((event) => share(p, event));

      let state = 'ready';
      if (share(p, life.poll) > 0.5) state = 'running';
      if (held > 0.45) state = 'pending';
      if (woke > 0.8) state = 'ready';
      if (share(p, life.again) > 0.5) state = 'running';
      if (answered > 0.45) state = 'done';
      const { glyphs, word } = heads[i];
      for (const [s, el] of glyphs.entries()) fade(el, STATES[s] === state ? 1 : 0);
      setText(word, words(`state.${state}`));
      setAttr(word, 'class', `f-word ${isNarrow ? 'halo end ' : ''}${state}`);

      // Answers come up out of the inner future, and stay.
      for (const [s, el] of mover.says.entries()) {
        const said = [held, answered][s];
        const come = out(part(said, 0.05, 0.5));
        const to = polls[s] + block + (s ? 24 : 7);
        setAttr(el, 'x', n2(s ? to : between(polls[0] + block + 3, to, come)));
        setAttr(el, 'y', n2(s ? between(y + 24, y + 4.5, come) : between(y + 26, y - 7, come)));
        fade(el, part(said, 0.02, 0.2));
      }
      fade(mover.end, out(part(answered, 0.35, 0.65)));

      // The waker: born in the inner future, it sits with the timer, and goes back up as the wake.
      const lent = both(part(held, 0.35, 1));
      const rise = both(part(woke, 0.25, 0.8));
      const [tx, ty] = [
        between(polls[0] + block * 0.5, rings, both(part(lent, 0.18, 1))),
        woke > 0 ? between(axis, y, rise) : between(y + 26, axis, out(part(lent, 0, 0.8))),
      ];
      const grown = held < 1 ? between(0.5, 1, out(part(held, 0.35, 0.55))) : 1;
      const ringing = woke > 0 && woke < 0.25 ? 1 + 0.22 * Math.sin(part(woke, 0, 0.25) * Math.PI) : 1;
      setAttr(mover.token, 'transform', moveTo(tx, ty, grown * ringing));
      setAttr(mover.token, 'class', `f-tok ${woke > 0.05 ? 'ready' : 'pending'}`);
      fade(mover.token, woke < 0.82 ? part(held, 0.33, 0.42) * (1 - part(woke, 0.74, 0.82)) : 0);
      fade(mover.will, woke > 0 ? 0 : part(held, 0.85, 1));
      setAttr(mover.wake, 'd', `M${n2(rings)} ${n2(axis)}V${n2(between(axis, y + 9, rise))}${woke > 0.8 ? head(rings, y + 8, -1) : ''}`);
      fade(mover.wake, woke > 0.25 ? 1 : 0);
      fade(mover.ready, part(woke, 0.76, 0.86));
      setAttr(mover.ready, 'transform', moveTo(rings, y, between(1.5, 1, out(part(woke, 0.76, 1)))));
      // Where the line of the wait has come to.
      fade(mover.here, state === 'pending' && woke <= 0.7 ? 1 : 0);
      setAttr(mover.here, 'cx', n2(Math.min(x, woke ? rings : x)));

      // The chip: from the queue into the poll, and from the lane into the queue.
      let [place, isFull, shown] = [/** @type {{ x: number, y: number } | undefined} */ (undefined), false, 1];
      if (mine === task && kind === 'poll') {
        const [side, fall] = [both(part(u, 0, 0.3)), both(part(u, 0.25, 0.6))];
        const s = slot(queue.before.indexOf(mine));
        place = { x: between(s.x, begin + 4 - chip / 2, side), y: between(s.y, y - 11, fall) };
        [isFull, shown] = [u > 0.2, 1 - part(u, 0.6, 0.8)];
      } else if (mine === task && kind === 'wake') {
        const [s, go] = [slot(queue.after.indexOf(mine)), both(part(u, 0.8, 1))];
        place = { x: between(rings - chip / 2, s.x, go), y: between(y - 10, s.y, go) };
        shown = part(u, 0.8, 0.86);
      } else if (queue.after.includes(mine)) {
        place = slot(between(queue.before.indexOf(mine), queue.after.indexOf(mine), kind === 'poll' ? both(part(u, 0.3, 0.9)) : 1));
      }
      // Where one is not seen it has no place: a picture depends on its position alone, and not on the way there.
      if (!shown) place = undefined;
      fade(chips[i], place ? shown : 0);
      setAttr(chips[i], 'transform', place ? moveTo(place.x, place.y) : undefined);
      setAttr(chips[i], 'class', `f-chip ${isFull ? 'full running' : 'ready'}`);
    }

    // The poll goes down at the left edge of its block; its answer comes up at the right edge.
    const y = isPoll ? lanes[of].y : 0;
    let [call, answer] = ['', ''];
    if (isPoll) {
      const come = kind === 'poll' ? both(part(u, 0.25, 0.6)) : 1;
      call = `M${n2(begin + 4)} ${top}V${n2(between(top, y - 12, come))}${come === 1 ? head(begin + 4, y - 12, 1) : ''}`;
      if (answers && u > 0.3) {
        const go = both(part(u, 0.3, 0.6));
        answer = `M${n2(begin + block - 3)} ${n2(y - 12)}V${n2(between(y - 12, top + 2, go))}${go === 1 ? head(begin + block - 3, top + 1, -1) : ''}`;
      }
    }
    setAttr(down, 'd', call);
    setAttr(up, 'd', answer);
    for (const el of [down, up]) fade(el, answers ? 1 - part(u, 0.7, 0.9) : 1);
    for (const { el, ...poll } of blocks) setAttr(el, 'class', `f-poll${isPoll && poll.task === task && poll.nth === nth && !(answers && u > 0.7) ? ' lit' : ''}`);

    // What is asked, beside the poll; and inside of it, of whom.
    const asks = kind === 'poll';
    const names = kind === 'enter' && !isNarrow;
    setText(inner, asks ? words('asks') : names ? `sleep(${tasks[of].ms})` : '');
    setAttr(inner, 'class', asks ? 'f-asks halo' : 'f-note halo');
    let beside;
    if (asks) beside = { x: Math.max(x, begin + 4 + chip / 2) + 8, y: isNarrow ? y + 4.5 : between(top + 15, y + 4.5, both(part(u, 0.25, 0.6))) };
    else if (names) beside = { x: begin + block * 0.72 + 14, y: y + 25 };
    setAttr(inner, 'x', beside && n2(beside.x));
    setAttr(inner, 'y', beside && n2(beside.y));
    fade(inner, asks ? part(u, 0.25, 0.4) : part(u, 0.2, 0.5));

    // The clock: a time is on the axis once a timer is set for it.
    for (const { el, known } of ticks) fade(el, p >= known - 0.3 ? 1 : 0);
    const [was, is] = [events[Math.max(0, e - 1)].time, events[e].time];
    setText(time, `${Math.round(between(was, is, kind === 'clock' ? both(u) : 1))} ms`);
  };

  return { layers, draw };
}

/** @typedef {ReturnType<typeof createFigure>} Figure */
