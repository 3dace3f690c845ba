// What a link asks for and what comes of it: what is left out of one that a scenario refuses in part, and what is said then.
// All else of it is kept, and nothing takes the place of what is left out. Links are values; their grammar is the viewer's.

import { brief } from './url.js';

/** @typedef {import('./types.js').Info} Info */
/** @typedef {import('./types.js').Link} Link */
/** @typedef {import('./types.js').Fault} Fault */
/** @typedef {import('./types.js').FieldError} FieldError */

/** Whether a run is compared with another one. @param {Link} link */
export const comparesWith = ({ changes, vs }) => changes !== '' || vs.length > 0;

/** How the run is shown, and what besides it. @param {Info} info @param {Link} link @returns {import('./store.js').State['show']} */
export function shownBesides(info, { show }) {
  if (info.stage === 'trace') return 'all';
  switch (show) {
    case 'sweep': return info.stage === 'staffings' ? show : '';
    case 'all': return show;
    case 'polls':
    case 'every': return info.kind === 'untraced' ? '' : show;
    default: return '';
  }
}

/**
 * The link without what was refused of it.
 * @param {import('./engine.js').Engine} engine
 * @param {Link} link
 * @param {FieldError[]} errors
 * @param {boolean} ofOther whether the run was refused that this one is compared with
 */
export function leaveOut(engine, link, errors, ofOther) {
  let rest = link;
  for (const error of errors) {
    if (!('field' in error)) rest = { ...rest, changes: '' };
    else if (ofOther) rest = { ...rest, vs: rest.vs.filter(([field]) => field !== error.field) };
    else rest = engine.leaveOut(rest, error.field, error.kind !== 'unknown');
  }
  // The same would be refused again, and again.
  if (JSON.stringify(rest) === JSON.stringify(link)) throw new Error(`refused for what the link does not say: ${JSON.stringify(errors)}`);
  return rest;
}

/**
 * What is said of a link that did not open all that it says.
 * @param {Info} info
 * @param {Link} link
 * @param {Fault[]} faults what was left out of it
 * @param {boolean} exact whether the run has the moment
 * @returns {import('./store.js').Notice | undefined}
 */
export function faultsOf(info, link, faults, exact) {
  const at = brief(link.at ?? '');
  // A live run is never twice the same: that a moment does not come again is no fault of the link.
  if (!exact && info.kind === 'live' && faults.length === 0) return { key: 'notice.anew', args: { at } };
  /** @type {Fault[]} */
  const all = exact ? faults : [...faults, { kind: 'no_moment', value: at }];
  if (all.length === 0) return undefined;
  // What is not known here harms nothing: often it is not meant for the page.
  return { key: 'notice.bad_link', faults: all, bad: all.some((fault) => fault.kind !== 'unknown') };
}
