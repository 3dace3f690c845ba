// A small picture: paths in a box of 112 by 40, each with a class that says what the marks in it are. All marks of a class are
// one path, which lies where the first of them was drawn.

export const WIDTH = 112;
export const HEIGHT = 40;

/** @param {number} x */
const n = (x) => String(Math.round(x * 10) / 10);

export function createPen() {
  /** @type {[name: string, d: string][]} */
  const drawn = [];
  /** @param {string} name @param {string} d */
  const path = (name, d) => {
    const found = drawn.find((one) => one[0] === name);
    if (found) found[1] += d;
    else drawn.push([name, d]);
  };
  return {
    drawn,
    path,
    /** @param {string} name @param {number} x @param {number} y @param {number} w @param {number} h */
    rect: (name, x, y, w, h) => path(name, `M${n(x)} ${n(y)}h${n(w)}v${n(h)}h${n(-w)}z`),
    /** @param {string} name @param {number} x @param {number} y @param {number} to */
    line: (name, x, y, to) => path(name, `M${n(x)} ${n(y)}H${n(to)}`),
    /** @param {string} name @param {number} x @param {number} y @param {number} r */
    dot: (name, x, y, r) => path(name, `M${n(x - r)} ${n(y)}a${n(r)} ${n(r)} 0 1 0 ${n(2 * r)} 0a${n(r)} ${n(r)} 0 1 0 ${n(-2 * r)} 0`),
    /** @param {string} name @param {number} x @param {number} y @param {number} r */
    cross: (name, x, y, r) => path(name, `M${n(x - r)} ${n(y - r)}l${n(2 * r)} ${n(2 * r)}m0 ${n(-2 * r)}l${n(-2 * r)} ${n(2 * r)}`),
    /** An upright arrow. @param {string} name @param {number} x @param {number} from @param {number} to */
    arrow(name, x, from, to) {
      const dir = to > from ? 1 : -1;
      path(name, `M${n(x)} ${n(from)}V${n(to)}m-2.2 ${n(-dir * 2.6)}l2.2 ${n(dir * 2.6)}l2.2 ${n(-dir * 2.6)}`);
    },
  };
}

/** @typedef {ReturnType<typeof createPen>} Pen */
