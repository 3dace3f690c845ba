// The address bar: written no more often than any engine's history allows, and later where it refuses. What an address
// says is the viewer's to read and write.

/** As much of what a link holds as is shown. @param {string} text */
export const brief = (text) => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

/** So many entries are written in so many ms: Safari allows 100 in 10 s and throws, Chromium 200 in 30 s and warns. */
const MOST = 60;
const WITHIN = 10_000;

/**
 * Gives an address, as it is when it is written: to name a moment of a long run takes a while.
 * @typedef {() => string} GetLink
 */

/**
 * Keeps the browser's address in step. Moving the cursor replaces the entry, now and then; anything larger makes a new one.
 * The history may refuse: then the address waits and is written later, and the page goes on.
 * @param {{ every?: number, isWritten?: boolean }} [options] ms between two replacements; whether it is written at all
 */
export function createAddress({ every = 300, isWritten = true } = {}) {
  /** @type {{ link: GetLink, isNew: boolean } | undefined} */
  let waiting;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** When the last entries were written, the oldest first. @type {number[]} */
  let written = [];

  /** Whether it was written. @param {GetLink} get @param {boolean} isNew */
  const write = (get, isNew) => {
    const now = Date.now();
    written = written.filter((time) => now - time < WITHIN);
    if (written.length >= MOST) return false;
    const link = get();
    if (link === location.search) return true;
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
    if (!waiting || !isWritten) return;
    const { link, isNew } = waiting;
    if (write(link, isNew)) waiting = undefined;
    else timer = setTimeout(flush, WITHIN / 10);
  };

  return {
    /** Writes what waits: before what it speaks of changes. */
    flush,
    /** @param {GetLink} link */
    replace(link) {
      // An entry that was refused is still to be made, with the newest address.
      waiting = { link, isNew: waiting?.isNew ?? false };
      timer ??= setTimeout(flush, every);
    },
    /** @param {GetLink} link */
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
