// The colours that the timeline is painted with: the page's own, read once for a theme.

import { inkAt } from '../canvas.js';

const NAMES = /** @type {const} */ ({
  ink: '--ink', quiet: '--ink-3', paper: '--paper', pane: '--pane', rule: '--rule', firm: '--rule-firm',
  running: '--st-running', ready: '--st-ready', pending: '--st-pending', spawned: '--st-spawned',
  done: '--st-done', cancelled: '--st-cancelled', panicked: '--st-panicked',
});

/** @typedef {Record<keyof typeof NAMES, string> & { font: string }} Inks */

/** @param {HTMLElement} el @returns {Inks} */
export function readInks(el) {
  const inks = Object.fromEntries(Object.entries(NAMES).map(([name, property]) => [name, inkAt(el, property)]));
  const font = `11px ${getComputedStyle(el).getPropertyValue('--mono')}`;
  return /** @type {Inks} */ ({ ...inks, font });
}

/** A colour's parts. @param {string} colour @returns {[number, number, number]} */
export function parts(colour) {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [1, 1];
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (!pen) return [0, 0, 0];
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  const [r, g, b] = pen.getImageData(0, 0, 1, 1).data;
  return [r, g, b];
}
