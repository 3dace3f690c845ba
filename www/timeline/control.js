// What a hand does to the timeline: wheel, drag, pinch, click, and keys. It knows pixels; what they mean, the view does.

import { chordOf } from '../chord.js';

/**
 * @typedef {object} Verbs
 * @property {(by: number, x?: number) => void} zoom nearer by more than 1, about an x, or about the cursor
 * @property {() => void} whole
 * @property {(px: number) => void} pan
 * @property {(lanes: number) => boolean} lanes scrolls them; false where there are no more
 * @property {(x: number) => boolean} scrubs whether a drag that begins there moves the cursor
 * @property {(x: number) => void} scrub
 * @property {(x: number, y: number) => void} choose a click
 * @property {(spot: { x: number, y: number } | undefined) => void} point
 * @property {(by: -1 | 1) => void} mark the next or previous event of the marked task
 * @property {(by: -1 | 1) => void} markLane the same place, another lane
 * @property {() => void} take the cursor goes to the mark
 * @property {() => boolean} unmark false if nothing was marked
 */

/** How far a pointer may move and still choose, in px. */
const STILL = 4;
const NEARER = 1.5;

/** What keys do while the timeline, or something in its pane, has the focus. @type {{ keys: string[], name: string, run: (verbs: Verbs, key: string, field: HTMLElement) => boolean | void }[]} */
export const KEYS = [
  { keys: ['+', '-'], name: 'zoom', run: (verbs, key) => verbs.zoom(key === '-' ? 1 / NEARER : NEARER) },
  { keys: ['0'], name: 'whole', run: (verbs) => verbs.whole() },
  { keys: ['h', 'l'], name: 'pan', run: (verbs, key, field) => verbs.pan((key === 'l' ? 0.25 : -0.25) * field.clientWidth) },
  { keys: ['k', 'j'], name: 'mark', run: (verbs, key) => verbs.mark(key === 'j' ? 1 : -1) },
  { keys: ['ArrowUp', 'ArrowDown'], name: 'lane', run: (verbs, key) => verbs.markLane(key === 'ArrowDown' ? 1 : -1) },
  { keys: ['Enter'], name: 'take', run: (verbs) => verbs.take() },
];

/**
 * @param {HTMLElement} pane whose keys they are
 * @param {HTMLElement} field where the pointer works
 * @param {Verbs} verbs
 */
export function control(pane, field, verbs) {
  /** @param {{ clientX: number, clientY: number }} event */
  const spot = ({ clientX, clientY }) => {
    const { left, top } = field.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  /** @type {Map<number, { x: number, y: number }>} */
  const down = new Map();
  /** @type {{ x: number, y: number, does: 'scrub' | 'pan', moved: boolean } | undefined} */
  let drag;

  field.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    const at = spot(event);
    field.setPointerCapture(event.pointerId);
    down.set(event.pointerId, at);
    drag = { ...at, does: verbs.scrubs(at.x) ? 'scrub' : 'pan', moved: down.size > 1 };
  });
  field.addEventListener('pointermove', (event) => {
    const at = spot(event);
    const before = down.get(event.pointerId);
    if (!before || !drag) {
      if (event.pointerType !== 'touch') verbs.point(at);
      return;
    }
    if (down.size === 2) {
      // Two fingers: what is between them stays between them.
      const other = [...down].find(([id]) => id !== event.pointerId)?.[1] ?? before;
      const was = Math.abs(before.x - other.x);
      if (was > 12) verbs.zoom(Math.abs(at.x - other.x) / was, (at.x + other.x) / 2);
    } else if (drag.moved || Math.hypot(at.x - drag.x, at.y - drag.y) > STILL) {
      if (!drag.moved) verbs.point(undefined);
      drag.moved = true;
      if (drag.does === 'scrub') verbs.scrub(at.x);
      else verbs.pan(before.x - at.x);
    } else return;
    down.set(event.pointerId, at);
  });
  /** @param {PointerEvent} event */
  const up = (event) => {
    if (!down.delete(event.pointerId)) return;
    if (down.size === 0 && drag && !drag.moved && event.type === 'pointerup') verbs.choose(drag.x, drag.y);
    if (down.size === 0) drag = undefined;
  };
  field.addEventListener('pointerup', up);
  field.addEventListener('pointercancel', up);
  field.addEventListener('pointerleave', () => verbs.point(undefined));
  field.addEventListener('wheel', (event) => {
    const { x } = spot(event);
    const [across, along] = event.shiftKey ? [0, event.deltaX || event.deltaY] : [event.deltaY, event.deltaX];
    if (event.ctrlKey) verbs.zoom(Math.exp(-event.deltaY * (Math.abs(event.deltaY) < 50 ? 0.01 : 0.003)), x);
    else if (Math.abs(along) > Math.abs(across)) verbs.pan(along);
    // Where there are no more lanes the page scrolls, as it does elsewhere.
    else if (!verbs.lanes(Math.sign(across))) return;
    event.preventDefault();
  }, { passive: false });

  pane.addEventListener('keydown', (event) => {
    const chord = chordOf(event);
    if (!chord || event.defaultPrevented) return;
    const key = chord === '=' ? '+' : chord;
    const button = event.target instanceof Element && event.target.closest('button') !== null;
    if (key === 'Escape' ? !verbs.unmark() : key === 'Enter' && button) return;
    const binding = KEYS.find(({ keys }) => keys.includes(key));
    if (!binding && key !== 'Escape') return;
    binding?.run(verbs, key, field);
    event.preventDefault();
  });
}
