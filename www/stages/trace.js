// A trace from a file: what it says of itself, and all views of a trace. Where no file is open, the place to choose one.

import { createAbout } from '../views/about.js';
import { createCode } from '../views/code.js';
import { createExecutor } from '../views/executor.js';
import { createMachine } from '../views/machine.js';
import { createMemory } from '../views/memory.js';
import { createTimeline } from '../views/timeline.js';
import { traced } from './traced.js';

const { mount } = traced([
  { area: 'code', create: createCode },
  { area: 'machine', create: createMachine },
  { area: 'timeline', create: createTimeline },
  { area: 'executor', create: createExecutor },
  { area: 'memory', create: createMemory },
], ['polls', 'wasted', 'wakes', 'coalesced', 'calls', 'allocations', 'bytes'], { look: 'scene trace', head: [{ area: 'about', create: createAbout }] });

// Without `panes` it is shown as it is, whatever the reader likes to see of a scenario: it has no lesson.
/** @type {import('../types.js').Stage} */
export const stage = { styles: 'trace', mount };
