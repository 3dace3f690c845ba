// What can be saved of what is shown: a picture of a view, the run in words, the run itself. Fetched when somebody asks.

import { repaint } from '../canvas.js';
import { h } from '../dom.js';
import { saveBlob } from '../tracefile.js';
import { waiting } from '../waiting.js';
import { png, snapshot } from './snapshot.js';
import { asMarkdown, asText } from './words.js';

/** @typedef {import('../types.js').Text} Text */

/** Of a picture, in px. */
const WIDTHS = { least: 200, most: 8000 };

/** The views that are on the page: the large picture of a lesson, and each pane. @param {Text} text */
function viewsOf({ t }) {
  return [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.stage .hero, .stage .pane, .stage .story'))]
    .filter((el) => el.checkVisibility() && el.getBoundingClientRect().height > 20)
    .map((el) => ({ el, name: el.querySelector('h2')?.textContent || el.getAttribute('aria-label') || t('saving.view') }))
    .sort((a, b) => Number(b.el.matches('.hero')) - Number(a.el.matches('.hero')));
}

/** What a view looks like in a theme, from one moment to the next: nobody sees it. @template T @param {string} theme @param {() => T} take @returns {T} */
function inTheme(theme, take) {
  const { dataset } = document.documentElement;
  const before = dataset.theme;
  const isOther = theme !== before;
  const turn = (/** @type {string | undefined} */ to) => {
    dataset.theme = to;
    // Colours on their way are there at once.
    for (const animation of document.getAnimations()) if (animation instanceof CSSTransition) animation.finish();
    repaint();
  };
  if (isOther) turn(theme);
  try {
    return take();
  } finally {
    if (isOther) turn(before);
  }
}

/**
 * @param {object} means
 * @param {Text} means.text
 * @param {string} means.name what files are called
 * @param {string} means.title of what is shown
 * @param {() => import('./words.js').Told | undefined} means.told the run, if there is one
 * @param {(() => void) | undefined} means.saveRun leaves the run as a file that this page opens
 */
export function showSaving({ text, name, title, told, saveRun }) {
  const { t } = text;
  document.querySelector('dialog.saving')?.remove();
  const views = viewsOf(text);
  const view = h('select', {}, ...views.map(({ name: said }, i) => h('option', { value: i }, said)));
  /** @param {string} group @param {[value: string, words: string, isOn: boolean][]} all */
  const choice = (group, all) => h('span', { class: 'seg', role: 'radiogroup', 'aria-label': t(`saving.${group}`) },
    ...all.map(([value, words, checked]) => h('label', {}, h('input', { type: 'radio', name: group, value, checked }), h('span', {}, words))));
  const isDark = document.documentElement.dataset.theme === 'dark';
  const themes = choice('theme', [['light', t('saving.light'), !isDark], ['dark', t('saving.dark'), isDark]]);
  const kinds = choice('kind', [['svg', 'SVG', true], ['png', 'PNG', false]]);
  const width = h('input', { type: 'number', min: WIDTHS.least, max: WIDTHS.most, step: 1, inputmode: 'numeric' });
  const problem = h('p', { class: 'error', role: 'alert', hidden: true });
  const own = () => { width.value = String(Math.ceil((views[Number(view.value)]?.el.getBoundingClientRect().width ?? 768) + 32)); };
  view.addEventListener('change', own);
  own();

  let stopping = new AbortController();
  /** Saves, one thing at a time: another one takes its place. @param {(pause: () => Promise<void>) => Promise<void>} save */
  const attempt = (save) => async () => {
    problem.hidden = true;
    stopping.abort();
    stopping = new AbortController();
    const { signal } = stopping;
    const pause = () => new Promise((/** @type {(value: void) => void} */ go, fail) => { setTimeout(() => (signal.aborted ? fail(signal.reason) : go()), 0); });
    try {
      await waiting(dialog, text, 'waits.saving', save(pause), () => stopping.abort());
    } catch (error) {
      if (signal.aborted) return;
      console.warn(error);
      problem.hidden = false;
      problem.textContent = t('saving.failed');
    }
  };
  const picture = attempt(async (pause) => {
    const chosen = views[Number(view.value)];
    const wide = width.valueAsNumber;
    if (!(wide >= WIDTHS.least && wide <= WIDTHS.most)) {
      problem.hidden = false;
      problem.textContent = t('saving.width.range', WIDTHS);
      width.focus();
      return;
    }
    const [theme, kind] = ['theme', 'kind'].map((group) => /** @type {HTMLInputElement} */ (dialog.querySelector(`[name="${group}"]:checked`)).value);
    const made = inTheme(theme, () => snapshot(chosen.el, { title: `${title}: ${chosen.name}`, width: wide }));
    const blob = kind === 'png' ? await png(made) : new Blob([made.text], { type: 'image/svg+xml' });
    await pause();
    saveBlob(blob, `${name}.${kind}`);
  });
  /** @param {(told: import('./words.js').Told) => Promise<string>} say @param {string} ending @param {string} type */
  const words = (say, ending, type) => attempt(async (pause) => {
    const run = told();
    if (run) saveBlob(new Blob([await say({ ...run, pause })], { type: `${type};charset=utf-8` }), `${name}.${ending}`);
  });

  const close = h('button', { class: 'tool', click: () => dialog.close() }, t('keys.done'));
  const dialog = h('dialog', { class: 'keys saving', 'aria-labelledby': 'saving-title', close: () => { stopping.abort(); dialog.remove(); } },
    h('header', {}, h('h2', { id: 'saving-title' }, t('saving.title')), close),
    ...(views.length ? [h('form', { novalidate: true, submit: (event) => { event.preventDefault(); void picture(); } },
      h('h3', {}, t('saving.picture')),
      h('label', {}, h('span', {}, t('saving.view')), view),
      h('div', { class: 'row' }, themes, kinds, h('label', {}, h('span', {}, t('saving.width')), width, h('span', {}, 'px'))),
      h('button', { class: 'does', 'data-does': 'picture' }, t('saving.do')))] : []),
    ...(told() ? [h('section', {}, h('h3', {}, t('saving.run')), h('div', { class: 'row' },
      h('button', { class: 'does', 'data-does': 'text', click: words(asText, 'txt', 'text/plain') }, t('saving.text')),
      h('button', { class: 'does', 'data-does': 'markdown', click: words(asMarkdown, 'md', 'text/markdown') }, 'Markdown'),
      ...(saveRun ? [h('button', { class: 'does', 'data-does': 'run', title: t('rail.save.long'), click: saveRun }, t('saving.trace'))] : [])))] : []),
    problem);
  document.body.append(dialog);
  dialog.showModal();
}
