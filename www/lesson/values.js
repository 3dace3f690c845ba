// The parameters as a sentence, in which the values can be changed: chosen, typed, or dragged. The form has all of them, and says
// what is wrong.

import { h, setAttr } from '../dom.js';
import { letGo } from '../focus.js';
import { fieldsOf, itemsOf, listOf } from '../schema.js';
import { valueWords } from '../words.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../schema.js').Field} Field */

/** A list of more is told by its ends. */
const MOST = 2;
/** Px that a number is dragged for one step of it. */
const STEP = 6;

/**
 * A number: typed, or dragged sideways.
 * @param {Field} field
 * @param {Deps} deps
 */
function numberIn(field, { text: { t }, act }) {
  const input = h('input', {
    class: 'val', inputmode: 'numeric', autocomplete: 'off', spellcheck: 'false', maxlength: 9, 'aria-label': t(`field.${field.name}`),
    change: () => act.change(field.name, input.value),
    input: () => fit(),
    keydown: (event) => {
      if (!(event instanceof KeyboardEvent)) return;
      if (event.key === 'Enter') letGo(input);
      if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
      event.preventDefault();
      turn(event.key === 'ArrowUp' ? 1 : -1);
      act.change(field.name, input.value);
    },
  });
  const fit = () => { input.style.width = `${Math.max(1, input.value.length) + 0.4}ch`; };
  /** @param {number} by */
  const turn = (by) => {
    const [least, most] = field.range ?? [0, Infinity];
    input.value = String(Math.max(least, Math.min(most, (Number(input.value) || 0) + by)));
    fit();
  };
  /** @type {{ x: number, from: number } | undefined} */
  let drag;
  input.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || document.activeElement === input) return;
    event.preventDefault();
    input.setPointerCapture(event.pointerId);
    drag = { x: event.clientX, from: Number(input.value) || 0 };
  });
  input.addEventListener('pointermove', (event) => {
    if (!drag) return;
    const by = Math.trunc((event.clientX - drag.x) / STEP);
    turn(drag.from + by - (Number(input.value) || 0));
  });
  input.addEventListener('pointerup', () => {
    const from = drag?.from;
    drag = undefined;
    if (from === undefined) return;
    if (Number(input.value) === from) {
      input.focus();
      input.select();
    } else act.change(field.name, input.value);
  });
  input.addEventListener('pointercancel', () => { drag = undefined; });
  const unit = field.unit ? ` ${field.unit}` : '';
  return { el: h('span', { class: 'nobr' }, input, unit), set: (/** @type {string} */ value) => { if (document.activeElement !== input && !drag) { input.value = value; fit(); } } };
}

/**
 * One of some phrases.
 * @param {Field} field
 * @param {Deps} deps
 */
function choiceIn(field, { text: { t, has }, act, info }) {
  const phrase = (/** @type {string} */ choice) => {
    const own = `scenario.${info.id}.with.${field.name}.${choice}`;
    return has(own) ? t(own) : t(`choice.${field.name}.${choice}`);
  };
  const select = h('select', { class: 'val', 'aria-label': t(`field.${field.name}`), change: () => {
    act.change(field.name, select.value);
    letGo(select);
  } }, ...field.choices.map((choice) => h('option', { value: choice }, phrase(choice))));
  // As wide as its phrase: a select is as wide as its widest one.
  const shown = h('span', { class: 'val', 'aria-hidden': 'true' });
  return {
    el: h('span', { class: 'choice' }, shown, select),
    set: (/** @type {string} */ value) => {
      select.value = value;
      shown.textContent = phrase(value);
    },
  };
}

/**
 * A list: it is changed in the form, which opens.
 * @param {Field} field
 * @param {Deps} deps
 */
function listIn(field, { text }) {
  const el = h('button', { type: 'button', class: 'val', 'aria-haspopup': 'true', click: () => {
    const form = document.getElementById(`field-${field.name}`);
    const details = form?.closest('details');
    if (details) details.open = true;
    /** @type {HTMLElement | null | undefined} */ (form?.querySelector('.item') ?? form)?.focus();
  } });
  return {
    el,
    set: (/** @type {string} */ value) => {
      const items = itemsOf(value);
      const brief = items.length > MOST ? [items[0], '…', items[items.length - 1]] : items;
      el.textContent = valueWords(text, field.name, listOf(brief));
      setAttr(el, 'aria-label', `${text.t(`field.${field.name}`)}: ${valueWords(text, field.name, value)}`);
    },
  };
}

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {View}
 */
export function createValues(root, deps) {
  const { text, info } = deps;
  const key = `scenario.${info.id}.with`;
  const fields = text.has(key) ? fieldsOf(info.schema) : [];
  const values = fields.map((field) => ({ field, ...(field.list.length ? listIn(field, deps) : field.choices.length ? choiceIn(field, deps) : numberIn(field, deps)) }));
  // What each value is called stands in the sentence: it is parted there, and the value put in its place.
  const marked = Object.fromEntries(values.map(({ field }) => [field.name, `\u0001${field.name}\u0001`]));
  // How a run comes about is said alike of every scenario that lets it be chosen.
  const parts = text.has(key) ? `${text.t(key, marked)}${info.live ? ` ${text.t('lesson.runs', marked)}` : ''}`.split('\u0001') : [];
  const sentence = h('p', { class: 'with' }, ...parts.map((part, i) => (i % 2 ? values.find(({ field }) => field.name === part)?.el ?? part : part)));
  root.append(sentence);
  // As the form begins: nothing moves when the run is there.
  for (const { field, set } of values) set(field.initial);
  return {
    update(_frame, { state: { params, draft, errors } }) {
      for (const { field, el, set } of values) {
        set(draft[field.name] ?? params[field.name] ?? field.initial);
        const isWrong = errors.some((error) => 'field' in error && error.field === field.name);
        setAttr(el, 'data-wrong', isWrong ? '' : undefined);
      }
    },
    destroy: () => sentence.remove(),
  };
}
