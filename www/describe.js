// From an event's description to its sentence: the key in the catalogues, and flat arguments for it.

/** @typedef {import('./types.js').Description} Description */
/** @typedef {import('./types.js').Holder} Holder */
/** @typedef {import('./types.js').Text} Text */
/** @typedef {import('./text.js').Args} Args */

/**
 * Who holds or woke, as a select's arguments.
 * @param {Holder | null | undefined} holder
 * @param {Text} text
 * @returns {Args}
 */
export function holderArgs(holder, { t }) {
  if (!holder) return { by: 'none' };
  switch (holder.kind) {
    case 'timer': return { by: 'timer', deadline: holder.deadline };
    case 'task': return { by: 'task', other: holder.task };
    case 'promise': return { by: 'promise', promise: holder.promise };
    case 'channel':
    case 'mutex':
    case 'bell':
    case 'cell':
    case 'driver':
    case 'socket':
    case 'stream': {
      const { kind, nth } = holder;
      // Capital letters are a language's own affair: there is a text for the start of a sentence.
      return { by: 'thing', thing: t(`thing.${kind}`, { nth }), Thing: t(`thing.${kind}.first`, { nth }) };
    }
    default: return { by: holder.kind };
  }
}

/**
 * Who is to wake one that sleeps, or has done so.
 * @param {Text} text
 * @param {import('./types.js').Frame['sleeping'][number]} task
 */
export const asleep = (text, { what, holders, woken }) => (woken
  ? text.t('woken.soon', { woken: text.t('woken', holderArgs(woken, text)) })
  : text.t(what === 'callbacks' ? 'called' : 'held', holderArgs(holders[0], text)));

/**
 * A name that ends in a number is one of a series, whose words take the number.
 * @param {string} name
 */
export function seriesOf(name) {
  const [, series, n] = /^(.*?)(\d*)$/.exec(name) ?? [];
  return { series: series ?? name, n: Number(n) };
}

/**
 * An address as people read one: halves of a word apart.
 * @param {number} address
 */
export function hex(address) {
  const digits = address.toString(16).padStart(8, '0');
  return `0x${digits.slice(0, 4)}_${digits.slice(4)}`;
}

/** What a part of a variable is called, beside the others: `target.number` is `number`. @param {string} name */
export const part = (name) => name.slice(name.lastIndexOf('.') + 1);

/** A byte as people read one. @param {number} byte */
export const hexByte = (byte) => byte.toString(16).padStart(2, '0');

/**
 * @param {Description} event
 * @param {Text} text names what the engine leaves without a name
 * @returns {{ key: string, args: Args }}
 */
export function sentence(event, text) {
  switch (event.kind) {
    case 'ended': {
      const { why, ...args } = event.ending;
      return { key: `event.ended.${why}`, args };
    }
    case 'state_changed': {
      const args = { ...event, from: event.from || text.t('state.start'), to: event.to || text.t('state.end') };
      const known = args.byte_from != null && args.byte_to != null && args.byte_from !== args.byte_to;
      return { key: 'event.state_changed', args: { ...args, known: known ? 'yes' : 'no' } };
    }
    case 'bytes_changed':
      return { key: 'event.bytes_changed', args: { ...event, state: event.state || text.t('state.start') } };
    case 'timer_fired':
      return { key: 'event.timer_fired', args: { task: event.task, late: event.late, is_late: event.late > 0 ? 'yes' : 'no' } };
    default:
      return { key: `event.${event.kind}`, args: argsOf(event, text) };
  }
}

/**
 * What happened, without what it means: as much of a sentence as leads it.
 * @param {Description} event
 * @param {Text} text
 */
export function short(event, text) {
  const { key, args } = sentence(event, text);
  const parts = text.say(key, args);
  const lead = parts.find((part) => part instanceof HTMLElement && part.tagName === 'B');
  const rest = key === 'event.logged' ? parts.slice(parts.indexOf(lead ?? '') + 1) : [];
  return [...(lead instanceof HTMLElement ? lead.childNodes : parts), ...rest].map((part) => (part instanceof Node ? part.textContent : part)).join('').replace(/\.$/, '');
}

/**
 * What is wrong with a run, as its sentence.
 * @param {import('./types.js').Finding} finding
 * @param {Text} text
 * @returns {{ key: string, args: Args }}
 */
export function diagnosis({ cause, at, awaited }, text) {
  const key = `finding.${cause.kind}`;
  const lines = { ...lineArgs('at', at), ...lineArgs('awaited', awaited) };
  if (cause.kind !== 'deadlock') return { key, args: { ...argsOf(cause, text), ...lines } };
  const { links } = cause;
  return { key, args: { n: links.length, first: links[0].task, last: links[links.length - 1].task, ...lineArgs('taken', links[0].taken), ...lines } };
}

/**
 * A line of the code, as the arguments of a sentence: whether there is one, and which.
 * @param {string} name
 * @param {import('./types.js').Place | undefined} place
 */
const lineArgs = (name, place) => ({ [name]: place ? 'yes' : 'no', [`${name}_line`]: place ? `${place.file}:${place.line}` : '' });

/** Fields that say who holds or who woke; where they are a number, they are one. */
const HOLDERS = new Set(['by', 'holder', 'on']);

/**
 * A description or a cause, as the arguments of a sentence.
 * @param {object} described
 * @param {Text} text
 */
export function argsOf(described, text) {
  /** @type {Args} */
  const args = {};
  for (const [name, value] of Object.entries(described)) {
    if (name === 'at') Object.assign(args, { at: value ? 'yes' : 'no', ...value });
    else if (HOLDERS.has(name) && typeof value !== 'number') Object.assign(args, holderArgs(value, text));
    else if (name === 'address') args.address = hex(value);
    else if (name === 'field' || name === 'future') Object.assign(args, { [name]: value, named: value ? 'yes' : 'no' });
    else args[name] = typeof value === 'boolean' ? (value ? 'yes' : 'no') : value;
  }
  return args;
}
