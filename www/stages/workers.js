// Tasks over workers on one clock, the code, the executor of the one that is real.

import { createCode } from '../views/code.js';
import { createExecutor } from '../views/executor.js';
import { staffings } from '../views/staffings.js';
import { traced } from './traced.js';

export const stage = {
  words: 'workers',
  ...traced([
    { area: 'staffings', name: 'workers', create: staffings({ words: 'workers' }), like: 'timeline' },
    { area: 'code', create: createCode },
    { area: 'executor', create: createExecutor },
  ], ['tasks', 'polls', 'wasted', 'wakes', 'coalesced', 'bytes']),
};
