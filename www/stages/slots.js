// Slots of memory, and the code.

import { createCode } from '../views/code.js';
import { createSlots } from '../views/slots.js';
import { traced } from './traced.js';

export const stage = {
  words: 'slots',
  ...traced([
    { area: 'slots', create: createSlots, like: 'memory' },
    { area: 'code', create: createCode },
  ], ['moves', 'moved_bytes']),
};
