// How wide a text is, so that none is cut without a mark: as the styles set it, read once per class.

const context = document.createElement('canvas').getContext('2d');
/** No character is wider, in font sizes: a text that fits even so need not be measured. */
const WIDEST = 1.5;
/** @type {Map<string, number>} */
const widths = new Map();

/** @param {SVGSVGElement} root a picture that is in the page */
export function createMeasure(root) {
  /** @type {Map<string, { font: string, size: number }>} */
  const fonts = new Map();
  /** What wears each class in turn, all through a drawing: what comes into a page and leaves it has the browser look at all beside it. */
  const probe = document.createElementNS('http://www.w3.org/2000/svg', 'text');

  const rest = () => probe.remove();

  /** @param {string} cls */
  const fontOf = (cls) => {
    const known = fonts.get(cls);
    if (known) return known;
    if (!probe.parentNode) {
      root.append(probe);
      queueMicrotask(rest);
    }
    probe.setAttribute('class', cls);
    const { fontWeight, fontSize, fontFamily, fontStyle } = getComputedStyle(probe);
    const found = { font: `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`, size: parseFloat(fontSize) };
    if (root.isConnected) fonts.set(cls, found);
    return found;
  };

  /** @param {string} cls @param {string} text */
  const width = (cls, text) => {
    const { font } = fontOf(cls);
    const name = `${font} ${text}`;
    const known = widths.get(name);
    if (known !== undefined || !context) return known ?? 0;
    context.font = font;
    const wide = context.measureText(text).width;
    if (widths.size > 5000) widths.clear();
    widths.set(name, wide);
    return wide;
  };

  return {
    width,
    /** Nothing is measured for now: the picture is what was drawn, and no more. It comes by itself when the task is over. */
    rest,
    /** As much of a text as fits; what is cut ends in a mark. @param {string} cls @param {string} text @param {number} most */
    cut(cls, text, most) {
      if (text.length * WIDEST * fontOf(cls).size <= most || width(cls, text) <= most) return text;
      let [few, many] = [0, text.length];
      while (few < many) {
        const half = (few + many + 1) >> 1;
        if (width(cls, `${text.slice(0, half).trimEnd()}…`) <= most) few = half;
        else many = half - 1;
      }
      return few ? `${text.slice(0, few).trimEnd()}…` : '';
    },
    /**
     * A text in at most so many lines that fit, broken at spaces; what is left over is cut with a mark.
     * @param {string} cls @param {string} text @param {number} wide @param {number} [most]
     */
    lines(cls, text, wide, most = Infinity) {
      /** @type {string[]} */
      const lines = [];
      const left = text.split(' ');
      while (left.length && lines.length < most - 1) {
        let line = /** @type {string} */ (left.shift());
        while (left.length && width(cls, `${line} ${left[0]}`) <= wide) line += ` ${left.shift()}`;
        lines.push(line);
      }
      if (left.length) lines.push(this.cut(cls, left.join(' '), wide));
      return lines;
    },
  };
}

/** @typedef {ReturnType<typeof createMeasure>} Measure */
