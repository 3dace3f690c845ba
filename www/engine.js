// The engine: what makes runs, and the one viewer in which they are shown. What passes between the two are bytes.

import { compiled } from './instance.js';
import { flat } from './jobs.js';
import { record } from './live.js';
import { createRunner } from './runner.js';
import { trapOf } from './traps.js';
import { createTurns } from './turns.js';
import { loadViewer } from './viewer.js';

/** @typedef {import('./types.js').Run} Run */
/** @typedef {import('./types.js').Info} Info */
/** @typedef {import('./runner.js').Reason} Reason */

/** @typedef {{ run: Run, reason?: Reason }} Made a run, and what cut it off, where its own last event does not say so */

/** So many bytes of a file are read at once. */
const BITE = 16 << 10;

/** A run was cut off before its first event. */
export class CutOff extends Error {
  /** @param {Reason} reason */
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/** Bytes are no trace, or none that this program reads. */
export class Unreadable extends Error {
  /** @param {import('./types.js').Damage} damage */
  constructor(damage) {
    super(damage.kind);
    this.damage = damage;
  }
}

/**
 * Loads and starts it.
 * @param {import('./runner.js').Runner} [own] what makes its runs
 */
export async function loadEngine(own = createRunner()) {
  const viewer = await loadViewer();

  return {
    compare: viewer.compare,
    readLink: viewer.readLink,
    writeLink: viewer.writeLink,
    leaveOut: viewer.leaveOut,
    addChange: viewer.addChange,
    mergeExplored: viewer.mergeExplored,
    restart: viewer.restart,

    /** Makes what runs a scenario ready, as soon as it is known that it will be wanted. @param {Info} info */
    async warm(info) {
      await (info.kind === 'deterministic' ? own.load(info.module) : compiled.get(info.module));
    },

    /**
     * Reads a run from a file, as its bytes come, and as far as they are good. Without a file, one without an event.
     * Throws `Unreadable` where nothing comes of it.
     * @param {import('./tracefile.js').Source | undefined} file
     * @param {{ onEvents: (events: number) => void, signal: AbortSignal }} options
     * @returns {Promise<Made & { damage?: import('./types.js').Damage, about?: import('./types.js').About }>}
     */
    async read(file, { onEvents, signal }) {
      const run = viewer.begin();
      try {
        if (!file) {
          run.close();
          return { run };
        }
        await readInto(run, file.stream(), onEvents, signal);
        const damage = run.damage();
        if (damage && run.length === 0) throw new Unreadable(damage);
        run.close();
        return { run, damage, about: run.about() };
      } catch (error) {
        run.free();
        throw error;
      }
    },

    /**
     * Makes a run. One that is stopped is kept as far as it came; one that is superseded is ended.
     * Throws a `Problem` where scenario, parameters or changes are wrong, and `CutOff` where nothing came of it.
     * @param {Info} info
     * @param {Record<string, string>} params as they were typed
     * @param {{ title?: string, changes?: string, onEvents?: (events: number) => void, signal?: AbortSignal, runner?: import('./runner.js').Runner, inDevtools?: boolean }} [options]
     *   `inDevtools` shows the tasks of a live run there, and `runner` is in place of the one whose runs supersede each other
     * @returns {Promise<Made>}
     */
    async run(info, params, { title = '', changes = '', onEvents, signal, runner = own, inDevtools = false } = {}) {
      const run = viewer.begin();
      let isOver = false;
      /** @param {Uint8Array | undefined} chunk */
      const append = (chunk) => {
        if (!chunk || isOver) return;
        const events = run.append(chunk);
        onEvents?.(events);
      };
      try {
        const asked = { scenario: info.id, title, params: flat(params), changes };
        const { reason } = info.kind === 'live'
          ? await record(info.module, info.id, title, asked.params, append, { signal, inDevtools })
          : await runner.begin(info.module, 'run', asked, { onSign: ({ chunk }) => append(chunk), signal });
        isOver = true;
        const hadEnded = run.close(reason === 'clock' ? undefined : reason);
        if (reason && run.length === 0) throw new CutOff(reason);
        // That a person stopped it, its end says.
        return { run, reason: reason !== 'clock' && (hadEnded || reason === 'stopped') ? undefined : reason };
      } catch (error) {
        isOver = true;
        run.free();
        throw error;
      }
    },
  };
}

/**
 * @param {Run} run
 * @param {ReadableStream<Uint8Array>} stream
 * @param {(events: number) => void} onEvents
 * @param {AbortSignal} signal ends it
 */
async function readInto(run, stream, onEvents, signal) {
  const reader = stream.getReader();
  const turn = createTurns();
  for (;;) {
    const { done, value } = await reader.read();
    if (done || signal.aborted) return void reader.cancel();
    // Some browsers hand out megabytes at a time.
    for (let at = 0; at < value.length && !signal.aborted; at += BITE) {
      try {
        onEvents(run.append(value.subarray(at, at + BITE)));
      } catch (error) {
        // What is wrong with the bytes, the run says; a trap is another matter.
        if (trapOf(error)) throw error;
        return void reader.cancel();
      }
      await turn();
    }
  }
}

/** @typedef {Awaited<ReturnType<typeof loadEngine>>} Engine */
