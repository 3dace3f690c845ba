// The machines: states in the order of the code, edges with how often each was taken, tasks as chips in the
// states that they are in.

import { h, keyedList, setAttr, setClass, setText } from '../dom.js';
import { createChip } from '../states.js';
import { paneHead } from './pane.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').MachineFrame} MachineFrame */
/** @typedef {import('../types.js').MachineState} MachineState */
/** @typedef {import('../types.js').Text} Text */

/** How many tasks a state names: fewer where the code gives it no name, which makes its box small. */
export const defaults = { chips: 2, unnamed: 1 };

/** A state's name where it may break: at its humps. That an await is one need not be said in each box. @param {string} name */
const breakable = (name) => name.replace(/\.await$/, '').split(/(?<=[a-z])(?=[A-Z])|(?<=\.)/).flatMap((part, i) => (i ? [h('wbr'), part] : [part]));

/**
 * One state's box.
 * @param {Text} text
 * @param {string} name
 * @param {boolean} unnamed whether the name is the catalogue's, not the code's
 */
function createState(text, name, unnamed) {
  const { t } = text;
  const holds = h('small');
  const who = h('div', { class: 'who' });
  const more = h('span', { class: 'more' });
  const el = h('li', { class: 'state', title: name }, h('b', {}, ...breakable(name)), holds, who, more);
  const chips = keyedList(who, (/** @type {MachineState['tasks'][number]} */ m) => m.task, () => {
    const chip = createChip(text);
    return { el: chip.el, update: (m) => chip.update(m.task, m.state) };
  });
  return {
    el,
    /** @param {MachineState} state @param {boolean} lit @param {boolean} entered */
    update(state, lit, entered) {
      setClass(el, `state${unnamed ? ' unnamed' : ''}${lit ? ' lit' : ''}${entered || state.visits > 0 ? '' : ' never'}`);
      setAttr(el, 'aria-current', lit ? 'step' : undefined);
      const tag = state.tag == null ? '' : t('machine.tag', { tag: state.tag });
      setText(holds, [state.holds.filter(Boolean).join(', '), tag].filter(Boolean).join(' · '));
      // Those who run or are ready come first: there is room for few.
      const active = [...state.tasks].sort((a, b) => Number(b.state === 'running') - Number(a.state === 'running'));
      const shown = active.slice(0, unnamed ? defaults.unnamed : defaults.chips);
      chips(shown);
      setText(more, active.length > shown.length ? `+${active.length - shown.length}` : '');
    },
  };
}

/**
 * One machine's chain.
 * @param {Text} text
 * @param {MachineFrame} machine
 */
function createChain(text, machine) {
  const { t } = text;
  const last = machine.states.length - 1;
  const names = machine.states.map((s, i) => s.name || t(i === last ? 'state.end' : 'state.start'));
  const states = machine.states.map((s, i) => createState(text, names[i], !s.name));
  const edges = machine.states.slice(1).map(() => h('li', { class: 'edge' }));
  const facts = h('span');
  const others = h('p', { class: 'others' });
  const el = h('section', { class: 'machine-of' },
    h('h3', {}, h('code', {}, machine.name), facts),
    h('ol', { class: 'chain' }, ...states.flatMap((s, i) => (i ? [edges[i - 1], s.el] : [s.el]))),
    others);
  return {
    el,
    /** @param {MachineFrame} now */
    update(now) {
      setText(facts, t('machine.facts', { file: now.file, size: now.size, known: now.discriminant == null ? 'no' : 'yes', at: now.discriminant ?? 0 }));
      states.forEach((state, i) => {
        const lit = now.states[i].tasks.some((m) => m.state === 'running');
        state.update(now.states[i], lit, i === 0 && now.size > 0);
      });
      edges.forEach((edge, i) => {
        const taken = now.edges.find((e) => e.from === i && e.to === i + 1);
        setClass(edge, `edge${taken ? '' : ' never'}${taken?.last ? ' lit' : ''}`);
        setText(edge, `${taken?.count ?? 0}×`);
        setAttr(edge, 'aria-label', t('machine.edge', { n: taken?.count ?? 0, last: taken?.last ? 'yes' : 'no' }));
      });
      const rest = now.edges.filter((e) => e.to !== e.from + 1);
      setText(others, rest.map((e) => t('machine.other', { from: names[e.from], to: names[e.to], n: e.count })).join(' · '));
    },
  };
}

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createMachine(root, { text }) {
  const empty = h('p', { class: 'empty' }, text.t('machine.empty'));
  const chains = h('div', { class: 'body' });
  root.replaceChildren(paneHead(text, 'machine', h('span', {}, text.t('machine.about'))), chains);
  /** The machine of which the last sentence speaks: the one that a phone shows. */
  let near = '';
  const list = keyedList(chains, (/** @type {MachineFrame} */ m) => m.name, (m) => createChain(text, m));
  return {
    update(frame) {
      list(frame.machines);
      const speaker = 'task' in frame.description ? frame.description.task : 0;
      const its = frame.machines.find((m) => m.states.some((s) => s.tasks.some((one) => one.task === speaker)));
      const now = its ?? frame.machines.find((m) => m.name === near) ?? frame.machines[0];
      if (now && now.name !== near) {
        near = now.name;
        frame.machines.forEach((m, i) => chains.children[i].toggleAttribute('data-near', m === now));
      }
      if (frame.machines.length === 0 && empty.parentNode !== chains) chains.append(empty);
      else if (frame.machines.length > 0) empty.remove();
    },
    destroy: () => root.replaceChildren(),
  };
}
