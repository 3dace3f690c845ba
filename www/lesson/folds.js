// Every other view of the run: a line that says what it has to say now. It opens in place; what it shows is made when it is first
// opened.

import { h, icon, setAttr, setClass, setShown } from '../dom.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Frame} Frame */
/** @typedef {import('../types.js').Extra} Extra */
/** @typedef {import('../stages/traced.js').Pane} Pane */

/** What a line says, by its pane: the key in the catalogues (`fold.<area>`) is the same for all. @type {Record<string, (frame: Frame, extra: Extra) => Record<string, string | number>>} */
const LINES = {
  timeline: ({ counters, time }) => ({ polls: counters.polls, ms: time }),
  executor: ({ ready, sleeping }) => ({ ready: ready.length, asleep: sleeping.length }),
  machine: ({ machines }) => ({ machines: machines.length, states: machines.reduce((n, { states }) => n + states.length, 0) }),
  memory: ({ memory }) => ({ bytes: memory?.now.size ?? 0 }),
  output: (_frame, { picture }) => {
    const last = picture.listing('output', 1).events[0]?.event;
    return { line: last?.kind === 'logged' ? last.text : '' };
  },
  findings: (_frame, { picture }) => ({ n: picture.found.length }),
};

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @param {Pane[]} panes
 * @returns {View}
 */
export function createFolds(root, deps, panes) {
  const { text } = deps;
  /** @type {Frame | undefined} */
  let frame;
  /** @type {Extra | undefined} */
  let extra;
  const folds = panes.map(({ area, name = area, create, like }) => {
    const said = h('span');
    const body = h('section', { id: `fold-${name}`, class: `pane ${area}`, 'data-pane': like ?? area, tabindex: -1, hidden: true, 'aria-label': text.t(`pane.${name}`) });
    /** @type {View | undefined} */
    let view;
    const button = h('button', { class: 'fold', 'data-fold': name, 'aria-expanded': 'false', 'aria-controls': body.id, click: () => {
      const isOpen = body.hidden;
      setShown(body, Boolean(isOpen));
      setAttr(button, 'aria-expanded', String(isOpen));
      if (!isOpen || !frame || !extra) return;
      view ??= create(body, deps);
      view.update(frame, extra);
    } }, h('b', {}, text.t(`pane.${name}`)), said, icon('next'));
    return {
      button, body,
      update() {
        if (!frame || !extra) return;
        const key = `fold.${name}`;
        said.textContent = text.has(key) ? text.t(key, LINES[name]?.(frame, extra) ?? {}) : '';
        setClass(button, name === 'findings' && extra.picture.found.length ? 'fold bad' : 'fold');
        if (!body.hidden) view?.update(frame, extra);
      },
      destroy: () => view?.destroy(),
    };
  });
  root.append(h('div', { class: 'folds' }, ...folds.map(({ button }) => button)), ...folds.map(({ body }) => body));
  return {
    update(nextFrame, nextExtra) {
      [frame, extra] = [nextFrame, nextExtra];
      for (const fold of folds) fold.update();
    },
    destroy() {
      for (const fold of folds) fold.destroy();
      root.replaceChildren();
    },
  };
}
