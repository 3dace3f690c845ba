// What the workbench's test and its benchmark share: its module in a page of the site that shows nothing.

import { open } from './support.mjs';

/** A page with the workbench's module and the viewer's as `window.workbench` and `window.viewer`. */
export async function openWorkbench() {
  const page = await open('nowhere', { ready: false });
  await page.evaluate(async () => {
    for (const name of ['workbench', 'viewer']) {
      const glue = await import(new URL(`engine/${name}.js`, location.href).href);
      await glue.default();
      window[name] = glue;
    }
  });
  return page;
}
