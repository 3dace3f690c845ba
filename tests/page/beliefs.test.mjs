// The page of beliefs: all that the questions of the scenarios offer, each with the link to a run that answers it, and that run does.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { load } from '../../www/build/engine.mjs';
import { axe, becomeReady, dist, open } from './support.mjs';

const { scenarios } = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8'));
const asking = scenarios.filter(({ question }) => question.options.length > 0);

/** What the page says, in a language. */
const listed = (file) => [...readFileSync(join(dist, file), 'utf8').matchAll(/<section class="part" data-scenario="([^"]+)"(?: data-answer="([^"]+)")?>(.*?)<\/section>/gs)].map(([, id, answer, inside]) => ({
  id, answer, link: inside.match(/href="([^"]+)"/)[1].replaceAll('&#38;', '&'),
  beliefs: [...inside.matchAll(/<li data-option="([^"]+)"( data-so)?(?: data-so-in="([^"]+)")?>\s*<p class="said">(.+?)<\/p>/g)].map(([, option, isSo, soIn, said]) => ({ option, isSo: Boolean(isSo), soIn: soIn?.replaceAll('&#38;', '&').replaceAll('&amp;', '&'), said })),
}));
const all = listed('beliefs.html');

test('every question is there with all that it offers, and there are thirty beliefs that do not hold, at least', (t) => {
  assert.deepEqual(all.map(({ id, beliefs }) => [id, beliefs.map(({ option }) => option)]), asking.map(({ id, question }) => [id, question.options]));
  const wrong = all.flatMap(({ beliefs }) => beliefs.filter(({ isSo }) => !isSo));
  t.diagnostic(`${wrong.length} beliefs`);
  assert(wrong.length >= 30);
  for (const { id, answer, beliefs } of all) assert.equal(beliefs.filter(({ isSo }) => isSo).length, answer ? 1 : 0, id);
});

test('both languages list the same, in words of their own', () => {
  const other = listed('beliefs.ko.html');
  const bare = (pages) => pages.map(({ beliefs, ...rest }) => ({ ...rest, beliefs: beliefs.map(({ said, ...belief }) => belief) }));
  assert.deepEqual(bare(other), bare(all));
  assert(other.flatMap(({ beliefs }) => beliefs).filter(({ said }) => /[가-힣]/.test(said)).length > 60);
});

test('the run behind each link answers as the page says', { timeout: 120_000 }, async () => {
  const viewer = await load('viewer');
  const ask = async (search) => {
    const { link } = viewer.readLink(search.replace('./', ''));
    const { module } = scenarios.find(({ id }) => id === link.scenario);
    const runner = await load(module);
    const run = new viewer.Run();
    runner.run(link.scenario, link.scenario, link.params.flat(), '', (chunk) => run.append(chunk));
    run.close();
    const answer = run.answer();
    run.free();
    return answer;
  };
  for (const { id, answer, link, beliefs } of all.filter(({ answer }) => answer)) {
    assert.equal(await ask(link), answer, id);
    for (const { option, soIn } of beliefs) if (soIn) assert.equal(await ask(soIn), option, `${id}: ${soIn}`);
  }
});

test('the page is clean, needs no script, and leads to the run', async () => {
  const page = await open('beliefs.html', { ready: false, fresh: true, view: 'lesson' });
  assert.deepEqual(await axe(page), []);
  assert.deepEqual(page.requests.filter((url) => url.endsWith('.js')), []);
  await page.locator('[data-scenario="lazy"] .asks a').click();
  await becomeReady(page);
  assert.match(page.url(), /\?s=lazy/);
  page.assertClean();
  await page.close();
});
