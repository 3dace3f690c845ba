// Lanes on which each poll can be told apart: polls are blocks, waits lines, wakes arrows.

/** @typedef {import('../types.js').TimelineFrame} TimelineFrame */
/** @typedef {TimelineFrame['lanes'][number]} Lane */
/** @typedef {import('./sheet.js').Sheet} Sheet */
/** @typedef {import('./inks.js').Inks} Inks */

/** How a past poll is told from the one that runs. */
export const PAST = 0.62;
/** A letter of a label. */
const LETTER = 6.7;
/** Waits that are drawn dotted. @type {Record<string, number[]>} */
const DASHES = { spawned: [2, 2] };

/** @param {CanvasRenderingContext2D} pen @param {Sheet} sheet @param {Lane} lane @param {number} row @param {Inks} inks */
function paintLane(pen, { x, y, lane: tall, half, left, right }, lane, row, inks) {
  const [middle, weight] = [y(row), pen.globalAlpha];
  for (const span of lane.spans) {
    const [from, to] = [Math.max(left, x(span.from)), Math.min(right, x(span.to))];
    if (to <= from) continue;
    pen.strokeStyle = inks[/** @type {'pending'} */ (span.state)];
    pen.lineWidth = 1.5;
    pen.setLineDash(DASHES[span.state] ?? []);
    pen.beginPath();
    pen.moveTo(from, middle);
    pen.lineTo(to, middle);
    pen.stroke();
    if (span.label && tall > 30 && to - from > span.label.length * LETTER + 8) {
      pen.fillStyle = inks.quiet;
      pen.fillText(span.label, from + 6, middle - 6);
    }
  }
  pen.setLineDash([]);
  for (const block of lane.blocks) {
    const [from, to] = [Math.max(left, x(block.from)), Math.min(right, x(block.to))];
    if (to < left || from > right) continue;
    pen.globalAlpha = PAST * weight;
    pen.fillStyle = inks.running;
    pen.beginPath();
    pen.roundRect(from, middle - half, Math.max(2, to - from), 2 * half, Math.min(2, half));
    pen.fill();
    pen.globalAlpha = weight;
  }
}

/**
 * The lane that a wake comes from: of the task that is polled meanwhile. None if the clock's, or from outside.
 * @param {TimelineFrame} picture @param {TimelineFrame['wakes'][number]} wake
 */
function rowOf({ lanes }, { at, by }) {
  if (by.kind === 'timer' || by.kind === 'promise') return undefined;
  const row = lanes.findIndex(({ blocks }) => blocks.some(({ from, to }) => from <= at && at <= to));
  return row < 0 ? undefined : row;
}

/** @param {CanvasRenderingContext2D} pen @param {Sheet} sheet @param {TimelineFrame} picture @param {Inks} inks */
function paintWakes(pen, { x, y, clock, half, lane: tall, left, right }, picture, inks) {
  const rows = new Map(picture.lanes.map((lane, i) => [lane.task, i]));
  /** @type {Map<number, number>} Arrows at one place stand beside one another. */
  const taken = new Map();
  pen.strokeStyle = inks.ready;
  pen.fillStyle = inks.ready;
  for (const wake of picture.wakes) {
    const row = rows.get(wake.task);
    const beside = taken.get(wake.at) ?? 0;
    taken.set(wake.at, beside + 1);
    const at = Math.round((x(wake.at) - 1.5 + beside * 4) * 2) / 2;
    if (row === undefined || at < left || at > right) continue;
    const from = rowOf(picture, wake);
    // One that wakes itself is woken from right below.
    // One whose lane is not shown stands above or below.
    const other = wake.by.kind === 'task' && from === undefined ? wake.by.task : 0;
    const start = other ? (other < picture.lanes[0].task ? y(0) - tall / 2 : clock - 6) : from === undefined ? clock : from === row ? y(row) + tall / 2 : y(from);
    const up = start > y(row);
    const tip = y(row) + (up ? half + 1 : -half - 1);
    const head = up ? 4.5 : -4.5;
    pen.lineWidth = 1.25;
    pen.setLineDash(wake.idle ? [3, 2] : []);
    pen.beginPath();
    pen.moveTo(at, start);
    pen.lineTo(at, tip);
    pen.moveTo(at - 3, tip + head);
    pen.lineTo(at, tip);
    pen.lineTo(at + 3, tip + head);
    pen.stroke();
    if (from !== undefined || other) continue;
    pen.beginPath();
    pen.arc(at, clock, 2.2, 0, 2 * Math.PI);
    pen.fill();
  }
  pen.setLineDash([]);
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Sheet} sheet
 * @param {TimelineFrame} picture
 * @param {Inks} inks
 */
export function paintExact(pen, sheet, picture, inks) {
  pen.font = inks.font;
  pen.textAlign = 'left';
  picture.lanes.forEach((lane, row) => paintLane(pen, sheet, lane, row, inks));
  paintWakes(pen, sheet, picture, inks);
}
