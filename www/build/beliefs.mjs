// The page of beliefs: what each scenario's question offers as its answer, with the run that says whether it is so; and where it is not, the
// nearest run in which it is. Answers are those of runs that are made now. Two files without a script, one a language.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES } from '../languages.js';
import { changesOf } from '../otherwise.js';
import { fieldWords, valueWords } from '../words.js';
import { ENGINE, load } from './engine.mjs';
import { fileOf, sheet } from './sheet.mjs';
import { escape, loadWords } from './words.mjs';

/** @typedef {import('../types.js').Info} Info */
/** @typedef {Record<string, string>} Params */
/** @typedef {{ option: string, isSo: boolean, link: string, so?: { fields: Params, link: string } }} Belief */
/** @typedef {{ info: Info, answer: string | undefined, link: string, beliefs: Belief[] }} Asked */

/** So many runs of a scenario are made to find one for each belief. */
const RUNS = 60;

/** What a run's answer is; none of one that does not come to its end. @param {Info} info @param {Params} params */
async function answerOf({ id, module }, params) {
  const [viewer, runner] = await Promise.all([load('viewer'), load(module)]);
  const run = new viewer.Run();
  try {
    runner.run(id, id, Object.entries(params).flat(), '', (/** @type {Uint8Array} */ chunk) => run.append(chunk));
    run.close();
    return /** @type {string | undefined} */ (run.answer());
  } catch (error) {
    // A panic ends the instance: the next run has another.
    if (error instanceof WebAssembly.RuntimeError) {
      runner.__wbg_reset_state();
      runner.initSync({ module: readFileSync(join(ENGINE, module, `${module}_bg.wasm`)) });
    }
    // Or two choices exclude each other.
    return undefined;
  } finally {
    run.free();
  }
}

/** @param {Info} info @param {(scenario: string, params?: Params) => Promise<string>} linkOf @returns {Promise<Asked>} */
async function ask(info, linkOf) {
  const { id, kind, question: { options } } = info;
  const link = await linkOf(id);
  const isMadeAgain = kind === 'deterministic';
  const answer = isMadeAgain ? await answerOf(info, {}) : undefined;
  /** @type {Map<string, Params>} */
  const found = new Map();
  if (isMadeAgain) {
    for (const fields of changesOf(info, {}).slice(0, RUNS)) {
      if (options.every((option) => option === answer || found.has(option))) break;
      const other = await answerOf(info, fields);
      if (other !== undefined && other !== answer && !found.has(other)) found.set(other, fields);
    }
  }
  const beliefs = await Promise.all(options.map(async (option) => {
    const fields = found.get(option);
    return { option, isSo: option === answer, link, so: fields && { fields, link: await linkOf(id, fields) } };
  }));
  return { info, answer, link, beliefs };
}

/**
 * @param {string} out the folder of the site
 * @param {Info[]} scenarios
 * @param {string} policy what the page may do, as the other one says it
 */
export async function writeBeliefs(out, scenarios, policy) {
  const viewer = await load('viewer');
  const { link: plain } = viewer.readLink('');
  /** @param {string} scenario @param {Params} [params] */
  const linkOf = async (scenario, params = {}) => `./${viewer.writeLink({ ...plain, scenario, params: Object.entries(params).flat(), vs: [], unknown: [] })}`;
  const all = [];
  // One after the other: they share an instance.
  for (const info of scenarios) if (info.question.options.length > 0) all.push(await ask(info, linkOf));
  const counted = all.reduce((sum, { beliefs }) => sum + beliefs.filter(({ isSo }) => !isSo).length, 0);
  for (const language of LANGUAGES) writeFileSync(join(out, fileOf('beliefs', language)), pageIn(language, all, counted, policy));
}

/** @param {string} language @param {Asked[]} all @param {number} counted @param {string} policy */
function pageIn(language, all, counted, policy) {
  const text = loadWords(['site', 'start', 'page', 'beliefs', 'workers', 'slots', 'lesson', ...all.map(({ info }) => info.id)], language);
  const { t, html } = text;
  /** The choices of a run, as its form names them. @param {Params} fields */
  const choicesOf = (fields) => Object.entries(fields).map(([name, choice]) => escape(`${fieldWords(text, name)}: ${valueWords(text, name, choice)}`)).join(', ');
  /** @param {Asked} asked */
  const section = ({ info, answer, link, beliefs }) => {
    const words = `scenario.${info.id}`;
    const rows = beliefs.map(({ option, isSo, so }) => `<li data-option="${option}"${isSo ? ' data-so' : ''}${so ? ` data-so-in="${escape(so.link)}"` : ''}>
<p class="said">${html(`${words}.option.${option}`)}</p>${so ? `<details><summary>${html('beliefs.else')}</summary><a href="${escape(so.link)}">${choicesOf(so.fields)}</a></details>` : ''}</li>`).join('');
    const told = answer === undefined ? html('beliefs.live') : html('beliefs.says', { answer: t(`${words}.option.${answer}`) });
    return `<section class="part" data-scenario="${info.id}"${answer === undefined ? '' : ` data-answer="${answer}"`}><header><h2><a href="${escape(link)}">${html(`${words}.title`)}</a></h2></header>
<div><h3>${html(`${words}.question`)}</h3><ul>${rows}</ul><p class="asks"><a href="${escape(link)}">${html('beliefs.ask')}</a></p><details class="answer"><summary>${html('beliefs.answer')}</summary><p>${told}</p></details></div></section>`;
  };
  return sheet({ name: 'beliefs', language, policy, t, title: html('beliefs.title'), sub: html('beliefs.sub', { n: counted, of: all.length }), body: all.map(section).join('\n') });
}
