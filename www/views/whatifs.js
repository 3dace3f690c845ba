// What could be changed at the cursor, by what it does; the run beside other parameters; and other orders of it.

import { h, keyedList, setAttr, setShown, setText } from '../dom.js';
import { isLiveChoice } from '../kinds.js';
import { fieldsOf } from '../schema.js';
import { createChip } from '../states.js';
import { fieldWords, valueWords } from '../words.js';
import { createOrdersView } from './orders.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').WhatIf} WhatIf */

export const defaults = { kinds: ['lose', 'panic', 'next', 'wake', 'fire', 'drop'] };

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createWhatIfs(root, deps) {
  const { text, act, info } = deps;
  const { t } = text;

  /** @param {WhatIf} one */
  const wordsOf = ({ kind, task, deadline }) => t(`what_if.${kind}.do`, { task, deadline });

  const groups = defaults.kinds.map((kind) => {
    const rows = h('ul');
    const el = h('section', { class: 'group', hidden: true }, h('h3', {}, t(`what_if.${kind}`)), rows);
    // The same button for the same thing at the next event: a reader who stepped keeps the focus.
    const list = keyedList(rows, (/** @type {WhatIf} */ one) => String(one.whom), (one) => {
      let { change } = one;
      const chip = createChip(text);
      const words = h('span');
      const button = h('button', { click: () => act.fork(change) }, ...(one.task ? [chip.el] : []), words);
      return {
        el: h('li', {}, button),
        update(now) {
          // It is another change at each event.
          ({ change } = now);
          setText(words, wordsOf(now));
          if (now.task) chip.update(now.task, now.state);
        },
      };
    });
    return { kind, el, list };
  });

  // A run is compared with one that can be made.
  const others = fieldsOf(info.schema).map((field) => ({ ...field, choices: field.choices.filter((choice) => !isLiveChoice(info, field.name, choice)) })).filter((field) => field.choices.length > 1).map((field) => {
    const buttons = field.choices.map((choice) => ({
      choice,
      el: h('button', { 'aria-pressed': 'false', click: (event) => {
        const isOn = /** @type {Element} */ (event.currentTarget).getAttribute('aria-pressed') === 'true';
        act.compareWith(isOn ? {} : { [field.name]: choice });
      } }, t('what_if.compared.do', { field: fieldWords(text, field.name), value: valueWords(text, field.name, choice) })),
    }));
    return { field, buttons };
  });
  const compared = h('section', { class: 'group wide', hidden: others.length === 0 }, h('h3', {}, t('what_if.compared')),
    h('ul', {}, ...others.flatMap((o) => o.buttons.map((b) => h('li', {}, b.el)))));

  const empty = h('p', { class: 'empty' });
  const orders = h('section', { class: 'group wide orders' });
  const ordersView = createOrdersView(orders, deps);
  root.replaceChildren(empty, h('div', { class: 'groups' }, ...groups.map((g) => g.el), orders, compared));

  let drawn = '';
  /** @type {unknown} */
  let of;
  return {
    update(frame, extra) {
      const { state, picture } = extra;
      const key = `${frame.cursor}`;
      if (key !== drawn || of !== picture.run) {
        [drawn, of] = [key, picture.run];
        const all = picture.whatIfs();
        for (const { kind, el, list } of groups) {
          const some = all.filter((one) => one.kind === kind);
          list(some);
          setShown(el, some.length > 0);
        }
        setShown(empty, all.length === 0);
        setText(empty, t(info.kind === 'live' ? 'what_if.live' : frame.ending ? 'what_if.over' : 'what_if.none'));
      }
      for (const { field, buttons } of others) {
        const own = state.params[field.name] ?? field.initial;
        for (const { choice, el } of buttons) {
          setShown(/** @type {HTMLElement} */ (el.parentElement), choice !== own);
          setAttr(el, 'aria-pressed', String(state.compared[field.name] === choice));
        }
      }
      ordersView.update(frame, extra);
    },
    destroy() {
      ordersView.destroy();
      root.replaceChildren();
    },
  };
}
