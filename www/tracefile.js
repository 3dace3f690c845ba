// A trace from a file, shown as scenarios are: on a stage of its own, under a name of its own in addresses. The bytes stay
// in this page; an address that names it elsewhere, or later, opens the place where a file is chosen.

/** @typedef {import('./types.js').Info} Info */
/** @typedef {import('./types.js').About} About */
/** @typedef {import('./types.js').Run} Run */

/** Its name in addresses. */
export const TRACE = 'trace';

/** The parts of the catalogues with words for kinds of events: some kinds are of few scenarios, and a file may have any. */
export const WORDS = [TRACE, 'inspector', 'state-machine', 'slots', 'queues'];

/** How the names of such files end. */
export const EXTENSION = '.pollscope';

/** What the page shows of a trace of which it knows nothing but what it says of itself. @param {Pick<About, 'files' | 'scenario'>} [about] nothing, where there is no file @returns {Info} */
export const infoOf = ({ files, scenario } = { files: [], scenario: '' }) => ({
  id: TRACE, part: 0, minutes: 0, pictured_to: undefined, kind: 'live', stage: 'trace', hero: 'lanes', module: 'first', live: undefined,
  of: scenario, files, shown_with: [], schema: { properties: {} }, question: { options: [] }, guess: 'choice', columns: [], sweeps: [], cures: [], crates: { columns: [], levels: [], rows: [] },
});

/** What can be read as it comes. @typedef {Pick<File, 'name' | 'stream'>} Source */

/** Asks for a file; none if none was chosen. @returns {Promise<File | undefined>} */
export function chooseFile() {
  const input = document.createElement('input');
  Object.assign(input, { type: 'file', accept: EXTENSION });
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve(input.files?.[0]));
    input.addEventListener('cancel', () => resolve(undefined));
    input.click();
  });
}

/** Leaves a run as a file. @param {Run} run @param {string} name */
export const saveFile = (run, name) => saveBlob(new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (run.bytes())], { type: 'application/octet-stream' }), `${name}${EXTENSION}`);

/** Leaves a file where the browser leaves files. @param {Blob} blob @param {string} name */
export function saveBlob(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/**
 * What hands over files with which the installed page was opened; not all browsers have it.
 * @typedef {{ setConsumer: (consumer: (launch: { files: readonly { getFile: () => Promise<File> }[] }) => void) => void }} LaunchQueue
 */

/** Tells of files that the system opens with this page, where it is installed. @param {(file: File) => void} onFile */
export function listenToLaunches(onFile) {
  const { launchQueue } = /** @type {{ launchQueue?: LaunchQueue }} */ (window);
  // Without files it was opened like any page. One that is gone by now is not to be had.
  launchQueue?.setConsumer(({ files }) => void files[0]?.getFile().then(onFile, console.error));
}

/** Tells of files that are dropped anywhere on the page. @param {(file: File) => void} onFile */
export function listenToDrops(onFile) {
  /** @param {DragEvent} event */
  const holdsFiles = (event) => event.dataTransfer?.types.includes('Files') ?? false;
  addEventListener('dragover', (event) => {
    if (holdsFiles(event)) event.preventDefault();
  });
  addEventListener('drop', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) onFile(file);
  });
}
