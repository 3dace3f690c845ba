// Which arrangement of views shows a scenario, by the stage that its manifest names: each is fetched when it is first
// shown, with the styles that only it has.

import { fetchOnce } from './fetch.js';
import { addStyles } from './styles.js';

/** @typedef {import('./types.js').Stage} Stage */
/** @typedef {import('./types.js').Info} Info */

/** @type {Record<Info['stage'], () => Promise<{ stage: Stage }>>} */
const STAGES = {
  scene: () => import('./stages/scene.js'),
  program: () => import('./stages/program.js'),
  slots: () => import('./stages/slots.js'),
  queues: () => import('./stages/queues.js'),
  staffings: () => import('./stages/staffings.js'),
  workers: () => import('./stages/workers.js'),
  wall: () => import('./stages/wall.js'),
  costs: () => import('./stages/costs.js'),
};

const stages = fetchOnce(async (name) => {
  const { stage } = await STAGES[/** @type {Info['stage']} */ (name)]();
  if (stage.styles) await addStyles(stage.styles);
  return stage;
});

/** @param {Info} info */
export const loadStage = (info) => stages.get(info.stage);
