// A canvas over the picture of a whole run. That is painted once for a run, size and theme, out of sight; a step
// only uncovers it.

/** @typedef {import('./types.js').Extra} Extra */
/** @typedef {{ width: number, height: number, scale: number }} Size in CSS px, and device px in one of them */

/**
 * What a custom property is, as a colour, where an element stands and now.
 * @param {HTMLElement} el whose own colour is of no use
 * @param {string} name
 */
export function inkAt(el, name) {
  el.style.color = `var(${name})`;
  return getComputedStyle(el).color;
}

/**
 * An element's size, read when it has changed: asking after others have written makes the browser lay out the page.
 * @param {HTMLElement} el
 * @param {() => void} [changed]
 */
export function createSize(el, changed = () => {}) {
  /** @type {{ width: number, height: number } | undefined} */
  let size;
  const observer = new ResizeObserver(() => {
    size = undefined;
    changed();
  });
  observer.observe(el);
  return {
    read: () => (size ??= { width: el.clientWidth, height: el.clientHeight }),
    destroy: () => observer.disconnect(),
  };
}

/**
 * @param {HTMLElement} box whose size it has
 * @param {HTMLCanvasElement} canvas
 * @param {(pen: CanvasRenderingContext2D, size: Size, extra: Extra) => void} paint paints the whole run
 */
export function createSheet(box, canvas, paint) {
  const whole = document.createElement('canvas');
  const measured = createSize(box);
  let painted = '';
  /** @type {unknown} */
  let paintedOf;
  return {
    /** The whole run. */
    whole,
    /**
     * A blank canvas to draw on, with the whole run painted; undefined where there is no room.
     * @param {Extra} extra
     */
    begin(extra) {
      const size = { ...measured.read(), scale: devicePixelRatio || 1 };
      const { width, height, scale } = size;
      const [pen, under] = [canvas.getContext('2d'), whole.getContext('2d')];
      if (!pen || !under || width === 0 || height === 0) return undefined;
      const { picture: { run }, state: { theme } } = extra;
      const look = [width, height, scale, theme].join();
      if (look !== painted || run !== paintedOf) {
        for (const one of [canvas, whole]) [one.width, one.height] = [width * scale, height * scale];
        under.scale(scale, scale);
        paint(under, size, extra);
        painted = look;
        paintedOf = run;
      }
      pen.setTransform(scale, 0, 0, scale, 0, 0);
      pen.clearRect(0, 0, width, height);
      return { pen, ...size };
    },
  };
}
