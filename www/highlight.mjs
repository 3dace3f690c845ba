// Colours the code that scenarios show, ahead of time, so that no parser is sent to the reader.
//
// A span is [from, to, class] over the file's UTF-16 offsets, in order, without overlap. The classes:
// k keyword, t type or lifetime, l literal, m macro or attribute, c comment. What has none stays plain.

import { highlightTree, styleTags, tagHighlighter, tags } from '@lezer/highlight';
import { parser as javascript } from '@lezer/javascript';
import { parser as rustParser } from '@lezer/rust';

const classes = tagHighlighter([
  { tag: tags.keyword, class: 'k' },
  { tag: [tags.typeName, tags.className, tags.special(tags.variableName)], class: 't' },
  { tag: tags.literal, class: 'l' },
  { tag: [tags.macroName, tags.meta], class: 'm' },
  { tag: tags.comment, class: 'c' },
  { tag: [tags.variableName, tags.namespace], class: 'name' },
]);

// The grammar leaves escapes in strings without a tag.
const rust = rustParser.configure({ props: [styleTags({ Escape: tags.escape })] });

/**
 * @param {string} text
 * @param {string} name of the file, for its language
 * @returns {[from: number, to: number, kind: string][]}
 */
export function highlight(text, name) {
  /** @type {[number, number, string][]} */
  const spans = [];
  const parser = name.endsWith('.js') ? javascript : rust;
  highlightTree(parser.parse(text), classes, (from, to, found) => {
    const tag = found.split(' ')[0]; // inside an attribute a name's own class comes second
    // A grammar cannot tell `Poll::Pending` from `poll::pending`; the two languages' naming rule can.
    const kind = tag !== 'name' ? tag : /^[A-Z]\w*[a-z]/.test(text.slice(from, to)) ? 't' : '';
    const last = spans.at(-1);
    if (last && last[1] === from && last[2] === kind) last[1] = to;
    else if (kind) spans.push([from, to, kind]);
  });
  return spans;
}
