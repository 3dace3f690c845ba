// One sentence: what the event at the cursor was, and what it means. It is what a screen reader hears, where one comes to
// rest; and so is what changes without an event: that a run was made anew, and which task is in focus.

import { diagnosis, sentence } from '../describe.js';
import { h, setClass } from '../dom.js';
import { plain } from '../speech.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Picture} Picture */

export const defaults = {
  /** Events shown in red: after each of them the run is at an end that nobody wanted. */
  faults: new Set(['poll_panicked', 'panicked', 'ended.deadlock', 'ended.panicked']),
  /** Findings that say why a run is stuck, the one that says most first. */
  stuck: ['deadlock', 'wake_lost', 'no_waker', 'no_waker_left', 'waker_gone', 'stale_waker', 'held_by_itself', 'signalled_before_waker', 'readiness_missed', 'read_too_little', 'undriven', 'undriven_socket', 'nobody_comes'],
};

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createNarrator(root, { text, info, speech }) {
  const where = h('p', { class: 'step-of', 'aria-hidden': 'true' });
  const narrator = h('p', { class: 'narrator' });
  root.replaceChildren(where, narrator);
  let drawn = '';
  /** @type {unknown} */
  let run;
  let focus = 0;
  /** @param {(Node | string)[]} parts */
  const show = (parts) => {
    narrator.replaceChildren(...parts);
    speech.announce('narrator', plain(parts));
  };
  /** What leads where the run is stuck: why. @param {Picture} picture */
  const why = (picture) => {
    const ranked = picture.findings.all.filter((f) => defaults.stuck.includes(f.cause.kind))
      .sort((a, b) => defaults.stuck.indexOf(a.cause.kind) - defaults.stuck.indexOf(b.cause.kind));
    return ranked.length ? diagnosis(ranked[0], text) : undefined;
  };
  return {
    update(frame, { state, picture }) {
      // The first run comes with its scenario, which is told by its title.
      const isAnew = run !== picture.run;
      if (run && isAnew) speech.announce('run', text.t('said.run', { n: frame.len }));
      // What was pressed says it itself.
      if (focus !== state.focus && !isAnew && !document.activeElement?.hasAttribute('aria-pressed')) speech.announce('focus', text.t('said.focus', { task: state.focus }));
      ({ focus } = state);
      const key = `${frame.cursor} ${JSON.stringify(frame.description)}`;
      if (key === drawn && !isAnew) return;
      [drawn, run] = [key, picture.run];
      const told = sentence(frame.description, text);
      // Where nothing is asked, there is nothing to guess.
      const described = told.key === 'event.nothing' && info.question.options.length === 0 && info.guess !== 'order' ? { ...told, key: 'event.nothing.unasked' } : told;
      const message = described.key;
      const because = message === 'event.ended.deadlock' ? why(picture) : undefined;
      // Its words come when they are first needed, and the sentence of the event stands until then.
      if (because && !text.has(because.key)) {
        const asked = key;
        text.load('inspector').then(() => {
          if (drawn === asked) show(text.say(because.key, because.args));
        }, () => {});
      }
      setClass(narrator, `narrator${defaults.faults.has(message.slice('event.'.length)) ? ' bad' : ''}`);
      // A run that came to its end closes with what it has shown.
      const moral = message === 'event.ended.completed' ? [' ', ...text.say(`scenario.${info.id}.verdict`)] : [];
      const { key: lead, args } = because && text.has(because.key) ? because : described;
      show([...text.say(lead, args), ...moral]);
      where.textContent = text.t('where.long', { scenario: info.id, at: frame.cursor, of: frame.len, ms: frame.time });
    },
    destroy: () => root.replaceChildren(),
  };
}
