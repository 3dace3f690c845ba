// Ways to do the same work on one clock: a strip for each, with as many workers as there is room for; and where each is over.

import { HEIGHT, WIDTH, createPen } from './pen.mjs';

/** What a lane of a worker does, as `Run.spans` numbers it. */
const COMPUTING = 0;
/** The most workers that are drawn of a track, and the room at the right. */
const [WORKERS, END] = [3, 6];

/**
 * @param {import('../../types.js').Run} run
 * @param {number} share of the clock that is shown
 */
export function tracks(run, share) {
  const numbers = run.spans();
  const spans = Array.from({ length: numbers.length / 5 }, (_, i) => numbers.subarray(5 * i, 5 * i + 5))
    .map(([which, lane, from, to, what]) => ({ track: which >> 1, isTask: which % 2 === 1, lane, from, to, what }));
  const end = Math.max(...spans.map(({ to }) => to));
  const until = end * share;
  const pen = createPen();
  const all = [...new Set(spans.map(({ track }) => track))];
  const high = HEIGHT / all.length;
  const scale = (WIDTH - END) / end;
  for (const [i, track] of all.entries()) {
    const mine = spans.filter((span) => span.track === track);
    const of = mine.filter(({ isTask }) => !isTask);
    const count = Math.min(WORKERS, 1 + Math.max(0, ...of.map(({ lane }) => lane)));
    const lane = (high - 2) / count;
    if (share < 1) for (let worker = 0; worker < count; worker += 1) pen.line('rest', until * scale + 2, i * high + 1 + (worker + 0.5) * lane, WIDTH);
    for (const span of of) {
      if (span.lane >= count || span.from >= until) continue;
      const [from, to] = [span.from, Math.min(span.to, until)];
      const y = i * high + 1 + span.lane * lane;
      if (span.what === COMPUTING) pen.rect('poll', from * scale, y + 0.4, Math.max(1, (to - from) * scale - 0.3), Math.max(1.4, lane - 1));
      else pen.line('wait', from * scale, y + lane / 2, to * scale);
    }
    const over = Math.max(...mine.map(({ to }) => to));
    if (over <= until) pen.dot('done', over * scale + 3, i * high + high / 2, 2.2);
  }
  return pen.drawn;
}
