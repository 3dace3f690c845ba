// The wall itself: a canvas of one device pixel a future, panned where it does not fit, with a mark on the one that is
// chosen and a card that says what it is. What is chosen, and where one looks, is this view's own affair: it is not
// part of a link.

import { h, glyph, setAttr, setClass, setShown, setText } from '../dom.js';
import { createSize, lookNow } from '../canvas.js';
import { chordOf } from '../chord.js';
import { createColours } from '../wall/colours.js';
import { createPainter } from '../wall/paint.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').PixelDescription} PixelDescription */
/** @typedef {import('../wall/run.js').WallRun} WallRun */

export const defaults = {
  /** Device pixels on a side of a future, at most. */
  zoom: 32,
  /** Walls of no more futures than this begin as large as they fit. */
  small: 100_000,
  /** How far shift and an arrow goes, in futures. */
  leap: 25,
  /** How far a pointer may move and still choose, in CSS px. */
  still: 4,
};

/** @type {Record<string, [x: number, y: number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @param {number} value @param {number} least @param {number} most */
const within = (value, least, most) => Math.max(least, Math.min(value, most));

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @param {{ small?: number }} [options]
 */
export function createWall(root, { text, speech }, { small = defaults.small } = {}) {
  const { t, number } = text;
  const hint = h('p', { class: 'vh', id: 'wall-hint' }, t('wall.hint'));
  const field = h('div', { class: 'field-of-view', role: 'application', tabindex: 0, 'aria-label': t('wall.label'), 'aria-describedby': hint.id });
  const probe = h('i', { hidden: true });
  const mark = h('div', { class: 'mark', hidden: true });
  const [shape, name, words, due] = [glyph('pending'), h('b'), h('p'), h('p')];
  const card = h('div', { class: 'pixel-card', hidden: true }, h('p', { class: 'name' }, shape, name), words, due);
  const scale = h('span');
  const zooms = h('div', { class: 'zooms', role: 'group', 'aria-label': t('wall.zoom') },
    h('button', { class: 'tool', 'aria-label': t('wall.zoom.out'), title: t('wall.zoom.out'), click: () => zoomTo(zoom - 1) }, '−'),
    scale,
    h('button', { class: 'tool', 'aria-label': t('wall.zoom.in'), title: t('wall.zoom.in'), click: () => zoomTo(zoom + 1) }, '+'));
  root.replaceChildren(hint, field, zooms, probe);

  /** @type {HTMLCanvasElement} */
  let canvas;
  /** @type {ReturnType<typeof createPainter>} */
  let painter;
  const stretch = () => {
    const plain = painter !== undefined;
    canvas = h('canvas', { 'aria-hidden': 'true' });
    painter = createPainter(canvas, { plain });
    if (!painter) {
      canvas = h('canvas', { 'aria-hidden': 'true' });
      painter = createPainter(canvas, { plain: true });
    }
    // A context that is lost takes its canvas with it.
    canvas.addEventListener('webglcontextlost', () => {
      stretch();
      resize();
    });
    field.replaceChildren(canvas, mark, card);
  };

  /** @type {WallRun | undefined} */
  let run;
  /** @type {(() => void) | undefined} */
  let unwatch;
  let look = '';
  let colours = createColours(probe);
  let zoom = 1;
  /** The future in the middle of what is seen, in futures. */
  let [midX, midY] = [0, 0];
  /** The one that is chosen, and whether to stay with it when the pointer moves on. */
  let chosen = -1;
  let held = false;
  /** Device pixels in a CSS pixel. */
  let density = 1;

  /** Where the wall's corner lies: device pixels from it to the canvas's. */
  const corner = () => {
    if (!run) return [0, 0];
    /** @param {number} middle @param {number} cells @param {number} room */
    const of = (middle, cells, room) => {
      const size = cells * zoom;
      return size <= room ? -Math.floor((room - size) / 2) : within(Math.round(middle * zoom - room / 2), 0, size - room);
    };
    return [of(midX, run.columns, canvas.width), of(midY, run.rows, canvas.height)];
  };

  const paint = () => {
    if (!run || !painter || !canvas.width || !canvas.height) return;
    const [left, top] = corner();
    const { columns, rows } = run;
    painter.paint(run.states, colours.at(run.frame), colours.paper, { columns, rows, zoom, left, top });
    if (chosen >= 0) describe();
  };

  /** @param {PixelDescription} described */
  const sentences = ({ doing, since, due: time, polls, now }) => {
    const state = text.t(`wall.doing.${doing}`, { ms: now - since });
    return { state, more: doing === 'pending' && time !== undefined ? t('wall.due', { in: time - now, at: time, polls }) : t('wall.described.polls', { polls }) };
  };

  const describe = () => {
    const described = run?.describe(chosen);
    if (!run || !described) return;
    const [left, top] = corner();
    const [column, row] = [chosen % run.columns, Math.floor(chosen / run.columns)];
    const [x, y] = [(column * zoom - left) / density, (row * zoom - top) / density];
    const size = zoom / density;
    mark.style.translate = `${x}px ${y}px`;
    mark.style.width = mark.style.height = `${size}px`;
    const { state, more } = sentences(described);
    setClass(shape, `gl ${described.doing === 'unspawned' ? 'spawned' : described.doing}`);
    setText(name, t('wall.name', { future: number(chosen + 1), column: column + 1, row: row + 1 }));
    setText(words, state);
    setText(due, more);
    const [width, height] = [field.clientWidth, field.clientHeight];
    const [across, down] = [x + 18 + card.offsetWidth > width, y + 18 + card.offsetHeight > height];
    const to = [across ? x - card.offsetWidth - 10 : x + size + 10, down ? y - card.offsetHeight - 10 : y + size + 10];
    card.style.translate = `${within(to[0], 0, Math.max(0, width - card.offsetWidth))}px ${within(to[1], 0, Math.max(0, height - card.offsetHeight))}px`;
  };

  /** @param {number} place @param {boolean} [read] whether it is read out */
  const choose = (place, read = false) => {
    chosen = run && place >= 0 && place < run.places ? place : -1;
    for (const el of [mark, card]) setShown(el, chosen >= 0);
    if (chosen < 0 || !run) return;
    describe();
    if (!read) return;
    const described = run.describe(chosen);
    if (described) {
      const { state, more } = sentences(described);
      speech.say(`${name.textContent}. ${state}. ${more}.`);
    }
  };

  /** The future at a place of the screen; -1 for none. @param {{ clientX: number, clientY: number }} event */
  const under = ({ clientX, clientY }) => {
    if (!run) return -1;
    const box = canvas.getBoundingClientRect();
    const [left, top] = corner();
    const column = Math.floor(((clientX - box.left) * density + left) / zoom);
    const row = Math.floor(((clientY - box.top) * density + top) / zoom);
    return column >= 0 && column < run.columns && row >= 0 && row < run.rows ? row * run.columns + column : -1;
  };

  /** Looks at another middle, as far as the wall goes; says whether it is another. @param {number} x @param {number} y in futures */
  const lookAt = (x, y) => {
    if (!run) return false;
    const before = [midX, midY];
    const [halfX, halfY] = [canvas.width / zoom / 2, canvas.height / zoom / 2];
    midX = halfX * 2 >= run.columns ? run.columns / 2 : within(x, halfX, run.columns - halfX);
    midY = halfY * 2 >= run.rows ? run.rows / 2 : within(y, halfY, run.rows - halfY);
    paint();
    const pans = halfX * 2 < run.columns || halfY * 2 < run.rows;
    field.classList.toggle('pans', pans);
    return midX !== before[0] || midY !== before[1];
  };

  /** @param {number} to */
  const zoomTo = (to) => {
    if (!run) return;
    zoom = within(to, 1, defaults.zoom);
    setText(scale, t('wall.zoom.now', { n: zoom }));
    // Towards the one that is chosen.
    if (chosen >= 0) lookAt(chosen % run.columns + 0.5, Math.floor(chosen / run.columns) + 0.5);
    else lookAt(midX, midY);
  };

  /** Brings the chosen one into sight. */
  const follow = () => {
    if (!run) return;
    const [x, y] = [chosen % run.columns, Math.floor(chosen / run.columns)];
    const [left, top] = corner();
    const margin = 20;
    const outside = [
      Math.min(0, (x - margin) * zoom - left) + Math.max(0, (x + margin) * zoom - left - canvas.width),
      Math.min(0, (y - margin) * zoom - top) + Math.max(0, (y + margin) * zoom - top - canvas.height),
    ];
    if (outside[0] || outside[1]) lookAt(midX + outside[0] / zoom, midY + outside[1] / zoom);
  };

  const resize = () => {
    const { scale, pixels } = size.read();
    density = scale;
    [canvas.width, canvas.height] = pixels;
    if (look !== (look = lookNow())) colours = createColours(probe);
    lookAt(midX, midY);
  };
  stretch();
  const size = createSize(field, resize);

  /** @type {{ x: number, y: number, midX: number, midY: number, moved: boolean } | undefined} */
  let drag;
  field.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    field.setPointerCapture(event.pointerId);
    drag = { x: event.clientX, y: event.clientY, midX, midY, moved: false };
  });
  field.addEventListener('pointermove', (event) => {
    if (drag) {
      const [x, y] = [event.clientX - drag.x, event.clientY - drag.y];
      drag.moved ||= Math.hypot(x, y) > defaults.still;
      if (drag.moved) lookAt(drag.midX - x * density / zoom, drag.midY - y * density / zoom);
    } else if (!held) choose(under(event));
  });
  field.addEventListener('pointerup', (event) => {
    if (drag && !drag.moved) {
      const place = under(event);
      // Chosen by a click it stays, until it is clicked again.
      held = place >= 0 && !(held && place === chosen);
      if (held) run?.wake(place);
      choose(place);
    }
    drag = undefined;
  });
  field.addEventListener('pointercancel', () => { drag = undefined; });
  field.addEventListener('pointerleave', () => {
    if (!held && !drag) choose(-1);
  });
  field.addEventListener('wheel', (event) => {
    if (!field.classList.contains('pans') || event.ctrlKey) return;
    // At the wall's edge the page scrolls, as it does elsewhere.
    if (lookAt(midX + event.deltaX * density / zoom, midY + event.deltaY * density / zoom)) event.preventDefault();
  }, { passive: false });
  field.addEventListener('keydown', (event) => {
    const chord = chordOf(event);
    if (!run || !chord) return;
    const { columns, rows, places } = run;
    const arrow = ARROWS[chord.replace('Shift+', '')];
    if (arrow) {
      const by = event.shiftKey ? defaults.leap : 1;
      const [x, y] = chosen < 0 ? [Math.floor(midX), Math.floor(midY)] : [chosen % columns + arrow[0] * by, Math.floor(chosen / columns) + arrow[1] * by];
      held = true;
      const place = within(y, 0, rows - 1) * columns + within(x, 0, columns - 1);
      choose(Math.min(place, places - 1), true);
      follow();
    } else if (chord === '+' || chord === '=') zoomTo(zoom + 1);
    else if (chord === '-') zoomTo(zoom - 1);
    else if (chord === 'Home' || chord === 'End') {
      held = true;
      choose(chord === 'Home' ? 0 : places - 1, true);
      follow();
    } else if (chord === 'Enter' && chosen >= 0) {
      run.wake(chosen);
      choose(chosen, true);
    } else if (chord === 'Escape' && chosen >= 0) {
      held = false;
      choose(-1);
    } else return;
    event.preventDefault();
  });

  return {
    /** @param {WallRun} now */
    update(now) {
      if (lookNow() !== look) resize();
      if (now !== run) {
        unwatch?.();
        run = now;
        held = false;
        choose(-1);
        unwatch = run.watch({ paint, changed() {} });
        [midX, midY] = [run.columns / 2, run.rows / 2];
        resize();
        const fits = Math.floor(Math.min(canvas.width / run.columns, canvas.height / run.rows));
        zoomTo(run.places <= small ? fits : 1);
      }
    },
    destroy() {
      unwatch?.();
      size.destroy();
      root.replaceChildren();
    },
  };
}
