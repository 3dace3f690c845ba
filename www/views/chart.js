// A chart of lines over callers, both axes logarithmic: one line a staffing, named where it ends. It is one slider:
// left and right choose a number of callers, up and down a staffing, and what stands there is said.

import { h, setAttr, svg } from '../dom.js';
import { createPen, px } from '../pen.js';

/** @typedef {import('../types.js').Text} Text */

/**
 * @typedef {object} Line
 * @property {string} id
 * @property {string} name
 * @property {boolean} model whether its points are simulated: those are hollow
 * @property {[callers: number, value: number][]} points by callers, rising
 */

/**
 * @typedef {object} Picked
 * @property {number} callers
 * @property {string} id of a line
 */

/**
 * What a chart is drawn from.
 * @typedef {object} Plot
 * @property {Line[]} lines
 * @property {number} most callers at the right end of the axis
 * @property {number} here callers of the run on the stage
 * @property {Picked | undefined} picked
 * @property {string} description what stands at the point that is picked
 * @property {string} unrun what stands where nothing was measured, and nothing will be
 */

/**
 * @typedef {object} Axis
 * @property {string} name what is measured, for a screen reader
 * @property {(low: number, high: number) => number[]} ticks all round, from at most `low` to at least `high`
 * @property {(value: number) => string} word a value, with its unit
 * @property {{ value: number, name: string }} [limit] a line that a value may not cross
 */

export const defaults = {
  margin: { left: 58, right: 92, top: 16, bottom: 22 },
  /** Height of a line's name, in px. */
  leading: 14,
  radius: { model: 2.1, real: 2.9 },
};

/** Places for names of one height that overlap nowhere, as near as can be to where they belong. @param {number[]} wanted rising @param {number} low @param {number} high */
function spread(wanted, low, high) {
  const { leading } = defaults;
  /** @type {number[]} */
  const places = [];
  for (const y of wanted) places.push(Math.max(y, (places.at(-1) ?? low - leading) + leading));
  for (let i = places.length - 1, roof = high; i >= 0; i -= 1) {
    places[i] = Math.min(places[i], roof);
    roof = places[i] - leading;
  }
  return places;
}

/**
 * @param {HTMLElement} root
 * @param {object} deps
 * @param {Text} deps.text
 * @param {Axis} deps.axis
 * @param {(picked: Picked) => void} deps.pick
 */
export function createChart(root, { text: { t, language, number }, axis, pick }) {
  const drawing = svg('svg', { 'aria-hidden': 'true' });
  const pen = createPen(drawing);
  const el = h('div', { class: 'plot', role: 'slider', tabindex: 0, 'aria-label': axis.name, 'aria-valuemin': 1, 'aria-orientation': 'horizontal' }, drawing);
  root.append(el);
  const compact = new Intl.NumberFormat(language, { notation: 'compact' });
  /** @type {Plot | undefined} */
  let plot;

  /** The callers of a line's points, and those of the lines. @param {Plot} of */
  const measured = ({ lines }) => lines.filter((line) => line.points.length > 0);

  /** @param {number} width @param {number} height @param {Plot} of */
  const scales = (width, height, of) => {
    const { margin } = defaults;
    const values = of.lines.flatMap((line) => line.points.map((p) => p[1])).filter((v) => v > 0);
    const ticks = axis.ticks(Math.min(...values, axis.limit && Math.max(...values) > axis.limit.value / 64 ? axis.limit.value : Infinity), Math.max(...values));
    const [low, high] = values.length ? [ticks[0], ticks[ticks.length - 1]] : [1, 10];
    const [left, right, top, bottom] = [margin.left, width - margin.right, margin.top, height - margin.bottom];
    const wide = Math.log(of.most);
    return {
      left, right, top, bottom, ticks: values.length ? ticks : [],
      /** @param {number} callers */
      x: (callers) => left + ((right - left) * Math.log(callers)) / wide,
      /** @param {number} value */
      y: (value) => bottom - ((bottom - top) * Math.log(Math.max(value, low) / low)) / Math.log(high / low),
      /** @param {number} x */
      callers: (x) => Math.exp(((x - left) / (right - left)) * wide),
    };
  };

  const draw = () => {
    const [width, height] = [el.clientWidth, el.clientHeight];
    if (!plot || width === 0 || height === 0) return;
    const { lines, most, here, picked } = plot;
    const { left, right, top, bottom, ticks, x, y } = scales(width, height, plot);
    // On a narrow chart every second power has its number.
    const every = (right - left) / Math.log10(most) < 34 ? 2 : 1;
    for (let n = 1, power = 0; n <= most; n *= 10, power += 1) {
      pen.put(`x${n}`, 'line', { class: 'grid', x1: px(x(n)), x2: px(x(n)), y1: top, y2: bottom });
      if (power % every === 0) pen.put(`xl${n}`, 'text', { class: 'ax mid', x: px(x(n)), y: bottom + 15 }, compact.format(n));
    }
    for (const value of ticks) {
      pen.put(`y${value}`, 'line', { class: 'grid', x1: left, x2: right, y1: px(y(value)), y2: px(y(value)) });
      pen.put(`yl${value}`, 'text', { class: 'ax end', x: left - 7, y: px(y(value)) + 4 }, axis.word(value));
    }
    pen.put('axis', 'line', { class: 'base', x1: left, x2: right, y1: bottom, y2: bottom });
    pen.put('unit', 'text', { class: 'word end', x: width, y: bottom + 15 }, t('field.callers'));
    if (here <= most) {
      pen.put('here', 'line', { class: 'here', x1: px(x(here)), x2: px(x(here)), y1: top - 4, y2: bottom });
      pen.put('herel', 'text', { class: 'word mid', x: px(Math.max(x(here), left + 20)), y: top - 7 }, t('sweep.here'));
    }
    const { limit } = axis;
    const limited = limit && ticks.length > 0 && limit.value <= ticks[ticks.length - 1];
    if (limited) {
      pen.put('limit', 'line', { class: 'limit', x1: left, x2: right, y1: px(y(limit.value)), y2: px(y(limit.value)) });
      pen.put('limitl', 'text', { class: 'word fault', x: left + 4, y: px(y(limit.value)) - 4 }, limit.name);
    }
    if (plot.unrun) pen.put('unrun', 'text', { class: 'word end', x: right, y: bottom - 6 }, plot.unrun);
    const shown = measured(plot);
    if (picked) pen.put('now', 'line', { class: 'now', x1: px(x(picked.callers)), x2: px(x(picked.callers)), y1: top, y2: bottom });
    for (const { id, model, points } of shown) {
      const at = points.map(([n, value]) => [px(x(n)), px(y(value))]);
      pen.put(`line ${id}`, 'path', { class: `line ${id}`, d: `M${at.map((p) => p.join(' ')).join('L')}` });
      at.forEach(([cx, cy], i) => {
        pen.put(`dot ${id} ${points[i][0]}`, 'circle', { class: model ? 'dot model' : 'dot real', cx, cy, r: defaults.radius[model ? 'model' : 'real'] });
      });
      const over = limited ? points.find(([, value]) => value > limit.value) : undefined;
      if (over) {
        const [cx, cy] = [px(x(over[0])), px(y(over[1]))];
        pen.put(`over ${id}`, 'path', { class: 'over', d: `M${cx - 4} ${cy - 4}l8 8m0 -8l-8 8` });
      }
    }
    const ends = shown.map((line) => ({ line, y: y(line.points[line.points.length - 1][1]), x: x(line.points[line.points.length - 1][0]) })).sort((a, b) => a.y - b.y);
    const places = spread(ends.map((end) => end.y), top, bottom);
    ends.forEach(({ line: { id, name, model }, x: endX, y: endY }, i) => {
      if (Math.abs(places[i] - endY) > 3) pen.put(`lead ${id}`, 'path', { class: 'lead', d: `M${px(endX + 4)} ${px(endY)}L${px(endX + 10)} ${px(places[i])}` });
      pen.put(`name ${id}`, 'text', { class: model ? 'name' : 'name real', x: px(endX + 13), y: px(places[i]) + 4 }, name);
    });
    const point = picked && shown.find((line) => line.id === picked.id)?.points.find((p) => p[0] === picked.callers);
    if (picked && point) {
      const [cx, cy] = [x(point[0]), y(point[1])];
      pen.put('picked', 'circle', { class: 'picked', cx: px(cx), cy: px(cy), r: 5 });
      const isLeft = cx > (left + right) / 2;
      pen.put('value', 'text', { class: isLeft ? 'value end' : 'value', x: px(cx + (isLeft ? -9 : 9)), y: px(cy < top + 18 ? cy + 17 : cy - 8) }, axis.word(point[1]));
    }
    pen.done();
  };

  /** The point that is nearest. @param {PointerEvent} event */
  const point = (event) => {
    if (!plot) return;
    const box = el.getBoundingClientRect();
    const { x, y } = scales(box.width, box.height, plot);
    const near = measured(plot).flatMap((line) => line.points.map(([callers, value]) => ({
      callers, id: line.id, far: Math.hypot(x(callers) - event.clientX + box.left, (y(value) - event.clientY + box.top) * 0.6),
    }))).sort((a, b) => a.far - b.far)[0];
    if (near && (near.callers !== plot.picked?.callers || near.id !== plot.picked.id)) pick({ callers: near.callers, id: near.id });
  };
  el.addEventListener('pointermove', point);
  el.addEventListener('pointerdown', point);

  el.addEventListener('keydown', (event) => {
    if (!plot || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const lines = measured(plot);
    const line = lines.find(({ id }) => id === plot?.picked?.id) ?? lines[lines.length - 1];
    if (!line) return;
    const all = line.points.map((p) => p[0]);
    const i = plot.picked ? all.findLastIndex((n) => n <= /** @type {Picked} */ (plot?.picked).callers) : all.length - 1;
    /** @param {number} by */
    const along = (by) => all[Math.max(0, Math.min(all.length - 1, i + by))];
    /** Above it, or below, at the same callers. @param {number} by */
    const across = (by) => {
      const values = lines.flatMap(({ id, points }) => points.filter(([n]) => n === all[i]).map(([, value]) => ({ id, value })));
      values.sort((a, b) => a.value - b.value);
      const at = values.findIndex(({ id }) => id === line.id) + by;
      return values[Math.max(0, Math.min(values.length - 1, at))].id;
    };
    /** @type {Record<string, () => Picked>} */
    const keys = {
      ArrowLeft: () => ({ callers: along(-1), id: line.id }),
      ArrowRight: () => ({ callers: along(1), id: line.id }),
      Home: () => ({ callers: all[0], id: line.id }),
      End: () => ({ callers: all[all.length - 1], id: line.id }),
      ArrowUp: () => ({ callers: all[i], id: across(1) }),
      ArrowDown: () => ({ callers: all[i], id: across(-1) }),
    };
    if (!(event.key in keys)) return;
    // They would be steps of the run.
    event.preventDefault();
    event.stopPropagation();
    pick(keys[event.key]());
  });

  const observer = new ResizeObserver(draw);
  observer.observe(el);

  return {
    /** @param {Plot} next */
    update(next) {
      plot = next;
      setAttr(el, 'aria-valuemax', next.most);
      setAttr(el, 'aria-valuenow', next.picked?.callers ?? 1);
      setAttr(el, 'aria-valuetext', next.description);
      draw();
    },
    destroy() {
      observer.disconnect();
      el.remove();
    },
  };
}
