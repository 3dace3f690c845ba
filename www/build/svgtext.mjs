// SVG as text: as much of an element as drawing code touches (`www/dom.js`), for pictures that are drawn while the site is
// built, by the code that draws them in the page.

import { escape } from './words.mjs';

class SvgText {
  /** @param {string} tag @param {Record<string, string | number>} attrs @param {SvgText[]} children */
  constructor(tag, attrs, children) {
    this.tag = tag;
    this.attrs = new Map(Object.entries(attrs).map(([name, value]) => [name, String(value)]));
    this.children = children;
    this.textContent = '';
  }

  /** @param {string} name */
  getAttribute(name) {
    return this.attrs.get(name) ?? null;
  }

  /** @param {string} name */
  hasAttribute(name) {
    return this.attrs.has(name);
  }

  /** @param {string} name @param {string} value */
  setAttribute(name, value) {
    this.attrs.set(name, value);
  }

  /** @param {string} name */
  removeAttribute(name) {
    this.attrs.delete(name);
  }

  /** @param {SvgText[]} children */
  append(...children) {
    this.children.push(...children);
  }

  /** @returns {string} */
  toString() {
    // What cannot be seen is not sent.
    if (this.getAttribute('opacity') === '0') return '';
    const attrs = [...this.attrs].filter(([name, value]) => !(name === 'opacity' && value === '1')).map(([name, value]) => ` ${name}="${escape(value)}"`);
    return `<${this.tag}${attrs.join('')}>${escape(this.textContent)}${this.children.join('')}</${this.tag}>`;
  }
}

/** @type {import('../start/shapes.js').Make} */
export const svgText = (tag, attrs = {}, ...children) => new SvgText(tag, attrs, children);
