// Other orders of the run: how many are to be tried, how far it is, what they came to, and what was not tried.

import { h, setAttr, setShown, setText } from '../dom.js';
import { BUDGET } from '../explore.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../explore.js').Exploration} Exploration */

export const defaults = {
  /** Lines of an outcome that are shown. */
  lines: 4,
};

/** The lines that are not among others, as often as they are there. @param {string[]} lines @param {string[]} others */
function without(lines, others) {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createOrdersView(root, { text, act, speech }) {
  const { t, say } = text;
  const budget = h('input', { id: 'explore-budget', type: 'number', min: 1, max: BUDGET.most, value: BUDGET.usual, inputmode: 'numeric' });
  const inOrder = h('input', { id: 'explore-in-order', type: 'checkbox' });
  const run = h('button', { type: 'submit', class: 'act' }, t('explore.run'));
  const stop = h('button', { type: 'button', class: 'act', click: act.stopExploring }, t('explore.stop'));
  const form = h('form', { novalidate: true, submit: (event) => {
    event.preventDefault();
    const asked = Math.round(Number(budget.value));
    // What cannot be meant becomes what is usual.
    const n = Number.isFinite(asked) && asked >= 1 ? Math.min(asked, BUDGET.most) : BUDGET.usual;
    budget.value = String(n);
    act.explore({ budget: n, linesInOrder: inOrder.checked });
  } }, h('label', { for: 'explore-budget' }, t('explore.budget')), budget, h('label', { class: 'in-order' }, inOrder, t('explore.in_order')), run, stop);
  const bar = h('progress', { max: 1, 'aria-label': t('explore') });
  const how = h('span', { class: 'num' });
  const working = h('p', { class: 'working' }, bar, how);
  const verdict = h('p', { class: 'verdict' });
  const outcomes = h('ul', { class: 'outcomes' });
  root.replaceChildren(h('h3', {}, t('explore')), h('p', { class: 'about' }, t('explore.about')), form, working, verdict, outcomes);

  /** @param {Exploration} exploration */
  const sentences = ({ status, explored }) => {
    if (status === 'failed') return [t('explore.failed')];
    if (status === 'trapped') return say('explore.trapped', { n: explored?.schedules ?? 0 });
    if (!explored) return [];
    const { schedules, near, every, reduced, classes, orders, deviations, left, others, verdict } = explored;
    const parts = say('explore.ran', { n: every ? near : schedules, every: every ? 'yes' : 'no', stopped: status === 'stopped' ? 'yes' : 'no', verdict });
    // An estimate has two digits that mean something.
    const about = Number(orders.toPrecision(2));
    if (every) parts.push(' ', t('explore.whole'));
    else if (reduced) parts.push(' ', t('explore.reduced', { n: classes, about }));
    else parts.push(' ', t('explore.left', { deviations, left }), about > 0 ? ` ${t('explore.about_all', { about })}` : '');
    if (others) parts.push(' ', t('explore.others', { n: others }));
    return parts;
  };

  /** Some lines, with what is said of them. @param {string} key @param {string[]} lines */
  const linesOf = (key, lines) => {
    if (lines.length === 0) return [];
    const more = lines.length - defaults.lines;
    const said = lines.slice(0, defaults.lines).flatMap((line) => [h('code', {}, line), ' ']);
    return [' ', t(key), ' ', ...said, ...(more > 0 ? [t('more', { n: more })] : [])];
  };

  /** @param {import('../types.js').Explored} explored @param {boolean} linesInOrder */
  const rows = ({ outcomes: all, every }, linesInOrder) => all.map((outcome, i) => {
    const { ending, lines, schedules, orders, deviations, changes, is_shortest: isShortest } = outcome;
    const ended = t('explore.outcome', { why: ending.why, tasks: 'tasks' in ending ? ending.tasks : 0 });
    // Few lines are shown whole; of many, only what is not as in the queue's own order, unless that is what differs.
    const isWhole = i === 0 || linesInOrder || lines.length <= defaults.lines;
    const [only, missing] = isWhole ? [[], []] : [without(lines, all[0].lines), without(all[0].lines, lines)];
    const key = isShortest ? 'explore.open' : 'explore.open_known';
    return h('li', {},
      h('p', {}, h('b', {}, t('explore.outcome.count', { n: every ? orders : schedules, every: every ? 'yes' : 'no' })), ' ', ended, '; ', t('explore.lines', { n: lines.length }), '.',
        ...(isWhole ? linesOf('explore.prints', lines) : []), ...linesOf('explore.only', only), ...linesOf('explore.missing', missing)),
      i === 0 ? h('span', { class: 'muted' }, t('explore.own'))
        : h('button', { class: 'act', click: () => act.changed(changes) }, t(key, { n: deviations })));
  });

  /** @type {Exploration | undefined} */
  let shown;
  let isDrawn = false;
  return {
    update(_frame, { state }) {
      const { explored: exploration } = state;
      if (isDrawn && exploration === shown) return;
      const wasRunning = shown?.status === 'running';
      [shown, isDrawn] = [exploration, true];
      const isRunning = exploration?.status === 'running';
      const hadFocus = document.activeElement === run || document.activeElement === stop;
      setShown(run, !isRunning);
      setShown(stop, isRunning);
      if (hadFocus) (isRunning ? stop : run).focus();
      setShown(working, isRunning);
      const explored = exploration?.explored;
      if (exploration && isRunning) {
        const n = explored?.schedules ?? 0;
        setAttr(bar, 'value', n / exploration.budget);
        setText(how, t('explore.progress', { n, of: exploration.budget, workers: exploration.workers }));
      }
      verdict.replaceChildren(...(exploration && !isRunning ? sentences(exploration) : []));
      setShown(verdict, exploration !== undefined && !isRunning);
      if (wasRunning && !isRunning) speech.announce('orders', verdict.textContent ?? '');
      outcomes.replaceChildren(...(isRunning || !explored ? [] : rows(explored, exploration?.linesInOrder ?? false)));
    },
    destroy: () => root.replaceChildren(),
  };
}
