// What was seen: the line under each picture, what comes next on the path, and pictures that end where their question is
// decided until that was seen. The page keeps it (`keep.js`); without storage nothing was seen.

import { setAttr, svg } from '../dom.js';
import { SEEN } from '../keep.js';
import { say } from './speak.js';

/** @typedef {import('../text.js').Text} Text */
/** @typedef {[name: string, d: string][]} Drawn paths, each with its class */
/** @typedef {{ whole: Drawn, until?: Drawn, decides?: number }} Picture `until`: as it is drawn before that share of the run was seen */

/** @param {Drawn} drawn */
const picture = (drawn) => svg('svg', { class: 'th', viewBox: '0 0 112 40', 'aria-hidden': 'true' }, ...drawn.map(([name, d]) => svg('path', { class: name, d })));

/**
 * @param {Text} text
 * @param {Record<string, number>} progress the share seen of each scenario
 */
export function mark(text, progress) {
  /** @param {Element} el */
  const shareOf = (el) => progress[el.getAttribute('data-id') ?? ''] ?? 0;
  for (const el of document.querySelectorAll('.start li[data-id]')) {
    const share = shareOf(el);
    /** @type {HTMLElement} */ (el).style.setProperty('--p', `${Math.round(share * 100)}%`);
    const note = el.querySelector('.seen');
    if (note) say(text, note, `start.seen.${share >= SEEN ? 'whole' : share > 0 ? 'part' : 'no'}`);
  }
  for (const note of document.querySelectorAll('.part [data-t="start.part"]')) {
    const entries = [...note.closest('.part')?.querySelectorAll('li') ?? []];
    const args = JSON.parse(note.getAttribute('data-a') ?? '{}');
    say(text, note, 'start.part', { ...args, seen: entries.filter((el) => shareOf(el) >= SEEN).length });
  }
  const steps = [...document.querySelectorAll('#steps li')];
  const next = steps.find((el) => shareOf(el) < SEEN);
  for (const el of steps) el.classList.toggle('next', el === next);
  const link = document.getElementById('next');
  if (!link) return;
  link.hidden = next === undefined;
  if (next) {
    setAttr(link, 'href', next.querySelector('a')?.getAttribute('href') ?? '?');
    const title = text.t(`scenario.${next.getAttribute('data-id')}.title`);
    say(text, link, steps.some((el) => shareOf(el) > 0) ? 'start.next' : 'start.begin', { title });
  }
}

/**
 * Puts the pictures in their places.
 * @param {Record<string, Picture>} pictures
 * @param {Record<string, number>} progress
 */
export function drawPictures(pictures, progress) {
  for (const el of document.querySelectorAll('.start li[data-id]')) {
    const id = el.getAttribute('data-id') ?? '';
    const { whole, until, decides = 0 } = pictures[id];
    const drawn = until && (progress[id] ?? 0) < decides ? until : whole;
    el.querySelector('.pic')?.replaceChildren(picture(drawn));
  }
}
