// The guess of an order: a card for each line that the run will log, with the source that it comes from, put into an order before it
// begins: by dragging them, by the arrow keys on a card’s handle, or by its buttons. In the last moment that order stands beside the
// recorded one, with the place where the two part. What the lines are, what writes them, which of them were written when, and which
// two may come either way, the viewer says.

import { h, setAttr, setShown, setText } from '../dom.js';
import { countAbove, hold } from '../held.js';

/** @typedef {import('../types.js').Deps} Deps */
/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').TurnLine} TurnLine */

/** Between the lines of a guess: no line has it. */
const AND = '\n';

/**
 * Lines that can be put into another order.
 * @param {Deps} deps
 * @param {(texts: string[]) => void} onOrder
 */
function createSortable({ text: { t }, speech }, onOrder) {
  const list = h('ol', { class: 'order' });
  /** @type {Map<string, { el: HTMLElement, grip: HTMLElement, up: HTMLButtonElement, down: HTMLButtonElement }>} */
  const rows = new Map();
  /** @type {string[]} */
  let order = [];

  /** @param {string[]} now */
  const place = (now) => {
    order = now;
    now.forEach((text, i) => {
      const row = rows.get(text);
      if (!row) return;
      if (list.children[i] !== row.el) list.insertBefore(row.el, list.children[i] ?? null);
      row.up.disabled = i === 0;
      row.down.disabled = i === now.length - 1;
    });
  };

  /** @param {string} text @param {number} to */
  const moved = (text, to) => {
    const rest = order.filter((one) => one !== text);
    rest.splice(to, 0, text);
    place(rest);
  };

  /** @param {string} text @param {number} to */
  const put = (text, to) => {
    moved(text, to);
    speech.say(t('lesson.order.moved', { line: text, n: to + 1, of: order.length }));
    onOrder(order);
  };

  /** By a button. @param {string} text @param {-1 | 1} by */
  const step = (text, by) => {
    put(text, order.indexOf(text) + by);
    const row = rows.get(text);
    // At an end there is only the other way.
    const button = by < 0 ? row?.up : row?.down;
    (button?.disabled ? (by < 0 ? row?.down : row?.up) : button)?.focus();
  };

  /** By a key on its handle. @param {string} text @param {Event} event */
  const press = (text, event) => {
    if (!(event instanceof KeyboardEvent) || event.altKey || event.ctrlKey || event.metaKey) return;
    const from = order.indexOf(text);
    const to = /** @type {Record<string, number | undefined>} */ ({ ArrowUp: from - 1, ArrowDown: from + 1, Home: 0, End: order.length - 1 })[event.key];
    if (to === undefined) return;
    // Here these keys are no steps of the run.
    event.preventDefault();
    event.stopPropagation();
    if (to === from || to < 0 || to >= order.length) return;
    put(text, to);
    rows.get(text)?.grip.focus();
  };

  /** A line follows the pointer up and down, past the others. @param {HTMLElement} el @param {string} text @param {PointerEvent} event */
  const drag = (el, text, event) => {
    if (event.button !== 0 || (event.target instanceof Element && event.target.closest('button:not(.grip)'))) return;
    event.preventDefault();
    el.classList.add('dragged');
    const before = order.join(AND);
    hold(el, event, (y) => {
      const above = countAbove([...list.children].filter((other) => other !== el), y);
      if (above === order.indexOf(text)) return;
      moved(text, above);
      // Its place in the list is another one: it would lose the pointer.
      el.setPointerCapture(event.pointerId);
    }, () => {
      el.classList.remove('dragged');
      if (order.join(AND) !== before) onOrder(order);
    });
  };

  return {
    list,
    /** @param {string[]} texts in their order @param {(text: string) => TurnLine['source']} sourceOf */
    show(texts, sourceOf) {
      if (texts.length !== rows.size || texts.some((text) => !rows.has(text))) {
        rows.clear();
        list.replaceChildren();
        for (const text of texts) {
          const button = (/** @type {'up' | 'down'} */ way) => h('button', { type: 'button', 'aria-label': t(`lesson.order.${way}`, { line: text }), title: t(`lesson.order.${way}`, { line: text }), click: () => step(text, way === 'up' ? -1 : 1) }, way === 'up' ? '↑' : '↓');
          const [up, down] = [button('up'), button('down')];
          const source = sourceOf(text);
          const grip = h('button', { type: 'button', class: 'grip', 'aria-label': t('lesson.order.grip', { line: text }), title: t('lesson.order.grip', { line: text }), keydown: (event) => press(text, event) });
          const el = h('li', { 'data-source': source, pointerdown: (event) => { if (event instanceof PointerEvent) drag(el, text, event); } },
            grip, h('code', {}, text), h('small', {}, t(`lesson.order.source.${source}`)), up, down);
          rows.set(text, { el, grip, up: /** @type {HTMLButtonElement} */ (up), down: /** @type {HTMLButtonElement} */ (down) });
        }
      }
      place(texts);
    },
    get order() {
      return order;
    },
  };
}

/**
 * @param {HTMLElement} root
 * @param {HTMLElement} closing the place for the answer in the last moment
 * @param {Deps} deps
 * @returns {View}
 */
export function createOrder(root, closing, deps) {
  const { text: { t, say }, act, info, speech } = deps;
  const take = h('button', { type: 'button', class: 'take', click: () => act.predict(sortable.order.join(AND)) });
  const sortable = createSortable(deps, (order) => act.predict(order.join(AND)));
  const question = () => say(`scenario.${info.id}.question`);
  const asked = h('fieldset', { class: 'ordered' }, h('legend', {}, ...question()), h('p', { class: 'how' }, t('lesson.order.how')), sortable.list, take);
  const kept = h('p', { class: 'kept' });
  root.append(asked, kept);
  let made = '';

  /** The two orders side by side, from the start to where they part and on. @param {TurnLine[]} lines @param {string[]} said @param {number} parts */
  const table = (lines, said, parts) => h('table', { class: 'orders-said' },
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('lesson.order.yours')), h('th', { scope: 'col' }, t('lesson.order.was')))),
    h('tbody', {}, ...lines.map((line, i) => h('tr', { class: i === parts ? 'parts' : i > parts && parts >= 0 ? 'after' : '' },
      h('td', {}, h('code', {}, said[i])),
      h('td', {}, line.at ? h('button', { class: 'link', click: () => act.go(line.at) }, h('code', {}, line.text)) : h('span', {}, h('code', {}, line.text), ` (${t('lesson.order.never')})`))))));

  return {
    update({ cursor }, { state, picture }) {
      const { prediction } = state;
      const { over } = picture;
      const { all, asked: order } = picture.turns;
      const isLast = cursor >= picture.length && over;
      const key = `${cursor === 0} ${prediction} ${over} ${isLast} ${all.map(({ text }) => text).join(AND)}`;
      if (key === made) return;
      made = key;
      const texts = order.map((i) => all[i].text);
      const guess = prediction?.split(AND);
      // A guess about other lines is none about these.
      const said = guess && guess.length === texts.length && texts.every((text) => guess.includes(text)) ? guess : undefined;
      const isAsked = cursor === 0 && !over;
      const isAnswered = over && said !== undefined;
      setShown(asked, isAsked && texts.length > 1);
      kept.hidden = isAsked || (isAnswered && isLast);
      closing.replaceChildren();
      if (isAsked) {
        sortable.show(said ?? texts, (text) => all.find((line) => line.text === text)?.source ?? 'script');
        setText(take, t(said ? 'lesson.order.taken' : 'lesson.order.take'));
        setAttr(take, 'aria-pressed', String(said !== undefined));
        return;
      }
      if (!isAnswered) {
        kept.replaceChildren(...question(), ' ', ...say(said ? 'lesson.order.guessed' : 'lesson.unguessed'));
        return;
      }
      const written = all.filter(({ at }) => at > 0).length;
      const parts = all.findIndex(({ text }, i) => i < written && said[i] !== text);
      const other = all.findIndex(({ text }) => text === said[parts]);
      const isFree = parts >= 0 && all[parts].either.includes(other);
      const verdict = () => (parts < 0 ? say('lesson.order.right') : [
        ...say('lesson.order.parts', { n: parts + 1, said: said[parts], was: all[parts].text }), ' ', ...(isFree ? [...say('lesson.order.either'), ' '] : []),
        h('button', { class: 'link', click: () => act.go(all[parts].at) }, t('lesson.see_why'))]);
      kept.replaceChildren(...verdict());
      closing.replaceChildren(h('p', { class: 'verdict' }, ...verdict()), table(all, said, parts));
      speech.announce('verdict', kept.textContent ?? '');
    },
    destroy: () => root.replaceChildren(),
  };
}
