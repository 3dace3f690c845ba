// The verbs: what buttons, links and keys do. Each changes the state or asks for a run, and nothing else.

import * as change from './store.js';
import { writeLink } from './url.js';

/** @typedef {import('./store.js').Store} Store */
/** @typedef {import('./types.js').Unit} Unit */
/** @typedef {import('./types.js').Run} Run */
/** @typedef {import('./types.js').Manifest} Manifest */

/** Panes by the key that leads to them. @type {Record<string, string>} */
const PANES = { c: 'code', m: 'machine', t: 'timeline', e: 'executor', b: 'memory' };

/**
 * What the actions are made with.
 * @typedef {object} Means
 * @property {Store} store
 * @property {Manifest} manifest
 * @property {() => Run | undefined} run the run on the stage
 * @property {<T>(read: () => T) => T | undefined} read reads from it, safely
 * @property {(what: { scenario: string, params: Record<string, string> }) => void} open computes and shows a run
 * @property {() => void} stop ends the run that is being computed
 * @property {() => void} link writes the address now
 * @property {(link: string) => void} visit makes an entry in the browser's history
 * @property {{ run: () => void, stop: () => void }} sweeps
 * @property {() => void} help shows the keyboard map
 * @property {(language: import('./text.js').Language) => void} speak shows the page in another language
 */

/** @param {Means} means */
export function createActions({ store, manifest, run, read, open, stop, link, visit, sweeps, help, speak }) {
  /** @param {number} cursor */
  const go = (cursor) => {
    const shown = run();
    if (shown) store.apply(change.moved(cursor, shown.length));
  };
  const ids = manifest.scenarios.map((s) => s.id);

  /** @param {Record<string, string>} draft */
  const submit = (draft) => {
    const { scenario, params } = store.state;
    open({ scenario, params: { ...params, ...draft } });
  };

  return {
    go,
    /** @param {Unit} unit @param {boolean} forward */
    step(unit, forward) {
      const { cursor } = store.state;
      const shown = run();
      store.apply(change.played(false));
      const to = read(() => shown?.step(cursor, unit, forward));
      if (to !== undefined) go(to);
    },
    first: () => go(0),
    last: () => go(Infinity),
    play() {
      const { playing, cursor } = store.state;
      if (!playing && cursor >= (run()?.length ?? 0)) go(0);
      store.apply(change.played(!playing));
    },
    /** @param {number} by */
    faster: (by) => store.apply(change.faster(by)),
    /** @param {import('./store.js').State['speed']} speed */
    speed: (speed) => store.apply(change.set({ speed })),
    /** @param {number} task 0 for the one that changed last */
    focus: (task) => store.apply(change.focused(task)),
    /** @param {string} option */
    predict: (option) => store.apply(change.predicted(option)),

    /** What the stage shows besides the run. @param {import('./store.js').State['show']} show */
    show(show) {
      if (show === store.state.show) return;
      store.apply(change.set({ show }));
      visit(writeLink(store.state));
    },
    sweep: sweeps.run,
    stopSweep: sweeps.stop,
    /** @param {import('./views/chart.js').Picked} picked */
    pick: (picked) => store.apply(change.set({ picked })),

    /** @param {string} scenario */
    open: (scenario) => open({ scenario, params: {} }),
    /** @param {number} by */
    neighbour(by) {
      const at = ids.indexOf(store.state.scenario) + by;
      if (ids[at] !== undefined) open({ scenario: ids[at], params: {} });
    },
    /** A field of the form has another value. @param {string} field @param {string} value */
    change(field, value) {
      store.apply(change.drafted(field, value));
      submit(store.state.draft);
    },
    again: () => submit(store.state.draft),
    reset: () => open({ scenario: store.state.scenario, params: {} }),
    stop,

    async copyLink() {
      link();
      try {
        await navigator.clipboard.writeText(location.href);
        store.apply(change.set({ notice: { key: 'notice.copied' } }));
      } catch {
        // No clipboard, or none allowed: the address bar has the link.
        store.apply(change.set({ notice: { key: 'notice.link', args: { link: location.href } } }));
      }
    },
    dismiss: () => store.apply(change.set({ notice: undefined })),
    theme: () => store.apply((s) => ({ ...s, theme: s.theme === 'dark' ? 'light' : 'dark' })),
    language: speak,
    /** @param {string} key */
    pane(key) {
      const pane = document.querySelector(`[data-pane="${PANES[key]}"]`);
      if (!(pane instanceof HTMLElement)) return;
      pane.focus({ preventScroll: true });
      pane.scrollIntoView({ block: 'nearest' });
    },
    menu: () => store.apply((s) => ({ ...s, menu: !s.menu })),
    help,
    /** What lies over or above the page goes: the menu, or else the notice. */
    close: () => store.apply((s) => (s.menu ? { ...s, menu: false } : { ...s, notice: undefined })),
  };
}

/** @typedef {ReturnType<typeof createActions>} Actions */
