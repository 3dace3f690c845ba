// The address: which scenario, with which parameters (a seed among them), changed in what, beside which other run, at
// which event. Reading it never fails.

/**
 * @typedef {object} Link
 * @property {string | undefined} scenario undefined for an address that names none
 * @property {Record<string, string>} params as written; the engine says what they are worth
 * @property {string} changes of the run, as the engine reads them; empty for none
 * @property {Record<string, string>} beside the parameters in which the run differs that it is compared with
 * @property {number} cursor
 * @property {'' | 'sweep'} show
 * @property {string} [unread] what stands where the event should, and cannot be read
 */

const LARGEST = 2 ** 32 - 1;

/** As much of what a link holds as is shown. @param {string} text */
export const brief = (text) => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

/**
 * @param {string} search
 * @returns {Link}
 */
export function readLink(search) {
  const query = new URLSearchParams(search);
  /** @type {Link} */
  const link = { scenario: query.get('s') ?? undefined, params: {}, changes: '', beside: {}, cursor: 0, show: '' };
  for (const [name, value] of query) {
    if (name === 's') continue;
    if (name === 'at') {
      if (/^\d{1,10}$/.test(value) && Number(value) <= LARGEST) link.cursor = Number(value);
      else link.unread ??= value;
    }
    else if (name === 'do') link.changes = value;
    else if (name === 'vs') {
      // What names no field is one that the engine does not know.
      const dot = value.includes('.') ? value.indexOf('.') : value.length;
      const field = value.slice(0, dot);
      if (field !== '__proto__') link.beside[field] = value.slice(dot + 1);
    } else if (name === 'show' && value === 'sweep') link.show = value;
    // As a prototype's name it would not become a property.
    else if (name !== '__proto__') link.params[name] = value;
  }
  return link;
}

/**
 * The address of a state: only what differs from the defaults.
 * @param {{ scenario: string, params: Record<string, string>, changes?: string, beside?: Record<string, string>, cursor: number, show: string }} state
 */
export function writeLink({ scenario, params, changes, beside = {}, cursor, show }) {
  const query = new URLSearchParams({ s: scenario, ...params });
  if (changes) query.set('do', changes);
  for (const [field, value] of Object.entries(beside)) query.append('vs', `${field}.${value}`);
  if (cursor > 0) query.set('at', String(cursor));
  if (show) query.set('show', show);
  return `?${query}`;
}

/** So many entries are written in so many ms: Safari allows 100 in 10 s and throws, Chromium 200 in 30 s and warns. */
const MOST = 60;
const WITHIN = 10_000;

/**
 * Keeps the browser's address in step. Moving the cursor replaces the entry, now and then; anything larger makes a new one.
 * The history may refuse: then the last address waits and is written later, and the page goes on.
 * @param {{ every?: number }} [options] ms between two replacements
 */
export function createAddress({ every = 300 } = {}) {
  /** @type {{ link: string, isNew: boolean } | undefined} */
  let waiting;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** When the last entries were written, the oldest first. @type {number[]} */
  let written = [];

  /** Whether it was written. @param {string} link @param {boolean} isNew */
  const write = (link, isNew) => {
    if (link === location.search) return true;
    const now = Date.now();
    written = written.filter((time) => now - time < WITHIN);
    if (written.length >= MOST) return false;
    written.push(now);
    try {
      if (isNew) history.pushState(null, '', link);
      else history.replaceState(null, '', link);
      return true;
    } catch {
      return false;
    }
  };

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (!waiting) return;
    if (write(waiting.link, waiting.isNew)) waiting = undefined;
    else timer = setTimeout(flush, WITHIN / 10);
  };

  return {
    flush,
    /** @param {string} link */
    replace(link) {
      // An entry that was refused is still to be made, with the newest address.
      waiting = { link, isNew: waiting?.isNew ?? false };
      timer ??= setTimeout(flush, every);
    },
    /** @param {string} link */
    push(link) {
      if (!waiting?.isNew) flush();
      waiting = { link, isNew: true };
      flush();
    },
    /** Forgets what was to be written: the address was changed from outside. */
    drop() {
      waiting = undefined;
    },
  };
}
