// A list of choices in the form: each item a step further in than the one before. Items are dragged, or moved by up and down; Delete
// takes one out, and what is not in it can be added.

import { h, setShown } from '../dom.js';
import { countAbove, hold } from '../held.js';
import { itemsOf, listOf, moved } from '../schema.js';
import { fieldWords, valueWords } from '../words.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../schema.js').Field} Field */

/**
 * @param {Field} field
 * @param {Deps} deps
 */
export function listIn(field, { text, act, speech }) {
  const { t } = text;
  const id = `field-${field.name}`;
  const word = (/** @type {string} */ item) => valueWords(text, field.name, item);
  const list = h('ol', {});
  const add = h('select', { 'aria-label': `${fieldWords(text, field.name)}: ${t('list.add')}`, change: () => {
    if (add.value) ask([...items, add.value], add.value);
  } });
  const empty = h('p', { class: 'none' }, word('none'));
  const how = h('small', { id: `${id}-how` }, t('list.how'));
  const el = h('div', { class: 'list', id, role: 'group', 'aria-label': fieldWords(text, field.name), tabindex: -1 },
    h('div', { class: 'name' }, h('b', {}, fieldWords(text, field.name)), how), list, empty, h('div', { class: 'box' }, add));

  /** @type {string[]} */
  let items = [];
  let drawn = '';
  /** The item that is to have the focus when it is drawn anew. @type {string | undefined} */
  let focused;

  /** @param {string[]} to @param {string} [item] that was moved, or added */
  const ask = (to, item) => {
    focused = item ?? to[0];
    act.change(field.name, listOf(to));
    if (item) speech.say(t('list.moved', { item: word(item), nth: to.indexOf(item) + 1, n: to.length }));
  };
  /** @param {string} item @param {number} to */
  const move = (item, to) => {
    const from = items.indexOf(item);
    if (to !== from && to >= 0 && to < items.length) ask(moved(items, from, to), item);
  };
  /** @param {string} item */
  const remove = (item) => ask(items.filter((one) => one !== item));

  /** @param {string} item @param {number} i */
  const rowOf = (item, i) => {
    const grip = h('button', {
      type: 'button', class: 'item', 'aria-label': t('list.place', { item: word(item), nth: i + 1, n: items.length }), 'aria-describedby': how.id, 'data-item': item,
      keydown: (event) => {
        if (!(event instanceof KeyboardEvent)) return;
        const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (by === undefined && event.key !== 'Delete' && event.key !== 'Backspace') return;
        event.preventDefault();
        if (by === undefined) remove(item);
        else move(item, items.indexOf(item) + by);
      },
    }, word(item));
    const row = h('li', {}, grip, h('button', { type: 'button', class: 'out', tabindex: -1, 'aria-label': t('list.remove', { item: word(item) }), click: () => remove(item) }, '×'));
    row.style.setProperty('--in', String(i));
    drag(grip, row, item);
    return row;
  };

  /** Lets an item be dragged over the others: where it is let go, there it stands. @param {HTMLElement} grip @param {HTMLElement} row @param {string} item */
  function drag(grip, row, item) {
    grip.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      const from = event.clientY;
      hold(grip, event, (y) => {
        row.style.translate = `0 ${y - from}px`;
        row.dataset.held = '';
      }, (y) => {
        row.style.translate = '';
        delete row.dataset.held;
        if (y !== undefined && Math.abs(y - from) > 3) move(item, countAbove([...list.children].filter((other) => other !== row), y));
      });
    });
  }

  return {
    el,
    /** @param {string} value */
    set(value) {
      if (value === drawn) return;
      drawn = value;
      const had = el.contains(document.activeElement);
      items = itemsOf(value).filter((item) => field.list.includes(item));
      list.replaceChildren(...items.map(rowOf));
      const rest = field.list.filter((item) => !items.includes(item));
      add.replaceChildren(h('option', { value: '' }, t('list.add')), ...rest.map((item) => h('option', { value: item }, word(item))));
      setShown(empty, items.length === 0);
      setShown(/** @type {HTMLElement} */ (add.parentElement), rest.length > 0);
      if (had) (/** @type {HTMLElement | null} */ (list.querySelector(`[data-item="${CSS.escape(focused ?? '')}"]`)) ?? add).focus();
    },
  };
}
