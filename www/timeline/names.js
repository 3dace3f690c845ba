// The names of the timeline's lanes, at their left: a task's number, name and state. One that is pressed is the task in
// focus.

import { glyph, h, keyedList, setAttr, setClass, setText } from '../dom.js';

/** @typedef {import('../types.js').NowFrame} NowFrame */
/** @typedef {import('../types.js').TimelineFrame} TimelineFrame */
/** @typedef {TimelineFrame['lanes'][number] & { state: NowFrame['lanes'][number]['state'], chosen: boolean }} Named */
/** @typedef {import('./sheet.js').Sheet} Sheet */

/**
 * @param {HTMLElement} root
 * @param {import('../types.js').Deps} deps
 */
export function createNames(root, { text: { t }, act }) {
  const list = keyedList(root, (/** @type {Named} */ lane) => lane.task, ({ task, name }) => {
    const shape = glyph('');
    const word = h('span');
    const state = h('small', {}, shape, word);
    const button = h('button', { click: () => act.focus(task), title: name }, h('b', {}, String(task), h('em', {}, ` ${name}`)), state);
    const el = h('li', { 'data-task': task }, button);
    return {
      el,
      update(now) {
        // A lane keeps its place before its task is there, and says nothing of it.
        setClass(el, now.state ? '' : 'unborn');
        setAttr(button, 'aria-pressed', String(now.chosen));
        if (!now.state) return;
        setClass(state, now.state);
        setClass(shape, `gl ${now.state}`);
        setText(word, t(now.what === 'callbacks' && now.state === 'running' ? 'state.called' : `state.${now.state}`));
      },
    };
  });
  return {
    /** @param {TimelineFrame} picture @param {NowFrame} now @param {number} focus @param {Sheet} sheet @param {number} rows that divide the height */
    update(picture, now, focus, sheet, rows) {
      list(picture.lanes.map((lane, i) => ({ ...lane, state: now.lanes[i]?.state, chosen: focus === lane.task })));
      root.classList.toggle('tight', sheet.lane < 34);
      root.style.setProperty('top', `${sheet.top}px`);
      root.style.setProperty('bottom', `${sheet.foot}px`);
      root.style.setProperty('grid-template-rows', `repeat(${Math.max(1, rows)}, minmax(0, 1fr))`);
    },
  };
}
