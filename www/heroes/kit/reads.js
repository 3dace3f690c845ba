// Bytes that a reader takes from a channel, and what it makes of them: frames, and what is dropped half-read.

import { marks, once, stretches } from './run.js';

/** @typedef {import('../../types.js').Run} Run */
/** @typedef {{ ms: number, at: number, text: string }} Byte */
/** @typedef {'whole' | 'shifted' | 'dropped' | 'open'} Fate of bytes: a frame as it was sent, one of two halves, gone with its future, not read to the end */
/** @typedef {{ bytes: Byte[], how: Fate, ms: number, at: number }} Group */

/**
 * A reader's groups of bytes. Its log names the frames (`read: …`), its sender's log the bytes, in order; `size` bytes are a frame.
 * @param {Run} run @param {number} reader @param {number} sender @param {number} size
 * @returns {{ groups: Group[], ticks: { ms: number, at: number }[] }}
 */
export const readsOf = (run, reader, sender, size) => once(run, `reads ${reader}`, () => {
  const letters = marks(run, 'logged').filter(({ event }) => event.task === sender).map(({ event }) => event.text.replace(/^sent: /, ''));
  const polls = stretches(run, 'future').filter((one) => one.task === reader && one.of.name === 'Recv');
  const said = marks(run, 'logged').filter(({ event }) => event.task === reader);
  const ticks = said.filter(({ event }) => event.text === 'tick').map(({ at, time }) => ({ at, ms: time }));
  const bytes = polls.filter(({ of }) => of.ready).slice(0, letters.length).map(({ from, till }, i) => ({ ms: from, at: till, text: letters[i], nth: i }));
  // A future that was not ready, and is not polled after a tick, went with that tick.
  const drops = [...new Set(polls.map(({ of }) => of.id))].flatMap((id) => {
    const own = polls.filter(({ of }) => of.id === id);
    const last = own[own.length - 1];
    return last.of.ready ? [] : ticks.filter(({ at }) => at > last.at).slice(0, 1);
  });
  const frames = said.filter(({ event }) => event.text.startsWith('read: ')).map(({ at, time }) => ({ at, ms: time }));
  const ends = [...frames.map((end) => ({ ...end, isWhole: true })), ...drops.map((end) => ({ ...end, isWhole: false }))].sort((a, b) => a.at - b.at);
  /** @type {Group[]} */
  const groups = [];
  let before = 0;
  for (const { at, ms, isWhole } of ends) {
    const own = bytes.filter((byte) => byte.at > before && byte.at <= at);
    before = at;
    if (own.length) groups.push({ bytes: own, at, ms, how: !isWhole ? 'dropped' : own[0].nth % size ? 'shifted' : 'whole' });
  }
  const rest = bytes.filter(({ at }) => at > before);
  if (rest.length) groups.push({ bytes: rest, at: run.length, ms: run.duration, how: 'open' });
  return { groups, ticks };
});
