// The code that runs, with who stands on which line. The text is built once; a step moves marks.

import { glyph, h, setClass, setShown, setText } from '../dom.js';
import { fieldsOf, holds } from '../schema.js';
import { onceLaidOut } from '../laidout.js';
import { paneHead } from './pane.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').LineMark} LineMark */
/** @typedef {import('../types.js').Frame} Frame */

export const defaults = {
  /** Lines that a phone shows around the one that runs: before it, and after it. */
  near: [3, 2],
  /** What the words at the right need, in px. */
  words: 130,
};

/** Which of the marks on one line names the line's own state. */
const RANK = /** @type {const} */ ({ running: 0, panicked: 1, ready: 2, pending: 3, spawned: 4, cancelled: 5, done: 6 });

/**
 * @param {string} source
 * @param {[number, number, string][]} spans
 * @returns {HTMLElement[]}
 */
function linesOf(source, spans) {
  let at = 0;
  let span = 0;
  return source.replace(/\n$/, '').split('\n').map((line, i) => {
    const el = h('span', { class: 'ln', 'data-n': i + 1 });
    const end = at + line.length;
    let from = at;
    while (span < spans.length && spans[span][0] < end) {
      const [start, stop, kind] = spans[span];
      if (start > from) el.append(source.slice(from, start));
      el.append(h('span', { class: kind }, source.slice(Math.max(start, at), Math.min(stop, end))));
      from = Math.min(stop, end);
      if (stop > end) break; // it goes on in the next line
      span += 1;
    }
    el.append(source.slice(from, end));
    at = end + 1;
    return el;
  });
}

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createCode(root, { text, info, spans }) {
  const { t } = text;
  const files = info.files.map(({ name, source }) => {
    const pre = h('pre');
    const scroller = h('div', { class: 'follow', tabindex: 0, role: 'region', 'aria-label': name }, pre);
    const size = h('span');
    const note = `file.${info.id}.${name}`;
    const head = h('div', { class: 'file' }, h('b', {}, name), h('span', { class: 'what' }, text.has(note) ? t(note) : ''), size);
    const wanted = info.shown_with.filter((w) => w.files.includes(name));
    // What was chosen in the form a phone, too, shows whole.
    const el = h('div', { class: wanted.length ? 'source chosen' : 'source', 'data-file': name }, head, scroller);
    // Where there is no room for all, the file with the lit line is shown whole: the others give way.
    el.style.setProperty('--lines', String(source.split('\n').length));
    const lines = linesOf(source, spans[name] ?? []);
    pre.append(...lines);
    return { name, source, el, pre, scroller, size, lines, wanted, wide: 0 };
  });
  const initial = new Map(fieldsOf(info.schema).map((field) => [field.name, field.initial]));
  // A trace from elsewhere may have come without its code.
  const body = h('div', { class: 'body' }, ...(files.length ? files.map((f) => f.el) : [h('p', { class: 'empty' }, t('code.none'))]));
  root.replaceChildren(paneHead(text, 'code', h('span', {}, t('code.same'))), body);

  /** @type {Map<string, { key: string, el: HTMLElement, note: HTMLElement }>} Marked lines by file and number. */
  const marked = new Map();
  /** @type {HTMLElement[]} */
  let near = [];
  /** @type {Frame | undefined} */
  let last;

  /** The marks of one line, best first. @param {HTMLElement} line @param {typeof files[number]} file @param {LineMark[]} marks */
  const noteFor = (line, file, marks) => {
    const own = marks.filter((m) => m.task > 0);
    const two = own.length === 2 && own.every((m) => m.task < 10);
    const shown = own.slice(0, two ? 2 : 1);
    const more = own.length > shown.length ? '…' : '';
    const chips = shown.flatMap((m) => [glyph(m.state), h('span', { class: `st ${m.state}` }, String(m.task))]);
    const note = h('span', { class: 'note' }, ...(own.length ? chips : [glyph(marks[0].state)]), more);
    const [first] = marks;
    const others = own.length > 2 ? ` · ${t('more', { n: own.length - 1 })}` : '';
    const words = t(`code.${first.task ? first.state : 'line'}`, { task: first.task }) + others;
    // Asked once a size: while all views are drawn, each answer would lay out the page.
    file.wide ||= file.scroller.clientWidth;
    const room = file.wide - 90 - (line.textContent ?? '').length * 7.3 > defaults.words;
    note.append(h('em', { class: room ? `st ${first.state}` : 'vh' }, words));
    return note;
  };

  /** Keeps the line in the middle of what its file shows. @param {HTMLElement} scroller @param {HTMLElement} line */
  const follow = (scroller, line) => {
    const top = line.offsetTop;
    const { scrollTop, clientHeight } = scroller;
    // One that shows a line or two has no middle.
    const isLow = clientHeight < 3 * line.clientHeight;
    const edge = isLow ? 0 : Math.min(clientHeight * 0.2, 40);
    if (top >= scrollTop + edge && top + line.clientHeight <= scrollTop + clientHeight - edge) return;
    scroller.scrollTop = isLow ? top : top - clientHeight * 0.6;
  };

  /** @param {Frame} frame */
  const draw = (frame) => {
    /** @type {Map<string, LineMark[]>} */
    const wanted = new Map();
    for (const mark of frame.lines) {
      const place = `${mark.file}:${mark.line}`;
      const before = wanted.get(place) ?? [];
      // Two futures of one task may wait on one line.
      if (before.some((other) => other.task === mark.task)) continue;
      wanted.set(place, [...before, mark].sort((a, b) => RANK[a.state] - RANK[b.state]));
    }
    for (const [place, mark] of marked) {
      if (wanted.has(place)) continue;
      mark.note.remove();
      setClass(mark.el, 'ln');
      marked.delete(place);
    }
    // A phone shows a few lines only: those around the task of which the sentence speaks.
    const speaker = 'task' in frame.description ? frame.description.task : 0;
    /** @type {{ file: typeof files[number], n: number, rank: number } | undefined} */
    let best;
    /** @type {{ scroller: HTMLElement, line: HTMLElement }[]} */
    const tops = [];
    for (const file of files) {
      /** @type {{ line: HTMLElement, rank: number } | undefined} */
      let top;
      for (const [place, marks] of wanted) {
        if (marks[0].file !== file.name) continue;
        const line = file.lines[marks[0].line - 1];
        if (!line) continue;
        const key = marks.map((m) => m.state + m.task).join();
        const drawn = marked.get(place);
        if (drawn?.key !== key) {
          drawn?.note.remove();
          const note = noteFor(line, file, marks);
          line.append(note);
          marked.set(place, { key, el: line, note });
        }
        const rank = RANK[marks[0].state];
        setClass(line, `ln ${rank === 0 ? 'on' : 'wait'}`);
        if (!top || rank < top.rank) top = { line, rank };
        const order = rank - (marks.some((m) => m.task === speaker) ? 10 : 0);
        if (!best || order < best.rank) best = { file, n: marks[0].line, rank: order };
      }
      if (top) tops.push({ scroller: file.scroller, line: top.line });
      const machine = frame.machines.find((m) => m.file === file.name && m.size > 0);
      setText(file.size, machine ? t('bytes.short', { n: machine.size }) : '');
    }
    if (files.length === 0) return;
    const { file, n } = best ?? { file: files.find((f) => !f.el.hidden) ?? files[0], n: 4 };
    const from = Math.max(0, Math.min(n - 1 - defaults.near[0], file.lines.length - 6));
    const now = file.lines.slice(from, from + defaults.near[0] + defaults.near[1] + 1);
    let isOther = false;
    if (now[0] !== near[0]) {
      for (const line of near) line.removeAttribute('data-near');
      for (const line of now) line.dataset.near = '';
      for (const f of files) f.el.toggleAttribute('data-near', f === file);
      const indents = file.source.split('\n').slice(from, from + now.length).filter((l) => l.trim()).map((l) => l.search(/\S/));
      file.el.style.setProperty('--dedent', String(Math.min(...indents, 40)));
      near = now;
      isOther = true;
    }
    onceLaidOut(root, () => {
      // Where not all files have room, the one with the lit line is brought into sight.
      const [seen, lit] = [body, file.el].map((el) => el.getBoundingClientRect());
      if (isOther && (lit.top < seen.top || lit.bottom > seen.bottom)) body.scrollTop += lit.top - seen.top;
      for (const { scroller, line } of tops) follow(scroller, line);
    });
  };

  // A pane that opens below takes of its room: the marked lines stay in sight.
  const sized = new ResizeObserver(() => {
    for (const file of files) file.wide = 0;
    if (last) draw(last);
  });
  sized.observe(body);

  return {
    update(frame, { state }) {
      last = frame;
      for (const { el, wanted } of files) {
        setShown(el, !wanted.length || wanted.some(({ fields }) => fields.every(([field, value]) => holds(state.params[field] ?? initial.get(field), value))));
      }
      draw(frame);
    },
    destroy() {
      sized.disconnect();
      root.replaceChildren();
    },
  };
}
