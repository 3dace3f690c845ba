// The figure's scrubber: polls stand tall, wakes hang below. It is a slider to those who do not see it.

import { setAttr, svg } from '../dom.js';
import { clamp } from './story.js';

/** Room for the knob at both ends, in CSS pixels. */
const EDGE = 7;
const LINE = 17;

/**
 * @param {SVGSVGElement} root
 * @param {import('./story.js').Story} story
 * @param {{ onDrag: (p: number) => void, onDrop: () => void }} on
 */
export function createScrub(root, { events }, { onDrag, onDrop }) {
  const last = events.length - 1;
  setAttr(root, 'aria-valuemax', last);
  const gone = svg('line', { x1: EDGE, y1: LINE, y2: LINE, class: 's-gone' });
  const knob = svg('circle', { cy: LINE, r: 6, class: 's-knob' });
  let width = 0;
  /** @param {number} p */
  const x = (p) => EDGE + ((width - 2 * EDGE) * p) / last;

  const place = () => {
    width = root.clientWidth;
    const marks = events.slice(1, -1).map(({ kind }, i) => {
      const [top, end, name] = kind === 'poll' ? [7, LINE, 's-poll'] : kind === 'wake' ? [14, 27, 's-wake'] : [14, 20, 's-tick'];
      return svg('line', { x1: x(i + 1), x2: x(i + 1), y1: top, y2: end, class: name });
    });
    root.replaceChildren(svg('line', { x1: EDGE, x2: width - EDGE, y1: LINE, y2: LINE, class: 's-rail' }), gone, ...marks, knob);
  };

  /** @param {PointerEvent} event */
  const drag = (event) => {
    const box = root.getBoundingClientRect();
    onDrag(clamp((event.clientX - box.left - EDGE) / (box.width - 2 * EDGE)) * last);
  };
  let isHeld = false;
  root.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    isHeld = true;
    root.setPointerCapture(event.pointerId);
    drag(event);
  });
  root.addEventListener('pointermove', (event) => {
    if (isHeld) drag(event);
  });
  for (const end of /** @type {const} */ (['pointerup', 'pointercancel'])) {
    root.addEventListener(end, () => {
      if (!isHeld) return;
      isHeld = false;
      onDrop();
    });
  }

  return {
    place,
    /** @param {number} p @param {number} e the event, to those who hear it @param {string} text what is said of it */
    draw(p, e, text) {
      setAttr(gone, 'x2', x(p));
      setAttr(knob, 'cx', x(p));
      setAttr(root, 'aria-valuenow', e);
      setAttr(root, 'aria-valuetext', text);
    },
  };
}
