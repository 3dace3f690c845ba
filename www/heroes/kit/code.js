// Code in a picture: lines of a file as it was compiled, with its colours. A line is cut with a mark where it does not fit.

/** @typedef {import('./pen.js').Pen} Pen */
/** @typedef {import('../../types.js').Code} Code */
/** @typedef {{ n: number, text: string, parts: [string, string][] }} Line */

/** The lines of a file; none where it is not there. @param {Code | undefined} code @param {string} name @returns {Line[]} */
export function linesOf(code, name) {
  const source = code?.files.find((file) => file.name === name)?.source;
  if (source === undefined) return [];
  const spans = code?.spans[name] ?? [];
  let at = 0;
  return source.replace(/\n$/, '').split('\n').map((text, i) => {
    const [from, to] = [at, at + text.length];
    at = to + 1;
    /** @type {[string, string][]} */
    const parts = [];
    let done = from;
    for (const [a, b, kind] of spans) {
      if (b <= from || a >= to) continue;
      if (a > done) parts.push(['', source.slice(done, a)]);
      parts.push([kind, source.slice(Math.max(a, from), Math.min(b, to))]);
      done = Math.min(b, to);
    }
    if (done < to) parts.push(['', source.slice(done, to)]);
    return { n: i + 1, text, parts };
  });
}

/** A line of them. @param {Pen} pen @param {number} x @param {number} y @param {Line} line @param {{ cls?: string, most?: number, go?: number, key?: string }} [o] */
export function code(pen, x, y, line, { cls = '', most = Infinity, go, key } = {}) {
  const name = `code ${cls}`;
  if (!line.text.trim()) return;
  if (pen.width(name, line.text) <= most) pen.parts(name, x, y, line.parts, { go, key });
  else pen.text(name, x, y, line.text, { most, go, key });
}
