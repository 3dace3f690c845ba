// What if, old and new, and why: one pane beside the code with a tab for each. It is fetched when it is first opened.

import { chordOf } from '../chord.js';
import { h, icon, setAttr, setShown } from '../dom.js';
import { createOutlineLater } from '../stages/outlined.js';
import { createCompare } from './compare.js';
import { createFindings } from './findings.js';
import { createWhatIfs } from './whatifs.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').State} State */

export const defaults = { tabs: /** @type {const} */ (['what_if', 'compare', 'findings', 'outline']) };

const VIEWS = { what_if: createWhatIfs, compare: createCompare, findings: createFindings, outline: createOutlineLater };

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @param {{ stands?: boolean }} [options] whether it stands there by itself, and is opened and closed by what is around it: then it shows what is
 * found, or else what can be asked, until a tab is chosen
 * @returns {View & { hide: () => void }}
 */
export function createInspector(root, deps, { stands = false } = {}) {
  const { text: { t }, act, speech, info } = deps;
  // A live run cannot be made again: there is nothing to change in it, and none to compare it with.
  const tabs = defaults.tabs.filter((name) => info.kind === 'deterministic' || name === 'findings' || name === 'outline').map((name) => {
    const panel = h('div', { class: `body ${name}`, role: 'tabpanel', id: `inspector-${name}`, 'aria-labelledby': `tab-${name}` });
    const tab = h('button', { role: 'tab', id: `tab-${name}`, 'aria-controls': panel.id, click: () => act.inspector(name) }, t(`tab.${name}`));
    return { name, tab, panel, view: VIEWS[name](panel, deps) };
  });
  const shown = () => tabs.filter((one) => !one.tab.hidden);
  const list = h('div', { class: 'tabs', role: 'tablist', 'aria-label': t('tabs'), keydown: (event) => {
    if (!(event instanceof KeyboardEvent)) return;
    const chord = chordOf(event);
    const by = chord === 'ArrowRight' ? 1 : chord === 'ArrowLeft' ? -1 : 0;
    if (!by) return;
    event.preventDefault();
    const all = shown();
    const to = all[(all.findIndex((one) => one.tab === document.activeElement) + by + all.length) % all.length];
    act.inspector(to.name);
    to.tab.focus();
  } }, ...tabs.map((one) => one.tab));
  const close = h('button', { class: 'tool', 'aria-label': t('what_if.close'), title: t('what_if.close'), click: () => act.inspector('') }, icon('close'));
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    if (stands || event.key !== 'Escape' || event.defaultPrevented || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    act.inspector('');
  };
  root.addEventListener('keydown', onKey);
  root.replaceChildren(h('header', {}, list, ...(stands ? [] : [close])), ...tabs.map((one) => one.panel));

  /** @type {State['inspector']} */
  let open = '';
  return {
    update(frame, extra) {
      const { state: { inspector: asked }, picture } = extra;
      const inspector = asked || (stands ? picture.found.length ? 'findings' : tabs[0].name : '');
      for (const { name, tab, panel, view } of tabs) {
        const isOn = name === inspector;
        setShown(tab, name !== 'compare' || picture.before !== undefined);
        setAttr(tab, 'aria-selected', String(isOn));
        setAttr(tab, 'tabindex', isOn ? 0 : -1);
        setShown(panel, isOn);
        if (isOn) view.update(frame, extra);
      }
      // The next Tab, or Enter, is for what was opened. A pane that came by itself, with a run, does not take the focus; and
      // a reader outside of the stage, where language and scenario are changed, is told.
      if (asked !== open) {
        const [before, now] = [open, tabs.find((one) => one.name === asked)];
        open = asked;
        const isAsked = now && !(before === '' && asked === 'compare') && !list.contains(document.activeElement) && !now.panel.contains(document.activeElement);
        if (isAsked && document.activeElement?.closest('#bar, #rail, #notices, #changes')) speech.say(t('said.opened', { pane: t(`tab.${now.name}`) }));
        else if (isAsked) {
          const first = now.panel.querySelector('li:not([hidden]) button, button:not([hidden])');
          (first instanceof HTMLElement && first.checkVisibility() ? first : now.tab).focus({ preventScroll: true });
        }
      }
    },
    hide() {
      open = '';
    },
    destroy() {
      root.removeEventListener('keydown', onKey);
      for (const { view } of tabs) view.destroy();
      root.replaceChildren();
    },
  };
}
