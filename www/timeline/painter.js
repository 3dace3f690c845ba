// Paints the timeline. Pictures of what was seen are painted out of sight, once for a window; a step only shows them
// anew: in full up to the cursor, fainter from there to the furthest event seen, and with what is so at the cursor above.
//
// Under the picture may stand the ghost of another run.

import { paintExact } from './exact.js';
import { paintGhost } from './ghost.js';
import { paintGround } from './ground.js';
import { paintDue, paintEnds, paintMark, paintNow } from './marks.js';
import { paintStrips } from './strips.js';

/** @typedef {import('../types.js').TimelineFrame} TimelineFrame */
/** @typedef {import('../types.js').NowFrame} NowFrame */
/** @typedef {import('./sheet.js').Sheet} Sheet */
/** @typedef {import('./inks.js').Inks} Inks */

/**
 * One run's picture of the window.
 * @typedef {object} Layer
 * @property {TimelineFrame} picture
 * @property {Uint8Array} [density] where polls are not told apart
 * @property {number} pixels of a lane of it
 */

/** How much of the ink there is between the cursor and the furthest event seen. */
const AHEAD = 0.4;

/** @param {HTMLCanvasElement} canvas */
export function createPainter(canvas) {
  const whole = document.createElement('canvas');

  return {
    /**
     * Paints the picture out of sight.
     * @param {Sheet} sheet
     * @param {number} scale device px in a CSS px
     * @param {Layer} layer
     * @param {import('./ghost.js').Ghost | undefined} ghost
     * @param {Inks} inks
     */
    paint(sheet, scale, { picture, density, pixels }, ghost, inks) {
      for (const one of [canvas, whole]) {
        const [width, height] = [Math.round(sheet.width * scale), Math.round(sheet.height * scale)];
        if (one.width !== width) one.width = width;
        if (one.height !== height) one.height = height;
      }
      const pen = whole.getContext('2d');
      if (!pen) return;
      pen.setTransform(scale, 0, 0, scale, 0, 0);
      pen.clearRect(0, 0, sheet.width, sheet.height);
      paintGround(pen, sheet, picture, inks);
      if (ghost) paintGhost(pen, sheet, picture, ghost, inks);
      if (density) paintStrips(pen, sheet, density, picture.lanes.length, pixels, inks);
      else paintExact(pen, sheet, picture, inks);
      paintEnds(pen, sheet, picture, inks);
    },

    /**
     * Shows them at a cursor.
     * @param {Sheet} sheet
     * @param {number} scale
     * @param {{ picture: TimelineFrame, now: NowFrame, marks: { at: number, row: number, alpha: number }[], unseen: string, wakes: (task: number) => string }} shown
     * @param {Inks} inks
     */
    show(sheet, scale, { picture, now, marks, unseen, wakes }, inks) {
      const pen = canvas.getContext('2d');
      if (!pen) return;
      pen.setTransform(1, 0, 0, 1, 0, 0);
      pen.clearRect(0, 0, canvas.width, canvas.height);
      // A poll's end, a wake or a tick stands about the cursor itself: it belongs to it.
      const edge = Math.max(0, Math.min(canvas.width, Math.round((sheet.x(now.at) + 3) * scale)));
      /** @param {number} from @param {number} to @param {number} alpha */
      const uncover = (from, to, alpha) => {
        if (to <= from) return;
        pen.globalAlpha = alpha;
        pen.drawImage(whole, from, 0, to - from, whole.height, from, 0, to - from, whole.height);
        pen.globalAlpha = 1;
      };
      uncover(0, edge, 1);
      uncover(edge, canvas.width, AHEAD);
      pen.setTransform(scale, 0, 0, scale, 0, 0);
      pen.font = inks.font;
      pen.textAlign = 'right';
      pen.fillStyle = inks.quiet;
      pen.fillText(unseen, sheet.width, 11);
      paintNow(pen, sheet, picture, now, inks);
      paintDue(pen, sheet, now, wakes, inks);
      for (const mark of marks) paintMark(pen, sheet, mark, inks, mark.alpha);
    },
  };
}
