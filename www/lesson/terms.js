// Terms of the field: where a sentence of the lesson uses one, it can be touched, pointed at or focused, and says what it is. The
// words of a term stand in the catalogue beside its sentence, and come after the lesson: nothing waits for them.

import { h } from '../dom.js';

/** @typedef {import('../types.js').Text} Text */

const PART = 'terms';
/** Between a word and its sentence, and at least to the window's edge, in px. */
const GAP = 6;

/** Letters of a pattern are letters. @param {string} word */
const literal = (word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** A word at the beginning of a sentence is the same word. @param {string} word */
const anyCase = (word) => (/^[a-z]/.test(word) ? `[${word[0]}${word[0]?.toUpperCase()}]${literal(word.slice(1))}` : literal(word));

/**
 * What finds terms in a text.
 * @param {Text} text with its terms
 */
export function finder(text) {
  /** Those of a term, in all of their forms; none where the word is one of everyday speech, too. @type {[word: string, term: string][]} */
  const words = text.keys('term.').filter((key) => key.endsWith('.words')).flatMap((key) => {
    const term = key.slice(0, -'.words'.length);
    return text.t(key).split('|').filter(Boolean).map((word) => /** @type {[string, string]} */ ([word, term]));
  });
  words.sort(([a], [b]) => b.length - a.length);
  const any = words.map(([word]) => `(${anyCase(word)})`).join('|');
  // A Korean word has its particle behind it, and an English one nothing.
  const pattern = new RegExp(text.language === 'ko' ? `(?<![가-힣\\w])(?:${any})` : `(?<![\\w.-])(?:${any})(?![\\w-])`, 'g');
  /** @param {string} said @returns {{ at: number, word: string, term: string }[]} */
  return (said) => [...said.matchAll(pattern)].map((match) => ({
    at: match.index, word: match[0], term: words[match.slice(1).findIndex((group) => group !== undefined)]?.[1] ?? '',
  }));
}

/** @param {Text} text */
export function createTerms(text) {
  const note = h('div', { class: 'term-note', id: 'term-note', role: 'tooltip', popover: 'manual' });
  /** @type {ReturnType<typeof finder> | undefined} */
  let find;
  /** @type {HTMLElement | undefined} */
  let shown;
  /** Whether it was touched, and stays. */
  let isHeld = false;

  const hide = () => {
    shown?.removeAttribute('aria-describedby');
    shown = undefined;
    isHeld = false;
    if (note.matches(':popover-open')) note.hidePopover();
  };
  /** @param {HTMLElement} button @param {string} term */
  const show = (button, term) => {
    if (shown === button) return;
    hide();
    note.replaceChildren(h('b', {}, text.t(`${term}.name`)), ' ', ...text.say(term));
    note.showPopover();
    const [word, box] = [button.getBoundingClientRect(), note.getBoundingClientRect()];
    const isBelow = word.bottom + GAP + box.height <= innerHeight - GAP;
    note.style.left = `${Math.max(GAP, Math.min(word.left, innerWidth - box.width - GAP))}px`;
    note.style.top = `${isBelow ? word.bottom + GAP : Math.max(GAP, word.top - GAP - box.height)}px`;
    button.setAttribute('aria-describedby', note.id);
    shown = button;
  };

  /** @param {string} word @param {string} term */
  const button = (word, term) => {
    const toggle = () => {
      if (shown === el && isHeld) hide();
      else {
        show(el, term);
        isHeld = true;
      }
    };
    // No button: that could be parted from the particle behind it, on another line.
    const el = h('span', {
      role: 'button', tabindex: 0, class: 'term', 'data-term': term,
      // Not the step that the sentence around it is.
      click: (event) => {
        event.stopPropagation();
        toggle();
      },
      // Where it comes from another one: not where a step gave it the place of one that went.
      focus: (event) => {
        if (event instanceof FocusEvent && event.relatedTarget) show(el, term);
      },
      blur: hide,
      pointerenter: (event) => {
        if (event instanceof PointerEvent && event.pointerType === 'mouse' && !isHeld) show(el, term);
      },
      pointerleave: () => {
        if (!isHeld && document.activeElement !== el) hide();
      },
      keydown: (event) => {
        if (!(event instanceof KeyboardEvent)) return;
        const isAsked = event.key === 'Enter' || event.key === ' ';
        if (!isAsked && (event.key !== 'Escape' || shown !== el)) return;
        event.preventDefault();
        if (isAsked) toggle();
        else hide();
      },
    }, word);
    return el;
  };

  /** @param {Node | string} part @param {Set<string>} seen @returns {(Node | string)[]} */
  const marked = (part, seen) => {
    if (part instanceof Element) {
      // A name of the program is no word.
      if (!part.matches('code')) part.replaceChildren(...[...part.childNodes].flatMap((node) => marked(node, seen)));
      return [part];
    }
    const said = typeof part === 'string' ? part : part.textContent ?? '';
    /** @type {(Node | string)[]} */
    const parts = [];
    let from = 0;
    for (const { at, word, term } of find?.(said) ?? []) {
      if (seen.has(term)) continue;
      seen.add(term);
      parts.push(said.slice(from, at), button(word, term));
      from = at + word.length;
    }
    return [...parts, said.slice(from)];
  };

  document.body.append(note);
  const loaded = text.load(PART).then(() => { find = finder(text); }, () => {});

  return {
    /** Once they are there, or cannot be had. */
    loaded,
    /** Sentences with the terms in them marked: each where it stands first. @param {(Node | string)[][]} sentences */
    mark(sentences) {
      // Where they take the place of others, the note goes with its word.
      queueMicrotask(() => {
        if (shown && !shown.isConnected) hide();
      });
      const seen = new Set();
      return sentences.map((parts) => parts.flatMap((part) => marked(part, seen)));
    },
    destroy() {
      hide();
      note.remove();
    },
  };
}

/** @typedef {ReturnType<typeof createTerms>} Terms */
