// The types that the page's files share. Those of the engine are derived from Rust; none is written down here.

/** @typedef {typeof import('./promises/promises.js')} Glue A page module's JavaScript side, one per instance; only this one has all of it: it records live, and has the timeline that the first one lacks. */
/** @typedef {typeof import('./live/live.js')} LiveGlue The fast module's JavaScript side. */
/** @typedef {import('./live/live.js').PixelTold} PixelTold */
/** @typedef {import('./live/live.js').CostRow} CostRow */
/** @typedef {import('./live/live.js').SweepPoint} SweepPoint */
/** @typedef {import('./live/live.js').SweepProgress} SweepProgress */
/** @typedef {import('./promises/promises.js').Run} Run */
/** @typedef {import('./promises/promises.js').Frame} Frame */
/** @typedef {import('./promises/promises.js').TimelineFrame} TimelineFrame */
/** @typedef {import('./promises/promises.js').NowFrame} NowFrame */
/** @typedef {import('./promises/promises.js').StaffingsFrame} StaffingsFrame */
/** @typedef {import('./promises/promises.js').MachineFrame} MachineFrame */
/** @typedef {import('./promises/promises.js').MachineState} MachineState */
/** @typedef {import('./promises/promises.js').LineMark} LineMark */
/** @typedef {import('./promises/promises.js').FieldFrame} FieldFrame */
/** @typedef {import('./promises/promises.js').Told} Told */
/** @typedef {import('./promises/promises.js').Findings} Findings */
/** @typedef {import('./promises/promises.js').Finding} Finding */
/** @typedef {import('./promises/promises.js').Cause} Cause */
/** @typedef {import('./promises/promises.js').Link} Link Of a circle of tasks that wait. */
/** @typedef {import('./promises/promises.js').WhatIf} WhatIf */
/** @typedef {import('./promises/promises.js').Explored} Explored */
/** @typedef {import('./promises/promises.js').Outcome} Outcome */
/** @typedef {import('./promises/promises.js').SleepingTask} SleepingTask */
/** @typedef {import('./promises/promises.js').InsideFrame} InsideFrame */
/** @typedef {import('./promises/promises.js').Holder} Holder */
/** @typedef {import('./promises/promises.js').TaskState} TaskState */
/** @typedef {import('./promises/promises.js').EventKind} EventKind */
/** @typedef {import('./promises/promises.js').Info} Info What is known of a scenario. */
/** @typedef {import('./promises/promises.js').Manifest} Manifest */
/** @typedef {import('./promises/promises.js').Problem} Problem Why a run cannot begin. */
/** @typedef {import('./promises/promises.js').FieldError} FieldError */
/** @typedef {Parameters<import('./promises/promises.js').Run['step']>[1]} Unit What one step goes over. */

/** @typedef {import('./store.js').State} State */
/** @typedef {import('./text.js').Text} Text */
/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./actions.js').Actions} Actions */

/** @typedef {Record<string, [from: number, to: number, kind: string][]>} Spans Highlighting, by file. */

/**
 * What a view around the stage is made with. Nothing of it changes while the view lives.
 * @typedef {object} ShellDeps
 * @property {Text} text
 * @property {Actions} act
 * @property {Manifest} manifest
 */

/**
 * What a view on the stage is made with.
 * @typedef {ShellDeps & StageDeps} Deps
 */

/**
 * @typedef {object} StageDeps
 * @property {Info} info the scenario that is open
 * @property {Promise<Spans>} spans its code's colours
 * @property {EventKind[]} kindNames the codes of the event kinds, by number
 */

/**
 * What a view is drawn from, besides the frame.
 * @typedef {object} Extra
 * @property {State} state
 * @property {Picture} picture
 */

/**
 * A view: draws what it is given, holds no truth, knows no other view.
 * @typedef {object} View
 * @property {(frame: Frame, extra: Extra) => void} update
 * @property {() => void} destroy
 */

/** @typedef {(root: HTMLElement, deps: Deps) => View} CreateView */

/** @typedef {keyof Frame['counters']} Counter */

/**
 * What runs on a stage without a trace. It belongs to the session, and outlives the views that a change of language
 * makes anew.
 * @typedef {object} Live
 * @property {() => void} close ends it, and whatever it does by itself
 * @property {boolean} [waits] whether it does nothing until it is played
 */

/**
 * What a live thing is begun with.
 * @typedef {object} Begin
 * @property {Info} info
 * @property {Record<string, string>} params as they were typed; the engine has found them good
 * @property {() => void} trapped tells that its module has trapped
 * @property {() => void} ended tells that there is no more to play
 * @property {(share: number) => void} seen tells how much of it was seen, from 0 to 1
 */

/** @typedef {{ frame: Frame, picture: Picture } | { live: Live }} Shown What is on the stage. */

/**
 * A stage: its views, in place.
 * @typedef {object} Stage
 * @property {string} [styles] its file in styles/stages
 * @property {string} [words] its part of the catalogues, where several scenarios share it
 * @property {{ keys: string[], name: string }[]} [keys] of a stage without a trace: its own keys, for the map
 * @property {(root: HTMLElement, dock: HTMLElement, deps: Deps) => { update: (shown: Shown, state: State) => void, destroy: () => void }} mount
 * @property {(begin: Begin) => Promise<Live>} [begin] of a stage without a trace: begins what it shows
 */

/**
 * A view of the state alone, around the stage.
 * @typedef {object} Shell
 * @property {(state: State) => void} update
 * @property {() => void} destroy
 */

export {};
