// A program that prints: the code, who is polled when, what was printed, and the executor.

import { createCode } from '../views/code.js';
import { createExecutor } from '../views/executor.js';
import { createOutput } from '../views/output.js';
import { createTimeline } from '../views/timeline.js';
import { traced } from './traced.js';

export const stage = {
  styles: 'program',
  ...traced([
    { area: 'code', create: createCode },
    { area: 'timeline', create: createTimeline },
    { area: 'output', create: createOutput, like: 'machine' },
    { area: 'executor', create: createExecutor },
  ], ['tasks', 'polls', 'wasted', 'wakes', 'coalesced', 'allocations', 'bytes']),
};
