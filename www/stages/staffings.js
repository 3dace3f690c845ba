// Staffings on one clock, the code, the executor; or, in place of the last two, the sweep.

import { createCode } from '../views/code.js';
import { createExecutor } from '../views/executor.js';
import { staffings } from '../views/staffings.js';
import { later } from './later.js';
import { traced } from './traced.js';

export const stage = traced([
  { area: 'staffings', create: staffings({ words: 'staffings' }), like: 'timeline' },
  { area: 'code', create: createCode },
  { area: 'executor', create: createExecutor },
  { area: 'sweep', create: later('sweep', () => import('../views/sweep.js').then((view) => view.createSweep), (state) => state.show === 'sweep', { unfetched: 'sweep.unfetched' }) },
], ['tasks', 'polls', 'wasted', 'wakes', 'coalesced', 'allocations', 'bytes']);
