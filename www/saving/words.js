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
 */

/** A run of more events than this is told so far, and how many are left out. */
export const MOST = 10_000;

/** The events, each with its time. @param {Told} told */
function eventsOf({ text, run }) {
  return Array.from({ length: Math.min(run.length, MOST) }, (_, i) => {
    const { description, time } = run.frame(i + 1, 0);
    const { key, args } = sentence(description, text);
    return { at: i + 1, time: text.t('ms', { ms: time }), moment: run.moment(i + 1) ?? '', said: plain(text.say(key, args)) };
  });
}

/** @param {Told} told */
const rest = ({ text, run }) => (run.length > MOST ? [text.t('saving.rest', { n: run.length - MOST })] : []);

/** @param {Told} told */
export function asText(told) {
  const events = eventsOf(told);
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
export function asMarkdown(told) {
  const { t } = told.text;
  return [
    `# ${literal(told.title)}`, '', `<${told.link}>`, '',
    ...told.params.map(([name, value]) => `- ${literal(name)}: ${literal(value)}`), ...(told.params.length ? [''] : []),
    `| ${t('saving.event')} | ${t('saving.time')} | ${t('saving.moment')} | ${t('saving.said')} |`, '| ---: | ---: | --- | --- |',
    ...eventsOf(told).map(({ at, time, moment, said }) => `| ${at} | ${time} | ${literal(moment)} | ${literal(said)} |`), ...rest(told).flatMap((left) => ['', left]), '',
  ].join('\n');
}
