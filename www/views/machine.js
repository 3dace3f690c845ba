// The machines: of each its states and edges as a map, and as a list. How near one looks, and what stands open, is this view's
// own affair: it is not part of a link. The maps are fetched with what draws them when there is a machine to see.

import { chordOf } from '../chord.js';
import { h, keyedList, setAttr, setShown, setText } from '../dom.js';
import { addStyles } from '../styles.js';
import { paneHead } from './pane.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').MachineFrame} MachineFrame */
/** @typedef {import('../types.js').Text} Text */
/** @typedef {import('../machine/map.js').Words} Words */
/** @typedef {typeof import('../machine/map.js')} Drawing */
/** @typedef {typeof import('../heroes/kit/pen.js')} Pens */

export const defaults = {
  /** Narrower than this, states follow each other downwards, in px. */
  narrow: 560,
  /** Nearer than in full, by so much. */
  nearer: [1, 1.4, 2],
  /** Smaller than this, boxes are dots. */
  tiny: 0.5,
  /** Of the window, what a key moves it by. */
  move: 0.25,
};

/** All that draws a machine: fetched once. @type {Promise<[Drawing, Pens, ...unknown[]]> | undefined} */
let fetched;
/** @param {Text} text */
const drawing = (text) => {
  fetched ??= Promise.all([import('../machine/map.js'), import('../heroes/kit/pen.js'), addStyles('heroes')]);
  fetched.catch(() => (fetched = undefined));
  return Promise.all([fetched, text.load('heroes')]);
};

/** What is said of machines, here and in the large picture. @param {Text} text @returns {Words} */
const wordsOf = (text) => (key, args) => text.t(`hero.machine.${key}`, args);

/** @param {MachineFrame} machine */
const hasInner = ({ states }) => states.some(({ inner }) => inner);

/**
 * One machine.
 * @param {Drawing} drawn
 * @param {Pens} pens
 * @param {Text} text
 * @param {HTMLElement} pane
 */
function createOne({ DETAILS, drawMap, fitting, mapOf, nameOf, shapeOf, short, told }, { createPen }, text, pane) {
  const words = wordsOf(text);
  const pen = createPen();
  const [name, facts] = [h('code'), h('span')];
  const field = h('div', { class: 'field', tabindex: 0, role: 'group' }, pen.scene.root);
  const list = h('ol', { class: 'chain vh' });
  /** @param {string} word @param {string} sign @param {() => void} click */
  const button = (word, sign, click) => h('button', { class: 'tool', 'aria-label': words(word), title: words(word), click }, sign);
  const within = h('button', { class: 'tool', click: () => { opens = !isOpen(); draw(); } }, words('inside'));
  const [farther, whole, nearer] = [button('out', '−', () => zoom(-1)), button('fit', '⤢', () => zoom(0)), button('in', '+', () => zoom(1))];
  const zooms = h('div', { class: 'tl-tools', role: 'group', 'aria-label': words('zoom') }, within, farther, whole, nearer);
  const el = h('section', { class: 'machine-of' }, h('h3', {}, name, facts, zooms), field, list);

  /** @type {MachineFrame | undefined} */
  let machine;
  let machines = 1;
  /** How near: a place in `steps`; none for what fits. @type {number | undefined} */
  let near;
  /** Whether what states await stands open: what the reader wants, and else whether there is room. @type {boolean | undefined} */
  let opens;
  let hasRoom = true;
  let fits = 0;
  let before = '';
  /** @type {{ key: string, map: import('../machine/map.js').Plan, scale: number } | undefined} */
  let made;
  let described = '';

  /** From far to near: each detail, and that in full, larger. */
  const steps = [...DETAILS.slice(1).reverse().map((detail) => ({ detail, scale: 1 })), ...defaults.nearer.map((scale) => ({ detail: DETAILS[0], scale }))];
  const isOpen = () => opens ?? hasRoom;

  const room = () => {
    const all = Number(getComputedStyle(pane).getPropertyValue('--room')) || 300;
    return { width: el.clientWidth - 6, height: Math.max(64, all / machines - 26) };
  };
  /** @param {{ width: number, height: number }} size */
  const make = (size) => {
    const now = /** @type {MachineFrame} */ (machine);
    const across = size.width >= defaults.narrow;
    const key = JSON.stringify([shapeOf(now), size, near, opens, text.language]);
    if (made?.key === key) return made;
    const how = { across, most: across ? 230 : Math.min(300, size.width), opens: isOpen };
    hasRoom = true;
    let fit = fitting(pen, now, how, size, words);
    if (opens === undefined && hasInner(now) && fit.map.detail === 'numbered') {
      hasRoom = false;
      fit = fitting(pen, now, how, size, words);
    }
    fits = fit.scale < 1 ? -1 : steps.findIndex(({ detail }) => detail === fit.map.detail);
    // What is far too small to be seen is not where one begins; and of a number nothing opens.
    const least = opens && hasInner(now) ? 1 : 0;
    const at = near ?? (fit.scale < defaults.tiny || fits < least ? least : fits);
    made = at < 0 ? { key, ...fit } : { key, map: mapOf(pen, now, steps[at].detail, how, words), scale: steps[at].scale };
    return made;
  };
  /** The state that somebody is in is brought into sight. @param {import('../machine/layout.js').Box} box @param {number} scale */
  const show = ({ x, y, w, h: tall }, scale) => {
    const [left, top] = [x * scale, y * scale];
    if (left < field.scrollLeft || left + w * scale > field.scrollLeft + field.clientWidth) field.scrollLeft = left + (w * scale - field.clientWidth) / 2;
    if (top < field.scrollTop || top + tall * scale > field.scrollTop + field.clientHeight) field.scrollTop = top + (tall * scale - field.clientHeight) / 2;
  };

  const draw = () => {
    if (!machine) return;
    const now = machine;
    /** @param {number} i */
    const here = (i) => now.states[i].tasks.length > 0;
    /** @param {number} i */
    const runs = (i) => now.states[i].tasks.some(({ state }) => state === 'running');
    const present = now.states.findIndex((_, i) => runs(i));
    const someone = present < 0 ? now.states.findIndex((_, i) => here(i)) : present;
    setText(name, short(now.name));
    setText(facts, [words('facts', { file: now.file, size: now.size, known: now.discriminant == null ? 'no' : 'yes', at: now.discriminant ?? 0 }), someone < 0 ? '' : words('at', { name: nameOf(now, someone, words) })].filter(Boolean).join(' · '));
    setShown(within, hasInner(now));
    const items = told(now, here, words);
    const said = JSON.stringify(items);
    if (said !== described) {
      described = said;
      list.replaceChildren(...items.map(({ text: of, now: isNow, parts }) => h('li', { class: 'state', 'aria-current': isNow && 'step' }, of, h('ul', {}, ...(parts ?? []).map((part) => h('li', {}, part.text))))));
    }
    const size = room();
    if (size.width <= 0) return;
    const { map, scale } = make(size);
    const silent = scale < 1;
    setAttr(within, 'aria-expanded', String(isOpen()));
    field.style.maxHeight = `${size.height + 8}px`;
    setAttr(field, 'aria-label', words('field', { name: short(now.name), n: now.states.length }));
    for (const [attr, value] of Object.entries({ viewBox: `0 0 ${map.width} ${map.height}`, width: Math.ceil(map.width * scale), height: Math.ceil(map.height * scale) })) setAttr(pen.scene.root, attr, value);
    pen.draw(false, () => drawMap(pen, map, now, { here, runs, edge: true }, words, { key: 'm', silent }));
    field.classList.toggle('moves', map.width * scale > size.width + 6 || map.height * scale > size.height + 8);
    const at = `${someone} ${made?.key}`;
    if (someone >= 0 && at !== before) show(map.placed.boxes[someone], scale);
    before = at;
  };
  /** @param {-1 | 0 | 1} by 0 for what fits */
  const zoom = (by) => {
    const from = near ?? Math.max(fits, 0);
    near = by === 0 ? fits : Math.max(Math.min(fits, 0), Math.min(steps.length - 1, from + by));
    before = '';
    draw();
  };

  // A drag moves the window, as a wheel does.
  field.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || event.pointerType === 'touch') return;
    const [x, y, left, top] = [event.clientX, event.clientY, field.scrollLeft, field.scrollTop];
    const ended = new AbortController();
    const { signal } = ended;
    field.setPointerCapture(event.pointerId);
    field.addEventListener('pointermove', (move) => field.scrollTo(left + x - move.clientX, top + y - move.clientY), { signal });
    for (const end of ['pointerup', 'pointercancel']) field.addEventListener(end, () => ended.abort(), { signal });
  });
  el.addEventListener('keydown', (event) => {
    const chord = chordOf(event);
    /** @type {Record<string, () => void>} */
    const keys = {
      '+': () => zoom(1), '=': () => zoom(1), '-': () => zoom(-1), 0: () => zoom(0),
      h: () => field.scrollBy(-defaults.move * field.clientWidth, 0), l: () => field.scrollBy(defaults.move * field.clientWidth, 0),
      k: () => field.scrollBy(0, -defaults.move * field.clientHeight), j: () => field.scrollBy(0, defaults.move * field.clientHeight),
    };
    const run = chord && Object.hasOwn(keys, chord) ? keys[chord] : undefined;
    if (!run || event.defaultPrevented) return;
    event.preventDefault();
    run();
  });
  // What it draws changes how high the pane is, and may bring a scrollbar: only another width asks for another map.
  let wide = 0;
  const watch = new ResizeObserver(() => {
    if (pane.offsetWidth !== wide) draw();
    wide = pane.offsetWidth;
  });
  watch.observe(pane);
  return {
    el,
    /** @param {MachineFrame} now @param {number} all how many machines share the pane */
    update(now, all) {
      [machine, machines] = [now, all];
      draw();
    },
    draw,
    destroy() {
      watch.disconnect();
      pen.scene.destroy();
    },
  };
}

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createMachine(root, { text }) {
  const empty = h('p', { class: 'empty' }, text.has('machine.empty') ? text.t('machine.empty') : '');
  const about = h('span');
  const body = h('div', { class: 'body' });
  root.replaceChildren(paneHead(text, 'machine', about), body);
  /** @type {MachineFrame[]} */
  let machines = [];
  /** @type {Map<string, ReturnType<typeof createOne>>} */
  const ones = new Map();
  let speaker = 0;
  /** The machine of which the last sentence speaks: the one that a phone shows. */
  let near = '';
  let isGone = false;
  /** @type {Awaited<ReturnType<typeof drawing>> | undefined} */
  let ready;
  let isAsked = false;
  const list = keyedList(body, (/** @type {MachineFrame} */ m) => m.name, (m) => {
    const [[drawn, pens]] = /** @type {NonNullable<typeof ready>} */ (ready);
    const one = createOne(drawn, pens, text, root);
    ones.set(m.name, one);
    return { el: one.el, update: (now) => one.update(now, machines.length) };
  });

  const show = () => {
    const its = machines.find((m) => m.states.some((s) => s.tasks.some((one) => one.task === speaker)));
    const now = its ?? machines.find((m) => m.name === near) ?? machines[0];
    if (now) near = now.name;
    if (!ready) {
      if (machines.length && !isAsked) {
        isAsked = true;
        drawing(text).then((found) => {
          if (isGone) return;
          ready = found;
          show();
        }, () => {
          isAsked = false;
          body.replaceChildren(h('p', { class: 'empty' }, text.t('notice.unfetched')));
        });
      }
    } else {
      setText(about, wordsOf(text)('about'));
      list(machines);
      // On a phone one machine is shown: what is out of sight has no width.
      for (const [name, { el }] of ones) el.toggleAttribute('data-near', name === near);
      // In the page, texts have widths: what was just put there is drawn once more.
      for (const { draw } of ones.values()) draw();
    }
    if (machines.length === 0 && empty.parentNode !== body) body.append(empty);
    else if (machines.length > 0) empty.remove();
  };
  return {
    update(frame) {
      machines = frame.machines;
      speaker = 'task' in frame.description ? frame.description.task : 0;
      show();
    },
    destroy() {
      isGone = true;
      for (const one of ones.values()) one.destroy();
      root.replaceChildren();
    },
  };
}
