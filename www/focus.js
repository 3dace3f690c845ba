// Where the keyboard is. What has the focus may be drawn anew, be hidden, or go: then its like has it, or else what stands in
// its place, and never the page as such, from where a reader would begin again.

const CONTROLS = 'a[href], button, input, select, textarea, summary, [tabindex]';

/** Whether it can have the focus. @param {Element} el */
const isSeen = (el) => el.isConnected && el.checkVisibility({ visibilityProperty: true }) && !el.matches(':disabled');

/** A place that outlives what stands in it, by a name; which of its controls an element is; and what opens it. @typedef {{ name: string, nth: number, openers: Element[] }} Place */

/** The places that an element stands in, the innermost first. @param {Element} el */
function placesOf(el) {
  /** @type {Place[]} */
  const places = [];
  for (let at = /** @type {HTMLElement | null} */ (el); at && at !== document.body; at = at.parentElement) {
    const name = at.id ? `#${CSS.escape(at.id)}` : at.dataset.pane ? `[data-pane="${at.dataset.pane}"]` : '';
    if (!name) continue;
    const openers = [...(at.id ? document.querySelectorAll(`[aria-controls="${CSS.escape(at.id)}"]`) : [])];
    const isOpened = (/** @type {Element} */ one) => one.getAttribute('aria-expanded') === 'true';
    places.push({ name, nth: [...at.querySelectorAll(CONTROLS)].indexOf(el), openers: openers.sort((a, b) => Number(isOpened(b)) - Number(isOpened(a))) });
  }
  return places;
}

/** What takes the focus in a place; none where nothing can. @param {Place} place */
function heirIn({ name, nth, openers }) {
  const at = document.querySelector(name);
  if (!at || !isSeen(at)) return openers.find(isSeen);
  if (at.matches(CONTROLS) && nth < 0) return at;
  const all = [...at.querySelectorAll(CONTROLS)];
  const [before, after] = [all.slice(0, nth + 1).reverse(), all.slice(nth + 1)];
  return [...before, ...after].find((el) => isSeen(el) && /** @type {HTMLElement} */ (el).tabIndex >= 0) ?? (at.matches(CONTROLS) ? at : undefined);
}

/** What says where one is. */
const heading = () => document.querySelector('#stage h1') ?? document.querySelector('#stage');

/** @param {Element | null | undefined} el */
const give = (el) => { if (el instanceof HTMLElement) el.focus({ preventScroll: !el.matches('h1') }); };

/**
 * Makes a change, and sees to what had the focus before it.
 * @param {() => void} change
 * @param {() => boolean} [isElsewhere] whether it led to another scenario: then the way on begins at its title
 */
export function keepFocus(change, isElsewhere = () => false) {
  const had = document.activeElement;
  if (!had || had === document.body) return change();
  const places = placesOf(had);
  change();
  const now = document.activeElement;
  // Hidden, it keeps the focus until the browser looks next.
  if (isSeen(had) || (now !== had && now !== document.body)) return;
  if (isElsewhere()) return give(heading());
  give(places.map(heirIn).find((el) => el !== undefined) ?? heading());
}

/** A field lets go of the keyboard: the next key is a step. @param {Element} el */
export function letGo(el) {
  give(el.parentElement?.closest('[tabindex="-1"]') ?? heading());
}

/** Leads to a place of the page. @param {string} selector */
export function leadTo(selector) {
  const el = document.querySelector(selector);
  if (!(el instanceof HTMLElement)) return;
  el.focus();
  el.scrollIntoView({ block: 'nearest' });
}
