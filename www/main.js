// Wires the page: state and run make a frame, a frame makes the views. Nothing else knows two things at once.

import { createActions } from './actions.js';
import { byId } from './dom.js';
import { keepFocus } from './focus.js';
import { loadEngine } from './engine.js';
import { Unfetched, fetchJson, fetchOnce, missingIn, whenIdle } from './fetch.js';
import { isFramed, meetParent, withoutFrame } from './framed.js';
import { recall, remember } from './keep.js';
import { listen } from './keys.js';
import { declared, ofRun } from './kinds.js';
import { comparesWith, shownBesides } from './linked.js';
import { createOtherwise } from './otherwise.js';
import { createPicture } from './picture.js';
import { createPlayer } from './player.js';
import { preparePrint } from './print.js';
import { createRunner } from './runner.js';
import { createSession } from './session.js';
import { createSpeech } from './speech.js';
import { loadStage, modeOf } from './stages.js';
import { createStore, initial, isSameBut, played, set } from './store.js';
import { addStyles, styled } from './styles.js';
import { createSweeps } from './sweep.js';
import { TRACE, WORDS, chooseFile, listenToDrops, listenToLaunches, saveFile } from './tracefile.js';
import { loadText } from './text.js';
import { turn } from './turns.js';
import { createAddress } from './url.js';
import { createBar } from './views/bar.js';
import { createNotice } from './views/notice.js';
import { createRail } from './views/rail.js';
import { createSkips } from './views/skips.js';

/** @typedef {import('./types.js').Frame} Frame */
/** @typedef {import('./types.js').Info} Info */

const root = document.documentElement;
const store = createStore(initial({ ...recall(), embeds: isFramed }));
const speech = createSpeech(store, byId('aloud'));
const address = createAddress({ isWritten: !isFramed });
/** @param {boolean} busy */
const onBusy = (busy) => { root.dataset.ready = String(!busy); };

onBusy(true);
// The other page, which is not this one.
document.querySelector('.start')?.remove();

/** The part of the catalogue that speaks of changes, findings and what scenarios about tasks wait for. */
const INSPECTOR = 'inspector';

/** The code of a scenario, by its id. */
const code = fetchOnce(async (id) => /** @type {import('./types.js').Code} */ (await fetchJson(`./code/${id}.json`)));

/** What stands around the stage, and where. @type {[create: (root: HTMLElement, deps: import('./types.js').ShellDeps) => import('./types.js').Shell, id: string][]} */
const SHELLS = [[createSkips, 'skips'], [createBar, 'bar'], [createRail, 'rail'], [createNotice, 'notices']];

/** What a link that names none opens. @param {import('./types.js').Manifest} manifest */
const wantedAtFirst = ({ scenarios }) => scenarios.find((s) => s.id === new URLSearchParams(location.search).get('s')) ?? scenarios[0];

async function start() {
  const runner = createRunner();
  const [engine, firstText, manifest] = await Promise.all([
    loadEngine(runner),
    loadText(store.state.language),
    fetchJson('./manifest.json').then((found) => {
      const manifest = /** @type {import('./types.js').Manifest} */ (found);
      // Beside the viewer, and not after it; what fails here is said when it is needed.
      const info = ofRun(wantedAtFirst(manifest), Object.fromEntries(new URLSearchParams(location.search)));
      if (info.kind === 'deterministic') runner.load(info.module).catch(() => {});
      return manifest;
    }),
    styled(),
  ]);
  let text = firstText;
  let wanted = text.language;

  /** Around the stage: drawn from the state alone, run or no run. @type {import('./types.js').Shell[]} */
  let shells = [];
  /** The one that names what is changed in a run: fetched with the first such run. */
  const fetched = fetchOnce(() => import('./views/changes.js'));
  /** @type {typeof import('./views/changes.js').createChanges | undefined} */
  let createChanges;
  /** @type {ReturnType<typeof import('./explore.js').createOrders> | undefined} */
  let orders;
  const explorer = async () => (orders ??= (await import('./explore.js')).createOrders(store, engine.mergeExplored));

  /** By what they show and how. @type {Map<string, import('./types.js').Stage>} */
  const stages = new Map();
  /** @param {Info} info @param {import('./stages.js').Mode} mode */
  const stageOf = (info, mode) => `${info.stage} ${mode}`;
  /** With their code, by id. @type {Map<string, Info>} */
  const infos = new Map();
  /** The colours of their code. @type {Map<string, import('./types.js').Spans>} */
  const spans = new Map();
  /** The code of a trace from a file: where it is a scenario's as it is here, in its colours. @param {Info} info @returns {Promise<import('./types.js').Code>} */
  const coloured = async ({ files, of = '' }) => {
    const known = manifest.scenarios.some(({ id }) => id === of) ? await code.get(of) : undefined;
    const isSame = (/** @type {{ name: string, source: string }} */ file) => known?.files.some(({ name, source }) => name === file.name && source === file.source);
    return { files, spans: Object.fromEntries(files.filter(isSame).map(({ name }) => [name, known?.spans[name] ?? []])) };
  };
  /**
   * What showing a scenario takes: its stage, its code, and its words in the language of the page.
   * @param {Info} info
   * @param {import('./types.js').Link} link what is wanted of it
   */
  const prepare = async (info, link) => {
    const compared = comparesWith(link);
    const isAbout = info.kind === 'deterministic' && info.stage !== 'staffings';
    const lesson = info.kind === 'untraced' ? ['lesson'] : ['lesson', 'story'];
    const parts = info.id === TRACE ? WORDS : compared || isAbout ? [info.id, ...lesson, INSPECTOR] : [info.id, ...lesson];
    const mode = modeOf({ ...store.state, show: shownBesides(info, link) });
    const stage = loadStage(info, mode);
    const whole = info.id === TRACE ? coloured(info) : code.get(info.id);
    /** @type {import('./types.js').Text} */
    let spoken;
    do {
      spoken = text;
      await Promise.all([whole, ...parts.map(spoken.load), stage.then(({ words }) => (words ? spoken.load(words) : undefined))]);
    } while (spoken !== text);
    if (compared && !createChanges) {
      createChanges = (await fetched.get('changes')).createChanges;
      shells.push(createChanges(byId('changes'), { text, act, manifest, speech }));
    }
    const shown = await whole;
    infos.set(info.id, { ...declared(manifest, info), files: shown.files });
    spans.set(info.id, shown.spans);
    stages.set(stageOf(info, mode), await stage);
    return stage;
  };

  const titleOf = (/** @type {Info} */ info) => text.t(`scenario.${info.id}.title`);
  const session = createSession({ engine, manifest, store, address, titleOf, prepare, onBusy });
  const unfetched = (/** @type {unknown} */ error) => store.apply(set({ notice: { key: 'notice.fetch', args: missingIn(error), bad: true } }));
  const act = createActions({
    store,
    manifest,
    run: () => session.run,
    story: () => shown?.picture.story.moments ?? [],
    async view(how) {
      const info = shownInfo();
      const mode = modeOf({ ...store.state, ...how });
      if (info) {
        const stage = await loadStage(info, mode).catch(unfetched);
        if (!stage) return;
        stages.set(stageOf(info, mode), stage);
      }
      store.apply(set(how));
      address.replace(session.address);
    },
    read: session.read,
    open: (asked) => void session.open(asked),
    retry: session.retry,
    stop: session.stop,
    link: () => {
      address.flush();
      return session.address();
    },
    visit: () => address.push(session.address),
    here: session.address,
    linkTo: session.linkTo,
    file: {
      choose: () => void chooseFile().then((file) => file && session.openFile(file)),
      as: () => void Promise.all([import('./saving/dialog.js'), addStyles('saving')]).then(([{ showSaving }]) => {
        const { state } = store;
        const [name, info] = [state.scenario, shownInfo()];
        if (!info) return;
        const title = info.id === TRACE ? state.file?.file ?? '' : titleOf(info);
        const link = () => new URL(act.here(), location.href).href;
        const params = Object.entries(state.params).map(([field, value]) => /** @type {[string, string]} */ ([text.has(`field.${field}`) ? text.t(`field.${field}`) : field, value]));
        store.apply(set({ menu: false }));
        showSaving({ text, name, title, told: () => session.run && { text, run: session.run, title, link: link(), params }, saveRun: session.run && act.saveFile });
      }, unfetched),
      save: () => session.read(() => session.run && saveFile(session.run, store.state.scenario)),
    },
    addChange: engine.addChange,
    sweeps: createSweeps(store, manifest),
    orders: {
      run: (search) => void explorer().then((orders) => orders.run(search), unfetched),
      stop: () => void explorer().then((orders) => orders.stop(), unfetched),
    },
    before: () => shown?.picture.before,
    otherwise: createOtherwise(engine),
    help: () => void import('./views/keysmap.js').then((map) => map.showKeysMap(text, shownStage()?.keys, { isOn: store.state.characters, change: act.characters }), unfetched),
    // Fetched first: the page speaks a language only once it has its words.
    async speak(language) {
      wanted = language;
      if (language === text.language) return;
      // With the words of each scenario that was shown, or is about to be.
      const loaded = await loadText(language, text.parts()).catch(unfetched);
      if (!loaded || wanted !== language) return; // or asked for another one meanwhile
      text = loaded;
      store.apply(set({ language }));
    },
  });

  /** What is known of the scenario, as it is of the run that is shown. */
  const shownInfo = () => {
    const info = infos.get(store.state.scenario);
    return info && ofRun(info, store.state.params);
  };
  const shownStage = () => {
    const info = shownInfo();
    return info && stages.get(stageOf(info, modeOf(store.state)));
  };
  /** @type {ReturnType<import('./types.js').Stage['mount']> | undefined} */
  let mounted;
  /** What its views were made for. */
  let mountedFor = '';
  /** @param {Info | undefined} info */
  const kindOf = (info) => (info ? `${info.kind} ${info.stage}` : mountedFor);

  /** What is kept of the site: it stands in the list of scenarios. @type {ReturnType<typeof import('./offline.js').createOffline> | undefined} */
  let offline;
  const placeOffline = () => {
    offline?.speak(text);
    if (offline) byId('offline').replaceChildren(offline.line);
  };

  /** The next of those that are always there. */
  const mountShell = () => {
    const [create, id] = SHELLS[shells.length];
    shells.push(create(byId(id), { text, act, manifest, speech }));
  };
  const mountShells = () => {
    for (const shell of shells) shell.destroy();
    shells = [];
    while (shells.length < SHELLS.length) mountShell();
    if (createChanges) shells.push(createChanges(byId('changes'), { text, act, manifest, speech }));
    if (offline) placeOffline();
  };

  const mountViews = () => {
    const info = shownInfo();
    const mode = modeOf(store.state);
    const stage = info && stages.get(stageOf(info, mode));
    if (!stage) return;
    mounted?.destroy();
    mountedFor = kindOf(info);
    root.dataset.stage = info.stage;
    root.dataset.view = stage.panes ? mode : stage.mode ?? 'all';
    mounted = stage.mount(byId('stage'), byId('dock'), { text, act, manifest, speech, info, spans: spans.get(info.id) ?? {} });
    document.title = text.t('title', { scenario: text.t(`scenario.${info.id}.title`) });
  };

  /** @type {{ run: unknown, cursor: number, focus: number, frame: Frame, picture: import('./types.js').Picture } | undefined} */
  let shown;
  /** @param {import('./store.js').State} [before] what was drawn */
  const render = (before) => {
    const { state } = store;
    const { cursor, focus } = state;
    root.dataset.step = cursor === 0 ? 'first' : 'later';
    for (const shell of shells) shell.update(state);
    // How far a run is that is being made is no matter of the stage, and comes often.
    if (before && state.working !== before.working && isSameBut('working', state, before)) return;
    const { run, live } = session;
    if (live) mounted?.update({ live }, state);
    if (!run) return;
    session.read(() => {
      if (shown?.run !== run || shown.cursor !== cursor || shown.focus !== focus) {
        shown = { run, cursor, focus, frame: run.frame(cursor, focus), picture: createPicture(engine, run, state, session.other) };
      }
      mounted?.update(shown, state);
    });
  };

  store.subscribe((state, before) => {
    const { language, theme, view, characters, words } = state;
    const isElsewhere = state.scenario !== before.scenario;
    keepFocus(() => {
      if (theme !== before.theme) root.dataset.theme = theme;
      if (language !== before.language) {
        root.lang = language;
        mountShells();
        mountViews();
      } else if (isElsewhere || state.file !== before.file || modeOf(state) !== modeOf(before) || kindOf(shownInfo()) !== mountedFor) mountViews();
      if (state.cursor !== before.cursor && !isElsewhere) address.replace(session.address);
      render(before);
    }, () => isElsewhere);
    // Where its title has the focus, that is read out by itself.
    if (isElsewhere && document.activeElement?.tagName !== 'H1') speech.announce('scenario', text.t(`scenario.${state.scenario}.title`));
    if (language === before.language && theme === before.theme && view === before.view && characters === before.characters && words === before.words) return;
    // A reader who changes what would be kept is told where nothing is.
    if (!remember({ language, theme, view, characters, words })) store.apply(set({ keeps: false, notice: { key: 'notice.unkept' } }));
  });
  // Each in a task of its own; all of them are there where another language was asked for meanwhile.
  while (shells.length < SHELLS.length) {
    mountShell();
    await turn();
  }
  render();
  createPlayer(store, { length: () => session.run?.length, story: () => shown?.picture.story.moments ?? [], moves: () => session.live?.waits !== true });
  listen(act, () => store.state.characters, () => store.state.presents);
  // A browser's own way out of it is ours, too.
  addEventListener('fullscreenchange', () => {
    if (!document.fullscreenElement && store.state.presents) act.present();
  });
  preparePrint();
  listenToDrops((file) => void session.openFile(file));
  addEventListener('popstate', () => {
    address.drop();
    store.apply(played(false));
    void session.openLink(location.search);
  });
  addEventListener('pagehide', () => {
    address.flush();
    remember({ progress: store.state.progress });
  });
  store.apply(set({ keeps: remember({}) }));
  meetParent(/** @type {Element} */ (document.querySelector('.app')), ({ theme, language }) => {
    if (theme) store.apply(set({ theme }));
    if (language) act.language(language);
  });
  // What was drawn may be painted.
  await turn();
  await session.openLink(withoutFrame(location.search));
  listenToLaunches((file) => void session.openFile(file));
  speech.open();
  // What stands in another page is that page's to keep.
  if (!isFramed) whenIdle(() => import('./offline.js').then(({ createOffline }) => {
    offline = createOffline(text, speech.say);
    placeOffline();
  }, console.warn));
}

/** Which sentence of index.html says why there is no page. @param {unknown} error */
function sentenceFor(error) {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (typeof WebAssembly === 'undefined' || cause instanceof WebAssembly.CompileError) return 'forbidden';
  }
  return error instanceof Unfetched || error instanceof TypeError ? 'unfetched' : 'failed';
}

start().catch((error) => {
  console.error(error);
  onBusy(false);
  // Without engine or catalogue there is no page: this is said in the one place that needs neither.
  const sentences = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.boot'));
  const why = sentenceFor(error);
  for (const sentence of sentences) sentence.hidden = sentence.id !== why;
  const { file } = missingIn(error);
  for (const name of document.querySelectorAll('.boot .file')) name.textContent = file;
  if (sentences.length === 0) store.apply(set({ notice: { key: 'notice.failed', bad: true, action: 'again' } }));
});
