// The page of words: each term of the field that lessons explain, and where it comes from: the standard library, the Rust reference, a
// crate, or for the browser's own, MDN. These are the site's only links out, but for a repository, where Cargo.toml names one.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES } from '../languages.js';
import { fileOf, sheet } from './sheet.mjs';
import { escape, loadWords } from './words.mjs';

const [STD, REFERENCE, FUTURES, MDN] = ['https://doc.rust-lang.org/std', 'https://doc.rust-lang.org/reference', 'https://docs.rs/futures/0.3', 'https://developer.mozilla.org/docs/Web'];

/** Where a term comes from, with what stands there called by its own name. @type {Record<string, [name: string, address: string]>} */
export const SOURCES = {
  future: ['std::future::Future', `${STD}/future/trait.Future.html`],
  poll: ['Future::poll', `${STD}/future/trait.Future.html#tymethod.poll`],
  pending: ['Poll::Pending', `${STD}/task/enum.Poll.html#variant.Pending`],
  ready: ['Poll::Ready', `${STD}/task/enum.Poll.html#variant.Ready`],
  waker: ['std::task::Waker', `${STD}/task/struct.Waker.html`],
  wake: ['Waker::wake', `${STD}/task/struct.Waker.html#method.wake`],
  await: ['Rust reference: await expressions', `${REFERENCE}/expressions/await-expr.html`],
  'state-machine': ['Rust reference: async functions', `${REFERENCE}/items/functions.html#async-functions`],
  drop: ['Rust reference: destructors', `${REFERENCE}/destructors.html`],
  pin: ['std::pin', `${STD}/pin/index.html`],
  executor: ['futures::executor', `${FUTURES}/futures/executor/index.html`],
  join: ['futures::join!', `${FUTURES}/futures/macro.join.html`],
  select: ['futures::select!', `${FUTURES}/futures/macro.select.html`],
  channel: ['futures::channel', `${FUTURES}/futures/channel/index.html`],
  mutex: ['std::sync::Mutex', `${STD}/sync/struct.Mutex.html`],
  guard: ['std::sync::MutexGuard', `${STD}/sync/struct.MutexGuard.html`],
  thread: ['std::thread', `${STD}/thread/index.html`],
  promise: ['MDN: Promise', `${MDN}/JavaScript/Reference/Global_Objects/Promise`],
  reaction: ['MDN: Promise.prototype.then()', `${MDN}/JavaScript/Reference/Global_Objects/Promise/then`],
  microtask: ['MDN: microtasks', `${MDN}/API/HTML_DOM_API/Microtask_guide`],
  macrotask: ['MDN: the event loop', `${MDN}/JavaScript/Reference/Execution_model`],
};

/**
 * @param {string} out the folder of the site
 * @param {string} policy
 */
export function writeGlossary(out, policy) {
  const terms = Object.keys(JSON.parse(readFileSync(new URL('../messages/en/terms.json', import.meta.url), 'utf8'))).filter((key) => key.endsWith('.name')).map((key) => key.slice('term.'.length, -'.name'.length));
  const unknown = Object.keys(SOURCES).filter((term) => !terms.includes(term));
  if (unknown.length > 0) throw new Error(`sources of no term: ${unknown.join(', ')}`);
  for (const language of LANGUAGES) {
    const { t, html } = loadWords(['site', 'terms', 'glossary'], language);
    const body = terms.map((term) => {
      const [name, address] = SOURCES[term] ?? [];
      const source = address ? `<p class="asks"><a lang="en" rel="noreferrer" href="${escape(address)}">${escape(name)}</a></p>` : '';
      return `<section class="part" id="${term}"><header><h2>${html(`term.${term}.name`)}</h2></header><div><p class="said">${html(`term.${term}`)}</p>${source}</div></section>`;
    }).join('\n');
    writeFileSync(join(out, fileOf('words', language)), sheet({ name: 'words', language, policy, t, title: html('words.title'), sub: html('words.sub', { n: terms.length }), body }));
  }
}
