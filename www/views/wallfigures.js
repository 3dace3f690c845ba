// What is counted and measured of a wall, and how many futures are in which state. Made anew a few times a second.

import { glyph, h, setText } from '../dom.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../wall/run.js').WallRun} WallRun */
/** @typedef {import('../wall/run.js').Figures} Figures */

export const defaults = {
  /** @type {(keyof Figures['tally'])[]} */
  states: ['pending', 'ready', 'polled', 'spawned', 'done'],
  /** The glyphs of those that have another name. @type {Record<string, string>} */
  glyphs: { polled: 'running' },
};

const MIB = 1024 * 1024;

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 */
export function createWallFigures(root, { text: { t, number, language } }) {
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  /** @type {{ name: string, of: (f: Figures) => string, note?: string }[]} */
  const counted = [
    { name: 'alive', of: (f) => number(f.alive) },
    { name: 'polls', of: (f) => whole.format(f.polls) },
    { name: 'wasted', of: (f) => number(f.wasted) },
    { name: 'future', of: (f) => number(f.size), note: t('wall.future.note') },
    { name: 'each', of: (f) => number(f.each), note: t('wall.each.note') },
    { name: 'memory', of: (f) => number(f.memory / MIB), note: t('wall.memory.note') },
    { name: 'frames', of: (f) => whole.format(f.frames) },
  ];
  const rows = counted.map((row) => {
    const value = h('b');
    return { ...row, value, el: h('div', { 'data-figure': row.name }, h('dt', {}, t(`wall.${row.name}`)), h('dd', {}, value, h('small', {}, row.note ?? ''))) };
  });
  const tally = defaults.states.map((state) => {
    const kind = defaults.glyphs[state] ?? state;
    const value = h('b');
    return { state, value, el: h('li', { class: kind, 'data-state': state }, glyph(kind), h('span', { class: 'st' }, t(state === 'polled' ? 'wall.polled' : `state.${state}`)), value) };
  });
  root.replaceChildren(h('dl', { class: 'big' }, ...rows.map((r) => r.el)), h('ul', { class: 'tally' }, ...tally.map((s) => s.el)));

  /** @type {WallRun | undefined} */
  let shown;
  /** @type {(() => void) | undefined} */
  let unwatch;
  const draw = () => {
    if (!shown) return;
    const { figures } = shown;
    for (const { value, of } of rows) setText(value, of(figures));
    for (const { state, value } of tally) setText(value, number(figures.tally[state]));
  };
  return {
    /** @param {WallRun} run */
    update(run) {
      if (run !== shown) {
        unwatch?.();
        shown = run;
        unwatch = run.watch({ paint() {}, changed: draw });
        draw();
      }
    },
    destroy() {
      unwatch?.();
      root.replaceChildren();
    },
  };
}
