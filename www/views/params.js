// The form, made from the schema that the engine checks with. A change runs at once; what is wrong stays in
// the form, with what it may be beside it, and the last good run stays on the stage.

import { glyph, h, setAttr, setShown, setText } from '../dom.js';
import { fieldsOf } from '../schema.js';
import { fault } from './fault.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../schema.js').Field} Field */

export const defaults = {};

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 */
export function createParams(root, { text, act, info }) {
  const { t, has, number } = text;
  const fields = fieldsOf(info.schema);

  /** Enter in a field that was typed into is two events, one after the other: the change, which runs, and the submission. */
  let isChanging = false;

  const rows = fields.map((field) => {
    const id = `field-${field.name}`;
    let byMouse = false;
    const change = () => {
      isChanging = true;
      setTimeout(() => { isChanging = false; });
      act.change(field.name, control.value);
      // As with the radios: the next key is a step.
      if (byMouse) control.blur();
    };
    const control = field.choices.length
      ? h('select', { id, change, pointerdown: () => { byMouse = true; }, keydown: () => { byMouse = false; } }, ...field.choices.map((c) => h('option', { value: c }, t(`choice.${field.name}.${c}`))))
      : h('input', { id, value: field.initial, inputmode: 'numeric', autocomplete: 'off', spellcheck: 'false', maxlength: 20, change });
    const range = h('small', { id: `${id}-range` }, field.range ? t('range', { min: number(field.range[0]), max: number(field.range[1]) }) : '');
    if (field.range) setAttr(control, 'aria-describedby', range.id);
    const box = h('span', { class: 'box' }, control, ...(field.unit ? [h('i', {}, has(`unit.${field.unit}`) ? t(`unit.${field.unit}`) : field.unit)] : []));
    const label = h('label', { for: id }, t(`field.${field.name}`));
    return { field, control, el: h('div', { class: 'field' }, h('div', { class: 'name' }, label, range), box) };
  });

  const error = h('p', { class: 'field-error', id: 'field-error', role: 'alert', hidden: true });
  root.replaceChildren(
    h('div', { class: 'label' }, h('span', {}, t('params')),
      h('button', { type: 'button', class: 'tool', click: act.again }, t('params.again')),
      h('button', { type: 'button', class: 'tool', click: act.reset }, t('params.reset'))),
    h('form', { class: 'fields', 'aria-label': t('pane.params'), submit: (event) => {
      event.preventDefault();
      if (!isChanging) act.again();
    } }, ...rows.map((r) => r.el), h('button', { class: 'vh', tabindex: -1, 'aria-hidden': 'true' }, t('params.again'))),
    error,
  );

  return {
    /** @param {unknown} _frame @param {{ state: import('../types.js').State }} extra */
    update(_frame, { state }) {
      /** @param {Field} field */
      const good = (field) => state.params[field.name] ?? field.initial;
      for (const { field, control } of rows) {
        const value = state.draft[field.name] ?? good(field);
        if (control.value !== value && document.activeElement !== control) control.value = value;
        const wrong = state.errors.some((e) => 'field' in e && e.field === field.name);
        setAttr(control, 'aria-invalid', wrong ? 'true' : undefined);
        setAttr(control, 'aria-errormessage', wrong ? error.id : undefined);
      }
      setShown(error, state.errors.length > 0);
      const [first] = state.errors;
      if (!first) return;
      const field = fields.find((f) => 'field' in first && f.name === first.field);
      const sentence = t('params.wrong', { fault: fault(text, first), last: field ? good(field) : '' });
      if (error.lastElementChild?.textContent !== sentence) error.replaceChildren(glyph('panicked'), h('span', {}, sentence));
    },
    destroy: () => root.replaceChildren(),
  };
}
