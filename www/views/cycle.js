// A cycle of tasks that wait, drawn: tasks are boxes, what they wait for are rounded ones, and every arrow has its
// word. What it shows is said in its label, too.

import { svg } from '../dom.js';
import { argsOf, holderArgs } from '../describe.js';

/** @typedef {import('../types.js').CycleLink} CycleLink */
/** @typedef {import('../types.js').Text} Text */
/** @typedef {{ x: number, y: number, words: string, isTask: boolean }} Node */

const [WIDTH, NODE, TALL] = [420, 82, 22];

/** Where the line from a node to another one leaves its box. @param {Node} from @param {Node} to */
function edgeOf(from, to) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const share = Math.min(NODE / 2 / Math.abs(dx || 1e-9), TALL / 2 / Math.abs(dy || 1e-9));
  return { x: from.x + dx * share, y: from.y + dy * share };
}

/**
 * @param {CycleLink[]} links
 * @param {Text} text
 */
export function createCycle(links, text) {
  const { t } = text;
  /** @type {(Omit<Node, 'x' | 'y'> & { arrow: string })[]} */
  const around = links.flatMap((link) => {
    const task = { words: t('holder', { by: 'task', other: link.task }), isTask: true, arrow: t('findings.waits') };
    // The end of another task is nothing but that task.
    if (link.on.kind === 'task') return [task];
    return [task, { words: t('holder', holderArgs(link.on, text)), isTask: false, arrow: t('findings.has', { what: link.on.kind }) }];
  });
  const n = around.length;
  const height = n <= 2 ? 96 : n <= 4 ? 132 : 40 + n * 26;
  const [cx, cy, rx, ry] = [WIDTH / 2, height / 2, WIDTH / 2 - NODE / 2 - 4, height / 2 - TALL / 2 - 4];
  const nodes = around.map((node, i) => {
    const angle = Math.PI + (i * 2 * Math.PI) / n;
    return { ...node, x: cx + rx * Math.cos(angle), y: cy + ry * Math.sin(angle) };
  });
  const label = links.map((link) => t('findings.link', { what: link.on.kind, ...argsOf(link, text) })).join('; ');
  const drawing = svg('svg', { class: 'cycle', viewBox: `0 0 ${WIDTH} ${height}`, role: 'img', 'aria-label': t('findings.cycle', { links: label }) });
  nodes.forEach((from, i) => {
    const to = nodes[(i + 1) % n];
    // Two nodes face each other: their arrows bend apart, as do those of one that waits for itself.
    const [a, b] = [edgeOf(from, to), edgeOf(to, from)];
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const long = Math.hypot(dx, dy) || 1;
    const bend = n <= 2 ? 34 : 0;
    const [mx, my] = [(a.x + b.x) / 2 + (dy / long) * bend, (a.y + b.y) / 2 - (dx / long) * bend];
    const [ux, uy] = [b.x - mx, b.y - my].map((d) => d / (Math.hypot(b.x - mx, b.y - my) || 1));
    drawing.append(
      svg('path', { class: 'arrow', d: `M${a.x} ${a.y}Q${mx} ${my} ${b.x} ${b.y}` }),
      svg('path', { class: 'head', d: `M${b.x} ${b.y}L${b.x - ux * 8 - uy * 4} ${b.y - uy * 8 + ux * 4}L${b.x - ux * 8 + uy * 4} ${b.y - uy * 8 - ux * 4}Z` }),
    );
    const word = svg('text', { class: 'word', x: (mx + (a.x + b.x) / 2) / 2, y: (my + (a.y + b.y) / 2) / 2 + 4 });
    word.textContent = from.arrow;
    drawing.append(word);
  });
  for (const { x, y, words, isTask } of nodes) {
    const name = svg('text', { class: 'name', x, y: y + 4 });
    name.textContent = words;
    drawing.append(svg('rect', { class: isTask ? 'is-task' : 'is-thing', x: x - NODE / 2, y: y - TALL / 2, width: NODE, height: TALL, rx: isTask ? 2 : TALL / 2 }), name);
  }
  return drawing;
}
