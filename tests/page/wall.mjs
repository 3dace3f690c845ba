// The wall, as its tests read and drive it.

export const MIB = 1024 * 1024;
export const figure = (page, name) => page.locator(`[data-figure="${name}"] b`).innerText().then((text) => Number(text.replace(/,/g, '')));
export const state = (page, name) => page.locator(`[data-state="${name}"] b`).innerText().then((text) => Number(text.replace(/,/g, '')));
export const card = (page) => page.locator('.pixel-card').innerText();
export const sentence = (page) => page.locator('.readout .narrator').innerText();
export const field = (page) => page.getByRole('application');

/** Waits until every future is spawned. */
export const spawned = (page) => page.locator('.spawning').waitFor({ state: 'hidden', timeout: 60_000 });

export async function pause(page) {
  await page.getByRole('button', { name: /^Pause/ }).click();
  await page.getByRole('button', { name: /^Play/ }).waitFor();
}

/** How many pixels of the canvas have which colour, as 24 bits. */
export const colours = (page) => page.evaluate(() => {
  const canvas = document.querySelector('.field-of-view canvas');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const counts = {};
  for (let i = 0; i < data.length; i += 4) {
    const colour = (data[i] << 16) | (data[i + 1] << 8) | data[i + 2];
    counts[colour] = (counts[colour] ?? 0) + 1;
  }
  return counts;
});

/** Waits until all of 30,000 futures are done. */
export const over = (page) => page.waitForFunction(() => document.querySelector('[data-state="done"] b')?.textContent === '30,000');

/** A token's colour, as 24 bits. */
export const token = (page, name) => page.evaluate((property) => {
  const probe = document.createElement('i');
  probe.style.color = `var(${property})`;
  document.body.append(probe);
  const [r, g, b] = getComputedStyle(probe).color.match(/\d+/g).map(Number);
  probe.remove();
  return (r << 16) | (g << 8) | b;
}, name);
