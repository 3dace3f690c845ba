// <poll-scope scenario="lost-wake" at="t1.p1">: a scenario inside any page, with one script and no other file before it is near the
// screen. What it shows first is a picture of the scenario's own run, made when the site was built, and its title; pressed, it is
// the scenario, in a frame.
//
//   scenario   which one
//   at         the moment that it opens at, as a link names it; without it, the beginning
//   params     its parameters, as a link has them: "leaf=keeps_waker&ring=20"
//   view       how much is told: story, polls or every
//   theme      light or dark; without it, as the text around it is
//   lang       en or ko; without it, that of the page
//
// What stands in the element is shown where no script runs, and until the picture is there: a link, or an image. Nothing is
// global but the element's name; it is styled by sheets of its own, which no policy for styles forbids.

import { LANGUAGES } from './languages.js';

/** @typedef {{ title: Record<string, string>, start: Record<string, string>, picture: [name: string, d: string][] }} Still */

const SITE = new URL('.', import.meta.url);
const VIEWS = ['polls', 'every'];
/** How far from the screen it is fetched. */
const NEAR = '400px';
/** The height of the frame until it says its own, in px. */
const HEIGHT = 440;

/** The element's own: colours and marks are the site's, and come with the first picture. */
const frameSheet = new CSSStyleSheet();
frameSheet.replaceSync(`
:host { display: block; margin-block: 1em; }
:host([hidden]) { display: none; }
iframe { display: block; width: 100%; border: 0; background: none; }
button { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 12px 16px; align-items: center; box-sizing: border-box; width: 100%; padding: 14px 16px; border: 1px solid var(--rule-firm); border-radius: 6px; background: var(--pane); color: var(--ink); font: 620 17px/1.3 var(--sans); text-align: start; cursor: pointer; }
button:hover { border-color: var(--ink); } button:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px; }
button > svg { grid-column: 1 / -1; width: 100%; height: auto; max-height: 240px; }
i { padding: 6px 16px; border-radius: 4px; background: var(--ink); color: var(--invert); font: 600 14px/1.4 var(--sans); white-space: nowrap; }
`);

/** The site's colours and the marks of its pictures, fetched once a page. @type {Promise<CSSStyleSheet> | undefined} */
let siteSheet;
const loadSheet = () => (siteSheet ??= fetch(new URL('embed/still.css', SITE)).then(async (found) => {
  if (!found.ok) throw new Error(`${found.status}: ${found.url}`);
  return new CSSStyleSheet().replace(await found.text());
}).catch((error) => {
  siteSheet = undefined;
  throw error;
}));

/** Whether the text there is light, as on a dark ground. @param {Element} el */
function isOnDark(el) {
  const [r = 0, g = 0, b = 0] = getComputedStyle(el).color.match(/[\d.]+/g)?.map(Number) ?? [];
  return 0.299 * r + 0.587 * g + 0.114 * b > 140;
}

class PollScope extends HTMLElement {
  static observedAttributes = ['scenario', 'at', 'params', 'view', 'theme', 'lang'];

  #root = this.attachShadow({ mode: 'open' });
  /** @type {HTMLIFrameElement | undefined} */
  #frame;
  /** Ends what is listened to. @type {AbortController | undefined} */
  #until;

  connectedCallback() {
    this.#until = new AbortController();
    const { signal } = this.#until;
    this.#root.adoptedStyleSheets = [frameSheet];
    this.#root.replaceChildren(document.createElement('slot'));
    this.#adopt();
    const near = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      near.disconnect();
      // Without it, what stands in the element stays.
      this.#still().catch(() => {});
    }, { rootMargin: NEAR });
    near.observe(this);
    const changed = new MutationObserver(() => this.#adopt());
    for (const el of [document.documentElement, document.body]) changed.observe(el, { attributeFilter: ['class', 'style', 'lang', 'data-theme'] });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#adopt(), { signal });
    addEventListener('message', ({ source, data }) => {
      const height = Object(Object(data).pollscope).height;
      if (source !== this.#frame?.contentWindow || !this.#frame || typeof height !== 'number' || !(height > 0 && height < 5000)) return;
      this.#frame.style.height = `${height}px`;
    }, { signal });
    signal.addEventListener('abort', () => {
      near.disconnect();
      changed.disconnect();
    });
  }

  disconnectedCallback() {
    this.#until?.abort();
    this.#frame = undefined;
  }

  /** @param {string} name */
  attributeChangedCallback(name) {
    if (!this.#until || this.#until.signal.aborted) return;
    if (name === 'theme' || name === 'lang') this.#adopt();
    else if (this.#frame) this.#frame.src = this.#address();
    else void this.#still().catch(() => {});
  }

  get #theme() {
    const asked = this.getAttribute('theme');
    return asked === 'light' || asked === 'dark' ? asked : isOnDark(this) ? 'dark' : 'light';
  }

  get #language() {
    const spoken = (this.closest('[lang]')?.getAttribute('lang') ?? navigator.language).slice(0, 2).toLowerCase();
    return LANGUAGES.find((language) => language === spoken) ?? 'en';
  }

  /** As the page around it is. */
  #adopt() {
    const [theme, language] = [this.#theme, this.#language];
    this.dataset.theme = theme;
    for (const el of this.#root.querySelectorAll('[data-en]')) el.textContent = el.getAttribute(`data-${language}`);
    if (this.#frame) this.#frame.title = this.#root.querySelector('[data-en]')?.textContent ?? '';
    this.#frame?.contentWindow?.postMessage({ pollscope: { theme, language } }, SITE.origin === 'null' ? '*' : SITE.origin);
  }

  #address() {
    const view = this.getAttribute('view') ?? '';
    const asked = new URLSearchParams(this.getAttribute('params') ?? '');
    const all = [['s', this.getAttribute('scenario') ?? ''], ...asked, ...(this.hasAttribute('at') ? [['at', this.getAttribute('at') ?? '']] : []),
      ...(VIEWS.includes(view) ? [['show', view]] : []), ['v', '2'], ['theme', this.#theme], ['lang', this.#language]];
    return `${SITE.href}?${all.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`).join('&')}&embed`;
  }

  /** The picture, the title, and the button that they are. */
  async #still() {
    const id = this.getAttribute('scenario') ?? '';
    const [found, sheet] = await Promise.all([fetch(new URL(`embed/${encodeURIComponent(id)}.json`, SITE)), loadSheet()]);
    if (!found.ok || this.#frame || id !== this.getAttribute('scenario')) return;
    const { title, start, picture } = /** @type {Still} */ (await found.json());
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', '0 0 112 40');
    svg.setAttribute('class', 'th');
    svg.setAttribute('aria-hidden', 'true');
    for (const [name, d] of picture) {
      const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
      path.setAttribute('class', name);
      path.setAttribute('d', d);
      svg.append(path);
    }
    const [name, go] = ['span', 'i'].map((tag) => document.createElement(tag));
    for (const [el, words] of /** @type {const} */ ([[name, title], [go, start]])) for (const language of LANGUAGES) el.setAttribute(`data-${language}`, words[language]);
    const button = document.createElement('button');
    button.append(svg, name, go);
    button.addEventListener('click', () => this.#open());
    this.#root.adoptedStyleSheets = [sheet, frameSheet];
    this.#root.replaceChildren(button);
    this.#adopt();
  }

  /** The scenario in place of its picture. */
  #open() {
    const frame = document.createElement('iframe');
    frame.src = this.#address();
    frame.title = this.#root.querySelector('[data-en]')?.textContent ?? '';
    frame.style.height = `${HEIGHT}px`;
    // What it asks for and may do.
    frame.allow = 'clipboard-write';
    this.#frame = frame;
    this.#root.replaceChildren(frame);
    frame.addEventListener('load', () => {
      this.#adopt();
      frame.focus();
    }, { once: true });
  }
}

if (!customElements.get('poll-scope')) customElements.define('poll-scope', PollScope);
