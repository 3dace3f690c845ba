// Opening runs: from a link, from the form, or with a change; computed by the engine, put on the stage. It keeps the
// one run that is shown and the one that it is compared with, or the one thing that runs without a trace, and frees
// those before, and whatever came of a run that is not wanted any more.

import { CutOff } from './engine.js';
import { Unfetched } from './fetch.js';
import { fieldsOf, withoutDefaults } from './schema.js';
import { opened, sawShare, set } from './store.js';
import { trapOf } from './traps.js';
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
 * @property {string} changes what is changed in the run
 * @property {Record<string, string>} beside the parameters in which the run differs that it is compared with
 * @property {number} cursor
 * @property {boolean} [parts] whether the cursor is to be right after the first difference from the run before
 * @property {import('./store.js').State['show']} show
 * @property {Notice} [notice] to be shown with it
 * @property {'push' | 'replace'} how it enters the browser's history
 * @property {boolean} typed whether it comes from the form, which then says what is wrong
 */

/** @typedef {{ scenario: string, params: Record<string, string> } & Partial<Pick<Wanted, 'changes' | 'beside' | 'cursor' | 'parts'>>} Asked */

/** Whether a run is compared with another one. @param {Pick<Wanted, 'changes' | 'beside'>} want */
const comparesWith = ({ changes, beside }) => changes !== '' || Object.keys(beside).length > 0;

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
 * @param {(info: Info, compared: boolean) => Promise<Stage>} means.prepare fetches what showing a scenario takes, and what speaks of another run
 * @param {(busy: boolean) => void} means.onBusy
 */
export function createSession({ engine, manifest, store, address, prepare, onBusy }) {
  /** @type {Run | undefined} */
  let run;
  /** What it is compared with. @type {Run | undefined} */
  let other;
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
    await compute({ ...want, params: {}, changes: '', beside: {}, cursor: 0, notice, how: 'replace' });
  };

  /**
   * The run, and the one that it is compared with: under the other parameters, or without the changes.
   * @param {Wanted} want
   * @param {{ onEvents: (events: number) => void, signal: AbortSignal }} options
   * @param {() => boolean} isWanted
   * @returns {Promise<{ run: Run, other?: Run, reason?: import('./runner.js').Reason }>}
   */
  const both = async ({ info, params, changes, beside }, options, isWanted) => {
    const first = await engine.run(info, params, { ...options, changes });
    if (!comparesWith({ changes, beside }) || !isWanted()) return first;
    try {
      const { run: other } = await engine.run(info, { ...params, ...beside }, options);
      return { ...first, other };
    } catch (error) {
      first.run.free();
      throw error;
    }
  };

  /** @param {Wanted} want */
  const compute = async (want) => {
    const ticket = (latest += 1);
    const isWanted = () => ticket === latest;
    // A live run is recorded anew each time, and what has no trace has no events: there is nothing to change.
    if (want.info.kind !== 'deterministic' && comparesWith(want)) {
      const field = want.changes ? 'do' : 'vs';
      return refuse(want, [{ kind: 'unknown', field }]);
    }
    controller.abort();
    controller = new AbortController();
    onBusy(true);
    const prepared = prepare(want.info, comparesWith(want));
    // The first scenario is there to be read while its run is made.
    prepared.then(() => {
      if (isWanted() && store.state.scenario === '') store.apply(set({ scenario: want.info.id }));
    }, () => {});
    const begun = performance.now();
    /** @param {number} events */
    const onEvents = (events) => {
      if (isWanted() && performance.now() - begun > PATIENCE) store.apply(set({ working: { events } }));
    };
    const working = setTimeout(() => {
      if (isWanted() && want.info.kind !== 'untraced') store.apply(set({ working: want.info.kind === 'live' ? 'live' : { events: 0 } }));
    }, PATIENCE);
    /** @type {{ run?: Run, other?: Run, live?: Live, reason?: import('./runner.js').Reason }} */
    let made = {};
    try {
      if (want.info.kind === 'untraced') made = { live: await begin(want, ticket, await prepared) };
      else made = await both(want, { onEvents, signal: controller.signal }, isWanted);
      // Again, for the language may have changed meanwhile; as a rule all is there.
      await prepare(want.info, comparesWith(want));
      if (!isWanted()) return;
      const { run: shown } = made;
      const from = shown && want.parts ? divergence(shown, run) ?? divergence(shown, made.other) : undefined;
      for (const old of [run, other, live]) free(old);
      ({ run, other, live } = made);
      const { reason } = made;
      made = {};
      const at = want.parts ? Math.min(from === undefined ? want.cursor : from + 1, shown?.length ?? 0) : want.cursor;
      const notice = want.notice ?? (reason && cutOff(reason));
      show({ ...want, cursor: at, notice }, withoutDefaults(fieldsOf(want.info.schema), want.params));
    } catch (error) {
      if (!isWanted()) return;
      if (isProblem(error) && error.kind === 'fields') return refuse(want, error.errors);
      const isUnfetched = error instanceof Unfetched;
      // Nothing was shown yet: there is no page to put a notice on.
      if (isUnfetched && store.state.scenario === '') throw error;
      if (!isUnfetched && !(error instanceof CutOff)) console.error(error);
      fail(error instanceof CutOff ? cutOff(error.reason) : { key: isUnfetched ? 'notice.fetch' : 'notice.failed' });
    } finally {
      clearTimeout(working);
      // What another one has superseded, or what failed, is shown by nobody.
      for (const left of [made.run, made.other, made.live]) free(left);
      if (isWanted()) onBusy(false);
    }
  };

  /** @param {Run} one @param {Run | undefined} another */
  const divergence = (one, another) => {
    if (!another) return undefined;
    const comparison = engine.compare();
    const at = comparison.divergesFrom(one, another);
    comparison.free();
    return at;
  };

  /** What is said of a run that was cut off. @param {import('./runner.js').Reason} reason @returns {Notice} */
  const cutOff = (reason) => ({ key: `notice.${reason}`, bad: true, action: 'again' });

  /** @param {Run | Live | undefined} made */
  const free = (made) => {
    if (!made) return;
    if ('free' in made) made.free();
    else made.close();
  };

  /** Begins what runs without a trace. @param {Wanted} want @param {number} ticket @param {Stage} stage */
  const begin = async (want, ticket, stage) => {
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
        if (ticket === latest) fail(cutOff('trapped'));
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
    const { missed = 0 } = run ?? {};
    const found = want.notice ?? (missed ? { key: 'notice.missed', args: { n: missed } } : undefined);
    const notice = beyond ? { key: anew ? 'notice.anew' : 'notice.beyond', args: { at: want.cursor, length }, bad: !anew } : found;
    const cursor = !beyond && run ? want.cursor : anew ? length : 0;
    const playing = live !== undefined && !live.waits && !matchMedia('(prefers-reduced-motion: reduce)').matches;
    const show = want.info.stage === 'staffings' ? want.show : '';
    const { changes, beside } = want;
    const shown = { scenario: want.info.id, params, changes, beside, cursor, notice, playing, show, travel: travelOf(want) };
    // The entry that is left keeps its own step; what the change of state would write belongs to the new one.
    if (want.how === 'push') address.flush();
    store.apply(opened(shown));
    address.drop();
    const link = writeLink(shown);
    if (want.how === 'push') address.push(link);
    else address.replace(link);
    address.flush();
  };

  /** What the pane for changes shows with a run: the comparison, where one has come. @param {Wanted} want */
  const travelOf = ({ info, changes, beside }) => {
    const { state } = store;
    const isOther = changes !== state.changes || JSON.stringify(beside) !== JSON.stringify(state.beside);
    if (comparesWith({ changes, beside })) return isOther ? 'compare' : state.travel;
    return info.id === state.scenario && state.travel !== 'compare' ? state.travel : '';
  };

  /** @param {Notice} notice */
  const fail = (notice) => {
    store.apply(set({ working: undefined, playing: false, notice: { bad: true, action: 'again', ...notice } }));
  };

  return {
    get run() {
      return run;
    },

    /** The run that the one on the stage is compared with. */
    get other() {
      return other;
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
      const want = { info: info ?? first, params: {}, changes: '', beside: {}, cursor: 0, show: link.show, how: 'replace', typed: false };
      if (!info) return compute({ ...want, notice: { key: 'notice.no_scenario', args: { id: brief(link.scenario ?? '') }, bad: true } });
      const { unread, changes, beside } = link;
      const { scenario, show, ...state } = store.state;
      /** @param {Pick<Wanted, 'params' | 'changes' | 'beside'>} of */
      const named = (of) => JSON.stringify([of.params, of.changes, of.beside]);
      const isSame = run && info.id === scenario
        && named({ params: withoutDefaults(fieldsOf(info.schema), link.params), changes, beside }) === named(state);
      // What is shown besides came or went, and the run stays.
      if (isSame && !unread && link.show !== show) {
        store.apply(set({ show: link.show }));
        return Promise.resolve();
      }
      const notice = unread === undefined ? undefined : { key: 'notice.bad_part', args: { value: brief(unread) }, bad: true };
      return compute({ ...want, params: link.params, changes, beside, cursor: link.cursor, notice });
    },

    /** Opens what the form, the list, a change or a key asks for. @param {Asked} asked */
    open({ scenario, params, changes = '', beside = {}, cursor = 0, parts = false }) {
      const info = manifest.scenarios.find((s) => s.id === scenario);
      const show = scenario === store.state.scenario ? store.state.show : '';
      if (info) return compute({ info, params, changes, beside, cursor, parts, show, how: 'push', typed: true });
    },

    /** Ends the run that is being computed; what it recorded is shown. */
    stop: () => controller.abort(),

    /**
     * Reads from the run. A trap is a fault of the viewer, and costs what lives in it.
     * @template T
     * @param {() => T} read
     * @returns {T | undefined}
     */
    read(read) {
      try {
        return read();
      } catch (error) {
        if (!trapOf(error)) throw error;
        console.error(error);
        run = other = undefined;
        onBusy(true);
        engine.restart().then(() => fail(cutOff('trapped')), () => fail({ key: 'notice.failed' })).finally(() => onBusy(false));
        return undefined;
      }
    },
  };
}

/** @typedef {ReturnType<typeof createSession>} Session */
