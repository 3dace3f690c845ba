// The keyboard: one table from keys to actions. The map that `?` shows is made from it.

/** @typedef {import('./types.js').Actions} Actions */

/**
 * @typedef {object} Binding
 * @property {string[]} keys as `KeyboardEvent.key` names them; `Shift+` and `Alt+` before those that need one
 * @property {string} name its text in the catalogues, `keys.<name>`
 * @property {(act: Actions, key: string) => void} run
 * @property {true} [traced] whether it is for a trace, and does nothing where there is none
 */

/** @type {Binding[]} */
export const BINDINGS = [
  { keys: ['ArrowLeft', 'ArrowRight'], name: 'event', traced: true, run: (act, key) => act.step('event', key === 'ArrowRight') },
  { keys: ['Shift+ArrowLeft', 'Shift+ArrowRight'], name: 'poll', traced: true, run: (act, key) => act.step('poll', key === 'ArrowRight') },
  { keys: ['Alt+ArrowLeft', 'Alt+ArrowRight'], name: 'tick', traced: true, run: (act, key) => act.step('tick', key === 'ArrowRight') },
  { keys: ['Home', 'End'], name: 'ends', traced: true, run: (act, key) => (key === 'Home' ? act.first() : act.last()) },
  { keys: ['n', 'N'], name: 'jump', traced: true, run: () => {} },
  { keys: [' '], name: 'play', run: (act) => act.play() },
  { keys: [',', '.'], name: 'speed', traced: true, run: (act, key) => act.faster(key === '.' ? 1 : -1) },
  { keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'], name: 'task', traced: true, run: (act, key) => act.focus(Number(key)) },
  { keys: ['c', 'm', 't', 'e', 'b'], name: 'pane', run: (act, key) => act.pane(key) },
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

/** @param {EventTarget | null} target */
function takesText(target) {
  return target instanceof Element && target.closest('input, select, textarea, [contenteditable], dialog') !== null;
}

/** Keys that a focused control has its own use for. @param {EventTarget | null} target @param {string} key */
function isItsOwn(target, key) {
  return key === ' ' && target instanceof Element && target.closest('button, a, summary') !== null;
}

/**
 * Listens until the page goes.
 * @param {Actions} act
 */
export function listen(act) {
  /** @type {{ forward: boolean, until: number } | undefined} */
  let jump;
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    if (takesText(event.target)) {
      // The way out of a field, back to the keys.
      if (event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur();
      return;
    }
    if (isItsOwn(event.target, event.key)) return;
    // Shift is part of `?`; only with named keys does it mean something of its own.
    const shift = event.shiftKey && event.key.length > 1 ? 'Shift+' : '';
    const chord = `${event.altKey ? 'Alt+' : ''}${shift}${event.key}`;
    const isJump = jump !== undefined && event.timeStamp < jump.until;
    const kind = isJump ? KINDS[event.key] : undefined;
    const forward = jump?.forward ?? true;
    jump = event.key === 'n' || event.key === 'N' ? { forward: event.key === 'n', until: event.timeStamp + PATIENCE } : undefined;
    if (kind) {
      event.preventDefault();
      act.jump(kind, forward);
      return;
    }
    if (isJump && event.key === 'f') {
      event.preventDefault();
      act.finding(forward);
      return;
    }
    const binding = BINDINGS.find((b) => b.keys.includes(chord));
    if (!binding) return;
    event.preventDefault();
    binding.run(act, event.key);
  });
}
