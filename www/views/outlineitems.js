// What the trees of a run are made of: its events by task or by waker, as the viewer groups them; its machines; and the bytes that
// are shown of it. How many words an item has is the reader's to say.

import { hexByte, holderArgs, part, sentence, short } from '../describe.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').Frame} Frame */
/** @typedef {import('../types.js').Extra} Extra */
/** @typedef {import('./tree.js').Item} Item */
/** @typedef {import('./tree.js').Source} Source */
/** @typedef {import('../engine/viewer/viewer.js').OutlineItem} OutlineItem */

/** Which trees there are. */
export const TREES = /** @type {const} */ (['task', 'waker', 'machine', 'memory']);
/** @typedef {typeof TREES[number]} Tree */

/** How much is said of an item: its name; and what it has; and all that is known of it, where it stands, too. */
export const WORDS = /** @type {const} */ (['few', 'some', 'all']);
/** @typedef {typeof WORDS[number]} Words */

/** @typedef {{ name: string, more?: string, now?: string, below?: Node[], choose?: () => void }} Node of a tree that stands whole; `more` in place of its name where all is said */

/**
 * @param {Deps} deps
 * @param {() => Words} words
 */
export function createItems({ text, act, speech }, words) {
  const { t } = text;

  /** @param {string} name @param {string} more @param {number} children @param {[nth: number, size: number]} at */
  const said = (name, more, children, [nth, size]) => {
    const has = children ? t('outline.children', { n: children }) : '';
    const parts = { few: [name], some: [name, has], all: [more, t('outline.place', { nth: nth + 1, size }), has] }[words()];
    return parts.filter(Boolean).join(', ').replaceAll('., ', ', ');
  };

  /** Name, and all that is known, of an item of the viewer's. @param {OutlineItem} item @returns {{ name: string, more: string, now?: string }} */
  const told = ({ what, time }) => {
    const at = t('ms', { ms: time });
    switch (what.kind) {
      case 'task': {
        const name = t('outline.task', { task: what.task, name: what.name });
        return { name, more: `${name}, ${t(`state.${what.state}`)}, ${at}`, now: what.state };
      }
      case 'nobody': {
        const name = t('outline.nobody');
        return { name, more: name };
      }
      case 'before': {
        const name = t('outline.before');
        return { name, more: `${name}, ${at}` };
      }
      case 'poll': {
        const name = t('outline.poll', { nth: what.nth, call: what.is_call ? 'yes' : 'no', outcome: what.outcome ?? 'none' });
        const now = { pending: 'pending', ready: 'done', panicked: 'panicked', returned: 'done', none: 'running' }[what.outcome ?? 'none'];
        return { name, more: `${name}, ${at}`, now };
      }
      case 'waker': {
        const name = what.by ? t('holder', holderArgs(what.by, text)) : t(what.timers ? 'outline.timers' : 'outline.promises');
        return { name, more: `${name}, ${at}` };
      }
      case 'event': {
        const { key, args } = sentence(what.event, text);
        return { name: short(what.event, text), more: `${at}: ${t(key, args)}` };
      }
    }
  };

  /** Goes to a moment: what was just read out is not told again. @param {number} at @param {boolean} isRead */
  const moves = (at, isRead) => () => {
    act.go(at);
    if (isRead) speech.announce('narrator', t('outline.here'));
  };

  /**
   * The viewer's.
   * @param {'task' | 'waker'} by
   * @param {Extra['picture']} picture
   * @param {Frame} frame
   * @returns {Source}
   */
  const ofRun = (by, picture, frame) => ({
    top() {
      const children = picture.outline(by, [], 0, 0).size;
      const name = t('outline.run', { events: picture.seen, len: frame.len });
      return { name, said: said(name, name, children, [0, 1]), children, choose: moves(0, false) };
    },
    part(path, from, most) {
      const { size, items } = picture.outline(by, path, from, most);
      return {
        size,
        items: items.map((item, i) => {
          const { name, more, now } = told(item);
          return { name, said: said(name, more, item.children, [from + i, size]), children: item.children, now, choose: moves(item.at, item.what.kind === 'event') };
        }),
      };
    },
    here: () => picture.outlinePath(by),
  });

  /** A tree that stands whole. @param {Node} top @param {number[]} here @returns {Source} */
  const ofNodes = (top, here) => {
    /** @param {Node} node @param {[nth: number, size: number]} at @returns {Item} */
    const item = ({ name, more = name, now, below = [], choose }, at) => ({ name, now, choose, children: below.length, said: said(name, more, below.length, at) });
    return {
      top: () => item(top, [0, 1]),
      part(path, from, most) {
        const below = path.reduce((/** @type {Node | undefined} */ node, nth) => node?.below?.[nth], top)?.below ?? [];
        return { size: below.length, items: below.slice(from, from + most).map((node, i) => item(node, [from + i, below.length])) };
      },
      here: () => here,
    };
  };

  /** @param {import('../types.js').MachineFrame} machine @returns {Node} */
  const machine = ({ name, size, states, edges }) => ({
    name: t('outline.machine', { name, n: states.length }),
    more: `${t('outline.machine', { name, n: states.length })}, ${t('outline.bytes', { n: size })}`,
    below: states.map((state, i) => {
      const called = state.name || t(i === 0 ? 'state.start' : 'state.end');
      return {
        name: called,
        more: [called, state.line ? t('outline.line', { line: state.line }) : '', t('outline.visits', { n: state.visits })].filter(Boolean).join(', '),
        now: state.tasks[0]?.state,
        below: [
          ...state.tasks.map(({ task, state: now }) => ({ name: t('outline.in', { task, state: t(`state.${now}`) }), now, choose: () => act.focus(task) })),
          ...state.holds.map((field) => held(field)),
          ...edges.filter(({ from }) => from === i).map(({ to, count }) => ({
            name: t('outline.edge', { to: states[to]?.name || t(to === 0 ? 'state.start' : 'state.end'), n: count }),
          })),
          ...(state.inner ? [machine(state.inner)] : []),
        ],
      };
    }),
  });

  /** A field's name. @param {{ name: string, role: import('../types.js').FieldFrame['role'] }} field */
  const called = ({ name, role }) => (role === 'padding' ? t('memory.padding') : role === 'discriminant' ? t('memory.state') : part(name));

  /** A field that a state holds. @param {{ name: string, offset: number, size: number, role: import('../types.js').FieldFrame['role'] }} field @returns {Node} */
  const held = (field) => ({
    name: t('outline.holds', { name: called(field), n: field.size }),
    more: `${t('outline.holds', { name: called(field), n: field.size })}, ${t('outline.from', { at: field.offset })}`,
  });

  /**
   * Bytes with their fields.
   * @param {NonNullable<Frame['memory']>['now']} bytes
   * @param {number[] | undefined | null} was
   * @param {(from: number, to: number) => number | undefined} writer the cursor after the event that wrote some of them last
   * @returns {Node[]}
   */
  const fields = (bytes, was, writer) => bytes.fields.map((field) => {
    const to = field.offset + field.size;
    const changed = (/** @type {number} */ at) => was != null && was[at] !== bytes.bytes[at];
    const places = Array.from({ length: field.size }, (_, i) => field.offset + i);
    const goes = (/** @type {number} */ from, /** @type {number} */ end) => () => {
      const at = act.read(() => writer(from, end));
      if (at) moves(at, false)();
      else speech.say(t('outline.unwritten'));
    };
    const name = t('outline.holds', { name: called(field), n: field.size });
    const points = field.target ? t('outline.points', { dangling: field.target.dangling ? 'yes' : 'no' }) : '';
    const short = [name, points, places.some(changed) ? t('outline.changed') : ''].filter(Boolean).join(', ');
    return {
      name: short,
      more: `${short}, ${t('outline.from', { at: field.offset })}`,
      choose: goes(field.offset, to),
      below: bytes.bytes.length ? places.map((at) => ({
        name: hexByte(bytes.bytes[at]),
        more: [t('outline.byte', { at, byte: hexByte(bytes.bytes[at]) }), changed(at) ? t('outline.changed') : ''].filter(Boolean).join(', '),
        choose: goes(at, at + 1),
      })) : [],
    };
  });

  /** @type {Record<Tree, (frame: Frame, extra: Extra) => Source>} */
  const sources = {
    task: (frame, { picture }) => ofRun('task', picture, frame),
    waker: (frame, { picture }) => ofRun('waker', picture, frame),
    machine: ({ machines }) => ofNodes({ name: t('outline.machines', { n: machines.length }), below: machines.map(machine) }, []),
    memory({ memory, slots }, { picture }) {
      const future = memory ? [{
        name: t('outline.future', { task: memory.task, name: memory.name, n: memory.now.size }),
        below: fields(memory.now, memory.was, (from, to) => picture.writers('task', memory.task, from, to).last?.cursor),
      }] : [];
      const places = slots.map(({ name, bytes, was, size, alive }, i) => ({
        name: t('outline.slot', { name, n: size, alive: alive ? 'yes' : 'no' }),
        below: bytes ? fields(bytes, was, (from, to) => picture.writers('slot', i, from, to).last?.cursor) : [],
      }));
      return ofNodes({ name: t('outline.memory', { n: future.length + places.length }), below: [...future, ...places] }, []);
    },
  };
  return sources;
}
