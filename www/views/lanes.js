// Paints who did what when as lanes on a canvas: chairs above, calls below. Where there are more lanes than
// pixels, or more spans than can be seen, it paints how much of each pixel is what: a run of ten thousand calls
// costs little more than one of ten.

/** What somebody does during a span, by its number in `Run.spans`. */
export const WHAT = /** @type {const} */ (['speaking', 'ringing', 'queueing', 'changing']);
/** Numbers of a row of `Run.spans`: group, lane, from, to, what. */
const ROW = 5;

/**
 * How a lane shows each: the ink, and how much of the lane's height it fills. A call's waiting is a thin line;
 * a chair is empty while nobody sits on it.
 * @type {Record<typeof WHAT[number], { ink: string, share: number, alpha: number }>}
 */
const LOOKS = {
  speaking: { ink: '--st-running', share: 1, alpha: 1 },
  ringing: { ink: '--st-pending', share: 0.3, alpha: 0.75 },
  queueing: { ink: '--st-ready', share: 0.3, alpha: 0.7 },
  changing: { ink: '--ink-3', share: 1, alpha: 1 },
};

/** Above this many spans a group is painted by density. */
const SPANS = 2500;

/**
 * What a whole run's spans say of each group: a group is a staffing's chairs (even) or its calls (odd).
 * @typedef {object} Group
 * @property {number} lanes
 * @property {number} spans
 * @property {number} end when the last of them ends
 * @property {number} least the shortest time from a lane's first span to its last: of calls, how long a call took
 * @property {number} most the longest
 */

/**
 * @param {Float64Array} spans
 * @param {number} groups
 * @returns {Group[]}
 */
export function readGroups(spans, groups) {
  /** @type {{ lanes: number, spans: number, end: number, first: number[], last: number[] }[]} */
  const read = Array.from({ length: groups }, () => ({ lanes: 0, spans: 0, end: 0, first: [], last: [] }));
  for (let i = 0; i < spans.length; i += ROW) {
    const group = read[spans[i]];
    const [lane, from, to] = [spans[i + 1], spans[i + 2], spans[i + 3]];
    group.spans += 1;
    if (lane >= group.lanes) group.lanes = lane + 1;
    if (to > group.end) group.end = to;
    if (group.first[lane] === undefined || from < group.first[lane]) group.first[lane] = from;
    if (group.last[lane] === undefined || to > group.last[lane]) group.last[lane] = to;
  }
  return read.map(({ lanes, spans: n, end, first, last }) => {
    let [least, most] = [Infinity, 0];
    first.forEach((from, lane) => {
      least = Math.min(least, last[lane] - from);
      most = Math.max(most, last[lane] - from);
    });
    return { lanes, spans: n, end, least, most };
  });
}

/**
 * @typedef {object} Area where a group is painted, in CSS px
 * @property {number} left
 * @property {number} width
 * @property {number} top
 * @property {number} height
 */

/** @typedef {{ add: (lane: number, from: number, to: number, what: number) => void, done: () => void }} Brush */
/** @typedef {(ink: string) => string} Inks what a custom property is, as a colour */

/**
 * Each span by itself.
 * @param {CanvasRenderingContext2D} pen
 * @param {Area} area
 * @param {Group} group
 * @param {number} perMs
 * @param {Inks} inks
 * @returns {Brush}
 */
function createStrokes(pen, area, group, perMs, inks) {
  const tall = area.height / group.lanes;
  const gap = tall >= 4 ? 1 : 0;
  const fills = WHAT.map((what) => inks(LOOKS[what].ink));
  return {
    add(lane, from, to, what) {
      const { share, alpha } = LOOKS[WHAT[what]];
      const [x, end] = [from * perMs, Math.min(to * perMs, area.width)];
      if (x >= area.width) return;
      const whole = tall - gap;
      const height = share === 1 ? Math.max(whole, 0.75) : Math.min(1.25, Math.max(0.6, whole * 0.5));
      // Two that follow one another are two: they stand apart by what a pixel allows.
      const wide = Math.max(share === 1 ? 1 : 0.5, end - x - (share === 1 && end - x > 3 ? 0.8 : 0));
      pen.globalAlpha = alpha;
      pen.fillStyle = fills[what];
      pen.fillRect(area.left + x, area.top + lane * tall + (tall - gap - height) / 2, wide, height);
    },
    done() {
      pen.globalAlpha = 1;
    },
  };
}

/**
 * Each pixel by how much of it is what.
 * @param {CanvasRenderingContext2D} pen
 * @param {Area} area
 * @param {Group} group
 * @param {number} perMs
 * @param {Inks} inks
 * @param {number} scale device px in a CSS px
 * @returns {Brush}
 */
function createDensity(pen, area, group, perMs, inks, scale) {
  const cols = Math.max(1, Math.ceil(area.width * scale));
  const rows = Math.max(1, Math.min(group.lanes, Math.floor(area.height * scale)));
  const perRow = group.lanes / rows;
  const step = cols + 1;
  // What is covered: in part, by pixel; and whole, as the places where it begins and ends.
  const parts = WHAT.map(() => new Float32Array(rows * step));
  const edges = WHAT.map(() => new Float32Array(rows * step));
  return {
    add(lane, from, to, what) {
      const start = from * perMs * scale;
      if (start >= cols) return;
      const end = Math.min(to * perMs * scale, cols);
      const base = Math.min(rows - 1, Math.floor(lane / perRow)) * step;
      const [first, last] = [Math.floor(start), Math.floor(end)];
      const [part, edge] = [parts[what], edges[what]];
      if (first === last) {
        part[base + first] += end - start;
        return;
      }
      part[base + first] += first + 1 - start;
      part[base + last] += end - last;
      edge[base + first + 1] += 1;
      edge[base + last] -= 1;
    },
    done() {
      const small = document.createElement('canvas');
      [small.width, small.height] = [cols, rows];
      const context = small.getContext('2d');
      if (!context) return;
      const image = context.createImageData(cols, rows);
      const colours = WHAT.map((what) => rgb(inks(LOOKS[what].ink)));
      const weights = WHAT.map((what) => (LOOKS[what].share === 1 ? 1 : 0.55) * LOOKS[what].alpha);
      for (let row = 0; row < rows; row += 1) {
        const open = [0, 0, 0, 0];
        for (let col = 0; col < cols; col += 1) {
          const at = row * step + col;
          let [r, g, b, a] = [0, 0, 0, 0];
          for (let what = 0; what < WHAT.length; what += 1) {
            open[what] += edges[what][at];
            const covered = ((open[what] + parts[what][at]) / perRow) * weights[what];
            r += colours[what][0] * covered;
            g += colours[what][1] * covered;
            b += colours[what][2] * covered;
            a += covered;
          }
          if (a <= 0.001) continue;
          image.data.set([r / a, g / a, b / a, 255 * Math.min(1, a)], 4 * (row * cols + col));
        }
      }
      context.putImageData(image, 0, 0);
      pen.imageSmoothingEnabled = false;
      pen.drawImage(small, area.left, area.top, area.width, area.height);
    },
  };
}

/** A colour's parts. @param {string} colour */
function rgb(colour) {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [1, 1];
  const pen = canvas.getContext('2d');
  if (!pen) return [0, 0, 0];
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  return pen.getImageData(0, 0, 1, 1).data;
}

/**
 * Paints a whole run.
 * @param {CanvasRenderingContext2D} pen
 * @param {Float64Array} spans
 * @param {Group[]} groups
 * @param {Area[]} areas one a group
 * @param {number} until the time at the areas' right edge
 * @param {Inks} inks
 * @param {number} scale
 */
export function paintLanes(pen, spans, groups, areas, until, inks, scale) {
  const brushes = groups.map((group, i) => {
    const perMs = areas[i].width / until;
    const dense = group.spans > SPANS || group.lanes > areas[i].height * scale;
    return (dense ? createDensity : createStrokes)(pen, areas[i], group, perMs, inks, scale);
  });
  for (let i = 0; i < spans.length; i += ROW) brushes[spans[i]].add(spans[i + 1], spans[i + 2], spans[i + 3], spans[i + 4]);
  for (const brush of brushes) brush.done();
}
