// The scrubber: a slider over the run's events. Those seen are ticks, coloured by kind; the rest is blank.
//
// The ticks are drawn once for a run, width and theme, a pixel each however many events lie under it; a step only
// uncovers them.

import { createSheet, inkAt, lookNow } from '../canvas.js';
import { chordOf } from '../chord.js';
import { h, setAttr } from '../dom.js';
import { turn } from '../turns.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Frame} Frame */
/** @typedef {import('../types.js').Extra} Extra */

/** @typedef {{ ink: string, from: number, to: number, width: number }} Look heights as parts of the whole */

/** @type {{ ticks: Record<import('../types.js').Tick, Look>, edge: number }} */
export const defaults = {
  ticks: {
    panic: { ink: '--st-panicked', from: 0.15, to: 0.85, width: 2 },
    move: { ink: '--ink', from: 0.2, to: 0.5, width: 1.5 },
    poll: { ink: '--st-running', from: 0.23, to: 0.5, width: 1.5 },
    wake: { ink: '--st-ready', from: 0.5, to: 0.75, width: 1.5 },
    other: { ink: '--rule-firm', from: 0.42, to: 0.5, width: 1 },
  },
  edge: 7,
};

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createScrubber(root, { text: { t }, act, speech }) {
  const canvas = h('canvas', { 'aria-hidden': 'true' });
  root.replaceChildren(canvas);
  for (const [name, value] of Object.entries({ role: 'slider', tabindex: 0, 'aria-label': t('scrub'), 'aria-valuemin': 0 })) setAttr(root, name, value);

  /** @type {Frame | undefined} */
  let frame;
  /** @type {Extra | undefined} */
  let extra;
  /** The run whose ticks were drawn. @type {import('../types.js').Run | undefined} */
  let drawn;

  /** @type {{ look: string, inks: Map<string, string> }} */
  let read = { look: '', inks: new Map() };
  /** @param {string} name */
  const ink = (name) => {
    const look = lookNow();
    if (read.look !== look) read = { look, inks: new Map() };
    const known = read.inks.get(name) ?? inkAt(canvas, name);
    read.inks.set(name, known);
    return known;
  };

  const x = (/** @type {number} */ event, /** @type {number} */ width) =>
    defaults.edge + ((width - 2 * defaults.edge) * event) / Math.max(1, frame?.len ?? 1);

  const sheet = createSheet(canvas, (pen, { width, height, scale }, { picture }) => {
    // A pixel shows the first in rank of the events in it.
    const ticks = picture.ticks(Math.round((width - 2 * defaults.edge) * scale));
    const inks = new Map(Object.values(defaults.ticks).map((look) => [look, ink(look.ink)]));
    ticks.forEach((tick, place) => {
      if (!tick) return;
      const look = defaults.ticks[tick];
      pen.fillStyle = inks.get(look) ?? '';
      pen.fillRect(defaults.edge + place / scale - look.width / 2, look.from * height, look.width, (look.to - look.from) * height);
    });
  }, () => act.read(draw));

  const draw = () => {
    if (!frame || !extra) return;
    const begun = sheet.begin(extra);
    if (!begun) return;
    drawn = extra.picture.run;
    const { pen, width, height, scale } = begun;
    const [now, seen, middle] = [x(frame.cursor, width), x(extra.state.seen, width), height / 2];
    const [line, rule] = [ink('--ink'), ink('--rule-firm')];
    /** @param {number} from @param {number} to @param {number} alpha */
    const uncover = (from, to, alpha) => {
      const [start, wide] = [Math.round(from * scale), Math.round((to - from) * scale)];
      if (wide <= 0) return;
      pen.globalAlpha = alpha;
      pen.drawImage(sheet.whole, start, 0, wide, sheet.whole.height, start / scale, 0, wide / scale, height);
      pen.globalAlpha = 1;
    };
    pen.fillStyle = rule;
    pen.fillRect(defaults.edge, middle - 1, width - 2 * defaults.edge, 2);
    uncover(0, now + 1, 1);
    uncover(now + 1, seen + 1, 0.45);
    pen.fillStyle = line;
    pen.fillRect(defaults.edge, middle - 1, now - defaults.edge, 2);
    pen.fillRect(now - 0.75, 3, 1.5, height - 6);
    pen.beginPath();
    pen.arc(now, middle, 5, 0, 2 * Math.PI);
    pen.fill();
  };

  /** @param {PointerEvent} event */
  const seek = (event) => {
    const { left, width } = root.getBoundingClientRect();
    const share = (event.clientX - left - defaults.edge) / Math.max(1, width - 2 * defaults.edge);
    act.go(Math.round(share * (frame?.len ?? 0)));
  };
  root.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    root.setPointerCapture(event.pointerId);
    seek(event);
  });
  root.addEventListener('pointermove', (event) => {
    if (root.hasPointerCapture(event.pointerId)) seek(event);
  });
  root.addEventListener('keydown', (event) => {
    const chord = chordOf(event);
    if (chord === 'ArrowUp' || chord === 'ArrowDown') act.step('event', chord === 'ArrowUp');
    else if (chord === 'PageUp' || chord === 'PageDown') act.step('poll', chord === 'PageUp');
    else return;
    event.preventDefault();
  });

  return {
    update(nextFrame, nextExtra) {
      frame = nextFrame;
      extra = nextExtra;
      setAttr(root, 'aria-valuemax', frame.len);
      speech.value(root, frame.cursor, t('where', { at: frame.cursor, of: frame.len, ms: frame.time }));
      // The ticks of another run are work enough for a task.
      if (extra.picture.run === drawn) draw();
      else void turn().then(() => act.read(draw));
    },
    destroy() {
      sheet.destroy();
      frame = undefined;
      root.replaceChildren();
    },
  };
}
