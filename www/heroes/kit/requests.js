// Requests that go through stacks of layers, as a run recorded them: what its requests logged, and which futures stood in which. A
// stack is the tasks of one name.

import { lanesOf, marks, once, stretches } from './run.js';

/** @typedef {import('../../types.js').Run} Run */
/** @typedef {import('./clock.js').Lasts} Lasts */
/** @typedef {Lasts & { failed: boolean, said: string }} Call one of the service: what it came to; empty where the run ended before */
/** @typedef {Lasts & { isOver: boolean }} Clock of a timeout; over: before there was an answer */
/** @typedef {Lasts & { by: { at: number, layer: string }[] }} Wait until a stack is ready; by which layer it is not, one after the other */
/** @typedef {{ name: string, value: string }} Layer */
/** @typedef {{ ms: number, at: number, text: string, isOk: boolean, by: string }} End */
/** @typedef {{ task: number, nth: number, comes: { ms: number, at: number }, waits: Wait[], calls: Call[], clocks: Clock[], end?: End }} Request */
/** @typedef {{ name: string, layers: Layer[], service: Layer, requests: Request[] }} Stack */

/** What the futures of layers are named, and of the wait for them. */
const [TIMEOUT, READY] = ['Timeout', 'poll_ready'];
/** Which layer a task logs that is not ready. @type {Record<string, string>} */
const NOT_READY = { 'concurrency limit': 'ConcurrencyLimit', 'rate limit': 'RateLimit' };
/** Which layer answers for the others, by what it answers. @type {Record<string, string>} */
const ANSWERS = { 'Err(Elapsed)': 'Timeout', 'Err(Overloaded)': 'LoadShed' };

/** `Timeout 50 ms > Retry 1 > Backend 40 ms`, from the outermost in. @param {string} text @returns {Layer[]} */
const layersOf = (text) => text.split(' > ').map((one) => {
  const [name, ...value] = one.split(' ');
  return { name, value: value.join(' ') };
});

/** The futures of one name in a task, each with all its polls. @param {Run} run @param {number} task @param {string} name */
function futuresOf(run, task, name) {
  /** @type {Map<number, import('../../types.js').Stretch[]>} */
  const byId = new Map();
  for (const stretch of stretches(run, 'future')) {
    if (stretch.task === task && stretch.of.name === name) byId.set(stretch.of.id, [...byId.get(stretch.of.id) ?? [], stretch]);
  }
  return [...byId.values()].map((polls) => {
    const last = polls[polls.length - 1];
    const isReady = last.of.kind === 'future' && last.of.ready;
    return { from: polls[0].from, at: polls[0].at, to: isReady ? last.to : run.duration, till: isReady ? last.till : 0, polls: polls.length };
  });
}

/** @param {Run} run @param {number} task @param {string} service @returns {Request | undefined} */
function requestOf(run, task, service) {
  const said = marks(run, 'logged').filter(({ event }) => event.task === task).map(({ at, time, event }) => {
    const [who, what] = event.text.split(': ');
    return { at, ms: time, who, what: what ?? '' };
  });
  const comes = said.find(({ who }) => who.startsWith('request '));
  if (!comes) return undefined;
  const ends = said.find((one) => one.who === comes.who && one !== comes);
  const over = said.filter(({ who, what }) => who === 'timeout' && what === 'over');
  const notReady = said.filter(({ who }) => who in NOT_READY);
  const answers = said.filter(({ who }) => who.startsWith('call '));
  // What was dropped with the request ended with it.
  const until = (/** @type {{ from: number, at: number, to: number, till: number }} */ one) => (one.till || !ends ? one : { ...one, to: ends.ms, till: ends.at });
  return {
    task, nth: Number(comes.who.split(' ')[1]), comes,
    waits: futuresOf(run, task, READY).filter(({ polls, till }) => polls > 1 || !till).map(until).map(({ from, at, to, till }) => ({
      from, at, to, till, by: notReady.filter((one) => one.at >= at && (!till || one.at < till)).map((one) => ({ at: one.at, layer: NOT_READY[one.who] })),
    })),
    // A request's calls come one after the other, and so does what becomes of them.
    calls: futuresOf(run, task, service).map(({ from, at }, i) => {
      const answer = answers[i];
      return { from, at, to: answer?.ms ?? run.duration, till: answer?.at ?? 0, failed: answer?.what === '503', said: answer?.what ?? '' };
    }),
    clocks: futuresOf(run, task, TIMEOUT).map(until).map(({ from, at, to, till }) => ({ from, at, to, till, isOver: over.some((one) => one.at > at && one.at < till && one.ms === to) })),
    end: ends && { ms: ends.ms, at: ends.at, text: ends.what, isOk: ends.what.startsWith('Ok('), by: ANSWERS[ends.what] ?? '' },
  };
}

/** @param {Run} run @returns {Stack[]} */
export const stacksOf = (run) => once(run, 'stacks', () => {
  const names = lanesOf(run).lanes.map(({ name }) => name);
  return [...new Set(names)].flatMap((name) => {
    const tasks = names.flatMap((other, i) => (other === name ? [i + 1] : []));
    const first = marks(run, 'logged').find(({ event }) => tasks.includes(event.task) && event.text.startsWith('request '));
    if (!first) return [];
    const layers = layersOf(first.event.text.split(': ')[1]);
    const service = layers[layers.length - 1];
    return [{ name, layers: layers.slice(0, -1), service, requests: tasks.flatMap((task) => requestOf(run, task, service.name) ?? []) }];
  });
});

/** The layer for which a request waits at a cursor. @param {Request} request @param {number} cursor */
export function waitsFor({ waits }, cursor) {
  const wait = waits.find(({ at, till }) => at <= cursor && !(till && till <= cursor));
  return wait?.by.findLast(({ at }) => at <= cursor)?.layer;
}
