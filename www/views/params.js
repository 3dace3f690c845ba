// The form, made from the schema that the engine checks with. A change runs at once; what is wrong stays in the form, with
// what it may be beside each field, and the last good run stays on the stage.

import { glyph, h, setAttr, setClass, setShown } from '../dom.js';
import { letGo } from '../focus.js';
import { fieldsOf } from '../schema.js';
import { fault } from './fault.js';
import { listIn } from './list.js';

/** @typedef {import('../types.js').Deps} Deps */

export const defaults = {};

/** The row of a list, over the whole width. @param {import('../schema.js').Field} field @param {Deps} deps */
function listRow(field, deps) {
  const control = listIn(field, deps);
  const error = h('p', { class: 'field-error', hidden: true });
  return { field, control, error, el: h('div', { class: 'field listed' }, control.el, error) };
}

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 */
export function createParams(root, deps) {
  const { text, act, info, speech } = deps;
  const { t, has, number } = text;
  const fields = fieldsOf(info.schema);

  /** Enter in a field that was typed into is two events, one after the other: the change, which runs, and the submission. */
  let isChanging = false;

  const rows = fields.map((field) => {
    if (field.list.length) return listRow(field, deps);
    const id = `field-${field.name}`;
    let byMouse = false;
    const change = () => {
      isChanging = true;
      setTimeout(() => { isChanging = false; });
      act.change(field.name, control.value);
      // As with the radios: the next key is a step.
      if (byMouse) letGo(control);
    };
    const control = field.choices.length
      ? h('select', { id, change, pointerdown: () => { byMouse = true; }, keydown: () => { byMouse = false; } }, ...field.choices.map((c) => h('option', { value: c }, t(`choice.${field.name}.${c}`))))
      : h('input', { id, value: field.initial, inputmode: 'numeric', autocomplete: 'off', spellcheck: 'false', maxlength: 20, change });
    const range = h('small', { id: `${id}-range` }, field.range ? t('range', { min: number(field.range[0]), max: number(field.range[1]) }) : '');
    if (field.range) setAttr(control, 'aria-describedby', range.id);
    const box = h('span', { class: 'box' }, control, ...(field.unit ? [h('i', {}, has(`unit.${field.unit}`) ? t(`unit.${field.unit}`) : field.unit)] : []));
    const label = h('label', { for: id }, t(`field.${field.name}`));
    const error = h('p', { class: 'field-error', id: `${id}-error`, hidden: true });
    return { field, control, error, el: h('div', { class: 'field' }, h('div', { class: 'name' }, label, range), box, error) };
  });

  /** What is wrong with no field alone. */
  const whole = h('p', { class: 'field-error', hidden: true });
  root.replaceChildren(
    h('div', { class: 'label' }, h('span', {}, t('params')),
      h('button', { type: 'button', class: 'tool', click: act.again }, t('params.again')),
      h('button', { type: 'button', class: 'tool', click: act.reset }, t('params.reset'))),
    h('form', { class: 'fields', 'aria-label': t('pane.params'), submit: (event) => {
      event.preventDefault();
      if (!isChanging) act.again();
    } }, ...rows.map((r) => r.el), h('button', { class: 'vh', tabindex: -1, 'aria-hidden': 'true' }, t('params.again'))),
    whole,
  );

  /** @param {HTMLElement} el @param {string} sentence */
  const write = (el, sentence) => {
    setShown(el, sentence !== '');
    if (el.textContent !== sentence) el.replaceChildren(...(sentence ? [glyph('panicked'), h('span', {}, sentence)] : []));
  };

  /** @type {import('../types.js').FieldError[]} */
  let told = [];
  return {
    /** @param {unknown} _frame @param {{ state: import('../types.js').State }} extra */
    update(_frame, { state: { params, draft, errors } }) {
      /** @type {string[]} */
      const sentences = [];
      /** @param {import('../types.js').FieldError | undefined} error @param {string} last the last good value */
      const sentenceOf = (error, last) => {
        if (!error) return '';
        sentences.push(t('params.wrong', { fault: fault(text, error), last }));
        return sentences[sentences.length - 1];
      };
      for (const { field, control, error, el } of rows) {
        const good = params[field.name] ?? field.initial;
        const value = draft[field.name] ?? good;
        if ('set' in control) control.set(value);
        else if (control.value !== value && document.activeElement !== control) control.value = value;
        const sentence = sentenceOf(errors.find((e) => 'field' in e && e.field === field.name), good);
        write(error, sentence);
        setClass(el, `field${field.list.length ? ' listed' : ''}${sentence ? ' wrong' : ''}`);
        if ('set' in control) continue;
        setAttr(control, 'aria-invalid', sentence ? 'true' : undefined);
        setAttr(control, 'aria-errormessage', sentence ? error.id : undefined);
      }
      write(whole, sentenceOf(errors.find((e) => !('field' in e) || !rows.some(({ field }) => field.name === e.field)), ''));
      if (errors !== told && sentences.length) speech.say(sentences.join(' '));
      told = errors;
    },
    destroy: () => root.replaceChildren(),
  };
}
