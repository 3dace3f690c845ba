// A hero: one picture, and the same described as a list for those who do not see it. Both are made from one *model*, which is
// what the run comes to at the cursor. A hero says what it draws and knows nothing of how the page asks for it.

import { h } from '../../dom.js';
import { createPen } from './pen.js';

/** @typedef {import('../../types.js').Run} Run */
/** @typedef {import('../../types.js').Text} Text */
/** @typedef {import('./pen.js').Pen} Pen */

/**
 * What a hero is put into.
 * @typedef {object} Host
 * @property {Text} text with the part `heroes` of the catalogue
 * @property {(cursor: number) => void} goTo
 * @property {(change: string) => void} [offer] makes the run anew with a change
 * @property {(changes: string) => void} [changed] makes the run anew with these changes alone
 * @property {(params: Record<string, string>) => import('../../types.js').Explored | 'failed' | undefined} [explore] all orders of the run, as soon as they ran: until then nothing
 * @property {(name: string, value: string) => void} [setParam] makes the run anew with another parameter
 * @property {boolean} [reducedMotion]
 * @property {import('../../types.js').Code} [code] the scenario's, with its colours
 * @property {import('../../types.js').Info['crates']} [crates] that the scenario speaks of
 * @property {(scenario: string) => void} [visit] opens another scenario
 */

/** @typedef {{ width: number, height: number, small: boolean }} Size */
/**
 * What a hero is drawn from.
 * @typedef {object} State
 * @property {Run} run
 * @property {number} cursor
 * @property {number} seen
 * @property {{ at: number, isKnown: boolean }} deciding the moment that decides, and whether it may be shown
 * @property {Size} size
 * @property {Record<string, string>} params
 * @property {boolean} motion whether this is one hop on from what was drawn before
 * @property {import('../../stages/costs.js').Measuring} [live] what runs without a trace
 */

/** @typedef {{ text: string, now?: boolean, parts?: { text: string, now?: boolean }[] }} Item of the list */
/** @typedef {(key: string, args?: import('../../text.js').Args) => string} Words a hero's own words */
/**
 * A model's share in all heroes: how far the run is shown.
 * @typedef {{ cursor: number, now: number, isKnown: boolean }} Shown
 */

/**
 * @template M
 * @typedef {object} Picture
 * @property {string} name the key of its words
 * @property {(state: State, words: Words, host: Host) => M} model
 * @property {(pen: Pen, model: M, size: Size, words: Words) => void} draw
 * @property {(model: M, words: Words) => Item[]} describe
 * @property {(name: string, model: M, host: Host) => void} [pick] a thing was clicked that stands for no moment of the run
 * @property {(name: string, dx: number, dy: number, model: M, host: Host) => void} [drag] a thing was dragged so far and let go; what it stands for is asked for
 */

/**
 * @template M
 * @param {Picture<M>} picture
 */
export function heroOf({ name, model, draw, describe, pick, drag }) {
  /** @param {Host} host */
  return (host) => {
    const pen = createPen();
    const element = h('div', { class: 'hero-picture', 'data-hero': name });
    element.append(pen.scene.root);
    const list = h('ol', { class: 'hero-list vh' });
    /** @type {Words} */
    const words = (key, args) => host.text.t(`hero.${name}.${key}`, args);
    let described = '';
    /** @type {M | undefined} */
    let shown;
    /** What was drawn last: a jump over more than that does not move. @type {Run | undefined} */
    let of;

    pen.scene.root.addEventListener('click', (event) => {
      const thing = event.target instanceof Element ? event.target.closest('[data-go]') : null;
      if (thing) host.goTo(Number(thing.getAttribute('data-go')));
      const picked = event.target instanceof Element ? event.target.closest('[data-pick]') : null;
      if (picked && shown !== undefined) pick?.(picked.getAttribute('data-pick') ?? '', shown, host);
    });
    if (drag) dragThings(pen.scene.root, (thing, dx, dy) => shown !== undefined && drag(thing, dx, dy, shown, host));

    return {
      element,
      list,
      /** @param {State} state */
      update(state) {
        const { size } = state;
        const now = model(state, words, host);
        shown = now;
        pen.scene.root.setAttribute('viewBox', `0 0 ${size.width} ${size.height}`);
        const inMotion = state.motion && !host.reducedMotion && of === state.run;
        of = state.run;
        pen.draw(inMotion, () => draw(pen, now, size, words));
        const items = describe(now, words);
        const said = JSON.stringify(items);
        if (said === described) return;
        described = said;
        list.replaceChildren(...items.map(({ text, now: isNow, parts }) => h('li', { 'aria-current': isNow && 'step' }, text,
          ...(parts?.length ? [h('ul', {}, ...parts.map((part) => h('li', { 'aria-current': part.now && 'step' }, part.text)))] : []))));
      },
      destroy() {
        pen.scene.destroy();
        element.remove();
        list.remove();
      },
    };
  };
}

/**
 * Lets things that say so be dragged: while they are, they follow; when they are let go, what they stand for is asked for.
 * @param {SVGSVGElement} root
 * @param {(name: string, dx: number, dy: number) => void} dropped
 */
function dragThings(root, dropped) {
  root.addEventListener('pointerdown', (event) => {
    const thing = event.target instanceof Element ? /** @type {SVGElement | null} */ (event.target.closest('[data-drag]')) : null;
    if (!thing || event.button !== 0) return;
    event.preventDefault();
    const box = root.getBoundingClientRect();
    const scale = root.viewBox.baseVal.width / Math.max(box.width, 1);
    const from = { x: event.clientX, y: event.clientY };
    const stay = thing.getAttribute('transform') ?? '';
    let [dx, dy] = [0, 0];
    const ended = new AbortController();
    const { signal } = ended;
    root.setPointerCapture(event.pointerId);
    root.addEventListener('pointermove', (move) => {
      [dx, dy] = [(move.clientX - from.x) * scale, (move.clientY - from.y) * scale];
      thing.setAttribute('transform', `translate(${dx} ${thing.getAttribute('data-drag')?.startsWith('due') ? 0 : dy}) ${stay}`);
    }, { signal });
    const end = (/** @type {boolean} */ isDropped) => {
      ended.abort();
      thing.setAttribute('transform', stay);
      if (isDropped && Math.hypot(dx, dy) > 3) dropped(thing.getAttribute('data-drag') ?? '', dx, dy);
    };
    root.addEventListener('pointerup', () => end(true), { signal });
    root.addEventListener('pointercancel', () => end(false), { signal });
  });
}
