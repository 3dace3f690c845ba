// The keyboard: one table from chords to actions. The map that `?` shows is made from it. No chord is one that a browser has a
// use for: Alt and an arrow are its Back and Forward. Those that are a single character can be switched off.

import { chordOf, isCharacter, keyOf } from './chord.js';
import { letGo } from './focus.js';

/** @typedef {import('./types.js').Actions} Actions */

/**
 * @typedef {object} Binding
 * @property {string[]} keys chords
 * @property {string} name its text in the catalogues, `keys.<name>`
 * @property {(act: Actions, key: string) => void} run
 * @property {true} [traced] whether it is for a trace, and does nothing where there is none
 * @property {true} [presents] whether it is for a projector alone, and goes there before another one
 */

/** @type {Binding[]} */
export const BINDINGS = [
  { keys: ['ArrowLeft', 'ArrowRight'], name: 'event', traced: true, run: (act, key) => act.arrow(key === 'ArrowRight', false) },
  { keys: ['PageUp', 'PageDown'], name: 'page', traced: true, run: (act, key) => act.moment(key === 'PageDown') },
  { keys: ['Shift+ArrowLeft', 'Shift+ArrowRight'], name: 'poll', traced: true, run: (act, key) => act.arrow(key === 'ArrowRight', true) },
  { keys: ['<', '>'], name: 'tick', traced: true, run: (act, key) => act.step('tick', key === '>') },
  { keys: ['Home', 'End'], name: 'ends', traced: true, run: (act, key) => (key === 'Home' ? act.first() : act.last()) },
  { keys: ['n', 'N'], name: 'jump', traced: true, run: () => {} },
  { keys: [' '], name: 'play', run: (act) => act.play() },
  { keys: [',', '.'], name: 'speed', traced: true, run: (act, key) => act.faster(key === '.' ? 1 : -1) },
  { keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'], name: 'task', traced: true, run: (act, key) => act.digit(Number(key)) },
  { keys: ['d'], name: 'decides', traced: true, run: (act) => act.decide() },
  { keys: ['a'], name: 'views', traced: true, run: (act) => act.views() },
  { keys: ['p'], name: 'present', traced: true, run: (act) => act.present() },
  { keys: ['b', '.'], name: 'blank', presents: true, run: (act) => act.blank() },
  { keys: ['c'], name: 'bare', presents: true, run: (act) => act.bare() },
  { keys: ['c', 'm', 't', 'e', 'b'], name: 'pane', run: (act, key) => act.pane(key) },
  { keys: ['o'], name: 'outline', traced: true, run: (act) => act.outline() },
  { keys: ['[', ']'], name: 'scenario', run: (act, key) => act.neighbour(key === ']' ? 1 : -1) },
  { keys: ['f'], name: 'fork', traced: true, run: (act) => act.ask() },
  { keys: ['x'], name: 'difference', traced: true, run: (act) => act.difference() },
  { keys: ['r'], name: 'again', run: (act) => act.again() },
  { keys: ['y'], name: 'link', run: (act) => act.copyLink() },
  { keys: ['?'], name: 'map', run: (act) => act.help() },
  { keys: ['Escape'], name: 'close', run: (act) => act.close() },
];

/** What `n` (forward) and `N` (back) lead to, by the key that follows. @type {Record<string, import('./types.js').Unit>} */
const KINDS = { p: 'poll', w: 'wake', s: 'state', t: 'timer', d: 'drop' };
/** How long `n` waits for that key, in ms. */
const PATIENCE = 2000;

/** What has the focus takes every key. @param {Element} target */
const takesText = (target) => target.closest('input:not([type="radio"], [type="checkbox"]), select, textarea, [contenteditable], dialog') !== null;

/** Keys that a focused control has its own use for. @param {Element} target @param {string} key */
function isItsOwn(target, key) {
  if (key === ' ') return target.closest('button, a, summary, input') !== null;
  return key.startsWith('Arrow') && target.closest('input[type="radio"]') !== null;
}

/**
 * Listens until the page goes.
 * @param {Actions} act
 * @param {() => boolean} hasCharacters whether a single character does something
 * @param {() => boolean} presents whether the page is on a projector
 */
export function listen(act, hasCharacters, presents) {
  /** @type {{ forward: boolean, until: number } | undefined} */
  let jump;
  addEventListener('keydown', (event) => {
    const { target } = event;
    if (event.defaultPrevented) return;
    if (target instanceof Element && takesText(target)) {
      // The way out of a field, back to the keys; but for one that ends what an input method has begun.
      if (event.key === 'Escape' && !event.isComposing && !target.closest('dialog')) letGo(target);
      return;
    }
    const [chord, key] = [chordOf(event), keyOf(event)];
    if (!chord || (target instanceof Element && isItsOwn(target, key)) || (isCharacter(chord) && !hasCharacters())) return;
    const isJump = jump !== undefined && event.timeStamp < jump.until;
    const kind = isJump ? KINDS[chord] : undefined;
    const forward = jump?.forward ?? true;
    // A key that only changes others, as Shift for `N`, ends no chord.
    if (!['Shift', 'CapsLock', 'AltGraph'].includes(key)) jump = undefined;
    if (chord === 'n' || chord === 'N') jump = { forward: chord === 'n', until: event.timeStamp + PATIENCE };
    if (kind) {
      event.preventDefault();
      act.jump(kind, forward);
      return;
    }
    if (isJump && chord === 'f') {
      event.preventDefault();
      act.finding(forward);
      return;
    }
    const bound = BINDINGS.filter((b) => b.keys.includes(chord));
    const binding = (presents() && bound.find((b) => b.presents)) || bound.find((b) => !b.presents);
    if (!binding) return;
    event.preventDefault();
    binding.run(act, key);
  });
}
