// A run that is changed, as its tests read and drive the page.

import assert from 'node:assert/strict';
import { becomeReady } from './support.mjs';

export const at = async (page) => Number((await page.locator('.where b').innerText()).replace(/\D/g, ''));
export const narrator = (page) => page.locator('.narrator').innerText();
export const changes = (page) => page.locator('#changes');
export const tab = (page, name) => page.getByRole('tab', { name });

/** Goes to the first wake of the run, of task 1 by its timer. */
export async function toFirstWake(page) {
  await page.keyboard.press('n');
  await page.keyboard.press('w');
  assert.match(await narrator(page), /wakes task 1/);
}

/** Waits until the run of an address is on the stage. */
export async function shown(page, url) {
  await page.waitForURL(url);
  await becomeReady(page);
}

/** The first wake is lost, by the panel. */
export async function loseFirstWake(page) {
  await toFirstWake(page);
  await page.getByRole('button', { name: 'What if…' }).click();
  await page.getByRole('button', { name: /task 1 is not woken/ }).click();
  await shown(page, /do=t1\.w\d+-lose/);
}
