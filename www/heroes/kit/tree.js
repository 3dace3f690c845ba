// Orders of polls as a tree: a node is a poll, a path from the left an order. Where there is no room for all, orders that come to
// the same stand together; and where that is not enough, what is usual has no row of its own. What is rare always has one.

/** @typedef {import('../../types.js').Explored} Explored */
/** @typedef {Explored['tree'][number]} Order */
/**
 * A poll, and what comes after it.
 * @typedef {object} Node
 * @property {number} depth how many polls come before it
 * @property {number} task whose poll it is
 * @property {Order[]} orders all that go through it
 * @property {Node[]} next
 * @property {number} aside how many orders branch off here that have no row
 */
/** @typedef {{ node: Node, y: number, next: Placed[], isFolded: boolean }} Placed a node with its row, the first being 0 */

/** @param {Order[]} orders that are alike up to `depth` @param {number} depth @returns {Node[]} */
function grow(orders, depth) {
  const tasks = [...new Set(orders.map(({ polls }) => polls[depth]))].filter((task) => task !== undefined).sort((a, b) => a - b);
  return tasks.map((task) => {
    const through = orders.filter(({ polls }) => polls[depth] === task);
    return { depth, task, orders: through, next: grow(through, depth + 1), aside: 0 };
  });
}

/** The node before which all polls are alike. @param {Node} node @returns {Node} */
const fork = (node) => (node.next.length === 1 ? fork(node.next[0]) : node);

/** Takes out what is not kept, unless nothing else is there. @param {Node} node @param {(node: Node) => boolean} isKept @returns {Node} */
function prune(node, isKept) {
  const kept = node.next.filter(isKept);
  if (kept.length === 0) return node;
  const aside = node.next.filter((next) => !kept.includes(next)).reduce((n, { orders }) => n + orders.length, 0);
  return { ...node, next: kept.map((next) => prune(next, isKept)), aside };
}

/** @param {Node} node */
const outcomesOf = ({ orders }) => new Set(orders.map(({ outcome }) => outcome)).size;

/**
 * The tree, with what has no room folded: the rows of its leaves, from above.
 * @param {Order[]} orders
 * @param {number} rows how many there may be
 * @param {(node: Node) => boolean} isShown whether the run that is shown goes through a node
 * @param {(node: Node) => boolean} [isKept] whether a node is to have a row; without it all are
 * @returns {{ first: Placed[], rows: number, isMixed: boolean }} and whether orders stand together that come to several ends
 */
export function treeOf(orders, rows, isShown, isKept) {
  const whole = grow(orders, 0);
  const first = isKept ? whole.map((node) => prune(node, isKept)) : whole;
  /** Forks that are open. @type {Set<Node>} */
  const open = new Set();
  const leaves = first.map(fork);
  /** What is opened next: what comes to several ends, then what is shown, then what is large. @param {Node} node */
  const worth = (node) => (outcomesOf(node) - 1) * 1e6 + Number(isShown(node)) * 1e5 + node.orders.length;
  for (;;) {
    const next = leaves.filter((node) => node.next.length > 0 && leaves.length - 1 + node.next.length <= rows)
      .reduce((/** @type {Node | undefined} */ best, node) => (best && worth(best) >= worth(node) ? best : node), undefined);
    if (!next) break;
    open.add(next);
    leaves.splice(leaves.indexOf(next), 1, ...next.next.map(fork));
  }
  let row = 0;
  /** @param {Node} node @returns {Placed} */
  const place = (node) => {
    const isFolded = node.next.length > 1 && !open.has(node);
    const next = isFolded ? [] : node.next.map(place);
    if (next.length === 0) return { node, y: row++, next, isFolded };
    return { node, y: (next[0].y + next[next.length - 1].y) / 2, next, isFolded };
  };
  return { first: first.map(place), rows: row, isMixed: leaves.some((node) => outcomesOf(node) > 1) };
}
