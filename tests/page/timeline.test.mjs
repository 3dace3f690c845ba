// The timeline on the page: zoom, pan, what it tells of an event, how it moves the cursor, and that it gives nothing away.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, open } from './support.mjs';

const SMALL = '?s=state-machine&callers=3&written=by_hand';
const LARGE = '?s=state-machine&callers=300&gap=1';

const field = (page) => page.locator('.timeline .field');
const description = (page) => page.locator('.timeline .description');
const cursorOf = (page) => page.locator('.where b').innerText().then((text) => Number(text.replace(/\D/g, '')));
/** What is read out: the page has one place for it. */
const aloud = (page) => page.locator('#aloud').textContent();

/** Presses a key in the timeline. */
async function press(page, ...keys) {
  await field(page).focus();
  for (const key of keys) await page.keyboard.press(key);
}

/** The x of the cursor's line in the timeline. */
const cursorX = (page) => page.locator('.tl-now').evaluate((el) => {
  const at = new DOMMatrix(el.style.transform).e;
  return at;
});

/** The rightmost column of the canvas, in CSS px, in which something in a state's hue is painted. */
const furthestHue = (page) => page.locator('.timeline canvas').evaluate((canvas) => {
  const { data, width, height } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let furthest = -1;
  for (let y = 0; y < height; y += 1) {
    for (let x = width - 1; x > furthest; x -= 1) {
      const [r, g, b, a] = data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4);
      if (a > 40 && Math.max(r, g, b) - Math.min(r, g, b) > 40) furthest = x;
    }
  }
  return furthest / devicePixelRatio;
});

/** All that is painted, to be compared. */
const pixels = (page) => page.locator('.timeline canvas').evaluate((canvas) => canvas.toDataURL());

for (const [name, run] of [['poll by poll', SMALL], ['as strips', LARGE]]) {
  test(`beyond the furthest event seen nothing is painted, ${name}`, async () => {
    for (const at of [6, 12, 30]) {
      const page = await open(`${run}&at=${at}`, { reducedMotion: 'reduce' });
      const cut = await page.locator('.timeline canvas').evaluate((canvas, x) => {
        const { data, width } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        const clock = canvas.height - 40 * devicePixelRatio;
        let marks = 0;
        for (let i = 0; i < data.length; i += 4) {
          const [px, py] = [(i / 4) % width, Math.floor(i / 4 / width)];
          // The hue of polls. Timers that are set are known, and stand there in another one.
          if (py < clock && px / devicePixelRatio > x + 8 && data[i + 3] > 40 && data[i + 2] - data[i] > 90) marks += 1;
        }
        return marks;
      }, await cursorX(page));
      assert.equal(cut, 0, `at ${at} no poll is painted right of the cursor`);
      page.assertClean();
      await page.close();
    }
  });
}

test('scrubbing back leaves what was seen, fainter, and blank stays blank', async () => {
  const page = await open(`${SMALL}&at=73`, { reducedMotion: 'reduce' });
  const seen = await furthestHue(page);
  const before = await pixels(page);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  assert.notEqual(await pixels(page), before, 'the picture changes with the cursor');
  assert(await furthestHue(page) <= seen + 1, 'and shows no more than before');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  assert.equal(await pixels(page), before, 'the same picture at the same step');
  await page.close();
});

test('zoom, pan and the whole run, by keys, buttons and wheel', async () => {
  const page = await open(`${LARGE}&at=15000`, { reducedMotion: 'reduce' });
  const before = await cursorOf(page);
  const about = page.locator('.timeline .about');
  const [dense] = [await about.textContent()];
  const wholeX = await cursorX(page);
  await press(page, ...'+'.repeat(12));
  const still = await about.textContent();
  assert.notEqual(still, dense, 'near enough, polls are drawn one by one');
  const near = await cursorX(page);
  await press(page, 'l');
  assert(await cursorX(page) < near - 50, 'l moves the window right');
  await press(page, 'h');
  assert(Math.abs(await cursorX(page) - near) < 2, 'and h back');
  await press(page, '0');
  assert(Math.abs(await cursorX(page) - wholeX) < 1, '0 shows the whole run');
  const whole = await pixels(page);
  await page.locator('.timeline').getByRole('button', { name: 'Nearer (+)' }).click();
  assert(await pixels(page) !== whole, 'a button zooms');
  await page.locator('.timeline').getByRole('button', { name: 'The whole run (0)' }).click();
  assert(await pixels(page) === whole, 'and another one shows the whole run');

  const box = await field(page).boundingBox();
  const at = await cursorX(page);
  await page.mouse.move(box.x + at, box.y + 60);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -300);
  await page.keyboard.up('Control');
  assert(Math.abs(await cursorX(page) - at) < 3, 'the wheel zooms about the pointer');
  const left = await cursorX(page);
  await page.mouse.move(box.x + 500, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 440, box.y + 60, { steps: 4 });
  await page.mouse.up();
  assert(Math.abs(await cursorX(page) - (left - 60)) < 2, 'a drag takes the window along');
  assert.equal(await cursorOf(page), before, 'and leaves the cursor where it is');
  page.assertClean();
  await page.close();
});

test('pointing tells an event in its sentence, and a click goes there', async () => {
  const page = await open(`${SMALL}&at=73`, { reducedMotion: 'reduce' });
  const box = await field(page).boundingBox();
  const lane = await page.locator('.timeline .names li[data-task="1"]').boundingBox();
  const y = lane.y + lane.height / 2;
  await page.mouse.move(box.x + await cursorX(page) - 40, y);
  const [nth, sentence] = await description(page).evaluate((el) => [el.querySelector('.nth').textContent, el.textContent]);
  assert.match(sentence, /ask 1/, 'of the lane that is pointed at');
  await page.mouse.click(box.x + await cursorX(page) - 40, y);
  assert.equal(await cursorOf(page), Number(nth));
  assert.equal(sentence.slice(nth.length), await page.locator('.narrator').textContent(), 'the narrator says the same');
  await page.mouse.move(5, 5);
  await description(page).waitFor({ state: 'hidden' });
  page.assertClean();
  await page.close();
});

test('beyond what was seen nothing is described', async () => {
  const page = await open(`${SMALL}&at=20`, { reducedMotion: 'reduce' });
  const box = await field(page).boundingBox();
  await page.mouse.move(box.x + await cursorX(page) + 60, box.y + 60);
  assert.equal(await description(page).isVisible(), false);
  await page.close();
});

test('keys mark events of a task, read them aloud, and lead there', async () => {
  const page = await open(`${SMALL}&at=73`, { reducedMotion: 'reduce' });
  const before = await cursorOf(page);
  await press(page, 'k');
  assert.match(await aloud(page), new RegExp(`^Event ${before}: `), 'the first press marks the cursor');
  await press(page, 'k', 'k');
  const said = await aloud(page);
  assert.match(said, /[Tt]ask 3/, 'the mark keeps to the task');
  const marked = Number(said.match(/^Event (\d+)/)[1]);
  assert(marked < before);
  assert.equal(await cursorOf(page), before, 'the cursor stays');
  await press(page, 'ArrowUp');
  assert.match(await aloud(page), /[Tt]ask 2/, 'up marks on the lane above');
  await press(page, 'ArrowDown', 'Enter');
  assert((await cursorOf(page)) <= marked, 'Enter goes to the mark');
  await press(page, 'Escape');
  await description(page).waitFor({ state: 'hidden' });
  // Not beyond what was seen.
  await press(page, ...'j'.repeat(80));
  assert(Number((await aloud(page)).match(/^Event (\d+)/)[1]) <= before);
  page.assertClean();
  await page.close();
});

test('with a task in focus, jumps keep to it', async () => {
  const page = await open(`${SMALL}&at=1`, { reducedMotion: 'reduce' });
  const jumps = async () => {
    const found = [];
    for (let i = 0; i < 4; i += 1) {
      await page.keyboard.press('n');
      await page.keyboard.press('w');
      found.push(await page.locator('.narrator').textContent());
    }
    return found;
  };
  assert((await jumps()).some((s) => !/ask 2/.test(s)), 'wakes of any task');
  await page.keyboard.press('End');
  await page.locator('.timeline .names li[data-task="2"] button').click();
  await page.keyboard.press('Home');
  assert.match(await description(page).textContent(), /task 2/, 'the timeline says so');
  for (const sentence of await jumps()) assert.match(sentence, /ask 2/);
  await page.close();
});

test('lanes that do not fit are counted, and a page away', async () => {
  const page = await open(`${LARGE}&at=2000`, { reducedMotion: 'reduce' });
  const first = () => page.locator('.timeline .names li').first().getAttribute('data-task').then(Number);
  const at = await first();
  assert.match(await page.locator('.timeline .about').textContent(), /lanes \d+ to \d+ of \d+/);
  await page.getByRole('button', { name: 'Lanes below' }).click();
  assert(await first() > at);
  await page.getByRole('button', { name: 'Lanes above' }).click();
  assert.equal(await first(), at);
  await page.close();
});

for (const options of [{}, { viewport: { width: 390, height: 844 } }, { forcedColors: 'active' }, { colorScheme: 'dark', locale: 'ko-KR' }]) {
  test(`the timeline has no accessibility violations, ${JSON.stringify(options)}`, async () => {
    const page = await open(`${LARGE}&at=2000`, { reducedMotion: 'reduce', ...options });
    assert.deepEqual(await axe(page, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'] }), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
    page.assertClean();
    await page.close();
  });
}
