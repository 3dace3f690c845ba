// The code of a lesson: two files side by side, where a task waits and where it is decided. All files stand in *All views*.

import { setShown } from '../dom.js';
import { onceLaidOut } from '../laidout.js';
import { createCode } from '../views/code.js';
import { createAccusation } from './accuse.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */

/** Files side by side. */
const FILES = 2;

/** The lines of a file that is shown, as it was compiled. @param {Deps['info']} info @param {Element} file */
const linesOf = ({ files }, file) => (files.find(({ name }) => name === file.getAttribute('data-file'))?.source ?? '').split('\n').map((line) => line.trim());

/** Which line of a file is the first that none of those has in whose place it came: it does something else, and is not only about something of another name. @param {string[]} lines @param {string[]} before */
function changedIn(lines, before) {
  const done = (/** @type {string} */ line) => line.replace(/\b[A-Z]\w*/g, '_');
  const known = new Set(before.map(done));
  return before.length ? lines.findIndex((line) => /^[^/]./.test(line) && !/^(use|mod) /.test(line) && !known.has(done(line))) : -1;
}

/** Brings a line of a file into sight, or else its first function: what stands above is about the file, and imports. @param {Element} file @param {string[]} lines @param {number} changed which line, from 0; none if negative */
function showCode(file, lines, changed) {
  const scroller = file.querySelector('.follow');
  const at = changed < 0 ? lines.findIndex((line) => /^(pub(\(\w+\))? )?(const )?(async )?(fn|impl|function) ?/.test(line)) : changed;
  const line = [...file.querySelectorAll('.ln')][at];
  if (!scroller || !(line instanceof HTMLElement)) return;
  if (changed >= 0) scroller.scrollTop = line.offsetTop - scroller.clientHeight * 0.4;
  else if (line.offsetTop + line.clientHeight > scroller.clientHeight) scroller.scrollTop = line.offsetTop - line.clientHeight;
}

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createLessonCode(root, deps) {
  /** Whose wish it is to bring a line into sight. */
  const own = {};
  const view = createCode(root, deps);
  // Which files are shown is known with the run.
  root.hidden = true;
  const accusation = createAccusation(root, deps);
  /** The line that was brought into sight. @type {Element | null} */
  let lookedAt = null;
  /** What is shown, the one that was told of last at the end. @type {Element[]} */
  let shown = [];
  /** Files in the order in which they came beside each other: each keeps its side as long as it is shown. @type {Element[]} */
  let sides = [];
  /** Files that were shown before. @type {WeakSet<Element>} */
  const known = new WeakSet();
  /** The run's own, shown or aside. @type {Element[]} */
  let had = [];
  return {
    update(frame, extra) {
      view.update(frame, extra);
      const accused = accusation.update(frame, extra);
      const files = [...root.querySelectorAll('.source')].filter((file) => !/** @type {HTMLElement} */ (file).hidden);
      const near = files.find((file) => file.hasAttribute('data-near'));
      const lit = files.filter((file) => file.querySelector('.ln.on, .ln.wait'));
      const wanted = [accused, near, ...lit, ...shown.toReversed(), ...files].filter((file) => file && files.includes(file));
      shown = [...new Set(wanted)].slice(0, FILES).filter((file) => file instanceof Element);
      // Where a task waits stands at the left, of two that come together.
      sides = [...sides.filter((file) => shown.includes(file)), ...shown.filter((file) => !sides.includes(file)).sort((a, b) => Number(lit.includes(b)) - Number(lit.includes(a)))];
      for (const file of files) {
        file.toggleAttribute('data-aside', !shown.includes(file));
        /** @type {HTMLElement} */ (file).style.order = String(Math.max(0, sides.indexOf(file)));
      }
      const gone = had.filter((file) => !files.includes(file)).flatMap((file) => linesOf(deps.info, file));
      for (const file of shown) {
        const isNew = !known.has(file) && !lit.includes(file);
        // In the place of another one, as after a cure: what is different is what was asked for.
        const isInstead = had.length > 0 && !had.includes(file);
        known.add(file);
        if (!isNew && !isInstead) continue;
        const lines = linesOf(deps.info, file);
        const changed = isInstead ? changedIn(lines, gone) : -1;
        if (isNew || changed >= 0) onceLaidOut(file, () => showCode(file, lines, changed));
      }
      had = files;
      setShown(root, shown.length > 0);
      const bad = accused?.querySelector('.ln.bad') ?? null;
      const scroller = bad?.closest('.follow');
      // Once: after that it is the reader's.
      if (bad instanceof HTMLElement && scroller && bad !== lookedAt) onceLaidOut(own, () => { scroller.scrollTop = bad.offsetTop - scroller.clientHeight * 0.6; });
      lookedAt = bad;
    },
    destroy() {
      accusation.destroy();
      view.destroy();
    },
  };
}
