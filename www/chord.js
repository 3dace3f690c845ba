// What a key says, whatever the layout, the input method and the locks of its keyboard.
//
// A *key* is as `KeyboardEvent.key` names it: a character, or a name such as `ArrowLeft`. Letters are small, and large with
// Shift: Caps Lock changes nothing. Where an alphabet or an input method has no letter of ASCII on a key, the key counts by
// its place, as on an American keyboard. A *chord* is a key with what is held down beside it: `Shift+` and `Alt+` before a
// named key, `Alt+` before a letter or digit. Signs stand behind AltGr or Option on many layouts: these do not count there.

/** Signs by their place, plain and with Shift. @type {Record<string, [plain: string, shifted: string]>} */
const SIGNS = {
  Space: [' ', ' '], Comma: [',', '<'], Period: ['.', '>'], Slash: ['/', '?'], Minus: ['-', '_'], Equal: ['=', '+'],
  BracketLeft: ['[', '{'], BracketRight: [']', '}'],
};

/** What browsers name a key whose character is still to be made, or not to be known. */
const UNREAD = new Set(['Process', 'Dead', 'Unidentified']);

/** Whether a key is a character: what speech input may say by chance. The space is none. @param {string} key */
export const isCharacter = (key) => key.length === 1 && key !== ' ';

/** @param {KeyboardEvent} event */
export function keyOf({ key, code, shiftKey }) {
  if (/^[a-z]$/i.test(key)) return shiftKey ? key.toUpperCase() : key.toLowerCase();
  const isUnread = UNREAD.has(key);
  if (/^[ -~]$/.test(key) || (key.length > 1 && !isUnread)) return key;
  const [, letter] = /^Key([A-Z])$/.exec(code) ?? [];
  if (letter) return shiftKey ? letter : letter.toLowerCase();
  const [, digit] = /^Digit(\d)$/.exec(code) ?? [];
  if (digit && isUnread && !shiftKey) return digit;
  return SIGNS[code]?.[shiftKey ? 1 : 0] ?? key;
}

/** None for what is the browser's. @param {KeyboardEvent} event @returns {string | undefined} */
export function chordOf(event) {
  const key = keyOf(event);
  const isSign = isCharacter(key) && !/[a-z0-9]/i.test(key);
  const isAltGr = event.getModifierState('AltGraph') || (event.ctrlKey && event.altKey);
  if ((event.ctrlKey && !(isSign && isAltGr)) || event.metaKey) return undefined;
  // Of a character Shift is a part.
  const shift = event.shiftKey && key.length > 1 ? 'Shift+' : '';
  return `${event.altKey && !isSign ? 'Alt+' : ''}${shift}${key}`;
}
