// The code, the browser's queues, and the order in which things happened.

import { createCode } from '../views/code.js';
import { createOrder } from '../views/order.js';
import { createQueues } from '../views/queues.js';
import { traced } from './traced.js';

export const stage = {
  words: 'queues',
  ...traced([
    { area: 'code', create: createCode },
    { area: 'queues', create: createQueues, like: 'executor' },
    { area: 'order', create: createOrder, like: 'timeline' },
  ], ['polls', 'wakes', 'microtasks', 'macrotasks', 'bytes']),
};
