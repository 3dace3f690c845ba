// A pane that is fetched, with its styles, when the reader first wants to see it, and is out of sight when not.

import { h, setShown } from '../dom.js';
import { fetchOnce } from '../fetch.js';
import { addStyles } from '../styles.js';
import { waiting } from '../waiting.js';

/** @typedef {import('../types.js').CreateView} CreateView */
/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View & { hide?: () => void }} View what goes out of sight may be told so */
/** @typedef {import('../types.js').State} State */

/**
 * @param {string} name of its styles
 * @param {() => Promise<(root: HTMLElement, deps: Deps) => View>} load
 * @param {(state: State) => boolean} isWanted whether the state shows it
 * @param {{ part?: string, unfetched: string }} words the part of the catalogue that comes with it, and what is said where it cannot be had
 * @returns {CreateView}
 */
export function later(name, load, isWanted, { part, unfetched }) {
  const views = fetchOnce(async () => (await Promise.all([load(), addStyles(name)]))[0]);
  return (root, deps) => {
    /** @type {View | undefined} */
    let view;
    /** @type {Parameters<View['update']> | undefined} */
    let latest;
    let isAsked = false;
    root.hidden = true;
    const fetch = () => {
      isAsked = true;
      const fail = () => {
        isAsked = false;
        root.replaceChildren(h('p', { class: 'empty' }, deps.text.t(unfetched)));
      };
      waiting(root, deps.text, 'waits.view', Promise.all([views.get(name), part && deps.text.load(part)]), fail).then(([create]) => {
        if (!isAsked) return;
        view = create(root, deps);
        if (latest) view.update(...latest);
      }, fail);
    };
    return {
      update(frame, extra) {
        latest = [frame, extra];
        const isShown = isWanted(extra.state);
        if (!isShown && !root.hidden) view?.hide?.();
        setShown(root, isShown);
        if (!isShown) return;
        if (!isAsked) fetch();
        view?.update(frame, extra);
      },
      destroy() {
        isAsked = false;
        view?.destroy();
        root.replaceChildren();
      },
    };
  };
}
