// Staffings on one clock, the code, the executor.

import { createCode } from '../views/code.js';
import { createExecutor } from '../views/executor.js';
import { createStaffings } from '../views/staffings.js';
import { traced } from './traced.js';

export const stage = traced([
  { area: 'staffings', create: createStaffings, like: 'timeline' },
  { area: 'code', create: createCode },
  { area: 'executor', create: createExecutor },
], ['tasks', 'polls', 'wasted', 'wakes', 'coalesced', 'allocations', 'bytes']);
