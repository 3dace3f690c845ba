// Paper: while the page is printed it has its own look (styles/print.css), in which all is light and whole, and what is
// painted is painted for it. The styles hang on an attribute and not on the medium: what a canvas shows must be painted
// before the browser takes the picture, and only `beforeprint` comes before it.

import { repaint } from './canvas.js';

export function preparePrint() {
  const { dataset } = document.documentElement;
  /** @param {boolean} isPaper */
  const turn = (isPaper) => {
    if (isPaper === ('print' in dataset)) return;
    if (isPaper) dataset.print = '';
    else delete dataset.print;
    repaint();
  };
  addEventListener('beforeprint', () => turn(true));
  addEventListener('afterprint', () => turn(false));
  matchMedia('print').addEventListener('change', ({ matches }) => turn(matches));
}
