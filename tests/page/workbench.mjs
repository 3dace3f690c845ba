// What the workbench's test and its benchmark share: its module in a page of the site that shows nothing.

import { open } from './support.mjs';

/** A page with the workbench's module as `window.workbench`, and these as well. @param {...string} more */
export async function openWorkbench(...more) {
  const page = await open('nowhere', { ready: false });
  await page.evaluate(async (names) => {
    for (const name of names) {
      const glue = await import(new URL(`engine/${name}.js`, location.href).href);
      await glue.default();
      window[name] = glue;
    }
  }, ['workbench', 'viewer', ...more]);
  return page;
}
