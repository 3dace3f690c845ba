// A run is saved as a file, and a file is opened: by dialog, by drop, and by the way back. What is damaged is said.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { axe, linkOf, open } from './support.mjs';

const recorded = (name) => readFileSync(new URL(`../format/${name}`, import.meta.url));
/** A trace of no scenario, with every kind of event. */
const FOREIGN = recorded('every-kind.trace');

const foot = (page, name) => page.locator('.rail .files').getByRole('button', { name, exact: true });
const narrator = (page) => page.locator('.narrator').innerText();
const notice = (page) => page.locator('.notice:not(.work)');

/** Chooses a file in the dialog that the button asks for. */
async function choose(page, button, name, buffer) {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button.click()]);
  await chooser.setFiles({ name, mimeType: 'application/octet-stream', buffer });
}

/** The bytes that the page leaves as a file. */
async function save(page) {
  const [download] = await Promise.all([page.waitForEvent('download'), foot(page, 'Save this run').click()]);
  return { name: download.suggestedFilename(), buffer: readFileSync(await download.path()) };
}

/** The code that is shown, by file. */
const codeOf = (page) => page.evaluate(() => [...document.querySelectorAll('.code .source')].filter((el) => !el.hidden)
  .map((el) => [el.dataset.file, [...el.querySelectorAll('.ln')].map((line) => [...line.childNodes].filter((part) => !part.classList?.contains('note')).map((part) => `${part.nodeName} ${part.textContent}`).join())]));

/** Waits until a file of so many events is shown. */
const shows = (page, name) => page.locator('.about .facts', { hasText: name }).waitFor();

/** What the page shows at each event, as far as a reader can tell; before the first, a scenario has a question. */
async function walk(page) {
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  const told = [];
  for (;;) {
    const [where, ...parts] = await page.evaluate(() => ['.step-of', '.narrator', '.executor'].map((part) => document.querySelector(part)?.innerText));
    told.push(parts);
    const [, at, of] = /event ([\d,]+) of ([\d,]+)/.exec(where);
    if (at === of) return told;
    await page.keyboard.press('ArrowRight');
  }
}

test('a run that is saved opens as what was seen: each event, what was found, and its code', async () => {
  const page = await open('?s=lost-wake&leaf=forgets_waker');
  const seen = await walk(page);
  const code = await codeOf(page);
  const file = await save(page);
  assert.equal(file.name, 'lost-wake.pollscope');
  await choose(page, foot(page, 'Open a trace…'), file.name, file.buffer);
  await shows(page, file.name);
  const reopened = await walk(page);
  assert.ok(seen.length > 10, `${seen.length} events`);
  // Its last event closes with the scenario's own words, and a file has others.
  assert.deepEqual(reopened.slice(0, -1), seen.slice(0, -1));
  assert.deepEqual(await codeOf(page), code);
  await page.keyboard.press('End');
  await page.locator('.inspectors .why').click();
  await page.locator('.inspector .findings', { hasText: 'forgets_waker.rs' }).waitFor();
  page.assertClean();
  await page.close();
});

test('a recording of another application opens: threads that overlap, wakes with who made them, its code, and no findings', async () => {
  const page = await open('?s=first-poll');
  await choose(page, foot(page, 'Open a trace…'), 'tokio.pollscope', recorded('watched.trace'));
  await shows(page, 'tokio.pollscope');
  const told = await walk(page);
  assert.ok(told.length > 100, `${told.length} events`);
  const all = told.map(([narrated]) => narrated).join('\n');
  assert.match(all, /collector/);
  assert.match(all, /thread 2 tokio-rt-worker/);
  assert.equal((await codeOf(page)).map(([file]) => file).join(), 'examples/watch_tokio.rs');
  assert.equal(await page.locator('.inspectors .why').count() && await page.locator('.inspector .findings li').count(), 0);
  page.assertClean();
  await page.close();
});

test('a run from a file is made again in its scenario, with its parameters, and the way back leads to the file', async () => {
  const page = await open('?s=first-poll&task_2=25&do=t1.w1-lose');
  const file = await save(page);
  await choose(page, foot(page, 'Open a trace…'), file.name, file.buffer);
  await shows(page, file.name);
  assert.match(await linkOf(page), /^\?s=trace&v=\d+$/);
  await page.getByRole('button', { name: 'Make this run again' }).click();
  await page.locator('.idea h1', { hasText: 'Three timers' }).waitFor();
  const link = await linkOf(page);
  assert.match(link, /task_2=25/);
  assert.match(link, /do=t1\.w1-lose/);
  await page.goBack();
  await shows(page, file.name);
  page.assertClean();
  await page.close();
});

test('a trace of which the page knows no scenario is dropped on it, and shown in every view', async () => {
  const page = await open('?s=moving');
  const drop = await page.evaluateHandle((bytes) => {
    const given = new DataTransfer();
    given.items.add(new File([new Uint8Array(bytes)], 'foreign.pollscope'));
    return given;
  }, [...FOREIGN]);
  await page.dispatchEvent('body', 'drop', { dataTransfer: drop });
  await shows(page, 'foreign.pollscope');
  const told = await walk(page);
  assert.ok(told.length > 40, `${told.length} events`);
  assert.ok(told.every(([sentence]) => sentence && !/^event\./.test(sentence)), 'each event has its sentence');
  assert.equal(await page.locator('.inspectors .ask:not(.tree-of)').count(), 0, 'there is nothing to change in it');
  assert.deepEqual(await axe(page), []);
  page.assertClean();
  await page.close();
});

test('the installed page opens a file that the system hands over, where its manifest says so', async () => {
  const { file_handlers: [{ action, accept }] } = JSON.parse(readFileSync(new URL('../../dist/app.webmanifest', import.meta.url), 'utf8'));
  assert.deepEqual(Object.values(accept), [['.pollscope']]);
  for (const bytes of [[...FOREIGN], undefined]) {
    const page = await open('nowhere', { ready: false, fresh: true });
    await page.addInitScript((bytes) => {
      const files = bytes ? [{ getFile: async () => new File([new Uint8Array(bytes)], 'handed.pollscope') }] : [];
      Object.defineProperty(window, 'launchQueue', { value: { setConsumer: (consumer) => consumer({ files }) } });
    }, bytes);
    await page.goto(new URL(action, page.site).href);
    if (bytes) {
      await shows(page, 'handed.pollscope');
      assert.ok((await walk(page)).length > 40);
    } else {
      // Opened without a file, it is the place where one is chosen.
      await page.locator('.about .choose').waitFor();
    }
    page.assertClean();
    await page.close();
  }
});

test('two files one after the other: the second one’s code takes the place of the first one’s', async () => {
  const page = await open('?s=first-poll');
  const file = await save(page);
  await choose(page, foot(page, 'Open a trace…'), 'foreign.pollscope', FOREIGN);
  await shows(page, 'foreign.pollscope');
  await choose(page, page.locator('.about .choose'), file.name, file.buffer);
  await shows(page, file.name);
  assert.match(await page.locator('.code').innerText(), /sleep/);
  page.assertClean();
  await page.close();
});

for (const [what, bytes, sentence, stays] of [
  ['no trace', Buffer.from('hello'), /“bad.pollscope” is not a trace/, true],
  ['of a later version', Buffer.concat([FOREIGN.subarray(0, 8), Buffer.from([99, 0, 0, 0]), FOREIGN.subarray(12)]), /later version of the format \(99\)/, true],
  ['cut off', FOREIGN.subarray(0, FOREIGN.length - 40), /ends before its run does/, false],
  ['damaged', Buffer.concat([FOREIGN, Buffer.from([7])]), /is damaged at byte/, false],
]) {
  test(`a file that is ${what}: it is said, and what can be shown is`, async () => {
    const page = await open('?s=first-poll');
    const before = await narrator(page);
    await choose(page, foot(page, 'Open a trace…'), 'bad.pollscope', bytes);
    await notice(page).waitFor();
    assert.match(await notice(page).innerText(), sentence);
    if (stays) assert.equal(await narrator(page), before);
    else await shows(page, 'bad.pollscope');
    page.assertClean();
    await page.close();
  });
}

test('an address that names a file opens the place to choose one, in both languages, on a phone, too', async () => {
  for (const options of [{}, { viewport: { width: 390, height: 844 } }, { viewport: { width: 320, height: 640 } }]) {
    const page = await open('?s=trace', options);
    await page.locator('.about .choose').waitFor();
    assert.deepEqual(await axe(page), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing scrolls sideways');
    await page.getByRole('button', { name: '한국어' }).click();
    await page.getByRole('button', { name: '기록 열기…' }).first().waitFor();
    await choose(page, page.locator('.about .choose'), 'foreign.pollscope', FOREIGN);
    await shows(page, 'foreign.pollscope');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing scrolls sideways');
    page.assertClean();
    await page.close();
  }
});
