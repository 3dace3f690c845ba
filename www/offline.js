// The site without a network, as the page has it: `offline.worker.js` is put in place, and a line says what is kept. What was
// opened is kept by itself. All of the site, some megabytes, is kept when the reader asks, and not in idle time: who reads one
// page should not pay for all. Who installs it has asked.
//
// A later version says so, and comes with a reload; until then this page keeps its own files.

import { h } from './dom.js';
import { scriptUrl } from './trusted.js';

/** @typedef {import('./types.js').Text} Text */
/** @typedef {{ n: number, of: number, bytes: number }} Kept */
/**
 * What is said: nothing can be kept; so many files are; they are being fetched; one is not to be had.
 * @typedef {{ kind: 'asking' | 'none' } | { kind: 'some' | 'keeping' } & Kept | { kind: 'missing', file: string } & Kept} Status
 */

const MB = 1e6;

/**
 * @param {Text} text
 * @param {(words: string) => void} say aloud
 */
export function createOffline(text, say) {
  const line = h('div', { class: 'offline' });
  const later = h('aside', { class: 'newer', hidden: true });
  document.body.append(later);
  /** @type {Status} */
  let status = { kind: 'asking' };
  /** How many other pages are in the way of a later version; undefined where there is none. @type {number | undefined} */
  let others;
  /** @type {ServiceWorkerRegistration | undefined} */
  let registration;
  let isTaken = false;

  /** @param {object} message */
  const ask = (message) => registration?.active?.postMessage(message);
  const keepAll = () => {
    // A browser in want of room gives up what nobody asked to be kept.
    void navigator.storage?.persist?.().catch(() => {});
    ask({ keep: 'all' });
  };
  const take = () => {
    isTaken = true;
    if (registration?.waiting) registration.waiting.postMessage({ take: true });
    else location.reload();
  };

  /** @param {string} key @param {() => void} click */
  const button = (key, click) => h('button', { class: 'tool', 'data-does': key, click }, text.t(`offline.${key}`, status.kind === 'some' ? { mb: Math.ceil(status.bytes / MB) } : {}));
  /** @param {string} key @param {import('./text.js').Args} [args] */
  const sentence = (key, args) => h('p', {}, ...text.say(`offline.${key}`, args));

  const draw = () => {
    line.dataset.kept = status.kind;
    switch (status.kind) {
      case 'asking': line.replaceChildren(); break;
      case 'none': line.replaceChildren(sentence('none')); break;
      case 'some': {
        const isAll = status.n === status.of;
        line.replaceChildren(sentence(isAll ? 'all' : 'some'), ...(isAll ? [] : [button('keep', keepAll)]));
        break;
      }
      case 'keeping': line.replaceChildren(sentence('keeping', { n: status.n, of: status.of }), button('stop', () => { ask({ stop: true }); ask({ count: true }); })); break;
      case 'missing': line.replaceChildren(sentence('missing', { ...status }), button('again', keepAll)); break;
    }
    later.hidden = others === undefined;
    later.setAttribute('aria-label', text.t('offline.reload'));
    if (others !== undefined) later.replaceChildren(sentence(others ? 'others' : 'later', { n: others }), button('reload', take));
  };

  /** @param {Status} next */
  const show = (next) => {
    const hadFocus = line.contains(document.activeElement);
    const isSame = next.kind === status.kind && next.kind === 'keeping';
    status = next;
    // Not the button, while it is pressed.
    if (isSame) line.firstElementChild?.replaceChildren(...text.say('offline.keeping', { n: next.n, of: next.of }));
    else {
      draw();
      if (hadFocus) line.querySelector('button')?.focus();
    }
  };

  /** There is a later version, and so many other pages are in its way. @param {number} n */
  const tell = (n) => {
    others = n;
    draw();
    say(later.querySelector('p')?.textContent ?? '');
  };

  /** @param {MessageEvent} event */
  const hear = ({ data: { kept, missing, others: n, isKeeping } }) => {
    if (kept) show({ kind: isKeeping && kept.n < kept.of ? 'keeping' : 'some', ...kept });
    if (missing && 'of' in status) show({ ...status, kind: 'missing', file: missing });
    if (n !== undefined) {
      isTaken = false;
      tell(n);
    }
  };

  /** Says that there is a later version, once it is whole. */
  const look = () => {
    // The first one waits, too, for an instant.
    if (!registration?.waiting || !registration.active || others !== undefined) return;
    tell(0);
  };

  const begin = async () => {
    const container = navigator.serviceWorker;
    const hadController = container.controller !== null;
    container.addEventListener('message', hear);
    container.addEventListener('controllerchange', () => { if (isTaken) location.reload(); });
    registration = await container.register(/** @type {string} */ (scriptUrl('./offline.worker.js')));
    registration.addEventListener('updatefound', () => registration?.installing?.addEventListener('statechange', look));
    look();
    await container.ready;
    if (!hadController) ask({ claim: document.documentElement.dataset.version, keep: performance.getEntriesByType('resource').map(({ name }) => name) });
    ask({ count: true });
    if (matchMedia('(display-mode: standalone)').matches) ask({ keep: 'all' });
    addEventListener('appinstalled', keepAll);
  };
  draw();
  begin().catch(() => show({ kind: 'none' }));

  return {
    line,
    /** Says it in another language. @param {Text} spoken */
    speak(spoken) {
      text = spoken;
      draw();
    },
  };
}
