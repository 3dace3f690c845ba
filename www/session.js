// Opening runs: from a link or from the form, computed by the engine, put on the stage. It keeps the one run
// that is shown, or the one thing that runs without a trace, and frees the one before.

import { Trapped, Unfetched } from './instance.js';
import { fieldsOf, withoutDefaults } from './schema.js';
import { opened, sawShare, set } from './store.js';
import { brief, readLink, writeLink } from './url.js';

/** @typedef {import('./types.js').Run} Run */
/** @typedef {import('./types.js').Info} Info */
/** @typedef {import('./types.js').Live} Live */
/** @typedef {import('./types.js').Stage} Stage */
/** @typedef {import('./types.js').Problem} Problem */
/** @typedef {import('./types.js').FieldError} FieldError */
/** @typedef {import('./store.js').Notice} Notice */

/**
 * A run that is wanted.
 * @typedef {object} Wanted
 * @property {Info} info
 * @property {Record<string, string>} params
 * @property {number} cursor
 * @property {import('./store.js').State['show']} show
 * @property {Notice} [notice] to be shown with it
 * @property {'push' | 'replace'} how it enters the browser's history
 * @property {boolean} typed whether it comes from the form, which then says what is wrong
 */

/** A run that takes longer than this says how far it is, in ms. */
const PATIENCE = 150;

/** @param {Run | Live} made @returns {made is Live} */
const isLive = (made) => 'close' in made;

/** @param {unknown} error @returns {error is Problem} */
const isProblem = (error) => typeof error === 'object' && error !== null && 'kind' in error;

/**
 * @param {object} means
 * @param {import('./engine.js').Engine} means.engine
 * @param {import('./types.js').Manifest} means.manifest
 * @param {import('./store.js').Store} means.store
 * @param {ReturnType<typeof import('./url.js').createAddress>} means.address
 * @param {(info: Info) => Promise<Stage>} means.prepare fetches what showing a scenario takes
 * @param {(busy: boolean) => void} means.onBusy
 */
export function createSession({ engine, manifest, store, address, prepare, onBusy }) {
  /** @type {Run | undefined} */
  let run;
  /** @type {Live | undefined} */
  let live;
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
    const prepared = prepare(want.info);
    // The first scenario is there to be read while its run is made.
    prepared.then(() => {
      if (ticket === latest && store.state.scenario === '') store.apply(set({ scenario: want.info.id }));
    }, () => {});
    const fields = fieldsOf(want.info.schema);
    const begun = performance.now();
    /** @param {number} done @param {number} events */
    const onProgress = (done, events) => {
      if (ticket === latest && performance.now() - begun > PATIENCE) store.apply(set({ working: { done, events } }));
    };
    const recording = want.info.kind === 'live' && setTimeout(() => {
      if (ticket === latest) store.apply(set({ working: 'live' }));
    }, PATIENCE);
    /** @type {Run | Live} */
    let made;
    try {
      made = await (want.info.kind === 'untraced'
        ? begin(want, ticket, await prepared)
        : engine.run(want.info, want.params, { onProgress, signal: controller.signal }));
      // Again, for the language may have changed meanwhile; as a rule all is there.
      await prepare(want.info);
    } catch (error) {
      if (run && !engine.holds(run)) run = undefined;
      if (ticket !== latest) return;
      if (isProblem(error) && error.kind === 'fields') return refuse(want, error.errors);
      const unfetched = error instanceof Unfetched;
      // Nothing was shown yet: there is no page to put a notice on.
      if (unfetched && store.state.scenario === '') throw error;
      fail(error instanceof Trapped ? 'notice.trapped' : unfetched ? 'notice.fetch' : 'notice.failed');
      return;
    } finally {
      if (recording) clearTimeout(recording);
    }
    if (ticket !== latest) {
      free(made);
      return;
    }
    free(run ?? live);
    run = live = undefined;
    if (isLive(made)) live = made;
    else run = made;
    show(want, withoutDefaults(fields, want.params));
  };

  /** @param {Run | Live | undefined} made */
  const free = (made) => {
    if (!made) return;
    if (isLive(made)) made.close();
    else engine.free(made);
  };

  /** Begins what runs without a trace, once its parameters are found good. @param {Wanted} want @param {number} ticket @param {Stage} stage */
  const begin = async (want, ticket, stage) => {
    await engine.check(want.info, want.params);
    if (!stage.begin) throw new Error(`nothing begins ${want.info.id}`);
    // There is one fast module at a time: what runs in it ends before another begins.
    live?.close();
    live = undefined;
    return stage.begin({
      info: want.info,
      params: want.params,
      trapped() {
        live?.close();
        live = undefined;
        if (ticket === latest) fail('notice.trapped');
      },
      ended() {
        if (ticket === latest) store.apply(set({ playing: false }));
      },
      seen(share) {
        if (ticket === latest) store.apply(sawShare(share));
      },
    });
  };

  /** @param {Wanted} want @param {Record<string, string>} params */
  const show = (want, params) => {
    const length = run?.length ?? 0;
    // What has no trace has no steps: there is none to be at.
    const beyond = run !== undefined && want.cursor > length;
    // A live run is never twice as long: its end is as near as one can come.
    const anew = want.info.kind === 'live';
    const notice = beyond ? { key: anew ? 'notice.anew' : 'notice.beyond', args: { at: want.cursor, length }, bad: !anew } : want.notice;
    const cursor = !beyond && run ? want.cursor : anew ? length : 0;
    const playing = live !== undefined && !live.waits && !matchMedia('(prefers-reduced-motion: reduce)').matches;
    const show = want.info.stage === 'staffings' ? want.show : '';
    const shown = { scenario: want.info.id, params, cursor, notice, playing, show };
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

    /** What runs without a trace, if that is what is on the stage. */
    get live() {
      return live;
    },

    /** Opens what an address names, as well as it can be read. @param {string} search */
    openLink(search) {
      const link = readLink(search);
      const first = manifest.scenarios[0];
      const info = link.scenario === undefined ? first : manifest.scenarios.find((s) => s.id === link.scenario);
      /** @type {Wanted} */
      const want = { info: info ?? first, params: {}, cursor: 0, show: link.show, how: 'replace', typed: false };
      if (!info) return compute({ ...want, notice: { key: 'notice.no_scenario', args: { id: brief(link.scenario ?? '') }, bad: true } });
      const { unread } = link;
      const { scenario, params, show } = store.state;
      const isSame = run && info.id === scenario && JSON.stringify(withoutDefaults(fieldsOf(info.schema), link.params)) === JSON.stringify(params);
      // What is shown besides came or went, and the run stays.
      if (isSame && !unread && link.show !== show) {
        store.apply(set({ show: link.show }));
        return Promise.resolve();
      }
      const notice = unread === undefined ? undefined : { key: 'notice.bad_part', args: { value: brief(unread) }, bad: true };
      return compute({ ...want, params: link.params, cursor: link.cursor, notice });
    },

    /** Opens what the form, the list or a key asks for. @param {{ scenario: string, params: Record<string, string> }} asked */
    open({ scenario, params }) {
      const info = manifest.scenarios.find((s) => s.id === scenario);
      const show = scenario === store.state.scenario ? store.state.show : '';
      if (info) return compute({ info, params, cursor: 0, show, how: 'push', typed: true });
    },

    /** Ends the run that is being computed; what it recorded is shown. */
    stop: () => controller.abort(),

    /**
     * Reads from the run; a trap costs it.
     * @template T
     * @param {() => T} read
     * @returns {T | undefined}
     */
    read: (read) => engine.read(run, read, (trapped) => {
      run = undefined;
      onBusy(true);
      trapped.then(() => fail('notice.trapped'), () => fail('notice.failed'));
    }),
  };
}

/** @typedef {ReturnType<typeof createSession>} Session */
