// Code, machines, timeline, executor, memory.

import { createCode } from '../views/code.js';
import { createExecutor } from '../views/executor.js';
import { createMachine } from '../views/machine.js';
import { createMemory } from '../views/memory.js';
import { createTimeline } from '../views/timeline.js';
import { traced } from './traced.js';

export const stage = traced([
  { area: 'code', create: createCode },
  { area: 'machine', create: createMachine },
  { area: 'timeline', create: createTimeline },
  { area: 'executor', create: createExecutor },
  { area: 'memory', create: createMemory },
], ['polls', 'wasted', 'wakes', 'coalesced', 'calls', 'allocations', 'bytes']);
