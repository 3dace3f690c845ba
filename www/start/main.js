// The start page: wires the figure, its ride, the words and what was seen. It knows no engine and no run but the recorded one.
//
// The page is there before this script: built in English, with the figure at a moment in which it can stand.

import { byId, setAttr, setClass, svg } from '../dom.js';
import { fetchJson, whenIdle } from '../fetch.js';
import { recall, remember } from '../keep.js';
import { styled } from '../styles.js';
import { loadText } from '../text.js';
import { createAddress } from '../url.js';
import { fetchAheadOf } from './ahead.js';
import { createFigure } from './figure.js';
import { drawPictures, mark } from './marks.js';
import { placeIn } from './place.js';
import { createRide } from './ride.js';
import { createScrub } from './scrub.js';
import { label, say, speak } from './speak.js';
import { eventAt } from './story.js';
import { timingOf } from './timing.js';

/** @typedef {import('../keep.js').Kept} Kept */
/** @typedef {{ pictures: Record<string, import('./marks.js').Picture>, ahead: Record<string, string[]> }} Scenarios */

const PARTS = ['site', 'start'];
/** So long after the reader took over the link beside the step does not take a second click, in ms. */
const DOUBLE = 500;
const FADE = { loop: 240, caption: 180 };

const root = document.documentElement;
const calm = matchMedia('(prefers-reduced-motion: reduce)');

async function start() {
  // The other page, which is not this one.
  document.querySelector('.app')?.remove();
  let kept = recall();
  let language = kept.language;
  const [story, firstText] = await Promise.all([
    fetchJson('./start/figure.json').then((found) => /** @type {import('./story.js').Story} */ (found)),
    loadText(language, PARTS),
    styled(),
  ]);
  let text = firstText;
  const timing = timingOf(story);

  // -- the figure, at the size that it has ------------------------------------------------------------
  const drawing = byId('fig');
  const caption = byId('say');
  const go = byId('go');
  const hand = byId('hand');
  const open = byId('open');
  const pause = byId('pause');
  /** @type {import('./figure.js').Figure} */
  let figure;
  /** What the figure was built from: the browser says a size that it had before, too. */
  let built = '';
  const build = () => {
    const { clientWidth: width, clientHeight: height } = drawing;
    if (figure && width === 0) return; // nobody sees it
    const from = [text.language, width, height].join(' ');
    if (from === built) return;
    built = from;
    figure = createFigure(svg, story, placeIn(story, { width, height }), (key, args) => text.t(`start.${key}`, args));
    drawing.removeAttribute('viewBox');
    drawing.replaceChildren(...figure.layers);
    scrub.place();
  };

  /** @param {import('./ride.js').Shown} shown */
  const show = ({ p, playing, byHand, isHeld }) => {
    figure.draw(p);
    const e = eventAt(p, timing.last);
    const isStill = !byHand && !playing && p === timing.still.p;
    const told = byHand ? timing.told(e) : isStill ? { key: 'start.still', args: timing.still.args } : timing.caption(p);
    setAttr(caption, 'aria-live', byHand ? 'polite' : 'off');
    // Never so faint that it cannot be read.
    if (say(text, caption, told.key, told.args) && !byHand && !calm.matches) caption.animate([{ opacity: 0.75 }, { opacity: 1 }], { duration: FADE.caption, easing: 'ease-out' });
    say(text, byId('where'), 'start.where', { at: e, last: timing.last });
    scrub.draw(p, e, caption.textContent ?? '');
    label(text, pause, playing ? 'start.pause' : 'start.play');
    setClass(pause.children[0], `ic ic-${playing ? 'pause' : 'play'}`);
    // Not under the hand of a reader: the scrubber would get another width while it is dragged.
    if (!isHeld) {
      go.hidden = byHand;
      hand.hidden = !byHand;
    }
    setAttr(open, 'href', story.events[e].link);
  };

  const address = createAddress();
  const ride = createRide(timing, {
    show,
    again: () => drawing.animate([{ opacity: 0.2 }, { opacity: 1 }], { duration: FADE.loop }),
    // A moment stands in the history like those of scenarios.
    settled: (e) => address.replace(() => story.events[e].here),
    calm: () => calm.matches,
  });
  const scrub = createScrub(/** @type {any} */ (byId('scrub')), story, { onDrag: ride.hold, onDrop: ride.letGo });

  build();
  new ResizeObserver(() => {
    build();
    ride.redraw();
  }).observe(drawing);

  // -- by hand ---------------------------------------------------------------------------------------------
  const play = () => {
    ride.toggle();
    address.replace(() => location.pathname);
  };
  pause.addEventListener('click', play);
  byId('back').addEventListener('click', () => ride.step(-1));
  byId('on').addEventListener('click', () => ride.step(1));
  go.addEventListener('click', () => {
    ride.takeOver();
    open.classList.add('fresh');
    setTimeout(() => open.classList.remove('fresh'), DOUBLE);
    byId('on').focus({ preventScroll: true });
    ahead?.(story.scenario);
  });
  open.addEventListener('click', address.flush);
  document.addEventListener('keydown', (event) => {
    const { target, key } = event;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !(target instanceof Element)) return;
    const [isFree, isInside] = [target === document.body, byId('run').contains(target)];
    /** @type {Record<string, (() => void) | false>} */
    const keys = {
      ArrowRight: () => ride.step(1),
      ArrowLeft: () => ride.step(-1),
      ' ': (isFree || target.id === 'scrub') && play,
      Home: isInside && (() => ride.take(0)),
      End: isInside && (() => ride.take(ride.last)),
    };
    const run = isFree || isInside ? keys[key] : undefined;
    if (!run) return;
    event.preventDefault();
    run();
  });

  // -- words, theme, what was seen -------------------------------------------------------------------------
  /** @type {Scenarios['pictures']} */
  let pictures = {};
  /** @type {((id: string) => void) | undefined} */
  let ahead;
  /** @type {ReturnType<typeof import('../offline.js').createOffline> | undefined} */
  let offline;
  const tell = () => {
    root.lang = text.language;
    offline?.speak(text);
    // In the language that it was built in, it says so already.
    if (root.dataset.words !== 'here' || text !== firstText) speak(text);
    mark(text, kept.progress);
    for (const button of document.querySelectorAll('.start [data-lang]')) setAttr(button, 'aria-pressed', String(button.getAttribute('data-lang') === text.language));
    if (figure) build();
    ride.redraw();
    root.dataset.words = 'here';
  };
  /** @param {Kept['language']} wanted */
  const speakIn = async (wanted) => {
    language = wanted;
    if (wanted === text.language) return;
    const loaded = await loadText(wanted, PARTS).catch(console.error);
    if (!loaded || wanted !== language) return;
    text = loaded;
    remember({ language });
    tell();
  };
  for (const button of document.querySelectorAll('.start [data-lang]')) {
    button.addEventListener('click', () => void speakIn(button.getAttribute('data-lang') === 'ko' ? 'ko' : 'en'));
  }
  const theme = byId('theme');
  const dress = (/** @type {Kept['theme']} */ wanted) => {
    root.dataset.theme = wanted;
    setAttr(theme, 'aria-pressed', String(wanted === 'dark'));
  };
  dress(kept.theme);
  theme.addEventListener('click', () => {
    const wanted = root.dataset.theme === 'dark' ? 'light' : 'dark';
    dress(wanted);
    remember({ theme: wanted });
  });
  // Back from a scenario, to this page as it was left.
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    kept = recall();
    dress(kept.theme);
    void speakIn(kept.language);
    mark(text, kept.progress);
    drawPictures(pictures, kept.progress);
  });
  addEventListener('pagehide', address.flush);

  // -- it begins -------------------------------------------------------------------------------------------
  const wanted = story.events.findIndex(({ here }) => here === location.search);
  if (wanted > 0) ride.hold(wanted);
  else if (calm.matches) ride.stand(timing.still.p);
  else {
    ride.stand(timing.begin);
    ride.play(true);
  }
  tell();
  let isSeen = true;
  const look = () => ride.away(!isSeen || document.hidden);
  new IntersectionObserver(([entry]) => {
    isSeen = entry.isIntersecting;
    look();
  }).observe(drawing);
  document.addEventListener('visibilitychange', look);
  root.dataset.ready = 'true';

  const scenarios = /** @type {Scenarios} */ (await fetchJson('./start/scenarios.json'));
  ({ pictures } = scenarios);
  drawPictures(pictures, kept.progress);
  ahead = fetchAheadOf(scenarios.ahead);
  root.dataset.drawn = 'true';
  whenIdle(() => import('../offline.js').then(({ createOffline }) => {
    offline = createOffline(text, (words) => byId('aloud').replaceChildren(words));
    byId('offline').replaceChildren(offline.line);
  }, console.warn));
}

start().catch((error) => {
  // The page stays as it was built: it can be read, and its links lead on.
  console.error(error);
  root.dataset.words = 'here';
});
