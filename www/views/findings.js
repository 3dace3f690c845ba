// What is wrong with the run, as far as it was seen: each finding in a sentence, with the events that prove it, and
// with the change that would undo it, where there is one.

import { glyph, h, setShown, setText } from '../dom.js';
import { createChip } from '../states.js';
import { diagnosis, short } from '../describe.js';
import { fieldWords, valueWords } from '../words.js';
import { createCycle } from './cycle.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Finding} Finding */
/** @typedef {import('../types.js').Frame} Frame */
/** @typedef {import('../types.js').Picture} Picture */

export const defaults = {
  /** Findings that are shown; a run that has more has them of the same kind. */
  most: 20,
};

/** Who a finding is about. @param {Finding} finding */
const tasksOf = ({ cause }) => (cause.kind === 'deadlock' ? cause.links.map((link) => link.task) : 'task' in cause ? [cause.task] : []);

/** Findings that a change could undo, and which one. @type {Partial<Record<Finding['cause']['kind'], 'wake' | 'drop'>>} */
const FREED = { no_waker: 'wake', waker_gone: 'wake', stale_waker: 'wake', wake_lost: 'wake', held_by_itself: 'wake', futurelock: 'wake', deadlock: 'drop' };

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createFindings(root, { text, act, info }) {
  const { t } = text;
  const empty = h('p', { class: 'empty' });
  const list = h('ol');
  const cut = h('p', { class: 'empty' });
  root.replaceChildren(empty, list, cut);

  /** What a task does now; undefined for one of which the frame does not tell. @param {number} task @param {Frame} frame */
  const stateOf = (task, frame) => {
    if (frame.running?.task === task) return 'running';
    if (frame.sleeping.some((s) => s.task === task)) return 'pending';
    if (frame.ready.some((r) => r.task === task)) return 'ready';
    return frame.machines.flatMap((m) => m.states.flatMap((s) => s.tasks)).find((m) => m.task === task)?.state;
  };

  /** @param {number} task @param {Frame} frame */
  const chipOf = (task, frame) => {
    const state = stateOf(task, frame);
    const chip = createChip(text);
    if (state) chip.update(task, state);
    const name = state ? chip.el : h('span', { class: 'task plain' }, t('holder', { by: 'task', other: task }));
    return h('button', { class: 'chip', 'aria-label': t('memory.task', { task }), click: () => act.focus(task) }, name);
  };

  /** The change that would undo it: as late as what was seen allows, when what it waits for has had time to come. @param {Finding} finding @param {Picture} picture */
  const freed = (finding, picture) => {
    const kind = FREED[finding.cause.kind];
    const [task] = tasksOf(finding);
    if (!kind) return undefined;
    // Once the run is over, nothing can be changed in it.
    const change = picture.whatIfs(Math.min(picture.seen, picture.length - 1)).find((one) => one.kind === kind && one.task === task);
    return change && h('button', { class: 'act', click: () => act.fork(change.change) }, t(`findings.free.${kind}`, { task }));
  };

  /** The parameters that take it away, where the scenario has some. @param {Finding} finding */
  const cured = ({ cause }) => {
    const cure = info.cures.find((one) => one.finding === cause.kind);
    if (!cure) return undefined;
    const words = cure.fields.map(([field, value]) => t('what_if.compared.do', { field: fieldWords(text, field), value: valueWords(text, field, value) }));
    return h('button', { class: 'act', click: () => act.cure(Object.fromEntries(cure.fields)) }, t('findings.cure', { fields: words.join(', ') }));
  };

  /** The events that prove it, each in its own words. @param {Finding} finding @param {Frame} frame @param {Picture} picture */
  const proofs = ({ events }, frame, picture) => events.map((at) => h('li', {}, h('button', {
    class: 'proof', 'aria-current': at === frame.cursor ? 'true' : undefined, click: () => act.go(at),
  }, t('findings.event', { ms: picture.time(at), what: short(picture.describe(at), text) }))));

  /** @param {Finding} finding @param {Frame} frame @param {Picture} picture */
  const row = (finding, frame, picture) => {
    const { key, args } = diagnosis(finding, text);
    const changes = [cured(finding), freed(finding, picture)].filter((one) => one !== undefined);
    return h('li', {},
      h('p', { class: 'sentence' }, glyph('panicked'), h('span', {}, ...text.say(key, args))),
      h('p', { class: 'cure' }, ...text.say(`cure.${finding.cause.kind}`, args)),
      ...(finding.cause.kind === 'deadlock' ? [createCycle(finding.cause.links, text)] : []),
      h('p', { class: 'with' }, ...tasksOf(finding).map((task) => chipOf(task, frame)), ...changes),
      h('p', { class: 'known' }, t('findings.proof')),
      h('ul', { class: 'proofs' }, ...proofs(finding, frame, picture)));
  };

  let drawn = '';
  /** @type {unknown} */
  let of;
  return {
    update(frame, { state, picture }) {
      const key = `${frame.cursor} ${state.seen}`;
      if (drawn === key && of === picture.run) return;
      [drawn, of] = [key, picture.run];
      const { found } = picture;
      const about = state.file?.about;
      setText(empty, t('findings.none', { watched: about?.is_live && !about.scenario ? 'yes' : 'no' }));
      const hadFocus = list.contains(document.activeElement) ? document.activeElement?.textContent : undefined;
      setShown(empty, found.length === 0);
      list.replaceChildren(...found.slice(0, defaults.most).map((finding) => row(finding, frame, picture)));
      const more = found.length - defaults.most;
      setShown(cut, more > 0 || picture.findings.is_cut);
      cut.textContent = more > 0 ? t('more', { n: more }) : t('findings.cut', { n: picture.findings.all.length });
      // The link that was followed is drawn anew, and keeps the focus.
      if (hadFocus) [...list.querySelectorAll('button')].find((button) => button.textContent === hadFocus)?.focus();
    },
    destroy: () => root.replaceChildren(),
  };
}
