// The page's only state, and the ways in which it changes. Transitions are pure; subscribers are notified after each. What
// a run holds is the engine's: here stands only where in it the reader is.

/** @typedef {import('./types.js').FieldError} FieldError */
/** @typedef {import('./languages.js').Language} Language */
/** @typedef {import('./text.js').Args} Args */

export const SPEEDS = /** @type {const} */ ([0.5, 1, 4]);

/** @typedef {'light' | 'dark'} Theme */
/** @typedef {{ events: number } | { come: number, of: number } | 'live' | 'fetching'} Working how far it is, or its story; a live one cannot know, and one whose program is still to come */

/**
 * @typedef {object} Notice
 * @property {string} key
 * @property {Args} [args]
 * @property {import('./types.js').Fault[]} [faults] what is wrong with a link, to be said in the sentence
 * @property {boolean} [bad] whether it speaks of a fault
 * @property {'again'} [action]
 */

/**
 * @typedef {object} State
 * @property {string} scenario its id
 * @property {{ file: string, about: import('./types.js').About } | undefined} file where the run is from, if it is a file's
 * @property {Record<string, string>} params of the run that is shown, defaults left out
 * @property {string} changes what is changed in that run, as a link of the last version carries it; empty for nothing
 * @property {Record<string, string>} compared the parameters in which the run differs that it is compared with
 * @property {number} cursor events shown so far
 * @property {number} seen the furthest event that was shown
 * @property {number} focus the task whose bytes are shown; 0 for the one that changed last
 * @property {string | undefined} prediction the option chosen
 * @property {boolean} playing
 * @property {typeof SPEEDS[number]} speed
 * @property {Language} language
 * @property {Theme} theme
 * @property {'lesson' | 'all'} view what the reader likes to see of a run: its story, or all views
 * @property {boolean} embeds whether it is shown inside another page
 * @property {boolean} presents whether it is shown on a projector
 * @property {boolean} blank whether that is blank
 * @property {boolean} bare whether that is without the code
 * @property {Record<string, string>} draft what stands in the form and is not what is shown
 * @property {boolean} characters whether keys of a single character do something
 * @property {'few' | 'some' | 'all'} words how much an item of a tree says
 * @property {boolean} keeps whether anything outlasts the visit
 * @property {boolean} inDevtools whether the browser's DevTools show the tasks of live runs
 * @property {FieldError[]} errors what is wrong with the draft
 * @property {Notice | undefined} notice
 * @property {Working | undefined} working a run being made
 * @property {boolean} menu whether the list of scenarios is open, where it is a menu
 * @property {'' | 'polls' | 'every' | 'all' | 'sweep'} show how the run is told: as a story, by its polls and wakes, by every event; or in all views, with the sweep or without
 * @property {'' | 'what_if' | 'compare' | 'findings' | 'outline'} inspector what the pane beside the code shows; empty while it is closed
 * @property {import('./explore.js').Exploration | undefined} explored other orders of the run, under way or over
 * @property {import('./sweep.js').Sweep | undefined} sweep the call centre's, under way or over
 * @property {import('./views/chart.js').Picked | undefined} picked a point of it
 * @property {Record<string, number>} progress the share seen of each scenario, from 0 to 1
 */

/** @typedef {(state: State) => State} Change */

/**
 * @param {Partial<State>} [given]
 * @returns {State}
 */
export const initial = (given = {}) => ({
  scenario: '', params: {}, changes: '', compared: {}, cursor: 0, seen: 0, focus: 0, prediction: undefined, playing: false,
  speed: 1, language: 'en', theme: 'light', view: 'lesson', embeds: false, presents: false, blank: false, bare: false, characters: true, words: 'some', keeps: true, inDevtools: false, draft: {}, errors: [], notice: undefined, working: undefined, menu: false, file: undefined, show: '', inspector: '', explored: undefined, sweep: undefined, picked: undefined, progress: {},
  ...given,
});

/**
 * Another run is on the stage.
 * @param {Pick<State, 'scenario' | 'params' | 'changes' | 'compared' | 'cursor'> & Partial<Pick<State, 'file' | 'notice' | 'playing' | 'show' | 'inspector'>>} opened
 * @returns {Change}
 */
export const opened = ({ scenario, file, params, changes, compared, cursor, notice, playing = false, show = '', inspector = '' }) => (state) => ({
  ...state, scenario, file, params, changes, compared, cursor, seen: cursor, notice, show, inspector,
  explored: scenario === state.scenario && JSON.stringify(params) === JSON.stringify(state.params) ? state.explored : undefined,
  focus: 0, prediction: scenario === state.scenario ? state.prediction : undefined, playing, draft: {}, errors: [], working: undefined, menu: false,
});

/**
 * The cursor moved, in a run of `length` events.
 * @param {number} cursor
 * @param {number} length
 * @returns {Change}
 */
export const moved = (cursor, length) => (state) => {
  const at = Math.max(0, Math.min(cursor, length));
  const seen = Math.max(state.seen, at);
  const share = Math.max(state.progress[state.scenario] ?? 0, length ? seen / length : 0);
  return {
    ...state, cursor: at, seen, blank: false, playing: state.playing && at < length,
    // What speaks of no fault goes with the next step of the reader's own.
    notice: state.playing || state.notice?.bad ? state.notice : undefined,
    progress: state.file || share === state.progress[state.scenario] ? state.progress : { ...state.progress, [state.scenario]: share },
  };
};

/** So much of the scenario was seen. @param {number} share from 0 to 1 @returns {Change} */
export const sawShare = (share) => (state) => (share <= (state.progress[state.scenario] ?? 0)
  ? state
  : { ...state, progress: { ...state.progress, [state.scenario]: share } });

/** @param {number} task @returns {Change} */
export const focused = (task) => (state) => ({ ...state, focus: task === state.focus ? 0 : task });

/** @param {string} option @returns {Change} */
export const predicted = (option) => (state) => ({ ...state, prediction: option });

/** @param {boolean} playing @returns {Change} */
export const played = (playing) => (state) => ({ ...state, playing });

/** @param {number} by steps along the list of speeds @returns {Change} */
export const faster = (by) => (state) => {
  const at = SPEEDS.indexOf(state.speed) + by;
  return { ...state, speed: SPEEDS[Math.max(0, Math.min(at, SPEEDS.length - 1))] };
};

/** @param {Partial<State>} part @returns {Change} */
export const set = (part) => (state) => ({ ...state, ...part });

/** @param {string} field @param {string} value @returns {Change} */
export const drafted = (field, value) => (state) => ({ ...state, draft: { ...state.draft, [field]: value } });

/** Whether two states differ in nothing but one part. @param {keyof State} part @param {State} a @param {State} b */
export const isSameBut = (part, a, b) => /** @type {(keyof State)[]} */ (Object.keys(a)).every((key) => key === part || a[key] === b[key]);

/**
 * @param {State} state
 */
export function createStore(state) {
  /** @type {Set<(state: State, before: State) => void>} */
  const listeners = new Set();
  /** Changes that wait. @type {Change[]} */
  const waiting = [];
  let isNotifying = false;

  /** @param {Change} change */
  const one = (change) => {
    const before = state;
    state = change(state);
    if (state === before) return;
    for (const listener of listeners) listener(state, before);
  };

  return {
    get state() {
      return state;
    },
    /**
     * Changes the state and notifies the subscribers. What a subscriber changes waits until all know of the change before:
     * each sees every state, in order, and none sees one that is gone already.
     * @param {Change} change
     */
    apply(change) {
      waiting.push(change);
      if (isNotifying) return;
      isNotifying = true;
      /** @type {{ error: unknown } | undefined} */
      let failed;
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        try {
          one(next);
        } catch (error) {
          failed ??= { error };
        }
      }
      isNotifying = false;
      if (failed) throw failed.error;
    },
    /** @param {(state: State, before: State) => void} listener */
    subscribe(listener) {
      listeners.add(listener);
    },
  };
}

/** @typedef {ReturnType<typeof createStore>} Store */
