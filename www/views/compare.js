// Two runs on one clock. Above, both are drawn whole (both.js). Below, the other one at the left, this one at the right, an event a
// row: up to where they diverge rows are of both; from there on events of the same time stand side by side, and what was not
// seen yet stays blank.

import { h, setAttr, setShown, setText } from '../dom.js';
import { short } from '../describe.js';
import { areDrawn, drawBoth } from './both.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Picture} Picture */
/** @typedef {import('../types.js').Row} Row */

export const defaults = {
  /** Rows before the cursor's, and after it. */
  around: /** @type {[number, number]} */ ([9, 9]),
};

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createCompare(root, { text, act }) {
  const { t } = text;
  const where = h('span');
  const go = h('button', { class: 'act', click: act.difference }, t('compare.go'));
  const [old, now] = [h('th', { scope: 'col', class: 'old' }), h('th', { scope: 'col' })];
  const rows = h('tbody');
  const scroller = h('div', { class: 'rows', tabindex: 0, role: 'region', 'aria-label': t('compare.label') },
    h('table', {}, h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'ms'), old, now)), rows));
  const figure = h('div', { class: 'figure' });
  root.replaceChildren(h('p', { class: 'parts' }, where, ' ', go), figure, scroller);

  /** @param {number} at @param {Picture | NonNullable<Picture['before']>['picture']} of @param {boolean} canGo */
  const event = (at, of, canGo) => {
    const number = text.number(at);
    const label = t('compare.event', { at });
    return [canGo ? h('button', { 'aria-label': label, click: () => act.go(at) }, number) : h('span', { class: 'num' }, number), ' ', short(of.describe(at), text)];
  };

  /** @param {Row} row @param {Picture} picture @param {boolean} isNow @param {boolean} isTimed whether it says when */
  const rowOf = (row, picture, isNow, isTimed) => {
    const { before } = picture;
    const cells = [h('td', { class: 'num ms' }, isTimed ? text.number(row.time) : '')];
    if (row.is_same) cells.push(h('td', { colspan: 2, class: 'same' }, ...event(row.run ?? 0, picture, true)));
    else {
      cells.push(h('td', { class: 'old' }, ...(row.other && before ? event(row.other, before.picture, false) : [])));
      cells.push(h('td', {}, ...(row.run ? event(row.run, picture, true) : [])));
    }
    return h('tr', { 'aria-current': isNow ? 'true' : undefined }, ...cells);
  };

  /** @param {import('../types.js').State} state @param {Picture} picture @param {number} cursor */
  const draw = (state, { run, length, seen, before }, cursor) => {
    // While the pane is closed, the runs may be gone.
    if (!root.clientWidth) return;
    const isDrawn = before !== undefined && areDrawn(before.picture.run, run);
    setShown(figure, isDrawn);
    if (!isDrawn || !figure.clientWidth) return;
    // What lies ahead is faint, and hidden as long as it would answer a guess.
    const isHidden = state.prediction === undefined && seen < length;
    /** @param {import('../types.js').Run} of @param {string} name @param {boolean} isOver what it comes to is told then */
    const named = (of, name, isOver) => {
      const last = isOver ? of.listing('output', of.length, 1).events[0]?.event : undefined;
      return last?.kind === 'logged' ? `${name}: ${last.text}` : name;
    };
    const both = drawBoth([
      { run: before.picture.run, name: named(before.picture.run, old.textContent ?? '', !isHidden), cursor: before.cursor, seen: before.picture.seen, isHidden, parts: before.diverges },
      { run, name: named(run, now.textContent ?? '', !isHidden), cursor, seen, isHidden, parts: before.diverges },
    ], figure.clientWidth, { parts: t('compare.parts') }, act.go);
    both.setAttribute('aria-label', t('compare.both'));
    figure.replaceChildren(both);
  };

  let drawn = '';
  /** @type {unknown} */
  let of;
  /** @type {() => void} */
  let drawAgain = () => {};
  const sized = new ResizeObserver(() => drawAgain());
  sized.observe(root);
  return {
    update(frame, { state, picture }) {
      const { before } = picture;
      drawAgain = () => {};
      if (!before) return;
      drawAgain = () => draw(state, picture, frame.cursor);
      const key = `${frame.cursor} ${state.seen} ${state.prediction}`;
      if (key === drawn && of === picture.run) return;
      [drawn, of] = [key, picture.run];
      const { diverges } = before;
      const isSeen = diverges !== undefined && diverges < state.seen;
      setText(old, state.changes ? t('compare.original') : Object.values(state.compared).join(', '));
      setText(now, t(state.changes ? 'compare.new' : 'compare.plain'));
      setText(where, diverges === undefined ? t('compare.same')
        : isSeen ? t('compare.first', { at: diverges + 1, ms: picture.time(diverges + 1) }) : t('compare.unseen'));
      setShown(go, diverges !== undefined && frame.cursor !== diverges + 1);

      drawAgain();
      const shown = before.rows(...defaults.around);
      /** @type {HTMLElement[]} */
      const made = [];
      let time = -1;
      for (const row of shown.rows) {
        if (row.is_first) made.push(h('tr', { class: 'first' }, h('td', { colspan: 3 }, t('compare.parts'))));
        made.push(rowOf(row, picture, row.run === frame.cursor && frame.cursor > 0, row.time !== time || row.run === frame.cursor));
        ({ time } = row);
      }
      if (shown.is_ahead) made.push(h('tr', { class: 'ahead' }, h('td', { colspan: 3 }, t('compare.ahead'))));
      rows.replaceChildren(...made);
      const current = made.find((tr) => tr.hasAttribute('aria-current'));
      if (current) scroller.scrollTop = current.offsetTop - scroller.clientHeight * 0.6;
      setAttr(scroller, 'data-diverges', diverges);
    },
    destroy() {
      sized.disconnect();
      root.replaceChildren();
    },
  };
}
