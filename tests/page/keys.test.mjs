// Keys on keyboards that are not American: other alphabets, input methods, locks, signs behind AltGr. And what is the browser's
// stays the browser's.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chordOf } from '../../www/chord.js';
import { cursor } from './scenarios.mjs';
import { becomeReady, open } from './support.mjs';

const MODIFIERS = { ctrl: 'ctrlKey', alt: 'altKey', shift: 'shiftKey', meta: 'metaKey' };

/** An event of a keyboard, in short: `shift KeyC ㅊ`. @param {string} short */
function eventOf(short) {
  const parts = short.split(' ');
  const [code, key = ''] = [parts.find((part) => /^[A-Z]/.test(part)), parts.at(-1)];
  const held = Object.fromEntries(Object.entries(MODIFIERS).map(([name, property]) => [property, parts.slice(0, -1).includes(name)]));
  return { key: key === '␠' ? ' ' : key, code, ...held, altGr: parts.includes('altgr') };
}

for (const [what, chords] of Object.entries({
  'an American keyboard': { 'KeyC c': 'c', 'shift KeyN N': 'N', 'shift Slash ?': '?', 'Space ␠': ' ', 'shift ArrowLeft ArrowLeft': 'Shift+ArrowLeft', 'ctrl KeyC c': undefined, 'meta KeyC c': undefined },
  'Caps Lock': { 'KeyC C': 'c', 'KeyN N': 'n', 'shift KeyN n': 'N' },
  'a Korean one, as macOS and Linux tell it': { 'KeyC ㅊ': 'c', 'KeyN ㅜ': 'n', 'shift KeyN ㅜ': 'N', 'KeyR ㄱ': 'r', 'shift KeyR ㄲ': 'R', 'BracketLeft [': '[' },
  'an input method that is at work': { 'KeyC Process': 'c', 'shift KeyN Process': 'N', 'Digit2 Process': '2', 'shift Digit2 Process': 'Shift+Process', 'Period Process': '.', 'shift Slash Process': '?', 'Space Process': ' ' },
  'a Russian one': { 'KeyC с': 'c', 'BracketRight ъ': ']' },
  'a German one': { 'altgr ctrl alt Digit8 [': '[', 'altgr Digit9 ]': ']', 'ctrl alt Digit9 ]': ']', 'BracketLeft ü': '[', 'IntlBackslash <': '<', 'KeyZ y': 'y' },
  'a French one': { 'altgr Digit5 [': '[', 'shift Digit1 1': '1', 'Digit2 é': 'é', 'BracketLeft Dead': '[' },
  'a Mac of theirs': { 'alt Digit5 [': '[', 'alt KeyF ƒ': 'Alt+f', 'alt KeyC ç': 'Alt+c' },
  'what browsers own': { 'alt ArrowLeft ArrowLeft': 'Alt+ArrowLeft', 'alt KeyD d': 'Alt+d', 'alt Digit1 1': 'Alt+1', 'ctrl BracketLeft [': undefined },
})) {
  test(`what a key says on ${what}`, () => {
    for (const [short, expected] of Object.entries(chords)) {
      const { altGr, ...event } = eventOf(short);
      assert.equal(chordOf({ ...event, getModifierState: (name) => name === 'AltGraph' && altGr }), expected, short);
    }
  });
}

/** Presses keys that no driver has; says whether the page took each. @param {string[]} shorts */
const press = (page, ...shorts) => page.evaluate((events) => events.map(({ altGr, ...event }) => {
  const made = new KeyboardEvent('keydown', { ...event, modifierAltGraph: altGr, bubbles: true, cancelable: true });
  (document.activeElement ?? document.body).dispatchEvent(made);
  return made.defaultPrevented;
}), shorts.map(eventOf));

test('all letters work under a Korean input method, in both of its ways, and with Caps Lock', async () => {
  const page = await open('?s=state-machine');
  const pane = () => page.evaluate(() => document.activeElement.dataset.pane);
  for (const [letter, leads] of [['KeyC ㅊ', 'code'], ['KeyM Process', 'machine'], ['KeyT T', 'timeline'], ['KeyE ㄷ', 'executor'], ['KeyB ㅠ', 'memory']]) {
    await press(page, letter);
    assert.equal(await pane(), leads, letter);
  }
  await press(page, 'KeyN ㅜ', 'KeyW ㅈ');
  const wake = await cursor(page);
  assert(wake > 0, 'n w leads to a wake');
  await press(page, 'KeyN N', 'KeyW W');
  const next = await cursor(page);
  assert(next > wake, 'with Caps Lock n goes on, not back');
  await press(page, 'shift KeyN n', 'KeyW W');
  assert.equal(await cursor(page), wake, 'and with Shift it goes back');
  await press(page, 'KeyT ㅅ', 'KeyJ ㅓ');
  assert.match(await page.locator('#aloud').innerText(), /^Event/, 'the timeline has marked an event');
  page.assertClean();
  await page.close();
});

test('Alt and an arrow are Back and Forward; < and > lead from tick to tick', async () => {
  const page = await open('?s=state-machine&at=60');
  assert.deepEqual(await press(page, 'alt ArrowLeft ArrowLeft', 'alt ArrowRight ArrowRight', 'alt KeyF f'), [false, false, false]);
  await page.getByRole('slider').focus();
  assert.deepEqual(await press(page, 'alt ArrowLeft ArrowLeft'), [false]);
  assert.equal(await cursor(page), 64);
  await page.keyboard.press('f');
  await page.locator('.inspector [role=tab]').first().focus();
  assert.deepEqual(await press(page, 'alt ArrowLeft ArrowLeft'), [false], 'nor do tabs take it');
  const time = () => page.locator('.where').innerText().then((text) => Number(text.match(/([\d.]+) ms/)[1]));
  const before = await time();
  await page.keyboard.press('>');
  assert(await time() > before);
  await page.keyboard.press('<');
  await page.keyboard.press('<');
  assert(await time() < before);
  page.assertClean();
  await page.close();
});

test('brackets that need AltGr or Option lead to the next scenario', async () => {
  const page = await open('?s=lazy');
  for (const [chord, id] of [['altgr ctrl alt Digit9 ]', 'sequential-join'], ['alt Digit6 ]', 'blocking'], ['altgr Digit8 [', 'sequential-join']]) {
    assert.deepEqual(await press(page, chord), [true], chord);
    await page.waitForURL(new RegExp(`s=${id}`));
    await becomeReady(page);
  }
  page.assertClean();
  await page.close();
});

test('keys of a single character can be switched off, on a phone too, and stay off', async () => {
  const page = await open('?s=state-machine', { viewport: { width: 390, height: 844 } });
  await page.getByRole('button', { name: 'Keyboard map' }).click();
  await page.getByRole('checkbox').uncheck();
  await page.keyboard.press('Escape');
  const isOff = async () => {
    assert.deepEqual(await press(page, 'KeyC c', 'shift Slash ?', 'Digit1 1', 'BracketRight ]', 'KeyN n', 'KeyW w', 'shift Period >'), Array(7).fill(false));
    assert.equal(await cursor(page), 0);
    assert.deepEqual(await press(page, 'ArrowRight ArrowRight', 'shift ArrowRight ArrowRight', 'Home Home'), [true, true, true], 'all others work');
  };
  await isOff();
  await page.reload();
  await becomeReady(page);
  await isOff();
  await page.getByRole('button', { name: 'Keyboard map' }).click();
  await page.getByRole('checkbox').check();
  await page.keyboard.press('Escape');
  assert.deepEqual(await press(page, 'KeyN n', 'KeyW w'), [true, true]);
  assert(await cursor(page) > 0);
  page.assertClean();
  await page.close();
});

test('a choice that has the focus keeps its arrows, and lets all other keys through', async () => {
  const page = await open('?s=lazy');
  await page.locator('.predict input').first().focus();
  assert.deepEqual(await press(page, 'ArrowRight ArrowRight', 'Space ␠'), [false, false]);
  assert.deepEqual(await press(page, 'shift Period >', 'KeyN n', 'KeyP p'), [true, true, true]);
  assert(await cursor(page) > 0);
  await page.locator('#field-held').focus();
  assert.deepEqual(await press(page, 'KeyN n', 'shift Period >'), [false, false], 'a field takes them all');
  await page.evaluate(() => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', isComposing: true, bubbles: true })));
  assert.equal(await page.evaluate(() => document.activeElement.id), 'field-held', 'Escape that ends a composition leaves it');
  page.assertClean();
  await page.close();
});
