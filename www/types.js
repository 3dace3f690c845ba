// The types that the page's files share. Those of the engine are derived from Rust; none is written down here.

/** @typedef {typeof import('./engine/viewer/viewer.js')} ViewerGlue The viewer's JavaScript side. */
/** @typedef {typeof import('./engine/first/first.js')} RunnerGlue A runner's; all but the live one have the same. */
/** @typedef {typeof import('./engine/promises/promises.js')} LiveGlue That of the runner that records live. */
/** @typedef {typeof import('./engine/explorer/explorer.js')} ExplorerGlue That of the module that explores other orders. */
/** @typedef {typeof import('./engine/fast/fast.js')} FastGlue That of the module of what runs without a trace. */
/** @typedef {import('./engine/fast/fast.js').PixelDescription} PixelDescription */
/** @typedef {import('./engine/fast/fast.js').CostRow} CostRow */
/** @typedef {import('./engine/fast/fast.js').SweepPoint} SweepPoint */
/** @typedef {import('./engine/fast/fast.js').SweepProgress} SweepProgress */
/** @typedef {import('./engine/viewer/viewer.js').Run} Run */
/** @typedef {import('./engine/viewer/viewer.js').Frame} Frame */
/** @typedef {import('./engine/viewer/viewer.js').TimelineFrame} TimelineFrame */
/** @typedef {import('./engine/viewer/viewer.js').NowFrame} NowFrame */
/** @typedef {import('./engine/viewer/viewer.js').TracksFrame} TracksFrame */
/** @typedef {import('./engine/viewer/viewer.js').Lanes} Lanes */
/** @typedef {import('./engine/viewer/viewer.js').Frames} Frames */
/** @typedef {import('./engine/viewer/viewer.js').Guards} Guards */
/** @typedef {import('./engine/viewer/viewer.js').Layouts} Layouts */
/** @typedef {import('./engine/viewer/viewer.js').Stretch} Stretch */
/** @typedef {import('./engine/viewer/viewer.js').Lines} Lines */
/** @typedef {import('./engine/viewer/viewer.js').Listing} Listing */
/** @typedef {import('./engine/viewer/viewer.js').TurnLine} TurnLine */
/** @typedef {import('./engine/viewer/viewer.js').TurnLines} TurnLines */
/** @typedef {import('./engine/viewer/viewer.js').MachineFrame} MachineFrame */
/** @typedef {import('./engine/viewer/viewer.js').MachineState} MachineState */
/** @typedef {import('./engine/viewer/viewer.js').LineMark} LineMark */
/** @typedef {import('./engine/viewer/viewer.js').FieldFrame} FieldFrame */
/** @typedef {import('./engine/viewer/viewer.js').Writers} Writers */
/** @typedef {import('./engine/viewer/viewer.js').BytesOf} BytesOf */
/** @typedef {import('./engine/viewer/viewer.js').Description} Description */
/** @typedef {import('./engine/viewer/viewer.js').Findings} Findings */
/** @typedef {import('./engine/viewer/viewer.js').Finding} Finding */
/** @typedef {import('./engine/viewer/viewer.js').Cause} Cause */
/** @typedef {import('./engine/viewer/viewer.js').Place} Place A line of the code. */
/** @typedef {import('./engine/viewer/viewer.js').CycleLink} CycleLink Of a cycle of tasks that wait. */
/** @typedef {import('./engine/viewer/viewer.js').Link} Link What an address says. */
/** @typedef {import('./engine/viewer/viewer.js').Unread} Unread What could not be read of an address. */
/** @typedef {import('./engine/viewer/viewer.js').Made} Made A change of a run. */
/** @typedef {import('./engine/viewer/viewer.js').WhatIf} WhatIf */
/** @typedef {import('./engine/explorer/explorer.js').Explored} Explored */
/** @typedef {import('./engine/first/first.js').Outcome} Outcome */
/** @typedef {import('./engine/viewer/viewer.js').SleepingTask} SleepingTask */
/** @typedef {import('./engine/viewer/viewer.js').InsideFrame} InsideFrame */
/** @typedef {import('./engine/viewer/viewer.js').Holder} Holder */
/** @typedef {import('./engine/viewer/viewer.js').TaskState} TaskState */
/** @typedef {import('./engine/viewer/viewer.js').About} About What a trace says of itself. */
/** @typedef {import('./engine/viewer/viewer.js').Damage} Damage What is wrong with bytes that are no whole trace. */
/** @typedef {import('./engine/manifest/manifest.js').Info} ScenarioInfo What is known of a scenario. */
/** @typedef {Omit<ScenarioInfo, 'stage'> & { stage: ScenarioInfo['stage'] | 'trace', of?: string }} Info The same, and of a trace from a file, with the scenario that it says it is of. */
/** @typedef {import('./engine/manifest/manifest.js').Manifest} Manifest */
/** @typedef {import('./engine/first/first.js').Problem} Problem Why a run cannot begin. */
/** @typedef {import('./engine/first/first.js').FieldError} FieldError */
/** @typedef {FieldError | Unread | { kind: 'no_moment', value: string }} Fault What is wrong with a part of a link, or with a field. */
/** @typedef {import('./engine/viewer/viewer.js').StepUnit} Unit What one step goes over. */
/** @typedef {import('./engine/viewer/viewer.js').CutOff} CutOff Why a run was cut off. */
/** @typedef {import('./engine/viewer/viewer.js').Tick} Tick */
/** @typedef {import('./engine/viewer/viewer.js').ListingOf} ListingOf */
/** @typedef {import('./engine/viewer/viewer.js').Story} Story */
/** @typedef {import('./engine/viewer/viewer.js').Moment} Moment */
/** @typedef {import('./engine/viewer/viewer.js').Sentence} Sentence */
/** @typedef {import('./engine/viewer/viewer.js').Crowd} Crowd */
/** @typedef {import('./engine/viewer/viewer.js').Comparison} Comparison Of two runs. */
/** @typedef {import('./engine/viewer/viewer.js').Row} Row Of two runs side by side. */
/** @typedef {import('./engine/viewer/viewer.js').Rows} Rows */

/** @typedef {import('./store.js').State} State */
/** @typedef {import('./text.js').Text} Text */
/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./actions.js').Actions} Actions */

/** @typedef {Record<string, [from: number, to: number, kind: string][]>} Spans Highlighting, by file. */
/** @typedef {{ files: Info['files'], spans: Spans }} Code A scenario's code. */

/**
 * What a view around the stage is made with. Nothing of it changes while the view lives.
 * @typedef {object} ShellDeps
 * @property {Text} text
 * @property {Actions} act
 * @property {Manifest} manifest
 * @property {import('./speech.js').Speech} speech
 */

/**
 * What a view on the stage is made with.
 * @typedef {ShellDeps & StageDeps} Deps
 */

/**
 * @typedef {object} StageDeps
 * @property {Info} info the scenario that is open
 * @property {Spans} spans its code's colours
 */

/**
 * What a view is drawn from, besides the frame.
 * @typedef {object} Extra
 * @property {State} state
 * @property {Picture} picture
 * @property {import('./stages/costs.js').Measuring} [live] of what runs without a trace
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
 * @property {'lesson' | 'present' | 'embed'} [mode] of a stage without a trace: how it is told, where not as it is
 * @property {import('./stages/traced.js').Pane[]} [panes] of a stage that shows a trace: its views
 * @property {() => Promise<Variants>} [variants] of a stage without a trace: how else it is shown
 * @property {(begin: Begin) => Promise<Live>} [begin] of a stage without a trace: begins what it shows
 */

/** @typedef {Partial<Record<'lesson' | 'present' | 'embed', Stage['mount']>>} Variants */

/**
 * A view of the state alone, around the stage.
 * @typedef {object} Shell
 * @property {(state: State) => void} update
 * @property {() => void} destroy
 */

export {};
