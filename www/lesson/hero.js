// The one large picture of a lesson: the hero that the manifest names. Until it is fetched, and where there is none, the place of
// it is empty: nothing moves when it comes.

import { h } from '../dom.js';
import { hasHero, loadHero } from '../heroes/index.js';
import { motion } from '../motion.js';
import { turn } from '../turns.js';
import { momentAt } from './levels.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Frame} Frame */
/** @typedef {import('../types.js').Extra} Extra */

/** How many px of the page are one of a picture's, which has so many of the page. @typedef {(width: number, height: number) => number} Scale */

/** Narrower than this, a picture is drawn as on a phone, in px. */
const SMALL = 560;

/**
 * All orders of a run, for the pictures that show them: what makes them is fetched when one asks.
 * @param {string} scenario
 * @param {() => void} onFound
 */
function createOrdersOf(scenario, onFound) {
  /** @type {Map<string, import('../types.js').Explored | 'failed' | undefined>} by the parameters */
  const known = new Map();
  let end = () => {};
  return {
    /** @param {Record<string, string>} params */
    of(params) {
      const key = JSON.stringify(params);
      if (!known.has(key)) {
        known.set(key, undefined);
        end();
        let isOver = false;
        let endJob = () => {};
        end = () => {
          isOver = true;
          endJob();
          // One that was not waited for is asked for again.
          if (!known.get(key)) known.delete(key);
        };
        import('../explore.js').then(({ exploreAll }) => {
          if (isOver) return;
          endJob = exploreAll(scenario, params, (explored) => {
            known.set(key, explored);
            onFound();
          });
        }, () => {
          known.set(key, 'failed');
          onFound();
        });
      }
      return known.get(key);
    },
    /** Whether some were asked for and are not there yet. */
    get isAwaited() {
      return [...known.values()].includes(undefined);
    },
    destroy: () => end(),
  };
}

/**
 * @param {HTMLElement} root
 * @param {Deps} deps
 * @param {Scale} [scaleIn]
 * @returns {View}
 */
export function createHero(root, deps, scaleIn = () => 1) {
  const { text, act, info } = deps;
  const key = `hero.${info.hero}.title`;
  const title = h('h2');
  const figure = h('div', { class: 'figure' });
  root.append(h('header', {}, title), figure);
  /** @type {import('../heroes/index.js').Hero | undefined} */
  let hero;
  /** @type {{ frame: Frame, extra: Extra } | undefined} */
  let latest;
  let isGone = false;
  /** Of the figure, in px: asked when it changes, and not at each step. @type {[width: number, height: number]} */
  let room = [0, 0];
  /** The moment that was drawn last: one hop on from it things move. */
  let drawn = -1;
  let [isFirst, isDue] = [true, false];

  const orders = createOrdersOf(info.id, () => draw());

  const draw = () => {
    if (!hero || !latest) return;
    const { frame: { cursor }, extra: { state, picture, live } } = latest;
    const scale = scaleIn(...room);
    const [width, height] = room.map((length) => Math.round(length / scale));
    if (!width || !height) return;
    const { moments } = picture.story;
    const now = momentAt(moments, cursor);
    const decides = moments.find((moment) => moment.decides)?.at ?? picture.length;
    hero.update({
      run: picture.run, cursor, seen: state.seen,
      deciding: { at: decides, isKnown: state.seen >= decides },
      size: { width, height, small: width < SMALL },
      params: state.params,
      live,
      motion: Math.abs(now - drawn) <= 1 && !(state.playing && state.speed > 1),
    });
    figure.ariaBusy = String(orders.isAwaited);
    drawn = now;
    isFirst = false;
  };

  /** The first picture measures its texts and places its parts, and has a task of its own: what is read stands beside it sooner. */
  const drawSoon = () => {
    if (!isFirst) draw();
    else if (!isDue) {
      isDue = true;
      void turn().then(() => {
        isDue = false;
        if (!isGone) draw();
      });
    }
  };

  if (hasHero(info.hero)) {
    figure.ariaBusy = 'true';
    Promise.all([loadHero(info.hero), text.load('heroes')]).then(([{ createHero }]) => {
      if (isGone) return;
      if (text.has(key)) title.replaceChildren(...text.say(key));
      hero = createHero({
        text, goTo: act.go, offer: act.fork, changed: act.changed, explore: orders.of, setParam: act.change, code: { files: info.files, spans: deps.spans }, crates: info.crates, visit: act.open,
        get reducedMotion() {
          return motion.isReduced;
        },
      });
      figure.replaceChildren(hero.element, hero.list);
      drawSoon();
    }, () => {
      figure.ariaBusy = 'false';
      figure.replaceChildren(h('p', { class: 'empty' }, text.t('notice.unfetched')));
    });
  }
  const sized = new ResizeObserver(() => {
    room = [figure.clientWidth, figure.clientHeight];
    drawSoon();
  });
  sized.observe(figure);

  return {
    update(frame, extra) {
      latest = { frame, extra };
      drawSoon();
    },
    destroy() {
      isGone = true;
      sized.disconnect();
      orders.destroy();
      hero?.destroy();
      root.replaceChildren();
    },
  };
}
