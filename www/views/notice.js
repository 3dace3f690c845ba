// The bar above the stage: what happened, what was kept, what to do. It also shows how far a long run is.

import { glyph, h, setAttr, setShown, setText } from '../dom.js';
import { fault } from './fault.js';

/** @typedef {import('../types.js').ShellDeps} Deps */
/** @typedef {import('../types.js').Shell} Shell */
/** @typedef {import('../store.js').Notice} Notice */

export const defaults = {};

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @returns {Shell}
 */
export function createNotice(root, { text, act, speech }) {
  const { t, say, number } = text;
  const sentence = h('p');
  const again = h('button', { class: 'tool', click: act.retry }, t('notice.again'));
  const dismiss = h('button', { class: 'tool', click: act.dismiss }, t('notice.dismiss'));
  const notice = h('div', { class: 'notice', hidden: true }, glyph('panicked'), sentence, again, dismiss);

  const bar = h('progress', { 'aria-label': t('working') });
  const how = h('span', { class: 'num' });
  const [what, stop] = [h('b'), h('button', { class: 'tool', click: act.stop }, t('working.stop'))];
  const working = h('div', { class: 'notice work', hidden: true }, what, bar, how, stop);
  root.replaceChildren(notice, working);

  /** @type {Notice | undefined} */
  let shown;
  return {
    update(state) {
      if (state.notice !== shown) {
        shown = state.notice;
        setShown(notice, shown !== undefined);
        if (shown) {
          const faults = (shown.faults ?? []).map((one) => fault(text, one));
          notice.classList.toggle('bad', shown.bad ?? false);
          sentence.replaceChildren(...say(shown.key, { ...shown.args, faults: faults.join('; ') }));
          setShown(again, shown.action === 'again');
          speech.say(sentence.textContent ?? '');
        }
      }
      setShown(working, state.working !== undefined);
      const drafted = typeof state.working === 'object' && 'come' in state.working ? state.working : undefined;
      // Of all else no end is known, which a bar without a value says.
      setAttr(bar, 'max', drafted?.of);
      setAttr(bar, 'value', drafted?.come);
      if (state.working === 'live' || state.working === 'fetching') {
        setText(what, t(`working.${state.working}`));
        setText(how, '');
      } else if (drafted) {
        setText(what, t('working.story'));
        setText(how, t('working.come', { ...drafted }));
      } else if (state.working && 'events' in state.working) {
        setText(what, t('working'));
        setText(how, t('working.how', { events: number(state.working.events) }));
      }
      setShown(stop, state.working !== 'live');
    },
    destroy: () => root.replaceChildren(),
  };
}
