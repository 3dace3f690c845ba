// What a finding says in the code: the line at which the mistake is written, the line that it lacks, and the cure by one press. The
// line that is lacking is read off the cured program: what stands there before the same line, and here nowhere.

import { glyph, h } from '../dom.js';
import { fieldsOf, holds } from '../schema.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').Extra} Extra */
/** @typedef {import('../types.js').Finding} Finding */
/** @typedef {import('../types.js').Frame} Frame */
/** @typedef {{ file: string, line: number }} At */

/** @param {string} source */
const linesOf = (source) => source.replace(/\n$/, '').split('\n');

/**
 * The lines before one that another program has there, and this one nowhere.
 * @param {string} source
 * @param {number} line counted from 1
 * @param {string} cured
 */
export function lacking(source, line, cured) {
  const [own, other] = [linesOf(source), linesOf(cured)];
  const known = new Set(own.map((text) => text.trim()));
  const accused = own[line - 1]?.trim();
  const ends = other.flatMap((text, i) => (text.trim() === accused ? [i] : []));
  for (const end of ends) {
    let from = end;
    while (from > 0 && other[from - 1]?.trim() && !known.has(other[from - 1]?.trim() ?? '')) from -= 1;
    if (from < end) return other.slice(from, end);
  }
  return [];
}

/**
 * @param {HTMLElement} root in which the files of the code are
 * @param {Deps} deps
 */
export function createAccusation(root, { text, act, info }) {
  const { t } = text;
  const initial = new Map(fieldsOf(info.schema).map((field) => [field.name, field.initial]));
  /** What was changed by the cure that was tried, as it was before. @type {{ cured: Record<string, string>, before: Record<string, string> } | undefined} */
  let tried;
  let drawn = '';
  /** @type {Element[]} */
  let put = [];
  /** The file in which it stands. @type {Element | null} */
  let stands = null;

  const clear = () => {
    for (const el of put) el.remove();
    for (const line of root.querySelectorAll('.ln.bad')) line.classList.remove('bad');
    put = [];
  };

  /** @param {string} name */
  const fileOf = (name) => root.querySelector(`.source[data-file="${CSS.escape(name)}"]`);

  /** The file that is shown in this one's place with these values. @param {Record<string, string>} fields @param {Record<string, string>} params */
  const curedFile = (fields, params) => {
    const value = (/** @type {string} */ field) => fields[field] ?? params[field] ?? initial.get(field);
    const with_ = info.shown_with.find(({ fields: wanted, files }) => files.length && wanted.some(([field]) => field in fields) && wanted.every(([field, is]) => holds(value(field), is)));
    return info.files.find(({ name }) => with_?.files.includes(name));
  };

  /** @param {Finding} finding @param {At} at @param {Extra} extra */
  const draw = (finding, at, { state }) => {
    const file = fileOf(at.file);
    const line = file?.querySelectorAll('.ln:not(.plus)')[at.line - 1];
    if (!file || !line) return null;
    line.classList.add('bad');
    const cure = info.cures.find((one) => one.finding === finding.cause.kind);
    const fields = /** @type {Record<string, string>} */ (Object.fromEntries(cure?.fields ?? []));
    const source = info.files.find(({ name }) => name === at.file)?.source ?? '';
    const other = cure && curedFile(fields, state.params);
    for (const missing of other ? lacking(source, at.line, other.source) : []) {
      const plus = h('span', { class: 'ln plus', 'data-n': '+' }, h('span', { class: 'vh' }, t('accuse.plus')), missing);
      line.before(plus);
      put.push(plus);
    }
    const said = h('span', { class: 'accuse' }, glyph('panicked'), h('b', {}, t(`accuse.${finding.cause.kind}`)), ' ', h('span', { class: 'spot' }, `${at.file}:${at.line}`));
    if (cure) {
      const before = Object.fromEntries(Object.keys(fields).map((field) => [field, state.params[field] ?? initial.get(field) ?? '']));
      said.append(h('button', { class: 'cureb', click: () => {
        tried = { cured: fields, before };
        act.cure(fields);
      } }, t('accuse.cure')));
    }
    file.querySelector('.file')?.append(said);
    put.push(said);
    return file;
  };

  /** Where the cure was tried: the way back. @param {Extra} extra */
  const drawBack = ({ state }) => {
    const values = Object.entries(tried?.cured ?? {});
    if (!tried || !values.every(([field, value]) => (state.params[field] ?? initial.get(field)) === value)) return null;
    const { before, cured } = tried;
    const file = fileOf(curedFile(cured, state.params)?.name ?? '') ?? root.querySelector('.source:not([hidden])');
    const said = h('span', { class: 'accuse' }, t('accuse.cured'), h('button', { class: 'cureb quiet', click: () => act.cure(before) }, t('accuse.back')));
    file?.querySelector('.file')?.append(said);
    put.push(said);
    return file;
  };

  return {
    /**
     * The file with the line that is to blame, or with the cure; none where nothing is found yet.
     * @param {Frame} frame
     * @param {Extra} extra
     * @returns {Element | null}
     */
    update({ cursor }, extra) {
      const finding = extra.picture.found.find(({ at, cursor: known }) => at && known <= cursor && fileOf(at.file));
      const at = finding?.at;
      const key = JSON.stringify([finding?.cursor, at, extra.state.params, extra.state.changes]);
      if (key !== drawn) {
        drawn = key;
        clear();
        stands = finding && at ? draw(finding, at, extra) : drawBack(extra);
      }
      return stands;
    },
    destroy: clear,
  };
}
