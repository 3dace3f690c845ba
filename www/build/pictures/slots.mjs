// Two places in memory with the bytes that are in them, and where the pointer among them points to.

import { createPen } from './pen.mjs';

const CELL = 6.5;
const [TOP, HIGH] = [24, 10];
const APART = 112 - 7 * CELL;

/**
 * @param {import('../../types.js').Run} run
 * @param {number} seen events
 */
export function slots(run, seen) {
  const { slots } = run.frame(seen, 0);
  const pen = createPen();
  const rows = slots.slice(0, 2);
  for (const [i, { alive, bytes }] of rows.entries()) {
    const x = i * APART;
    for (let cell = 0; cell < 7; cell += 1) {
      const field = bytes?.fields.find(({ offset, size }) => offset <= (cell * bytes.size) / 7 && (cell * bytes.size) / 7 < offset + size);
      pen.rect(!alive ? 'gone' : field?.role === 'pointer' ? 'soft' : 'byte', x + cell * CELL + 0.5, TOP, CELL - 0.7, HIGH);
    }
  }
  for (const [i, { alive, bytes }] of rows.entries()) {
    const pointer = alive && bytes?.fields.find(({ target }) => target);
    if (!pointer || !bytes || !pointer.target) continue;
    const { slot, dangling } = pointer.target;
    const from = i * APART + ((pointer.offset + pointer.size / 2) / bytes.size) * 7 * CELL;
    const to = (slot ?? 0) * APART + 8;
    pen.path(dangling ? 'dangling' : 'edge', `M${from.toFixed(1)} ${TOP - 1}C${from.toFixed(1)} 2 ${to} 2 ${to} ${TOP - (dangling ? 8 : 2)}`);
    if (dangling) pen.cross('cross', to, TOP - 5, 2.6);
    else pen.path('edge', `M${to - 2.2} ${TOP - 4.600}l2.2 2.6 2.2-2.6`);
  }
  return pen.drawn;
}
