// The places where work waits while one thread runs: the call stack, our own ready queue, and the browser's
// queues as far as the page's own calls show them. What the browser does unseen is inferred, and says so.

import { glyph, h, keyedList, setAttr, setClass, setShown, setText } from '../dom.js';
import { asleep as wordsOf, holderArgs } from '../describe.js';
import { paneHead } from './pane.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Frame} Frame */
/** @typedef {NonNullable<Frame['browser']>} Browser */
/** @typedef {{ id: string, state?: string, name: string, words?: string, inferred?: string, on?: boolean }} Job without a state: a heading */

export const defaults = {
  /** The turn of the loop. What is never seen from here is drawn so. */
  turn: [{ phase: 'macrotask' }, { phase: 'microtasks' }, { phase: 'frame', unseen: false }, { phase: 'paint', unseen: true }],
  /** A promise is no task, but waits and ends like one. */
  promise: { pending: 'pending', resolved: 'done', rejected: 'panicked' },
};

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createQueues(root, { text, act }) {
  const { t } = text;

  const turn = defaults.turn.map(({ phase, unseen }) => {
    const shape = glyph('running');
    const small = h('small', {}, unseen ? t('turn.unseen') : '');
    const el = h('li', {}, shape, h('span', {}, t(`turn.${phase}`)), small);
    return { phase, el, shape, small, look: unseen ? 'unseen' : '' };
  });
  const track = h('ol', { class: 'turn', 'aria-label': t('turn') },
    ...turn.flatMap(({ el }, i) => (i ? [h('li', { class: 'link', 'aria-hidden': 'true' }), el] : [el])),
    h('li', { class: 'link', 'aria-hidden': 'true' }), h('li', { class: 'back' }, t('turn.again')));

  /** @param {Element} parent */
  const jobList = (parent) => keyedList(parent, (/** @type {Job} */ job) => job.id, (first) => {
    if (!first.state) return { el: h('li', { class: 'heading' }, first.name), update() {} };
    const [shape, name, words, inferred] = [glyph(''), h('span'), h('small'), h('small', { class: 'inferred' })];
    const el = h('li', {}, h('b', {}, shape, name), words, inferred);
    return {
      el,
      update(job) {
        setClass(el, `job ${job.state}${job.on ? ' on' : ''}${job.inferred ? ' guess' : ''}`);
        setClass(shape, `gl ${job.state}`);
        setText(name, job.name);
        setText(words, job.words ?? '');
        setText(inferred, job.inferred ?? '');
      },
    };
  });

  /** @param {string} name */
  const createPlace = (name) => {
    const list = h('ul', { tabindex: 0, 'aria-label': t(`queue.${name}`) });
    const empty = h('p', { class: 'empty' }, t(`queue.${name}.empty`));
    const foot = h('p', { class: 'foot' });
    const el = h('section', {}, h('h3', {}, t(`queue.${name}`)), h('small', { class: 'about' }, t(`queue.${name}.about`)), list, empty, foot);
    const jobs = jobList(list);
    return {
      el,
      /** @param {Job[]} items @param {string} below @param {boolean} [lit] */
      update(items, below, lit) {
        jobs(items);
        setShown(empty, items.length === 0);
        setShown(list, items.length > 0);
        setText(foot, below);
        setClass(el, `place of-${name}${lit ? ' lit' : ''}`);
      },
    };
  };

  const stack = createPlace('stack');
  const ours = createPlace('ours');
  const microtasks = createPlace('microtasks');
  const macrotasks = createPlace('macrotasks');
  const promises = createPlace('promises');
  const places = h('div', { class: 'places' }, stack.el, ours.el, microtasks.el, macrotasks.el, promises.el);
  const devtools = h('button', { class: 'tool devtools', role: 'switch', 'aria-checked': 'false', title: t('queues.devtools.long'), click: () => act.devtools() }, t('queues.devtools'));
  root.replaceChildren(paneHead(text, 'queues', h('span', { title: t('queues.live') }, t('queues.live')), devtools), h('div', { class: 'body' }, track, places));

  /** What is known of a callback by its name in the run. @param {string} name */
  const about = (name) => (text.has(`job.${name}`) ? t(`job.${name}`) : '');

  /** @param {Frame} frame @param {Browser} browser @returns {Job[]} */
  const stackOf = (frame, browser) => {
    /** @type {Job[]} */
    const jobs = browser.stack.map((name, i) => ({ id: `${i} ${name}`, state: 'running', name, words: about(name) }));
    const { inferred } = browser.turn;
    if (jobs.length === 0 && inferred) {
      const { promise, reaction } = inferred;
      jobs.push({ id: 'inferred', state: 'running', name: reaction ?? t('queues.settler'), words: t(reaction == null ? 'queues.settles' : 'queues.reacts', { promise }), inferred: t('inferred.microtask') });
    }
    const { running } = frame;
    if (running) {
      const at = running.at;
      jobs.push({ id: `task ${running.task}`, state: 'running', name: t('queues.task', { task: running.task, name: running.name }), words: t('well.poll', { nth: running.nth, line: at ? at.line : 0, at: at ? 'yes' : 'no' }) });
    }
    jobs.reverse();
    if (jobs.length) jobs[0].on = true;
    return jobs;
  };

  return {
    update(frame, { state }) {
      const { browser } = frame;
      setAttr(devtools, 'aria-checked', String(state.inDevtools));
      // A run from a file is not made anew.
      setShown(devtools, state.file === undefined);
      if (!browser) return;
      const now = browser.turn;
      for (const { phase, el, shape, small, look } of turn) {
        const is = phase === now.phase;
        setClass(el, is ? (now.is_next ? 'next' : 'lit') : look);
        setAttr(el, 'aria-current', is && !now.is_next ? 'step' : undefined);
        setShown(shape, is && !now.is_next);
        if (!look) setText(small, is && now.inferred ? t('turn.inferred') : is && now.is_next ? t('turn.next') : '');
      }
      const jobs = stackOf(frame, browser);
      stack.update(jobs, t('queue.stack.foot', { n: jobs.length }), jobs.length > 0);

      /** @type {Job[]} */
      const ready = frame.ready.map((r) => ({ id: `ready ${r.task}`, state: 'ready', name: t('queues.task', { task: r.task, name: r.name }), words: t('woken', holderArgs(r.by, text)) }));
      /** @type {Job[]} */
      const asleep = frame.sleeping.map((s) => ({ id: `asleep ${s.task}`, state: 'pending', name: t('queues.task', { task: s.task, name: s.name }), words: wordsOf(text, s) }));
      if (asleep.length) asleep.unshift({ id: 'asleep', name: t('queues.asleep') });
      ours.update([...ready, ...asleep], t('queue.ours.foot', { ready: frame.ready.length + frame.ready_more, asleep: frame.sleeping.length + frame.sleeping_more }));

      /** @type {Job[]} */
      const drains = browser.microtasks.map(({ name }, i) => ({ id: `${i} ${name}`, state: 'ready', name, words: about(name) }));
      /** @type {Job[]} */
      const reactions = browser.promises.filter((p) => p.reaction_due).map((p) => ({ id: `reaction ${p.promise}`, state: 'ready', name: t('queues.reaction', { promise: p.promise }), words: t('queues.reaction.due'), inferred: t('inferred') }));
      microtasks.update([...reactions, ...drains], t('queue.ran', { n: frame.counters.microtasks }));
      setClass(places, `places${drains.length && ready.length ? ' drained' : ''}`);

      const timeouts = browser.macrotasks.map(({ name, due }, i) => {
        const late = due <= frame.time;
        return { id: `${i} ${name}`, state: late ? 'ready' : 'pending', name, words: `${about(name)}${about(name) ? ' · ' : ''}${t(late ? 'queues.late' : 'queues.due', { due })}` };
      });
      const others = [...browser.messages.map((name) => ({ name, state: 'ready', words: t('queues.message') })), ...browser.frames.map((name) => ({ name, state: 'pending', words: t('queues.frame') }))];
      macrotasks.update([...timeouts, ...others.map((job) => ({ id: job.name, ...job }))], t('queue.ran', { n: frame.counters.macrotasks }));

      promises.update(browser.promises.map((p) => ({
        id: String(p.promise), state: defaults.promise[p.state], name: p.name,
        words: t('queues.promise', { promise: p.promise, state: p.state, due: p.reaction_due ? 'yes' : 'no' }),
      })), '');
    },
    destroy: () => root.replaceChildren(),
  };
}
