// A pane that is fetched, with its styles, when the reader first wants to see it, and is out of sight when not.

import { h, setShown } from '../dom.js';
import { fetchOnce } from '../instance.js';
import { addStyles } from '../styles.js';

/** @typedef {import('../types.js').CreateView} CreateView */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').State} State */

/**
 * @param {Exclude<State['show'], ''>} name by which the state shows it, of its styles too
 * @param {() => Promise<CreateView>} load
 * @returns {CreateView}
 */
export function later(name, load) {
  const views = fetchOnce(async () => (await Promise.all([load(), addStyles(name)]))[0]);
  return (root, deps) => {
    /** @type {View | undefined} */
    let view;
    /** @type {Parameters<View['update']> | undefined} */
    let latest;
    let isWanted = false;
    root.hidden = true;
    const fetch = () => {
      isWanted = true;
      views.get(name).then((create) => {
        if (!isWanted) return;
        view = create(root, deps);
        if (latest) view.update(...latest);
      }, () => {
        isWanted = false;
        root.replaceChildren(h('p', { class: 'empty' }, deps.text.t('sweep.unfetched')));
      });
    };
    return {
      update(frame, extra) {
        latest = [frame, extra];
        const isShown = extra.state.show === name;
        setShown(root, isShown);
        if (!isShown) return;
        if (!isWanted) fetch();
        view?.update(frame, extra);
      },
      destroy() {
        isWanted = false;
        view?.destroy();
        root.replaceChildren();
      },
    };
  };
}
