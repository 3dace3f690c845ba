// A run in words: every event a line, as plain text or as Markdown, in the language of the page.

import { sentence } from '../describe.js';
import { plain } from '../speech.js';

/** @typedef {import('../types.js').Run} Run */
/** @typedef {import('../types.js').Text} Text */
/**
 * @typedef {object} Told
 * @property {Text} text
 * @property {Run} run
 * @property {string} title
 * @property {string} link where it is opened
 * @property {[name: string, value: string][]} params in which it differs from the default run
 * @property {() => Promise<void>} [pause] lets others do something, now and then; it fails where nobody waits any more
 */

/** A run of more events than this is told so far, and how many are left out. */
export const MOST = 10_000;

/** How long events are told without a pause, in ms. */
const SLICE = 40;

/** The events, each with its time. @param {Told} told */
async function eventsOf({ text, run, pause }) {
  const events = [];
  let due = performance.now() + SLICE;
  for (let at = 1; at <= Math.min(run.length, MOST); at += 1) {
    if (pause && performance.now() > due) {
      await pause();
      due = performance.now() + SLICE;
    }
    const { key, args } = sentence(run.describe(at), text);
    events.push({ at, time: text.t('ms', { ms: run.time(at) }), moment: run.moment(at) ?? '', said: plain(text.say(key, args)) });
  }
  return events;
}

/** @param {Told} told */
const rest = ({ text, run }) => (run.length > MOST ? [text.t('saving.rest', { n: run.length - MOST })] : []);

/** @param {Told} told */
export async function asText(told) {
  const events = await eventsOf(told);
  const wide = (/** @type {'at' | 'time'} */ name) => Math.max(0, ...events.map((event) => String(event[name]).length));
  const [at, time] = [wide('at'), wide('time')];
  const params = told.params.map(([name, value]) => `${name} = ${value}`);
  return [
    told.title, told.link, ...params, '',
    ...events.map((event) => `${String(event.at).padStart(at)}  ${event.time.padStart(time)}  ${event.said}`), ...rest(told), '',
  ].join('\n');
}

/** What means something in Markdown means itself. @param {string} words */
const literal = (words) => words.replace(/[\\`*_{}[\]<>#|]/g, '\\$&').replace(/\s+/g, ' ');

/** @param {Told} told */
export async function asMarkdown(told) {
  const { t } = told.text;
  const events = await eventsOf(told);
  return [
    `# ${literal(told.title)}`, '', `<${told.link}>`, '',
    ...told.params.map(([name, value]) => `- ${literal(name)}: ${literal(value)}`), ...(told.params.length ? [''] : []),
    `| ${t('saving.event')} | ${t('saving.time')} | ${t('saving.moment')} | ${t('saving.said')} |`, '| ---: | ---: | --- | --- |',
    ...events.map(({ at, time, moment, said }) => `| ${at} | ${time} | ${literal(moment)} | ${literal(said)} |`), ...rest(told).flatMap((left) => ['', left]), '',
  ].join('\n');
}
