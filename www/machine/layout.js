// Where the states of a machine stand, and how its edges run: a pure function of the machine, so that nothing moves while a
// reader steps. Ranks, their order and the places in them are dagre's; the way between two ranks is made here.
//
// A rank is a *band* across the picture: boxes and labels stand in bands, and between two bands is nothing. An edge passes a
// band straight, at a place of its own, and turns between bands alone. So it crosses no box and no label.

import { Graph, layout } from '@dagrejs/dagre';

/** @typedef {{ w: number, h: number }} Size */
/** @typedef {{ x: number, y: number, w: number, h: number }} Box */
/** @typedef {{ from: number, to: number, label?: Size }} Edge */
/** @typedef {{ d: string, head: { x: number, y: number, angle: number }, label?: Box }} Way */
/** @typedef {{ width: number, height: number, boxes: Box[], ways: Way[], ranks: number[] }} Placed `ranks`: of each state, from 0 */
/** @typedef {{ end: 'first' | 'last', way: number, wish: number }} Port */

const defaults = {
  /** Between two bands: where no edge turns, the same without labels, and where some turn. */
  straight: 5, bare: 7, turning: 17,
  /** Between two boxes, and two edges, of a band. */
  boxes: 26, edges: 18,
  /** Ports of a box: from its corner, and from each other. */
  corner: 12, port: 14,
  /** A way from a state to itself, beside its box. */
  loop: 28,
  head: 2,
  /** Around all of it, for the strokes. */
  margin: 2,
};

/**
 * @param {Size[]} sizes of the states, in their order
 * @param {Edge[]} edges
 * @param {boolean} across whether ranks follow each other to the right, and not down
 * @returns {Placed}
 */
export function placed(sizes, edges, across) {
  /** @param {Size} size @returns {Size} */
  const turned = ({ w, h }) => (across ? { w: h, h: w } : { w, h });
  const isStraight = edges.every(({ from, to }) => to === from + 1);
  const gap = !isStraight ? defaults.turning : edges.some(({ label }) => label) ? defaults.straight : defaults.bare;
  const loops = new Set(edges.filter(({ from, to }) => from === to).map(({ from }) => from));

  const graph = new Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: defaults.boxes, edgesep: defaults.edges, ranksep: 2 * gap, marginx: defaults.margin, marginy: defaults.margin });
  sizes.forEach((size, i) => {
    const { w, h } = turned(size);
    graph.setNode(String(i), { width: w + (loops.has(i) ? defaults.loop : 0), height: h });
  });
  for (const { from, to, label } of edges) {
    if (from === to) continue;
    const { w, h } = label ? turned(label) : { w: 0, h: 0 };
    graph.setEdge(String(from), String(to), { width: w, height: h, labelpos: across ? 'l' : 'r', labeloffset: 10, weight: to === from + 1 ? 4 : 1, minlen: 1 });
  }
  // A state that nothing is known to lead to or from stands after the one before it in the code.
  sizes.forEach((_, i) => {
    if (i && !edges.some(({ from, to }) => from !== to && (from === i || to === i))) graph.setEdge(String(i - 1), String(i), { width: 0, height: 0, weight: 0, minlen: 1 });
  });
  layout(graph);

  // Edges may run outside of all boxes: the picture begins with what is first of all.
  const paths = /** @type {{ points: { x: number }[] }[]} */ (graph.edges().map((edge) => graph.edge(edge)));
  const { width = 0, height = 0 } = /** @type {{ width?: number, height?: number }} */ (graph.graph());
  const bendsAt = paths.flatMap(({ points }) => points.map(({ x }) => x));
  const [shift, wide] = [Math.max(0, ...bendsAt.map((x) => defaults.head - x)), Math.max(width, ...bendsAt.map((x) => x + defaults.head))];
  /** @param {number} i @returns {{ x: number, y: number, width: number, height: number }} */
  const node = (i) => {
    const found = /** @type {{ x: number, y: number, width: number, height: number }} */ (graph.node(String(i)));
    return { ...found, x: found.x + shift };
  };
  /** How far a band reaches from its middle. @type {Map<number, number>} */
  const halves = new Map();
  /** @param {number} y */
  const band = (y) => Math.round(y * 8);
  /** @param {number} y @param {number} half */
  const reach = (y, half) => halves.set(band(y), Math.max(half, halves.get(band(y)) ?? 0));
  sizes.forEach((_, i) => reach(node(i).y, node(i).height / 2));
  const runs = edges.map(({ from, to, label }) => {
    if (from === to) return undefined;
    const { points, x, y } = /** @type {{ points: { x: number, y: number }[], x: number, y: number }} */ (graph.edge(String(from), String(to)));
    const bends = points.slice(1, -1).map((bend) => ({ x: bend.x + shift, y: bend.y }));
    if (label) reach(y, turned(label).h / 2);
    return { from, to, bends, down: node(to).y > node(from).y ? 1 : -1, label: label && { x: x + shift, y, ...turned(label) }, first: 0, last: 0 };
  });
  /** @param {number} y */
  const half = (y) => halves.get(band(y)) ?? 0;

  // Each edge has a port of its own at either end, as near to where it goes as can be.
  /** @type {Map<string, Port[]>} */
  const sides = new Map();
  /** @param {number} of @param {number} side @param {Port} port */
  const add = (of, side, port) => {
    const name = `${of} ${side}`;
    sides.set(name, [...(sides.get(name) ?? []), port]);
  };
  runs.forEach((run, way) => {
    if (!run) return;
    const { from, to, bends, down } = run;
    add(from, down, { end: 'first', way, wish: bends[0]?.x ?? node(to).x });
    add(to, -down, { end: 'last', way, wish: bends.at(-1)?.x ?? node(from).x });
  });
  for (const [name, ports] of sides) {
    const i = Number.parseInt(name, 10);
    const { x, width } = node(i);
    const corner = Math.min(defaults.corner, width / 5);
    const [low, high] = [x - width / 2 + corner, x + width / 2 - corner - (loops.has(i) ? defaults.loop : 0)];
    const apart = Math.min(defaults.port, (high - low) / Math.max(1, ports.length - 1));
    ports.sort((a, b) => a.wish - b.wish || a.way - b.way);
    const xs = ports.map(({ wish }) => Math.min(high, Math.max(low, wish)));
    for (let n = 1; n < xs.length; n++) xs[n] = Math.max(xs[n], xs[n - 1] + apart);
    for (let n = xs.length - 1, most = high; n >= 0; n--, most -= apart) xs[n] = Math.min(xs[n], most);
    ports.forEach(({ end, way }, n) => {
      const run = runs[way];
      if (run) run[end] = xs[n];
    });
  }

  /** @param {number} x @param {number} y */
  const at = (x, y) => (across ? `${px(y)} ${px(x)}` : `${px(x)} ${px(y)}`);
  /** @param {{ x: number, y: number, w: number, h: number }} box by its middle @returns {Box} */
  const boxOf = ({ x, y, w, h }) => (across ? { x: y - h / 2, y: x - w / 2, w: h, h: w } : { x: x - w / 2, y: y - h / 2, w, h });
  const boxes = sizes.map((size, i) => {
    const { w, h } = turned(size);
    return boxOf({ x: node(i).x - (loops.has(i) ? defaults.loop / 2 : 0), y: node(i).y, w, h });
  });
  const ways = edges.map(({ from }, n) => {
    const run = runs[n];
    if (!run) {
      const [{ x, y, width, height }, out] = [node(from), defaults.loop];
      const side = x + width / 2 - out;
      const [y0, y1] = [y + Math.min(10, height / 4), y - Math.min(10, height / 4)];
      return { d: `M${at(side, y0)}C${at(side + out, y0 + 6)} ${at(side + out, y1 - 6)} ${at(side + defaults.head, y1)}`, head: head(across, side + defaults.head, y1, across ? -90 : 180) };
    }
    const { to, bends, down, first, last, label } = run;
    let [x, y] = [first, node(from).y + (down * node(from).height) / 2];
    let d = `M${at(x, y)}`;
    /** @param {number} x1 @param {number} y1 @param {number} y2 through a band, from its one side to the other */
    const pass = (x1, y1, y2) => {
      d += Math.abs(x1 - x) < 0.5 ? `L${at(x1, y1)}` : `C${at(x, (y + y1) / 2)} ${at(x1, (y + y1) / 2)} ${at(x1, y1)}`;
      if (y2 !== y1) d += `L${at(x1, y2)}`;
      [x, y] = [x1, y2];
    };
    const out = node(from).y + down * half(node(from).y);
    if (Math.abs(out - y) > 0.5) pass(x, out, out);
    for (const bend of bends) pass(bend.x, bend.y - down * half(bend.y), bend.y + down * half(bend.y));
    const end = node(to).y - (down * node(to).height) / 2 - down * defaults.head;
    pass(last, node(to).y - down * Math.max(half(node(to).y), node(to).height / 2 + defaults.head), end);
    return { d, head: head(across, last, end, across ? (down > 0 ? 0 : 180) : 90 * down), label: label && boxOf(label) };
  });
  const bands = [...new Set(sizes.map((_, i) => band(node(i).y)))].sort((a, b) => a - b);
  const ranks = sizes.map((_, i) => bands.indexOf(band(node(i).y)));
  return across ? { width: height, height: wide + shift, boxes, ways, ranks } : { width: wide + shift, height, boxes, ways, ranks };
}

/** @param {number} n */
const px = (n) => Math.round(n * 10) / 10;

/** Where an arrow ends. @param {boolean} across @param {number} x @param {number} y @param {number} angle @returns {Way['head']} */
const head = (across, x, y, angle) => (across ? { x: y, y: x, angle } : { x, y, angle });
