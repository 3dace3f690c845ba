// Who wrote this: of bytes that were chosen, a sentence with the event that wrote them last and a link to it, the writers
// before and after it, and of a pointer that dangles, since when. And how bytes are gone through and chosen: one of them
// takes the Tab key, arrows lead to the others.

import { h, setAttr, setClass, setShown } from '../dom.js';
import { chordOf } from '../chord.js';
import { hexByte } from '../describe.js';
import { plain } from '../speech.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').Picture} Picture */
/** @typedef {import('../types.js').Writers} Writers */
/** @typedef {{ of: 'task' | 'slot', which: number, from: number, size: number, name: string, whole?: { from: number, size: number } }} Choice Bytes that were chosen; and the field that they are a part of. */

export const defaults = {
  /** The most bytes that are written out. */
  most: 8,
};

/** What keys do while a byte has the focus. */
export const KEYS = [
  { keys: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'], name: 'byte' },
  { keys: ['Enter'], name: 'who' },
  { keys: [',', '.'], name: 'writers' },
];

/** What stands beside an address: what the memory there is used for. @param {import('../types.js').Text} text */
export function createArea({ t }) {
  const el = h('span', { class: 'area' });
  return {
    el,
    /** @param {'stack' | 'static' | 'heap' | null | undefined} area */
    update(area) {
      setShown(el, Boolean(area));
      if (!area) return;
      setClass(el, `area ${area}`);
      el.textContent = t(`area.${area}`);
    },
  };
}

/**
 * @param {Deps} deps
 * @param {HTMLElement} field what the bytes stand in: cells are those with `data-at`, each beside its neighbours
 * @param {(cell: HTMLElement, isWhole: boolean) => Choice | undefined} choiceOf what a cell, or the field under it, stands for
 */
export function createWriters({ text, act, speech }, field, choiceOf) {
  const { t, say } = text;
  const name = h('b');
  const sentence = h('p', { class: 'said' });
  const whole = h('button', { class: 'link', click: () => choose(chosen?.whole && { ...chosen, ...chosen.whole, whole: undefined }) });
  const [earlier, later] = [-1, 1].map((by) => h('button', { class: 'tool', click: () => follow(by) }, t(by < 0 ? 'writers.earlier' : 'writers.later'), h('kbd', {}, by < 0 ? ',' : '.')));
  const close = h('button', { class: 'tool', 'aria-label': t('writers.close'), click: () => choose(undefined) }, '×');
  const el = h('section', { class: 'writers', hidden: true, 'aria-label': t('writers.title') }, h('div', { class: 'what' }, name, whole, earlier, later, close), sentence);

  /** @type {Choice | undefined} */
  let chosen;
  /** @type {Writers | undefined} */
  let known;
  /** @type {{ cursor: number, picture: Picture } | undefined} */
  let at;
  let told = '';

  const cells = () => /** @type {HTMLElement[]} */ ([...field.querySelectorAll('[data-at]')]);
  /** The one that takes the Tab key. @type {HTMLElement | undefined} */
  let tab;
  const settle = () => {
    if (tab?.isConnected && tab.tabIndex === 0) return;
    tab = cells()[0];
    if (tab) tab.tabIndex = 0;
  };
  /** @param {HTMLElement | undefined} cell */
  const lead = (cell) => {
    if (!cell) return;
    if (tab) tab.tabIndex = -1;
    tab = cell;
    cell.tabIndex = 0;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };

  /** @param {HTMLElement} cell @param {string} key */
  const neighbour = (cell, key) => {
    const all = cells();
    const by = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
    if (by) return all[all.indexOf(cell) + by];
    const rows = [...new Set(all.map((one) => one.parentElement))];
    const row = rows[rows.indexOf(cell.parentElement) + (key === 'ArrowDown' ? 1 : -1)];
    const [own, next] = [cell.parentElement, row].map((one) => all.filter((other) => other.parentElement === one));
    return next[Math.min(own.indexOf(cell), next.length - 1)];
  };

  const mark = () => {
    for (const cell of cells()) {
      const choice = chosen && choiceOf(cell, false);
      const isChosen = chosen !== undefined && choice !== undefined && choice.of === chosen.of && choice.which === chosen.which && chosen.from <= choice.from && choice.from < chosen.from + chosen.size;
      cell.classList.toggle('chosen', isChosen);
      setAttr(cell, 'aria-selected', isChosen ? 'true' : undefined);
    }
  };

  /** @param {number[]} bytes */
  const written = (bytes) => bytes.map(hexByte).join(' ');

  /** The line of an event, as what leads there. @param {number} cursor @param {{ file: string, line: number } | null | undefined} place */
  const link = (cursor, place) => h('button', { class: 'link', 'aria-current': cursor === at?.cursor ? 'step' : undefined, click: () => act.go(cursor) },
    place ? `${place.file}:${place.line}` : t('writers.event', { n: cursor }));

  const show = () => {
    setShown(el, chosen !== undefined);
    if (!chosen || !at) return;
    const { from, size, of, which } = chosen;
    known = at.picture.writers(of, which, from, from + size);
    const { last, dangling } = known;
    name.textContent = t('writers.of', { name: chosen.name || 'none', from, to: from + size - 1, size });
    setShown(whole, chosen.whole !== undefined);
    if (chosen.whole) whole.textContent = t('writers.whole', { name: chosen.name });
    setAttr(earlier, 'disabled', next(-1) == null ? '' : undefined);
    setAttr(later, 'disabled', next(1) == null ? '' : undefined);
    /** @type {(Node | string)[]} */
    const parts = [];
    if (last) {
      const change = last.was && size <= defaults.most && written(last.was) !== written(last.now) ? t('writers.change', { was: written(last.was), now: written(last.now) }) : '';
      parts.push(...say(`writers.${last.by.kind}`, { ...last.by, change }), ' ', link(last.cursor, last.at), '.');
    } else parts.push(t('writers.none'));
    if (dangling) parts.push(' ', ...say('writers.dangling', { slot: dangling.slot }), ' ', link(dangling.cursor, dangling.at), '.');
    const words = plain(parts);
    if (words !== told) speech.announce('writers', `${name.textContent}: ${words}`);
    told = words;
    sentence.replaceChildren(...parts);
  };

  /** @param {Choice | undefined} choice */
  function choose(choice) {
    chosen = choice;
    told = '';
    mark();
    show();
    if (!choice && el.contains(document.activeElement)) lead(tab);
  }

  /** The writer before the cursor, or the next one: the last one comes first, where the cursor is past it. @param {number} by */
  function next(by) {
    const { last, earlier, later } = known ?? {};
    return by > 0 ? later : last && last.cursor < (at?.cursor ?? 0) ? last.cursor : earlier;
  }

  /** @param {number} by */
  function follow(by) {
    const to = chosen && next(by);
    if (to != null) act.go(to);
  }

  field.addEventListener('keydown', (event) => {
    const cell = event.target instanceof HTMLElement ? event.target.closest('[data-at]') : null;
    const chord = chordOf(event);
    if (!(cell instanceof HTMLElement) || !chord) return;
    if (chord.startsWith('Arrow')) lead(neighbour(cell, chord));
    else if (chord === 'Enter' || chord === ' ') choose(choiceOf(cell, false));
    else if ((chord === ',' || chord === '.') && chosen) follow(chord === ',' ? -1 : 1);
    else if (chord === 'Escape' && chosen) choose(undefined);
    else return;
    event.preventDefault();
  });
  field.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const cell = target?.closest('[data-at]');
    const name = target?.closest('[data-field]');
    if (cell instanceof HTMLElement) {
      lead(cell);
      choose(choiceOf(cell, false));
    } else if (name instanceof HTMLElement) choose(choiceOf(name, true));
  });

  return {
    el,
    /** Cells are drawn: what was chosen of them is marked, and asked about where the cursor is now. @param {number} cursor @param {Picture} picture */
    update(cursor, picture) {
      if (at && at.picture.run !== picture.run) chosen = undefined;
      const isNew = at?.cursor !== cursor || at.picture.run !== picture.run;
      at = { cursor, picture };
      settle();
      if (!chosen) return setShown(el, false);
      mark();
      if (isNew) show();
    },
    /** Whether what was chosen is still shown. @param {(choice: Choice) => boolean} isShown */
    keep(isShown) {
      if (chosen && !isShown(chosen)) choose(undefined);
    },
  };
}
