// What may move by itself: nothing where the reader wants less motion, and nothing while nobody looks.

const reduced = matchMedia('(prefers-reduced-motion: reduce)');

export const motion = {
  /** Whether the reader wants less of it: it may be turned on and off while the page is open. */
  get isReduced() {
    return reduced.matches;
  },
  /** Whether the page cannot be seen. */
  get isHidden() {
    return document.hidden;
  },
  /** @param {() => void} listener is called when either changes @returns {() => void} what ends it */
  watch(listener) {
    const listeners = new AbortController();
    const { signal } = listeners;
    reduced.addEventListener('change', listener, { signal });
    document.addEventListener('visibilitychange', listener, { signal });
    return () => listeners.abort();
  },
};
