// Tasks over workers on one clock, the code, the executor of the one that is real.

import { createCode } from '../views/code.js';
import { createExecutor } from '../views/executor.js';
import { staffings } from '../views/staffings.js';
import { traced } from './traced.js';

/** @typedef {import('../types.js').CreateView} CreateView */

/** What is compared, by scenario. @type {Record<string, CreateView>} */
const COMPARED = {
  'concurrency-parallelism': staffings({ words: 'workers', columns: ['lanes', 'waiting', 'computing', 'speaking', 'served'] }),
  languages: staffings({ words: 'workers', columns: ['lanes', 'takes', 'served', 'taken', 'memory'] }),
};

export const stage = {
  words: 'workers',
  ...traced([
    { area: 'staffings', name: 'workers', create: (root, deps) => COMPARED[deps.info.id](root, deps), like: 'timeline' },
    { area: 'code', create: createCode },
    { area: 'executor', create: createExecutor },
  ], ['tasks', 'polls', 'wasted', 'wakes', 'coalesced', 'bytes']),
};
