// The verbs: what buttons, links and keys do. Each changes the state or asks for a run, and nothing else.

import { LEVELS, levelOf, next } from './lesson/levels.js';
import { isTiled } from './stages.js';
import * as change from './store.js';
import { TRACE } from './tracefile.js';

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
 * @property {() => import('./types.js').Moment[]} story its moments
 * @property {(how: Partial<Pick<import('./store.js').State, 'view' | 'show' | 'presents'>>) => void} view shows the run in another way
 * @property {<T>(read: () => T) => T | undefined} read reads from it, safely
 * @property {(what: import('./session.js').Asked) => void} open computes and shows a run
 * @property {(scenario?: string) => boolean} retry asks once more for a run that could not be made, of this scenario if one is given; whether there is one
 * @property {() => void} stop ends the run that is being computed
 * @property {() => string} link writes the address now, and gives it
 * @property {() => void} visit makes an entry in the browser's history
 * @property {() => string} here the address of what is shown
 * @property {(scenario: string) => string} linkTo the address of a scenario
 * @property {{ choose: () => void, save: () => void, as: () => void }} file opens a file that holds a trace, leaves the run on the stage as one, and asks in which form
 * @property {(changes: string, change: string) => string} addChange the changes of a run and one more
 * @property {{ run: () => void, stop: () => void }} sweeps
 * @property {{ run: (search: import('./explore.js').Search) => void, stop: () => void }} orders explores other orders
 * @property {() => { diverges: number | undefined } | undefined} before where the run on the stage diverges from the other one
 * @property {(wish: import('./otherwise.js').Wish) => Promise<import('./otherwise.js').Otherwise | undefined>} otherwise looks for a run with another answer
 * @property {() => void} help shows the keyboard map
 * @property {(language: import('./languages.js').Language) => void} speak shows the page in another language
 */

/** @param {Means} means */
export function createActions({ store, manifest, run, story, view, read, open, retry, stop, link, visit, here, linkTo, file, addChange, sweeps, orders, before, otherwise, help, speak }) {
  /** @param {number} cursor */
  const go = (cursor) => {
    const shown = run();
    if (shown) store.apply(change.moved(cursor, shown.length));
  };
  const ids = manifest.scenarios.map((s) => s.id);
  /** A trace from a file has all views, and nothing else. */
  const hasLesson = () => store.state.scenario !== TRACE;
  /** Where each scenario was left: there its neighbours lead back to. @type {Map<string, Pick<import('./session.js').Asked, 'params' | 'changes' | 'compared' | 'cursor'>>} */
  const left = new Map();
  store.subscribe(({ scenario }, { scenario: before, params, changes, compared, cursor }) => {
    if (before !== scenario) left.set(before, { params, changes, compared, cursor });
  });

  /** @param {Record<string, string>} draft */
  const submit = (draft) => {
    const { scenario, params, changes, compared } = store.state;
    // Another run is a question of its own: what was changed in this one is not asked there.
    const isSame = Object.entries(draft).every(([field, value]) => params[field] === value);
    open({ scenario, params: { ...params, ...draft }, changes: isSame ? changes : '', compared });
  };

  /** The run as it is, but for this. @param {Partial<import('./session.js').Asked>} part */
  const anew = (part) => {
    const { scenario, params, changes, compared, cursor } = store.state;
    open({ scenario, params, changes, compared, cursor, toDifference: true, ...part });
  };

  /** The line of a lesson that opens a view. @param {string} name */
  const foldOf = (name) => /** @type {HTMLElement | null} */ (document.querySelector(`.fold[data-fold="${name}"]`));
  /** @param {HTMLElement} fold */
  const isUnfolded = (fold) => fold.getAttribute('aria-expanded') === 'true';

  /** @param {import('./store.js').State['inspector']} inspector */
  const inspector = (inspector) => store.apply(change.set({ inspector }));

  return {
    go,
    /** Reads from the run on the stage, safely, outside of an update. */
    read,
    /** @param {Unit} unit @param {boolean} forward @param {number} [task] over events of this task alone */
    step(unit, forward, task = 0) {
      const { cursor } = store.state;
      const shown = run();
      store.apply(change.played(false));
      const to = read(() => shown?.step(cursor, unit, forward, task));
      if (to !== undefined) go(to);
    },
    /** To the next event of a kind; of the task in focus, if one is. @param {Unit} unit @param {boolean} forward */
    jump(unit, forward) {
      this.step(unit, forward, store.state.focus);
    },
    /** To the next thing of the level at which the run is told. @param {boolean} forward */
    moment(forward) {
      const { cursor, show } = store.state;
      const shown = run();
      // What has no trace goes on by itself, once it is begun; a run that is still being made has nothing to tell.
      const isUntraced = manifest.scenarios.find(({ id }) => id === store.state.scenario)?.kind === 'untraced';
      store.apply(change.played(isUntraced && forward));
      if (!shown) return;
      const to = read(() => next(levelOf(show), story(), shown, cursor, forward));
      if (to !== undefined) go(to);
    },
    /** The level at which the run is told. @param {import('./lesson/levels.js').Level} level */
    level(level) {
      store.apply(change.set({ show: level === 'story' ? '' : level }));
      visit();
    },
    /**
     * What an arrow does: in a lesson it goes on by what is told there, among all views by events. With Shift, the other way round
     * there; here, by polls.
     * @param {boolean} forward
     * @param {boolean} isShifted
     */
    arrow(forward, isShifted) {
      if (isTiled(store.state)) this.step(isShifted ? 'poll' : 'event', forward);
      else if (isShifted) this.step('event', forward);
      else this.moment(forward);
    },
    /** What a digit does: it chooses a task, or in a lesson the level. @param {number} digit */
    digit(digit) {
      const level = LEVELS[digit - 1];
      if (isTiled(store.state)) store.apply(change.focused(digit));
      else if (level) this.level(level);
    },
    /** All views, as tiles, or the lesson again. */
    views: () => hasLesson() && view({ view: isTiled(store.state) ? 'lesson' : 'all', show: '' }),
    /** On a projector, or on the page again. */
    present() {
      if (!hasLesson()) return;
      const presents = !store.state.presents;
      // Where it may not be, the page is as large as its window.
      if (presents) void document.documentElement.requestFullscreen?.().catch(() => {});
      else if (document.fullscreenElement) void document.exitFullscreen();
      view({ presents });
    },
    /** Nothing is on the projector, or what was. */
    blank: () => store.apply((s) => ({ ...s, blank: !s.blank })),
    /** The picture alone is on the projector, or its code, too. */
    bare: () => store.apply((s) => ({ ...s, bare: !s.bare })),
    /** To the moment that decides. */
    decide() {
      const moment = read(() => story().find((moment) => moment.decides));
      if (moment) go(moment.at);
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

    /** The pane for changes, the comparison and the findings; empty closes it. */
    inspector,
    /** Its changes, opened or closed. */
    ask() {
      const isOn = store.state.inspector === 'what_if';
      const fold = foldOf('findings');
      // In a lesson it stands under its line, which is opened and closed with it.
      if (fold && isUnfolded(fold) === isOn) fold.click();
      inspector(isOn ? '' : 'what_if');
    },
    /** The run with one more change. @param {string} one */
    fork(one) {
      anew({ changes: addChange(store.state.changes, one) });
    },
    /** The run with these parameters in place of its own, at the moment that is shown. @param {Record<string, string>} fields */
    cure(fields) {
      const { params, cursor } = store.state;
      anew({ params: { ...params, ...fields }, changes: '', at: read(() => run()?.moment(cursor)) });
    },
    /** The run with these changes, and no others. @param {string} changes */
    changed: (changes) => anew({ changes }),
    /** The changes of the run on the stage, each by itself. */
    changesMade: () => read(() => run()?.changes(store.state.changes).all) ?? [],
    /** Compares with the same run under these parameters in place of its own; none for no other. @param {Record<string, string>} compared */
    compareWith: (compared) => anew({ compared, toDifference: false }),
    /** The run as it is by itself. */
    original: () => anew({ changes: '', compared: {} }),
    /** To the first event that is another one than in the other run. */
    difference() {
      const diverges = before()?.diverges;
      if (diverges !== undefined) go(diverges + 1);
    },
    /** To the next finding. @param {boolean} forward */
    finding(forward) {
      const { cursor } = store.state;
      const found = read(() => run()?.findings().all.map((finding) => finding.cursor)) ?? [];
      const to = forward ? found.find((at) => at > cursor) : found.findLast((at) => at < cursor);
      store.apply(change.played(false));
      if (to !== undefined) go(to);
    },
    otherwise,
    explore: orders.run,
    stopExploring: orders.stop,

    /** What the stage shows besides the run. @param {import('./store.js').State['show']} show */
    show(show) {
      if (show === store.state.show) return;
      // The entry that is left keeps its own step.
      link();
      store.apply(change.set({ show }));
      visit();
    },
    sweep: sweeps.run,
    stopSweep: sweeps.stop,
    /** @param {import('./views/chart.js').Picked} picked */
    pick: (picked) => store.apply(change.set({ picked })),

    /** @param {string} scenario */
    linkTo,
    /** The address of what is shown. */
    here,
    /** Opens a file that holds a trace. */
    openFile: file.choose,
    /** Leaves the run on the stage as a file. */
    saveFile: file.save,
    /** Asks how to save what is shown: as a picture, as text, as a file. */
    saveAs: file.as,
    /** Makes a run of a scenario, as a file says. @param {string} scenario @param {Record<string, string>} params @param {string} changes */
    remake: (scenario, params, changes) => open({ scenario, params, changes }),
    /** @param {string} scenario */
    open: (scenario) => open({ scenario, params: {} }),
    /** @param {number} by */
    neighbour(by) {
      const at = ids.indexOf(store.state.scenario);
      const id = at < 0 ? undefined : ids[at + by];
      if (id !== undefined) open({ scenario: id, params: {}, ...left.get(id) });
    },
    /** A field of the form has another value. @param {string} field @param {string} value */
    change(field, value) {
      store.apply(change.drafted(field, value));
      submit(store.state.draft);
    },
    /** Whether DevTools show the tasks of live runs: their polls are known there only if they are from the start. */
    devtools() {
      store.apply((s) => ({ ...s, inDevtools: !s.inDevtools }));
      anew({});
    },
    again() {
      if (!retry(store.state.scenario)) submit(store.state.draft);
    },
    /** What the notice is about: it may have been of another scenario. */
    retry() {
      if (!retry()) submit(store.state.draft);
    },
    reset: () => open({ scenario: store.state.scenario, params: {} }),
    stop,

    async copyLink() {
      // The history may have refused it.
      const { href } = new URL(link(), location.href);
      try {
        await navigator.clipboard.writeText(href);
        store.apply(change.set({ notice: { key: 'notice.copied' } }));
      } catch {
        // No clipboard, or none allowed: the address bar has the link.
        store.apply(change.set({ notice: { key: 'notice.link', args: { link: href } } }));
      }
    },
    dismiss: () => store.apply(change.set({ notice: undefined })),
    theme: () => store.apply((s) => ({ ...s, theme: s.theme === 'dark' ? 'light' : 'dark' })),
    language: speak,
    /** Whether keys of a single character do something. @param {boolean} characters */
    characters: (characters) => store.apply(change.set({ characters })),
    /** How much an item of a tree says. @param {import('./store.js').State['words']} words */
    words: (words) => store.apply(change.set({ words })),
    /** To the run as a tree: it is opened, and goes on with the keys. */
    outline() {
      const fold = foldOf('outline');
      if (!fold) inspector('outline');
      else if (!isUnfolded(fold)) fold.click();
      const tree = document.querySelector('.outline [role="treeitem"][tabindex="0"]');
      if (tree instanceof HTMLElement && tree.checkVisibility()) tree.focus();
      // Its words, or its code, are still to come.
      else document.documentElement.dataset.asked = 'outline';
    },
    /** @param {string} key */
    pane(key) {
      const pane = document.querySelector(`[data-pane="${PANES[key]}"]`);
      if (!(pane instanceof HTMLElement)) return;
      const fold = foldOf(pane.id.replace(/^fold-/, ''));
      if (fold && !isUnfolded(fold)) fold.click();
      pane.focus({ preventScroll: true });
      pane.scrollIntoView({ block: 'nearest' });
    },
    menu: () => store.apply((s) => ({ ...s, menu: !s.menu })),
    help,
    /** What lies over or above the page goes: the menu, or else the notice, the presentation, or the pane for changes. */
    close() {
      const { menu, notice, presents } = store.state;
      if (menu) store.apply(change.set({ menu: false }));
      else if (notice) store.apply(change.set({ notice: undefined }));
      else if (presents) this.present();
      else inspector('');
    },
  };
}

/** @typedef {ReturnType<typeof createActions>} Actions */
