// Follows a measurement: begins and ends it as the state says, and draws it whenever it is further.

/** @typedef {import('../types.js').State} State */
/** @typedef {import('../types.js').Live & import('./costs.js').Measuring} Measured */

/** @param {(live: Measured, state: State) => void} draw */
export function createFollower(draw) {
  /** @type {Measured | undefined} */
  let shown;
  /** @type {State | undefined} */
  let latest;
  return {
    /** @param {import('../types.js').Shown} next @param {State} state */
    update(next, state) {
      if (!('live' in next)) return;
      const live = /** @type {Measured} */ (next.live);
      latest = state;
      if (live !== shown) {
        shown?.listen(undefined);
        shown = live;
        live.listen(() => { if (shown && latest) draw(shown, latest); });
      }
      if (state.playing && live.status !== 'running') live.play();
      else if (!state.playing && live.status === 'running') live.stop();
      else draw(live, state);
    },
    destroy: () => shown?.listen(undefined),
  };
}
