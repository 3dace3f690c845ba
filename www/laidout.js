// What a view has to know of where things lie, as to bring a line into sight: asked in one go before the next paint, when all views
// are drawn. Asked while they are drawn, it would make the browser lay out the page again for each.

/** What waits, the last of each view. @type {Map<object, () => void>} */
const waiting = new Map();

/**
 * Calls `look` once all views are drawn; in place of what the same view asked for before.
 * @param {object} view
 * @param {() => void} look
 */
export function onceLaidOut(view, look) {
  // The last to ask is the last to be called.
  waiting.delete(view);
  waiting.set(view, look);
  if (waiting.size > 1) return;
  requestAnimationFrame(() => {
    const all = [...waiting.values()];
    waiting.clear();
    for (const one of all) one();
  });
}
