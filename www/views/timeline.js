// The timeline: a lane a task, polls as blocks, waits as lines, wakes as arrows. Time stands still in a grey
// column and passes, to scale, between two. Right of the cursor stands only what is known: timers that are set.

import { glyph, h, keyedList, setAttr, setClass, setText, svg } from '../dom.js';
import { createPen, px } from '../pen.js';
import { createScale } from './timescale.js';
import { paneHead } from './pane.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').TimelineFrame} TimelineFrame */
/** @typedef {TimelineFrame['lanes'][number]} Lane */
/** @typedef {import('./timescale.js').Scale} Scale */
/** @typedef {ReturnType<typeof createPen>} Pen */

/** What is drawn over what. */
const LAYERS = /** @type {const} */ (['time', 'lanes', 'wakes', 'due', 'now']);

export const defaults = {
  /** Room for the lanes' names, wide and narrow. */
  left: [112, 78],
  /** Room above the lanes and below them, and the same where there is little. */
  air: [{ top: 24, clock: 30 }, { top: 18, clock: 26 }],
  low: 170,
  /** A letter of a label. */
  letter: 6.7,
};

/**
 * @typedef {object} Sheet where things stand on one drawing
 * @property {Scale} scale
 * @property {number} width
 * @property {number} height
 * @property {number} top of the lanes
 * @property {number} clock the axis
 * @property {number} lane height of a lane
 * @property {(i: number) => number} y the middle of lane `i`
 */

/** @param {Pen} pen @param {Sheet} sheet @param {TimelineFrame} now */
function drawTime({ put }, { scale, width, height, top, clock }, now) {
  let free = -Infinity;
  now.columns.slice(0, now.now.column + 1).forEach((column, i) => {
    const [from, to] = scale.column(i);
    put(`still ${i}`, 'rect', { x: px(from), y: top - 4, width: px(to - from), height: px(clock - top - 5), class: 'tl-still' });
    const label = String(Math.round(column.time * 10) / 10);
    const middle = (from + to) / 2;
    if (middle - label.length * 3.4 < free) return;
    free = middle + label.length * 3.4 + 5;
    put(`time ${i}`, 'text', { x: px(middle), y: height - 5, class: 'ax mid' }, label);
  });
  put('axis', 'line', { x1: scale.left, x2: width - 4, y1: clock, y2: clock, class: 'tl-axis' });
}

/** @param {Pen} pen @param {Sheet} sheet @param {Lane} lane @param {number} i */
function drawLane({ put }, { scale, width, lane: tall, y }, lane, i) {
  const [middle, half] = [y(i), Math.min(9, tall * 0.36)];
  if (i > 0) put(`lane ${i}`, 'line', { x1: 0, x2: width - 4, y1: px(middle - tall / 2), y2: px(middle - tall / 2), class: 'tl-lane' });
  lane.spans.forEach((span, n) => {
    const [from, to] = [scale.x(span.from), scale.x(span.to)];
    put(`span ${i} ${n}`, 'line', { x1: px(from), x2: px(to), y1: px(middle), y2: px(middle), class: `tl-wait ${span.state}` });
    if (span.state === 'ready' && lane.state === 'ready' && n === lane.spans.length - 1) {
      put(`queued ${i} ${n}`, 'path', { d: `M${px(from)} ${px(middle - 5.5)}l9 5.5l-9 5.5z`, class: 'tl-queued' });
    } else if (span.label && to - from > span.label.length * defaults.letter + 6 && tall > 30) {
      put(`label ${i} ${n}`, 'text', { x: px(from + 6), y: px(middle - 6), class: 'tl-state' }, span.label);
    }
  });
  lane.blocks.forEach((block, n) => {
    const from = scale.x(block.from);
    const wide = Math.max(2, scale.x(block.to) - from - (block.live ? 0 : scale.gap));
    put(`poll ${i} ${n}`, 'rect', { x: px(from), y: px(middle - half), width: px(wide), height: px(2 * half), rx: 2, class: `tl-poll${block.live ? ' lit' : ''}` });
    const end = px(from + wide + 1);
    if (block.panicked) put(`end ${i}`, 'path', { d: `M${end} ${px(middle - 7)}l7 7l-7 7l-7-7z`, class: 'tl-fault' });
    else if (block.ready) put(`end ${i}`, 'circle', { cx: end, cy: px(middle), r: 5, class: 'tl-done' });
  });
  if (lane.cancelled) {
    const at = px(scale.x(lane.cancelled));
    put(`end ${i}`, 'path', { d: `M${at - 5} ${px(middle - 5)}l10 10m0-10l-10 10`, class: 'tl-cancelled' });
  }
}

/** @param {Pen} pen @param {Sheet} sheet @param {TimelineFrame} now */
function drawWakes({ put }, { scale, clock, lane: tall, y }, now) {
  const index = new Map(now.lanes.map((lane, i) => [lane.task, i]));
  const half = Math.min(9, tall * 0.36) + 1;
  /** @type {Map<string, number>} Arrows at one instant stand beside one another. */
  const taken = new Map();
  now.wakes.forEach((wake, n) => {
    const lane = index.get(wake.task);
    if (lane === undefined) return;
    const from = wake.by.kind === 'task' ? index.get(wake.by.task) : undefined;
    const spot = `${wake.at.column} ${wake.at.slot}`;
    const beside = taken.get(spot) ?? 0;
    taken.set(spot, beside + 1);
    const x = px(scale.x(wake.at) - 1.5 + beside * 4);
    const start = from === undefined ? clock : y(from);
    const up = start > y(lane);
    const tip = px(y(lane) + (up ? half : -half));
    const head = up ? 4.5 : -4.5;
    const look = `tl-wake${wake.idle ? ' idle' : ''}`;
    put(`wake ${n}`, 'path', { d: `M${x} ${px(start)}V${tip}M${px(x - 3)} ${px(tip + head)}L${x} ${tip}L${px(x + 3)} ${px(tip + head)}`, class: look });
    if (from === undefined) put(`fire ${n}`, 'circle', { cx: x, cy: clock, r: 2.2, class: 'tl-fire' });
  });
}

/** @param {Pen} pen @param {Sheet} sheet @param {TimelineFrame} now @param {(task: number) => string} wakes */
function drawDue({ put }, { scale, width, height, clock, y }, now, wakes) {
  const index = new Map(now.lanes.map((lane, i) => [lane.task, i]));
  let free = -Infinity;
  const places = now.due.map((due) => scale.time(due.deadline));
  now.due.forEach((due, n) => {
    const lane = index.get(due.task);
    if (lane === undefined) return;
    const x = px(places[n]);
    put(`will ${n}`, 'path', { d: `M${x} ${clock - 4}V${px(y(lane) + 4)}`, class: 'tl-will' });
    put(`set ${n}`, 'circle', { cx: x, cy: clock, r: 3.5, class: 'tl-set' });
    const label = String(Math.round(due.deadline * 10) / 10);
    const words = wakes(due.task);
    const end = x + 6 + words.length * defaults.letter;
    // Where it would run into the next one it is left out: the executor has it in words.
    if (width > 420 && end < width && !places.some((p) => p > x && p < end)) put(`whom ${n}`, 'text', { x: x + 6, y: px(y(lane) + 4), class: 'ax' }, words);
    if (x - label.length * 3.4 < free) return;
    free = x + label.length * 3.4 + 5;
    put(`due ${n}`, 'text', { x: Math.min(x, width - label.length * 3.4), y: height - 5, class: 'ax mid soon' }, label);
  });
}

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createTimeline(root, { text }) {
  const { t } = text;
  const drawing = svg('svg', { role: 'img' });
  const names = h('ul', { class: 'names' });
  const clockName = h('p', { class: 'clock-name', 'aria-hidden': 'true' }, h('span', {}, t('timeline.clock')), h('span', {}, t('unit.ms')));
  const about = h('span', { class: 'about' });
  const legend = [['running', 'poll'], ['pending', 'wait'], ['ready', 'wake']].map(([state, word]) => h('span', { class: state }, glyph(state), t(`timeline.${word}`)));
  const unseen = h('p', { class: 'unseen', 'aria-hidden': 'true' }, t('timeline.unseen'));
  const body = h('div', { class: 'body' }, drawing, names, clockName, unseen);
  root.replaceChildren(paneHead(text, 'timeline', about, h('div', { class: 'legend' }, ...legend)), body);
  const layers = LAYERS.map((name) => {
    const g = svg('g');
    drawing.append(g);
    return /** @type {const} */ ([name, createPen(g)]);
  });
  const pens = /** @type {Record<typeof LAYERS[number], Pen>} */ (Object.fromEntries(layers));

  const lanes = keyedList(names, (/** @type {Lane} */ lane) => lane.task, (lane) => {
    const shape = glyph('');
    const word = h('span');
    const state = h('small', {}, shape, word);
    const el = h('li', { 'data-task': lane.task }, h('b', {}, String(lane.task), h('em', {}, ` ${lane.name}`)), state);
    return {
      el,
      update(now) {
        // A lane keeps its place before its task is there, and says nothing of it.
        setClass(el, now.state ? '' : 'unborn');
        if (!now.state) return;
        setClass(state, now.state);
        setClass(shape, `gl ${now.state}`);
        setText(word, t(now.what === 'callbacks' && now.state === 'running' ? 'state.called' : `state.${now.state}`));
      },
    };
  });

  /** @type {TimelineFrame | undefined} */
  let now;
  let end = false;

  const draw = () => {
    const [width, height] = [drawing.clientWidth, drawing.clientHeight];
    if (!now || width === 0 || height === 0) return;
    const drawn = now;
    const { top, clock: foot } = defaults.air[height < defaults.low ? 1 : 0];
    const clock = height - foot + 9;
    const count = Math.max(1, drawn.lanes.length);
    const lane = (height - top - foot) / count;
    const scale = createScale(drawn.columns, defaults.left[width < 420 ? 1 : 0], width - 10);
    /** @type {Sheet} */
    const sheet = { scale, width, height, top, clock, lane, y: (i) => top + lane * (i + 0.5) };
    drawTime(pens.time, sheet, drawn);
    drawn.lanes.forEach((one, i) => drawLane(pens.lanes, sheet, one, i));
    drawWakes(pens.wakes, sheet, drawn);
    drawDue(pens.due, sheet, drawn, (task) => t('timeline.wakes', { task }));
    const x = px(scale.x(drawn.now));
    pens.now.put('now', 'path', { d: `M0 ${top - 10}V${px(clock + 5)}`, transform: `translate(${x})`, class: 'tl-now' });
    pens.now.put('grip', 'path', { d: `M-5 ${top - 18}h10v6l-5 5-5-5z`, transform: `translate(${x})`, class: 'tl-grip' });
    for (const [, pen] of layers) pen.done();
    names.classList.toggle('tight', lane < 34);
    names.style.setProperty('top', `${top}px`);
    names.style.setProperty('bottom', `${foot + 4}px`);
    names.style.setProperty('grid-template-rows', `repeat(${count}, minmax(0, 1fr))`);
    unseen.hidden = end || x > width - 110;
  };

  const observer = new ResizeObserver(draw);
  observer.observe(body);

  return {
    update(frame, { picture }) {
      if (now === picture.timeline) return;
      now = picture.timeline;
      end = frame.cursor >= frame.len;
      lanes(now.lanes);
      const pages = now.pages > 1 ? t('timeline.page', { page: now.page + 1, pages: now.pages }) : t('timeline.still');
      setText(about, now.lanes_more ? `${pages} · ${t('timeline.more', { n: now.lanes_more })}` : pages);
      const polls = now.lanes.reduce((n, lane) => n + lane.blocks.length, 0);
      setAttr(drawing, 'aria-label', t('timeline.summary', { lanes: now.lanes.length, polls, wakes: now.wakes.length, ms: frame.time, due: now.due.length }));
      draw();
    },
    destroy() {
      observer.disconnect();
      root.replaceChildren();
    },
  };
}
