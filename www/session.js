// Opening runs: from a link, from the form, or with a change; computed by the engine, put on the stage. It keeps the
// one run that is shown and the one that it is compared with, or the one thing that runs without a trace, and frees
// those before, and whatever came of a run that is not wanted any more.

import { CutOff, Unreadable } from './engine.js';
import { checkParams } from './fast.js';
import { Unfetched, missingIn } from './fetch.js';
import { declared, ofRun } from './kinds.js';
import { comparesWith, faultsOf, leaveOut, shownBesides } from './linked.js';
import { motion } from './motion.js';
import { placeIn } from './placed.js';
import { fieldsOf, withoutDefaults } from './schema.js';
import { unlessStopped } from './stopped.js';
import { opened, sawShare, set } from './store.js';
import { draftStory } from './draft.js';
import { TRACE, infoOf } from './tracefile.js';
import { trapOf } from './traps.js';
import { turn } from './turns.js';
import { brief } from './url.js';
import { showWorking } from './working.js';

/** @typedef {import('./types.js').Run} Run */
/** @typedef {import('./types.js').Info} Info */
/** @typedef {import('./types.js').Live} Live */
/** @typedef {import('./types.js').Stage} Stage */
/** @typedef {import('./types.js').Problem} Problem */
/** @typedef {import('./types.js').FieldError} FieldError */
/** @typedef {import('./types.js').Fault} Fault */
/** @typedef {import('./types.js').Link} Link */
/** @typedef {import('./store.js').Notice} Notice */

/**
 * A run that is wanted.
 * @typedef {object} Wanted
 * @property {Info} info
 * @property {Link} link what the run is, where in it the cursor is to be, and what is copied on
 * @property {number} [cursor] where the cursor is to be, if not where the link says
 * @property {import('./tracefile.js').Source} [file] what it is read from, in place of being made
 * @property {boolean} [toDifference] whether the cursor is to be right after the first difference from the run before
 * @property {boolean} [near] whether the nearest point will do, where the link's is not in the run
 * @property {Fault[]} faults what was left out of the link
 * @property {Notice} [notice] to be shown with it
 * @property {'push' | 'replace' | 'keep'} how it enters the browser's history, or whether the address stays as it is
 * @property {boolean} typed whether it comes from the form, which then says what is wrong
 */

/**
 * @typedef {object} Asked
 * @property {string} scenario
 * @property {Record<string, string>} params
 * @property {string} [changes] what is changed in the run
 * @property {Record<string, string>} [compared] the parameters in which the run differs that it is compared with
 * @property {number} [cursor]
 * @property {boolean} [toDifference]
 * @property {string} [at] the moment that is shown, or the nearest one that the run has, in place of the cursor
 */

/** The run that another one is compared with was refused. */
class OtherRefused extends Error {
  /** @param {FieldError[]} errors */
  constructor(errors) {
    super('the other run was refused');
    this.errors = errors;
  }
}

/** @param {unknown} error @returns {error is Problem} */
const isProblem = (error) => typeof error === 'object' && error !== null && 'kind' in error;

/**
 * @param {object} means
 * @param {import('./engine.js').Engine} means.engine
 * @param {import('./types.js').Manifest} means.manifest
 * @param {import('./store.js').Store} means.store
 * @param {ReturnType<typeof import('./url.js').createAddress>} means.address
 * @param {(info: Info) => string} means.titleOf the title of a scenario, in the language of the page
 * @param {(info: Info, link: Link) => Promise<Stage>} means.prepare fetches what showing a scenario takes, and what speaks of another run
 * @param {(busy: boolean) => void} means.onBusy
 */
export function createSession({ engine, manifest, store, address, titleOf, prepare, onBusy }) {
  /** @type {Run | undefined} */
  let run;
  /** What it is compared with. @type {Run | undefined} */
  let other;
  /** @type {Live | undefined} */
  let live;
  /** What the run is, and what is copied on with it. */
  let { link } = engine.readLink('');
  /** A link that says nothing. */
  const blank = link;
  /** The cursor that the link names. */
  let named = 0;
  let controller = new AbortController();
  let latest = 0;
  /** What could not be made, until something else is asked for. @type {Wanted | undefined} */
  let failed;
  /** The last file that was opened: its bytes stay where they are, and the way back leads to it. @type {import('./tracefile.js').Source | undefined} */
  let lastFile;

  /**
   * What is refused is said by the form, or left out of the link: all else of it stays.
   * @param {Wanted} want
   * @param {FieldError[]} errors
   * @param {boolean} [ofOther] whether the run was refused that this one is compared with
   */
  const refuse = async (want, errors, ofOther = false) => {
    if (want.typed) {
      store.apply(set({ errors, working: undefined }));
      onBusy(false);
      return;
    }
    const rest = leaveOut(engine, want.link, errors, ofOther);
    await compute({ ...want, link: rest, faults: [...want.faults, ...errors] });
  };

  /**
   * The run, and the one that it is compared with: under the other parameters, or without the changes.
   * @param {Wanted} want
   * @param {{ onEvents: (events: number) => void, signal: AbortSignal, inDevtools: boolean }} options
   * @param {() => boolean} isWanted
   * @returns {Promise<{ run: Run, other?: Run, reason?: import('./runner.js').Reason }>}
   */
  const both = async ({ info, link }, options, isWanted) => {
    const { params, changes, vs } = link;
    const title = titleOf(info);
    const first = await engine.run(info, Object.fromEntries(params), { ...options, title, changes });
    if (!comparesWith(link) || !isWanted()) return first;
    try {
      const { run: other } = await engine.run(info, Object.fromEntries([...params, ...vs]), { ...options, title });
      return { ...first, other };
    } catch (error) {
      first.run.free();
      throw isProblem(error) && error.kind === 'fields' ? new OtherRefused(error.errors) : error;
    }
  };

  /** @param {Wanted} want */
  const compute = async (want) => {
    want = { ...want, info: ofRun(declared(manifest, want.info), Object.fromEntries(want.link.params)) };
    const ticket = (latest += 1);
    failed = undefined;
    const isWanted = () => ticket === latest;
    // A live run is recorded anew each time, and what has no trace has no events: there is nothing to change.
    if (want.info.kind !== 'deterministic' && comparesWith(want.link)) {
      /** @type {FieldError} */
      const error = { kind: 'unknown', field: want.link.changes ? 'do' : 'vs' };
      return compute({ ...want, link: { ...want.link, changes: '', vs: [] }, faults: [...want.faults, error] });
    }
    controller.abort();
    controller = new AbortController();
    const { signal } = controller;
    onBusy(true);
    // What a trace takes to be shown, it says itself.
    const isTrace = want.info.id === TRACE;
    const prepared = isTrace ? Promise.resolve(undefined) : prepare(want.info, want.link);
    // The first scenario is there to be read while its run is made.
    prepared.then(() => {
      if (isWanted() && !isTrace && store.state.scenario === '') store.apply(set({ scenario: want.info.id }));
    }, () => {});
    const fetched = isTrace ? Promise.resolve() : engine.warm(want.info);
    const working = showWorking(store, isTrace ? 'deterministic' : want.info.kind, { fetched: Promise.all([fetched, prepared]), isWanted });
    /** @type {{ run?: Run, other?: Run, live?: Live, reason?: import('./runner.js').Reason, damage?: import('./types.js').Damage, about?: import('./types.js').About }} */
    let made = {};
    try {
      await unlessStopped(fetched, signal);
      if (isTrace) {
        made = await engine.read(want.file, { onEvents: working.onEvents, signal });
        want = { ...want, info: infoOf(made.about) };
      } else if (want.info.kind === 'untraced') made = { live: await begin(want, ticket, await unlessStopped(prepared, signal)) };
      else made = await both(want, { onEvents: working.onEvents, signal, inDevtools: store.state.inDevtools }, isWanted);
      if (!isWanted()) return;
      const left = made.run && await drafted(made.run, working);
      if (!isWanted()) return;
      // Again, for the language may have changed meanwhile; as a rule all is there.
      await unlessStopped(prepare(want.info, want.link), signal);
      if (!isWanted()) return;
      const place = placeIn(engine, made.run, want, [run, made.other]);
      const { reason, damage, about } = made;
      if (want.file) lastFile = want.file;
      // The entry that is left keeps its own step, which only its own run can name.
      if (want.how === 'push') address.flush();
      for (const old of [run, other, live]) free(old);
      ({ run, other, live } = made);
      made = {};
      const cut = left === undefined ? undefined : { key: 'notice.story_cut', args: { n: left, all: run?.length ?? 0 } };
      const notice = damage ? damaged(damage, want.file?.name) : reason ? cutOff(reason) : cut;
      show(want, place, notice, want.file && about && { file: want.file.name, about });
    } catch (error) {
      if (!isWanted()) return;
      if (error instanceof OtherRefused) return await refuse(want, error.errors, true);
      if (isProblem(error) && error.kind === 'fields') return await refuse(want, error.errors);
      const isUnfetched = error instanceof Unfetched;
      // Nothing was shown yet: there is no page to put a notice on.
      if (isUnfetched && store.state.scenario === '') throw error;
      if (!isUnfetched && !(error instanceof CutOff || error instanceof Unreadable)) console.error(error);
      // Asked for again, the file would be the same.
      if (error instanceof Unreadable) return fail(damaged(error.damage, want.file?.name));
      failed = want;
      fail(error instanceof CutOff ? cutOff(error.reason) : isUnfetched ? { key: 'notice.fetch', args: missingIn(error) } : { key: 'notice.failed' });
    } finally {
      working.end();
      // What another one has superseded, or what failed, is shown by nobody.
      for (const left of [made.run, made.other, made.live]) free(left);
      if (isWanted()) onBusy(false);
    }
  };

  /** Has the story of a run drafted, and says where a person left it. @param {Run} made @param {ReturnType<typeof showWorking>} working */
  const drafted = async (made, working) => {
    // What ended the run does not end its story.
    if (controller.signal.aborted) controller = new AbortController();
    const left = await draftStory(made, { signal: controller.signal, onCome: (come) => working.onStory(come, made.length) });
    // To show it is work enough for a task.
    await turn();
    return left;
  };

  /** What is said of a run that was cut off. @param {import('./runner.js').Reason} reason @returns {Notice} */
  const cutOff = (reason) => ({ key: `notice.${reason}`, bad: true, action: 'again' });

  /** What is said of a file that is no whole trace. @param {import('./types.js').Damage} damage @param {string} [file] its name @returns {Notice} */
  const damaged = ({ kind, ...args }, file = '') => ({ key: `notice.trace.${kind}`, args: { ...args, file: brief(file) }, bad: true, action: undefined });

  /** @param {Run | Live | undefined} made */
  const free = (made) => {
    if (!made) return;
    if ('free' in made) made.free();
    else made.close();
  };

  /** Begins what runs without a trace. @param {Wanted} want @param {number} ticket @param {Stage} [stage] */
  const begin = async (want, ticket, stage) => {
    if (!stage?.begin) throw new Error(`nothing begins ${want.info.id}`);
    // What is wrong with the parameters is said while what was good goes on.
    await checkParams(want.info.id, Object.fromEntries(want.link.params));
    // Another one may be on the stage meanwhile, and is not to be ended.
    if (ticket !== latest) return undefined;
    // There is one fast module at a time: what runs in it ends before another begins.
    live?.close();
    live = undefined;
    return stage.begin({
      info: want.info,
      params: Object.fromEntries(want.link.params),
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

  /**
   * @param {Wanted} want
   * @param {import('./placed.js').Place} place
   * @param {Notice} [cut] what is said of a run that was cut off
   * @param {import('./store.js').State['file']} [file] where it is from
   */
  const show = (want, { cursor, exact, ...to }, cut, file) => {
    ({ link, named } = to);
    const { missed = 0 } = run ?? {};
    const notice = want.notice ?? cut ?? faultsOf(want.info, want.link, want.faults, exact || want.near === true) ?? (missed ? { key: 'notice.missed', args: { n: missed } } : undefined);
    const playing = live !== undefined && !live.waits && !motion.isReduced;
    const [params, compared] = [Object.fromEntries(link.params), Object.fromEntries(link.vs)];
    const { changes } = link;
    const shown = { scenario: want.info.id, file, params, changes, compared, cursor, notice, playing, show: shownBesides(want.info, link), inspector: inspectorOf(want.info, changes, compared) };
    store.apply(opened(shown));
    // What the change of state would write belongs to the new entry.
    address.drop();
    if (want.how === 'keep') return;
    address[want.how](addressOf);
    address.flush();
  };

  /** The address of what is shown, in the last version of links. */
  const addressOf = () => {
    const { cursor, show } = store.state;
    if (run && cursor !== named) {
      const at = read(() => run?.moment(cursor));
      [link, named] = [{ ...link, at }, cursor];
    }
    // A trace from a file has all views, and is shown in no other way.
    const isAsLinked = link.scenario === TRACE || show === (link.show === 'sweep' ? link.show : '');
    return engine.writeLink({ ...link, show: isAsLinked ? link.show : show || undefined });
  };

  /** What the pane for changes shows with a run: the comparison, where one has come. @param {Info} info @param {string} changes @param {Record<string, string>} compared */
  const inspectorOf = (info, changes, compared) => {
    const { state } = store;
    const isOther = changes !== state.changes || JSON.stringify(compared) !== JSON.stringify(state.compared);
    if (run && other) return isOther ? 'compare' : state.inspector;
    return info.id === state.scenario && state.inspector !== 'compare' ? state.inspector : '';
  };

  /** @param {Notice} notice */
  const fail = (notice) => {
    store.apply(set({ working: undefined, playing: false, notice: { bad: true, action: 'again', ...notice } }));
  };

  /**
   * Reads from the run. A trap is a fault of the viewer, and costs what lives in it.
   * @template T
   * @param {() => T} read
   * @returns {T | undefined}
   */
  const read = (read) => {
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

    /** The address of what is shown. */
    address: addressOf,

    /** The address of a scenario. @param {string} scenario */
    linkTo: (scenario) => engine.writeLink({ ...blank, scenario }),

    /** Opens what an address names, as well as it can be read. @param {string} search */
    openLink(search) {
      const { link: found, unread } = engine.readLink(search);
      const first = manifest.scenarios[0];
      if (found.scenario === TRACE) return compute({ info: infoOf(), link: found, file: lastFile, near: true, faults: unread, how: 'replace', typed: false });
      const info = found.scenario === undefined ? first : manifest.scenarios.find((s) => s.id === found.scenario);
      if (!info) {
        const notice = { key: 'notice.no_scenario', args: { id: brief(found.scenario ?? '') }, bad: true };
        return compute({ info: first, link: { ...blank, scenario: first.id }, faults: [], notice, how: 'keep', typed: false });
      }
      const wanted = { ...found, scenario: info.id };
      const { scenario, params, changes, compared } = store.state;
      const given = withoutDefaults(fieldsOf(info.schema), Object.fromEntries(wanted.params));
      const isSame = run && info.id === scenario
        && JSON.stringify([given, wanted.changes, Object.fromEntries(wanted.vs)]) === JSON.stringify([params, changes, compared]);
      const besides = shownBesides(info, wanted);
      // What is shown besides came or went, and the run stays, at its moment.
      if (isSame && unread.length === 0 && besides !== store.state.show) {
        addressOf();
        if (link.at === wanted.at) {
          link = { ...link, show: wanted.show, unknown: wanted.unknown };
          store.apply(set({ show: besides }));
          address.replace(addressOf);
          address.flush();
          return Promise.resolve();
        }
      }
      return compute({ info, link: wanted, faults: unread, how: 'replace', typed: false });
    },

    /** Opens a file that holds a trace. @param {import('./tracefile.js').Source} file */
    openFile: (file) => compute({ info: infoOf(), link: { ...blank, scenario: TRACE }, file, cursor: 0, faults: [], how: 'push', typed: false }),

    /** Opens what the form, the list, a change or a key asks for. @param {Asked} asked */
    open({ scenario, params, changes = '', compared = {}, cursor = 0, toDifference = false, at }) {
      const info = manifest.scenarios.find((s) => s.id === scenario);
      if (!info) return;
      const isSame = scenario === store.state.scenario;
      // What nobody here knows goes on with the scenario that it came with.
      const asked = {
        ...blank, scenario, params: Object.entries(params), changes, vs: Object.entries(compared),
        show: isSame ? store.state.show || undefined : undefined, unknown: isSame ? link.unknown : [], at,
      };
      return compute({ info, link: asked, cursor: at === undefined ? cursor : undefined, near: at !== undefined, toDifference, faults: [], how: 'push', typed: true });
    },

    /** Asks once more for a run that could not be made, at its moment, if the last one could not. @param {string} [scenario] if it is of this one */
    retry(scenario = failed?.info.id) {
      const isIt = failed !== undefined && failed.info.id === scenario;
      if (failed && isIt) compute(failed);
      return isIt;
    },

    /** Ends the run that is being computed; what it recorded is shown. */
    stop: () => controller.abort(),

    read,
  };
}

/** @typedef {ReturnType<typeof createSession>} Session */
