// Which arrangement of views shows a scenario, by the stage that its manifest names: each is fetched when it is first
// shown, with the styles that only it has.

import { fetchOnce } from './instance.js';

/** @typedef {import('./types.js').Stage} Stage */
/** @typedef {import('./types.js').Info} Info */

/** @type {Record<Info['stage'], () => Promise<{ stage: Stage }>>} */
const STAGES = {
  scene: () => import('./stages/scene.js'),
  slots: () => import('./stages/slots.js'),
  queues: () => import('./stages/queues.js'),
  staffings: () => import('./stages/staffings.js'),
  wall: () => import('./stages/wall.js'),
};

/** @param {string} name of the file in styles/stages */
const addStyles = (name) => new Promise((load, error) => {
  const link = document.createElement('link');
  Object.assign(link, { rel: 'stylesheet', href: `./styles/stages/${name}.css`, onload: load, onerror() {
    link.remove();
    error(new Error(link.href));
  } });
  document.head.append(link);
});

const stages = fetchOnce(async (name) => {
  const { stage } = await STAGES[/** @type {Info['stage']} */ (name)]();
  if (stage.styles) await addStyles(stage.styles);
  return stage;
});

/** @param {Info} info */
export const loadStage = (info) => stages.get(info.stage);
