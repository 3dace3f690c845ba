// Values in memory as pictures draw them: a cell with the number that is in it (and, where there is room, its size), and an arrow for a pointer of its own, to where its
// bytes say.

import { cross, head } from './marks.js';
import { along } from './road.js';

/** @typedef {import('./pen.js').Pen} Pen */
/** @typedef {import('../../types.js').Frame['slots'][number]} Slot */
/** @typedef {{ x: number, y: number, w: number, h: number }} Box */

/** The number in a value. @param {Slot | undefined} slot */
export function numberOf(slot) {
  const fields = slot?.bytes?.fields ?? [];
  const field = fields.find(({ name }) => name === 'local_var') ?? fields.find(({ role }) => role === 'value');
  if (!slot?.bytes || !field) return '';
  return String(slot.bytes.bytes.slice(field.offset, field.offset + field.size).reduceRight((n, byte) => n * 256 + byte, 0));
}

/** A value's pointer, if it holds an address. @param {Slot | undefined} slot */
export const innerPointer = (slot) => (slot?.alive ? slot.bytes?.fields.find(({ role, target }) => role === 'pointer' && target && target.address !== 0) : undefined);

/** @param {Pen} pen @param {Box} at @param {Slot} slot @param {string} cls @param {string} size what is said of its size @param {string} key @param {number} [go] */
export function cell(pen, { x, y, w, h }, slot, cls, size, key, go) {
  pen.group({ x, y, key, go }, () => {
    pen.rect(`station ${cls}`, 0, 0, w, h, { r: 2 });
    if (h < 36) return pen.text('code bold', w / 2, h / 2 + 5, numberOf(slot), { anchor: 'middle' });
    pen.text('code bold', w / 2, h / 2 - 2, numberOf(slot), { anchor: 'middle' });
    pen.text('tiny', w / 2, h - 6, size, { anchor: 'middle' });
  });
}

/**
 * The arrow from a value's pointer to where it points: to itself, or to the place that it has left.
 * @param {Pen} pen @param {Slot | undefined} slot @param {Box} box of the value @param {Box} left of that place @param {string} key
 */
export function innerArrow(pen, slot, box, left, key) {
  const field = innerPointer(slot);
  if (!slot || !field?.target) return;
  const inner = slot.address <= field.target.address && field.target.address < slot.address + slot.size;
  const to = (inner ? box : left).x + box.w * 0.52;
  const from = box.x + box.w - 9;
  const top = box.y - (inner ? 9 : 12);
  pen.path(`pointer-arrow${inner ? '' : ' dangling'}`, along([[from, box.y], [from, top], [to, top], [to, box.y - 3]], 5), { key: `inner ${key}` });
  if (inner) head(pen, to, box.y - 1, 90, 'ink', `inner head ${key}`);
  else cross(pen, to, box.y - 1, '', `inner cross ${key}`, 4);
}
