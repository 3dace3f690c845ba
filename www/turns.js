// Long work on the page's thread, in pieces: frames, keys and the button that stops it have their turn between them.

/** A piece takes no longer than this, in ms, where it can be left. */
export const PIECE = 12;

/** The page's turn: what waits for the thread goes first. */
export const turn = () => new Promise((/** @type {(value: void) => void} */ go) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    go();
  };
  port2.postMessage(undefined);
});

/** What gives the page its turn whenever a piece has taken its time. */
export function createTurns() {
  let begun = performance.now();
  return async () => {
    if (performance.now() - begun < PIECE) return;
    await turn();
    begun = performance.now();
  };
}
