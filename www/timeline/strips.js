// Lanes on which polls cannot be told apart: strips in the same hues, each pixel by how much of it is what. However many
// events lie under a pixel, it is one pixel.

import { PAST } from './exact.js';
import { parts } from './inks.js';

/** @typedef {import('./sheet.js').Sheet} Sheet */
/** @typedef {import('./inks.js').Inks} Inks */

/** How a poll shows that takes next to nothing of its pixel: it is there, and a reader must see it. */
const FAINTEST = 0.35;
/** Bytes of a pixel: polls, standing in the queue, waiting. */
const BYTES = 3;

/** @param {number} share of a pixel that is polls, from 0 to 255 */
const weight = (share) => (share === 0 ? 0 : FAINTEST + (1 - FAINTEST) * Math.sqrt(share / 255));

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Sheet} sheet
 * @param {Uint8Array} density lane by lane
 * @param {number} lanes
 * @param {number} pixels of a lane
 * @param {Inks} inks
 */
export function paintStrips(pen, { left, right, y, half }, density, lanes, pixels, inks) {
  if (lanes === 0 || pixels === 0) return;
  const small = document.createElement('canvas');
  [small.width, small.height] = [pixels, lanes * 2];
  const context = small.getContext('2d');
  if (!context) return;
  const { data } = context.createImageData(pixels, lanes * 2);
  const [running, ready, pending] = [inks.running, inks.ready, inks.pending].map(parts);
  for (let lane = 0; lane < lanes; lane += 1) {
    for (let i = 0; i < pixels; i += 1) {
      const at = (lane * pixels + i) * BYTES;
      const [polling, queueing, waiting] = [density[at], density[at + 1], density[at + 2]];
      // A row for blocks, and below it one for the line between them.
      const block = (lane * 2 * pixels + i) * 4;
      [data[block], data[block + 1], data[block + 2]] = running;
      data[block + 3] = 255 * PAST * weight(polling);
      const between = queueing + waiting;
      if (between === 0) continue;
      const line = block + pixels * 4;
      for (let part = 0; part < 3; part += 1) data[line + part] = (ready[part] * queueing + pending[part] * waiting) / between;
      // Two pixels that stand for a line of one and a half.
      data[line + 3] = 0.75 * Math.min(255, between);
    }
  }
  context.putImageData(new ImageData(data, pixels, lanes * 2), 0, 0);
  pen.imageSmoothingEnabled = false;
  for (let lane = 0; lane < lanes; lane += 1) {
    pen.drawImage(small, 0, lane * 2 + 1, pixels, 1, left, y(lane) - 1, right - left, 2);
    pen.drawImage(small, 0, lane * 2, pixels, 1, left, y(lane) - half, right - left, 2 * half);
  }
}
