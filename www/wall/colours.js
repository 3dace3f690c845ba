// From a state's byte to a colour: a table of 256 for each of four tones, made anew for each frame, since a poll
// fades with its age. The tones differ a little, by blocks of ten by ten: that is how a hundred futures look.

import { inkAt } from '../canvas.js';

/** As src/scenario/wall/states.rs has them. */
const STATE = { spawned: 1, ready: 2, done: 3, polled: 128 };
/** Frames after which a poll has faded. */
const LONG = 64;
export const TONES = 4;
/** Futures on a side of a block. */
export const BLOCK = 10;

/** @typedef {[red: number, green: number, blue: number]} Colour */

/** @param {HTMLElement} probe @param {string} name @returns {Colour} */
function colour(probe, name) {
  const [red = 0, green = 0, blue = 0] = (inkAt(probe, name).match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue];
}

/** @param {Colour} a @param {Colour} b @param {number} share of `a` @returns {Colour} */
function mix(a, b, share) {
  /** @param {0 | 1 | 2} i */
  const at = (i) => a[i] * share + b[i] * (1 - share);
  return [at(0), at(1), at(2)];
}

/** As a pixel of ImageData, where the first byte is the lowest. @param {Colour} colour */
const packed = ([red, green, blue]) => (255 << 24 | Math.round(blue) << 16 | Math.round(green) << 8 | Math.round(red)) >>> 0;

/** The tone of the block at this place. @param {number} x @param {number} y in blocks */
export function toneOf(x, y) {
  let hash = Math.imul(x + 1, 0x9e3779b1) ^ Math.imul(y + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash >>> 16) & (TONES - 1);
}

/**
 * The colours of the theme that the page has now.
 * @param {HTMLElement} probe an element whose own colour is of no use
 */
export function createColours(probe) {
  const [pane, paper] = [colour(probe, '--pane'), colour(probe, '--paper')];
  const [spawned, ready, running, pending, done] = ['spawned', 'ready', 'running', 'pending', 'done'].map((s) => colour(probe, `--st-${s}`));
  const dark = pane[0] < 128;
  const quiet = (dark ? [0.10, 0.12, 0.14, 0.17] : [0.08, 0.10, 0.12, 0.15]).map((share) => mix(pending, pane, share));
  const trail = quiet.map((ground) => Uint32Array.from({ length: LONG }, (_, age) => {
    const share = age < 2 ? 1 : 0.66 * 0.74 ** ((age - 2) / 3.4);
    return packed(mix(running, ground, share));
  }));
  const grounds = quiet.map(packed);
  const table = new Uint32Array(256 * TONES);
  for (let tone = 0; tone < TONES; tone += 1) {
    table.fill(grounds[tone], tone * 256, (tone + 1) * 256);
    table[tone * 256] = packed(paper);
    table[tone * 256 + STATE.spawned] = packed(mix(spawned, pane, 0.55));
    table[tone * 256 + STATE.ready] = packed(ready);
    table[tone * 256 + STATE.done] = packed(mix(done, pane, tone & 1 ? 0.75 : 0.6));
  }
  return {
    paper: packed(paper),
    /** The table for a frame, from 0 to 127. @param {number} frame */
    at(frame) {
      for (let tone = 0; tone < TONES; tone += 1) {
        const at = tone * 256 + STATE.polled;
        for (let polled = 0; polled < 128; polled += 1) {
          const age = (frame - polled) & 127;
          table[at + polled] = age < LONG ? trail[tone][age] : grounds[tone];
        }
      }
      return table;
    },
  };
}

/** @typedef {ReturnType<typeof createColours>} Colours */
