// Opening runs: from a link or from the form, computed by the engine, put on the stage. It keeps the one run
// that is shown, and frees the one before.

import { Trapped } from './engine.js';
import { fieldsOf, withoutDefaults } from './schema.js';
import { opened, set } from './store.js';
import { brief, readLink, writeLink } from './url.js';

/** @typedef {import('./types.js').Run} Run */
/** @typedef {import('./types.js').Info} Info */
/** @typedef {import('./types.js').Problem} Problem */
/** @typedef {import('./types.js').FieldError} FieldError */
/** @typedef {import('./store.js').Notice} Notice */

/**
 * A run that is wanted.
 * @typedef {object} Wanted
 * @property {Info} info
 * @property {Record<string, string>} params
 * @property {number} cursor
 * @property {Notice} [notice] to be shown with it
 * @property {'push' | 'replace'} how it enters the browser's history
 * @property {boolean} typed whether it comes from the form, which then says what is wrong
 */

/** A run that takes longer than this says how far it is, in ms. */
const PATIENCE = 150;

/** @param {unknown} error @returns {error is Problem} */
const isProblem = (error) => typeof error === 'object' && error !== null && 'kind' in error;

/**
 * @param {object} means
 * @param {import('./engine.js').Engine} means.engine
 * @param {import('./types.js').Manifest} means.manifest
 * @param {import('./store.js').Store} means.store
 * @param {ReturnType<typeof import('./url.js').createAddress>} means.address
 * @param {(busy: boolean) => void} means.onBusy
 */
export function createSession({ engine, manifest, store, address, onBusy }) {
  /** @type {Run | undefined} */
  let run;
  let controller = new AbortController();
  let latest = 0;

  /** @param {Wanted} want @param {FieldError[]} errors */
  const refuse = async (want, errors) => {
    if (want.typed) {
      store.apply(set({ errors, working: undefined }));
      onBusy(false);
      return;
    }
    const notice = { key: 'notice.bad_link', bad: true, errors };
    await compute({ ...want, params: {}, cursor: 0, notice, how: 'replace' });
  };

  /** @param {Wanted} want */
  const compute = async (want) => {
    const ticket = (latest += 1);
    controller.abort();
    controller = new AbortController();
    onBusy(true);
    // The first scenario is there to be read while its run is made.
    if (store.state.scenario === '') store.apply(set({ scenario: want.info.id }));
    const fields = fieldsOf(want.info.schema);
    const begun = performance.now();
    /** @param {number} done @param {number} events */
    const onProgress = (done, events) => {
      if (ticket === latest && performance.now() - begun > PATIENCE) store.apply(set({ working: { done, events } }));
    };
    const recording = want.info.kind === 'live' && setTimeout(() => {
      if (ticket === latest) store.apply(set({ working: 'live' }));
    }, PATIENCE);
    /** @type {Run} */
    let made;
    try {
      made = await engine.run(want.info, want.params, { onProgress, signal: controller.signal });
    } catch (error) {
      if (error instanceof Trapped) run = undefined;
      if (ticket !== latest) return;
      if (isProblem(error) && error.kind === 'fields') return refuse(want, error.errors);
      fail(error instanceof Trapped ? 'notice.trapped' : 'notice.failed');
      return;
    } finally {
      if (recording) clearTimeout(recording);
    }
    if (ticket !== latest) {
      engine.free(made);
      return;
    }
    if (run) engine.free(run);
    run = made;
    show(want, withoutDefaults(fields, want.params));
  };

  /** @param {Wanted} want @param {Record<string, string>} params */
  const show = (want, params) => {
    const length = /** @type {Run} */ (run).length;
    const beyond = want.cursor > length;
    // A live run is never twice as long: its end is as near as one can come.
    const live = want.info.kind === 'live';
    const notice = beyond ? { key: live ? 'notice.anew' : 'notice.beyond', args: { at: want.cursor, length }, bad: !live } : want.notice;
    const shown = {
      scenario: want.info.id, params, cursor: !beyond ? want.cursor : live ? length : 0, notice,
    };
    // The entry that is left keeps its own step; what the change of state would write belongs to the new one.
    if (want.how === 'push') address.flush();
    store.apply(opened(shown));
    address.drop();
    const link = writeLink(shown);
    if (want.how === 'push') address.push(link);
    else address.replace(link);
    address.flush();
    onBusy(false);
  };

  /** @param {string} key */
  const fail = (key) => {
    store.apply(set({ working: undefined, playing: false, notice: { key, bad: true, action: 'again' } }));
    onBusy(false);
  };

  return {
    get run() {
      return run;
    },

    /** Opens what an address names, as well as it can be read. @param {string} search */
    openLink(search) {
      const link = readLink(search);
      const first = manifest.scenarios[0];
      const info = link.scenario === undefined ? first : manifest.scenarios.find((s) => s.id === link.scenario);
      /** @type {Wanted} */
      const want = { info: info ?? first, params: {}, cursor: 0, how: 'replace', typed: false };
      if (!info) return compute({ ...want, notice: { key: 'notice.no_scenario', args: { id: brief(link.scenario ?? '') }, bad: true } });
      const { unread } = link;
      const notice = unread === undefined ? undefined : { key: 'notice.bad_part', args: { value: brief(unread) }, bad: true };
      return compute({ ...want, params: link.params, cursor: link.cursor, notice });
    },

    /** Opens what the form, the list or a key asks for. @param {{ scenario: string, params: Record<string, string> }} asked */
    open({ scenario, params }) {
      const info = manifest.scenarios.find((s) => s.id === scenario);
      if (info) return compute({ info, params, cursor: 0, how: 'push', typed: true });
    },

    /** Ends the run that is being computed; what it recorded is shown. */
    stop: () => controller.abort(),

    /**
     * Reads from the run; a trap costs it.
     * @template T
     * @param {() => T} read
     * @returns {T | undefined}
     */
    read: (read) => engine.read(read, (trapped) => {
      run = undefined;
      onBusy(true);
      trapped.then(() => fail('notice.trapped'), () => fail('notice.failed'));
    }),
  };
}

/** @typedef {ReturnType<typeof createSession>} Session */
