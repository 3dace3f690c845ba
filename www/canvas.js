// A canvas over the picture of a whole run. That is painted once for a run, size and look, out of sight; a step only
// uncovers it.
//
// The *look* is what colours depend on: the theme, the reader's own colours and contrast, and whether it is for paper. It
// may change while the page is open, and so may the pixels that a place has: on another screen, or when the page is enlarged.

/** @typedef {import('./types.js').Extra} Extra */
/** @typedef {{ width: number, height: number, scale: number, pixels: [across: number, down: number] }} Size in CSS px, and device px: how many in one of them, and in all */

const queries = ['(forced-colors: active)', '(prefers-contrast: more)'].map((query) => matchMedia(query));

/** Who is told when look or pixels may have changed. @type {Set<() => void>} */
const watchers = new Set();
let isWatching = false;

/** All that is painted is painted anew, now. */
export function repaint() {
  for (const watcher of watchers) watcher();
}

function watch() {
  if (isWatching) return;
  isWatching = true;
  for (const query of queries) query.addEventListener('change', repaint);
  const watchPixels = () => matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', () => {
    repaint();
    watchPixels();
  }, { once: true });
  watchPixels();
}

/** What colours depend on, as one value. */
export function lookNow() {
  const { theme, print } = document.documentElement.dataset;
  return [theme, print !== undefined, ...queries.map(({ matches }) => matches)].join();
}

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
 * @param {HTMLElement} el without padding or border
 * @param {() => void} [changed] the size, or the look
 */
export function createSize(el, changed = () => {}) {
  /** @type {Size | undefined} */
  let size;
  /** As the browser snaps it to pixels, where it says so. @type {[number, number] | undefined} */
  let snapped;
  let isKnown = false;
  watch();
  const read = () => {
    if (size) return size;
    const scale = devicePixelRatio || 1;
    const { width, height } = el.getBoundingClientRect();
    const near = [width, height].map((length) => length * scale);
    // Where a scale is emulated, a browser may say the box in CSS px.
    const isSnapped = snapped?.every((length, i) => Math.abs(length - near[i]) < 1);
    const pixels = /** @type {[number, number]} */ (snapped && isSnapped ? snapped : near.map(Math.round));
    size = { width: pixels[0] / scale, height: pixels[1] / scale, scale, pixels };
    return size;
  };
  const observer = new ResizeObserver(([{ devicePixelContentBoxSize: boxes }]) => {
    snapped = boxes && [boxes[0].inlineSize, boxes[0].blockSize];
    isKnown = true;
    if (snapped && snapped.join() === size?.pixels.join()) return;
    size = undefined;
    // Now, while the page is laid out.
    read();
    changed();
  });
  const observe = () => {
    try {
      observer.observe(el, { box: 'device-pixel-content-box' });
    } catch {
      // Not known everywhere.
      observer.observe(el);
    }
  };
  observe();
  const again = () => {
    size = snapped = undefined;
    changed();
    // It says how the box is snapped only where that has changed, or anew to who begins to observe.
    observer.unobserve(el);
    observe();
  };
  watchers.add(again);
  return {
    /** Whether the browser has laid it out. */
    get isKnown() {
      return isKnown;
    },
    read,
    destroy() {
      watchers.delete(again);
      observer.disconnect();
    },
  };
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {(pen: CanvasRenderingContext2D, size: Size, extra: Extra) => void} paint paints the whole run
 * @param {() => void} changed its size has, or the look: it is to be drawn anew
 */
export function createSheet(canvas, paint, changed) {
  const whole = document.createElement('canvas');
  const measured = createSize(canvas, changed);
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
      // It is drawn before it is painted first: `changed` comes then.
      if (!measured.isKnown) return undefined;
      const size = measured.read();
      const { width, height, scale, pixels } = size;
      const [pen, under] = [canvas.getContext('2d'), whole.getContext('2d')];
      if (!pen || !under || pixels[0] === 0 || pixels[1] === 0) return undefined;
      const { picture: { run } } = extra;
      const state = [pixels, scale, lookNow()].join();
      if (state !== painted || run !== paintedOf) {
        for (const one of [canvas, whole]) [one.width, one.height] = pixels;
        under.scale(scale, scale);
        paint(under, size, extra);
        painted = state;
        paintedOf = run;
      }
      pen.setTransform(scale, 0, 0, scale, 0, 0);
      pen.clearRect(0, 0, width, height);
      return { pen, ...size };
    },
    destroy: measured.destroy,
  };
}
