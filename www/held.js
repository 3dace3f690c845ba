// An item of a list that the pointer holds: it goes up and down with it, past the others, until it is let go.

/**
 * @param {HTMLElement} el what was pressed
 * @param {PointerEvent} press
 * @param {(y: number) => void} onMove
 * @param {(y: number | undefined) => void} onEnd none: the browser took the pointer
 */
export function hold(el, { pointerId }, onMove, onEnd) {
  const ended = new AbortController();
  const { signal } = ended;
  /** @param {number} [y] */
  const end = (y) => {
    ended.abort();
    onEnd(y);
  };
  el.setPointerCapture(pointerId);
  el.addEventListener('pointermove', ({ clientY }) => onMove(clientY), { signal });
  el.addEventListener('pointerup', ({ clientY }) => end(clientY), { signal });
  el.addEventListener('pointercancel', () => end(), { signal });
}

/** How many of these have their middle above there. @param {Element[]} els @param {number} y */
export const countAbove = (els, y) => els.filter((el) => {
  const { top, height } = el.getBoundingClientRect();
  return top + height / 2 < y;
}).length;
