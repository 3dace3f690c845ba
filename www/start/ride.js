// What moves the figure: it goes by itself in a loop, or a reader steps it. There is one number, the position; everything
// here only changes it, and every change can be interrupted at any frame.

import { clamp } from './story.js';

/** @typedef {import('./timing.js').Timing} Timing */

/**
 * @typedef {object} Shown
 * @property {number} p the position
 * @property {boolean} playing
 * @property {boolean} byHand whether a reader steps it
 * @property {boolean} isHeld whether a reader holds it at a position
 */

/** The longest frame that is played, in ms: after a longer one the loop goes on where it was. */
const FRAME = 64;

/**
 * @param {Timing} timing
 * @param {object} on
 * @param {(shown: Shown) => void} on.show draws it
 * @param {() => void} on.again the loop begins anew
 * @param {(e: number) => void} on.settled a reader has come to an event
 * @param {() => boolean} on.calm whether nothing is to move
 */
export function createRide(timing, { show, again, settled, calm }) {
  const { last } = timing;
  /** @type {Shown} */
  const shown = { p: 0, playing: false, byHand: false, isHeld: false };
  /** A move by hand. @type {{ from: number, to: number, begun: number, ms: number } | undefined} */
  let move;
  /** When the last frame was, if there is to be another one. @type {number | undefined} */
  let before;
  /** Why it stands though it plays: out of sight, hidden. */
  let isAway = false;

  const draw = () => show({ ...shown });
  /** @param {number} p */
  const go = (p) => {
    shown.p = clamp(p, 0, last);
    draw();
  };

  /** @param {number} now */
  const frame = (now) => {
    const passed = Math.min(FRAME, Math.max(0, now - (before ?? now)));
    before = now;
    if (move) {
      const u = clamp((now - move.begun) / move.ms);
      const { from, to } = move;
      if (u === 1) move = undefined;
      go(from + (to - from) * u);
      if (u === 1) settled(to);
    } else if (shown.playing && !isAway) {
      const ms = timing.timeOf(shown.p) + passed;
      if (ms < timing.whole) go(timing.positionAt(ms));
      else {
        go(timing.begin);
        again();
      }
    }
    if (move || (shown.playing && !isAway)) requestAnimationFrame(frame);
    else before = undefined;
  };
  const begin = () => {
    if (before !== undefined) return;
    before = performance.now();
    requestAnimationFrame(frame);
  };

  /** @param {boolean} playing */
  const play = (playing) => {
    if (playing === shown.playing) return;
    shown.playing = playing;
    move = undefined;
    if (playing) {
      shown.byHand = false;
      if (shown.p >= last) shown.p = timing.begin;
      begin();
    }
    draw();
  };

  /** To an event, by hand. @param {number} to */
  const take = (to) => {
    shown.playing = shown.isHeld = false;
    shown.byHand = true;
    if (calm() || to === shown.p) {
      move = undefined;
      go(to);
      settled(to);
      return;
    }
    move = { from: shown.p, to, begun: performance.now(), ms: timing.stepTakes(shown.p, to) };
    draw();
    begin();
  };

  return {
    play,
    toggle: () => play(!shown.playing),
    take,
    /** One event on or back: from where a move under way leads to. @param {1 | -1} by */
    step(by) {
      const from = move ? move.to : by > 0 ? Math.floor(shown.p + 1e-6) : Math.ceil(shown.p - 1e-6);
      take(clamp(from + by, 0, last));
    },
    /** The reader takes over at this very moment: the event under way is completed, and nothing jumps. */
    takeOver: () => take(Math.min(last, Math.ceil(shown.p - 1e-6))),
    /** The reader holds it at a position. @param {number} p */
    hold(p) {
      move = undefined;
      shown.playing = false;
      shown.byHand = shown.isHeld = true;
      go(p);
    },
    /** The reader lets go of it: it settles on the nearest event. */
    letGo: () => take(Math.round(shown.p)),
    /** It stands at a position, as nobody's. @param {number} p */
    stand(p) {
      go(p);
    },
    /** @param {boolean} away whether nobody sees it */
    away(away) {
      isAway = away;
      if (!away && shown.playing) begin();
    },
    redraw: draw,
    get last() {
      return last;
    },
  };
}
