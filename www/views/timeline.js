// The timeline: a lane a task, polls as blocks, waits as lines, wakes as arrows; where there are too many, strips of the
// same hues. Time stands still in a grey column and passes, to scale, between two. Beyond the furthest event seen stands
// only what is known: timers that are set.
//
// Where one looks, and what is marked or pointed at, is this view's own affair: it is not part of a link.

import { createSize, lookNow } from '../canvas.js';
import { h, glyph, setAttr, setClass, setShown, setText } from '../dom.js';
import { sentence } from '../describe.js';
import { control } from '../timeline/control.js';
import { readInks } from '../timeline/inks.js';
import { createNames } from '../timeline/names.js';
import { createPainter } from '../timeline/painter.js';
import { createSheet, defaults as measures, leftOf, rowsOf } from '../timeline/sheet.js';
import { following, isWhole, panned, whole, within, zoomed } from '../timeline/window.js';
import { paneHead } from './pane.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Frame} Frame */
/** @typedef {import('../types.js').Extra} Extra */
/** @typedef {import('../timeline/painter.js').Layer} Layer */

export const defaults = {
  /** How near the cursor a drag must begin to move it, in px. */
  grip: 8,
  /** A step of the buttons. */
  nearer: 1.5,
  /** The most lanes of the run before that are looked at. */
  ghosts: 64,
  /** Room that the words "not yet seen" take. */
  unseen: 110,
};

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createTimeline(root, deps) {
  const { text, act, speech } = deps;
  const { t } = text;
  const canvas = h('canvas', { 'aria-hidden': 'true' });
  const probe = h('i', { hidden: true });
  const cursor = h('div', { class: 'tl-now', 'aria-hidden': 'true' });
  const [summary, hint] = [h('p', { class: 'vh', id: 'tl-summary' }), h('p', { class: 'vh', id: 'tl-hint' }, t('timeline.hint'))];
  const field = h('div', { class: 'field', role: 'application', tabindex: 0, 'aria-label': t('pane.timeline'), 'aria-describedby': 'tl-summary tl-hint' }, canvas, cursor);
  const list = h('ul', { class: 'names', 'aria-label': t('timeline.tasks') });
  const clockName = h('p', { class: 'clock-name', 'aria-hidden': 'true' }, h('span', {}, t('timeline.clock')), h('span', {}, t('unit.ms')));
  const description = h('p', { class: 'description', 'aria-hidden': 'true', hidden: true });
  const about = h('span', { class: 'about' });
  const legend = [['running', 'poll'], ['pending', 'wait'], ['ready', 'wake']].map(([state, word]) => h('span', { class: state }, glyph(state), t(`timeline.${word}`)));
  /** @param {string} name @param {string} sign @param {() => void} click */
  const button = (name, sign, click) => h('button', { class: 'tool', 'aria-label': t(`timeline.${name}`), title: t(`timeline.${name}`), click }, sign);
  const pages = h('div', { class: 'tl-tools', role: 'group', 'aria-label': t('timeline.lanes') }, button('up', '▲', () => verbs.lanes(-Infinity)), button('down', '▼', () => verbs.lanes(Infinity)));
  const fit = button('whole', '⤢', () => verbs.whole());
  const zooms = h('div', { class: 'tl-tools', role: 'group', 'aria-label': t('timeline.zoom') }, button('out', '−', () => verbs.zoom(1 / defaults.nearer)), fit, button('in', '+', () => verbs.zoom(defaults.nearer)));
  root.replaceChildren(
    paneHead(text, 'timeline', about, pages, zooms, h('div', { class: 'legend' }, ...legend)),
    h('div', { class: 'body' }, field, list, clockName, description, probe, summary, hint));
  const names = createNames(list, deps);
  const painter = createPainter(canvas);

  /** @type {{ frame: Frame, extra: Extra } | undefined} */
  let shown;
  /** @type {import('../timeline/window.js').Window | undefined} The whole run, if there is none. */
  let window;
  let top = 0;
  let mark = 0;
  /** @type {{ x: number, y: number } | undefined} */
  let pointer;
  /** What was asked of the run last. @type {{ key: string, run: unknown, sheet: import('../timeline/sheet.js').Sheet, layer: Layer, rows: number, hasGhost: boolean } | undefined} */
  let drawn;
  /** @type {{ look: string, inks: import('../timeline/inks.js').Inks } | undefined} */
  let read;

  const extent = () => shown?.extra.picture.extent ?? 1;
  const here = () => window ?? whole(extent());

  /**
   * The run before, where both are seen from where they diverge, and its polls are drawn one by one.
   * @param {Extra['picture']} picture @param {number} width
   * @returns {import('../timeline/ghost.js').Ghost | undefined}
   */
  const ghostOf = ({ before, seen, place }, width) => {
    if (before?.diverges === undefined || before.diverges >= seen) return undefined;
    const old = before.picture.timeline({ ...whole(before.picture.extent), width, top: 0, rows: defaults.ghosts });
    return old.exact ? { picture: old, parts: place(before.diverges) } : undefined;
  };

  /** Asks the run for what the window shows, if that is not what was asked last, and paints it out of sight. */
  const ask = (/** @type {Extra} */ { picture }) => {
    const { width, height, scale } = size.read();
    if (width === 0 || height === 0) return undefined;
    const look = lookNow();
    if (read?.look !== look) read = { look, inks: readInks(probe) };
    const [{ from, to }, rows, wide] = [here(), rowsOf(height), width - leftOf(width) - measures.right];
    const key = [from, to, width, height, scale, top, picture.seen, picture.before?.diverges, picture.before?.picture.seen, look].join();
    if (drawn?.key === key && drawn.run === picture.run) return drawn;
    const asked = { from, to, width: wide, top, rows };
    let seen = picture.timeline(asked);
    if (seen.lanes.length === 0 && seen.above > 0) {
      top = asked.top = Math.max(0, seen.above - rows);
      seen = picture.timeline(asked);
    }
    const pixels = Math.max(1, Math.round(wide * scale));
    const density = seen.exact ? undefined : picture.density(asked, pixels);
    const lanes = seen.fits ? seen.lanes.length : rows;
    const sheet = createSheet({ width, height }, { from, to }, lanes);
    const layer = { picture: seen, density, pixels };
    const ghost = density ? undefined : ghostOf(picture, wide);
    painter.paint(sheet, scale, layer, ghost, read.inks);
    drawn = { key, run: picture.run, sheet, layer, rows: lanes, hasGhost: ghost !== undefined };
    return drawn;
  };

  /** The event that a place belongs to, among those seen; 0 for none. @param {{ x: number, y: number }} spot */
  const eventAt = ({ x, y }) => {
    if (!drawn || !shown || x < drawn.sheet.left) return 0;
    const { sheet, layer: { picture } } = drawn;
    const at = sheet.at(x);
    const lane = picture.lanes[sheet.row(y)];
    return at > picture.seen ? 0 : shown.extra.picture.eventAt(at, lane?.task ?? 0);
  };

  /** Where an event stands. @param {number} event */
  const spotOf = (event) => {
    const { picture } = /** @type {{ extra: Extra }} */ (shown).extra;
    const task = picture.taskOf(event);
    return { at: picture.place(event), row: drawn?.layer.picture.lanes.findIndex((lane) => lane.task === task) ?? -1 };
  };

  const draw = () => {
    if (!shown) return;
    const { frame, extra } = shown;
    const asked = ask(extra);
    if (!asked || !read) return;
    const { sheet, layer: { picture }, rows } = asked;
    const now = extra.picture.now(picture.lanes.map((lane) => lane.task));
    const pointed = pointer ? eventAt(pointer) : 0;
    const marks = [[pointed, 0.5], [mark, 1]].filter(([event]) => event > 0).map(([event, alpha]) => ({ ...spotOf(event), alpha }));
    const isBlank = frame.cursor < frame.len && sheet.width > 420 && sheet.x(picture.seen) < sheet.width - defaults.unseen;
    const unseen = isBlank ? t('timeline.unseen') : '';
    painter.show(sheet, size.read().scale, { picture, now, marks, unseen, wakes: (task) => t('timeline.wakes', { task }) }, read.inks);
    const x = sheet.x(now.at);
    setShown(cursor, x >= sheet.left - 1 && x <= sheet.right + 1);
    cursor.style.setProperty('transform', `translateX(${Math.round(x * 10) / 10}px)`);
    cursor.style.setProperty('top', `${sheet.top - 10}px`);
    cursor.style.setProperty('bottom', `${sheet.height - sheet.clock - 5}px`);
    names.update(picture, now, extra.state.focus, sheet, rows);
    setShown(pages, !picture.fits);
    setAttr(fit, 'aria-disabled', isWhole(here(), extent()) ? 'true' : undefined);
    const all = picture.above + picture.lanes.length + picture.below;
    const lanes = picture.fits ? [] : [t('timeline.some', { from: picture.above + 1, to: picture.above + picture.lanes.length, all })];
    const ghost = asked.hasGhost ? [t('timeline.before')] : [];
    setText(about, [...lanes, t(picture.exact ? 'timeline.still' : 'timeline.dense'), ...ghost].join(' · '));
    describe(pointed || mark, extra);
  };

  /** One line: the event pointed at, or else marked; or that jumps keep to a task. @param {number} event @param {Extra} extra */
  const describe = (event, { picture, state }) => {
    setShown(description, event > 0 || state.focus > 0);
    if (event > 0) {
      const { key, args } = sentence(picture.describe(event), text);
      description.replaceChildren(h('span', { class: 'nth' }, text.number(event)), ...text.say(key, args));
    } else if (state.focus > 0) description.replaceChildren(...text.say('timeline.jumps', { task: state.focus }));
    setClass(description, event > 0 ? 'description' : 'description soft');
  };

  /** @param {() => void} change of where one looks */
  const look = (change) => {
    if (!shown) return;
    cursor.classList.add('still');
    act.read(() => {
      change();
      draw();
    });
  };

  /** @param {number} event among those seen, or 0 */
  const setMark = (event) => look(() => {
    if (!shown) return;
    mark = event;
    const { picture } = shown.extra;
    if (mark > 0) {
      window &&= following(window, extent(), picture.place(mark));
      reveal(picture.taskOf(mark));
      const { key, args } = sentence(picture.describe(mark), text);
      speech.say(t('timeline.marked', { event: mark, sentence: t(key, args) }));
    }
  });

  /** Turns the lanes' page to that of a task. @param {number} task */
  const reveal = (task) => {
    if (!shown || task === 0) return;
    const [{ from, to }, rows] = [here(), rowsOf(size.read().height)];
    const row = shown.extra.picture.rowOf(from, to, rows, task);
    if (row !== undefined && (row < top || row >= top + rows)) top = row - (row % rows);
  };

  /** @type {import('../timeline/control.js').Verbs} */
  const verbs = {
    zoom: (by, x) => look(() => {
      if (!shown || !drawn) return;
      const about = x === undefined ? within(shown.extra.picture.at, here().from, here().to) : drawn.sheet.at(x);
      window = zoomed(here(), extent(), by, about, drawn.sheet.right - drawn.sheet.left);
      if (isWhole(window, extent())) window = undefined;
    }),
    whole: () => look(() => { window = undefined; }),
    pan: (px) => look(() => {
      if (window && drawn) window = panned(window, extent(), (px * (window.to - window.from)) / (drawn.sheet.right - drawn.sheet.left));
    }),
    lanes(by) {
      const picture = drawn?.layer.picture;
      if (!picture || picture.fits || (by < 0 ? picture.above : picture.below) === 0) return false;
      const page = picture.lanes.length;
      look(() => { top = within(top + within(by, -page, page), 0, picture.above + picture.below); });
      return true;
    },
    scrubs: (x) => !window || Math.abs(x - (drawn?.sheet.x(shown?.extra.picture.at ?? 0) ?? 0)) <= defaults.grip,
    scrub(x) {
      const at = drawn?.sheet.at(Math.max(drawn.sheet.left, x));
      const event = act.read(() => (at === undefined ? undefined : shown?.extra.picture.eventAt(at, 0, shown.extra.picture.length)));
      if (event !== undefined) act.go(event);
    },
    choose(x, y) {
      const event = act.read(() => eventAt({ x, y }));
      if (event) act.go(event);
      else verbs.scrub(x);
    },
    point: (spot) => look(() => { pointer = spot; }),
    mark(by) {
      if (!shown) return;
      const { frame, extra: { picture, state } } = shown;
      const from = mark || frame.cursor;
      const next = act.read(() => picture.step(from, by > 0, mark ? picture.taskOf(from) || state.focus : state.focus));
      if (next === undefined) return;
      setMark(mark === 0 && from > 0 ? from : within(next, 1, picture.seen));
    },
    markLane(by) {
      const event = act.read(() => {
        if (!shown || !drawn) return 0;
        const { picture } = shown.extra;
        const from = mark || shown.frame.cursor;
        const { from: start, to } = here();
        const row = picture.rowOf(start, to, drawn.rows, picture.taskOf(from)) ?? (by > 0 ? -1 : 1);
        top = within(row + by < top ? row + by : row + by >= top + drawn.rows ? row + by - drawn.rows + 1 : top, 0, Infinity);
        const lane = ask(shown.extra)?.layer.picture.lanes[row + by - top];
        return lane ? picture.eventAt(picture.place(from), lane.task) : 0;
      });
      if (event) setMark(event);
    },
    take() {
      if (mark > 0) act.go(mark);
    },
    unmark() {
      if (mark === 0) return false;
      setMark(0);
      return true;
    },
  };
  control(root, field, verbs);
  const size = createSize(canvas, () => act.read(draw));

  return {
    update(frame, extra) {
      const before = shown?.extra.picture;
      const { picture, state } = extra;
      const moved = before !== picture;
      const [place, focus] = [shown?.frame.cursor, shown?.extra.state.focus];
      shown = { frame, extra };
      if (before?.run !== picture.run) [window, top, mark, pointer] = [undefined, 0, 0, undefined];
      if (moved && place !== frame.cursor) {
        cursor.classList.remove('still');
        window &&= following(window, extent(), picture.at);
      }
      // The lanes follow the chosen task, or else the one that the event is of.
      if (moved || focus !== state.focus) reveal(state.focus || picture.taskOf(frame.cursor));
      const { polls, calls, wakes, tasks } = frame.counters;
      setText(summary, t('timeline.summary', { lanes: tasks, polls: polls + calls, wakes, ms: frame.time, due: frame.timers.length + frame.timers_more }));
      draw();
    },
    destroy() {
      size.destroy();
      root.replaceChildren();
    },
  };
}
