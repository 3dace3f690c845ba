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

/** The stage of a scenario as a lesson: its views, told as a story. */
const lessons = fetchOnce(async (name) => {
  const [stage, { lessonOf }] = await Promise.all([stages.get(name), import('./lesson/stage.js'), addStyles('lesson')]);
  return lessonOf(stage);
});

/**
 * @param {Info} info
 * @param {boolean} tiled whether all views are shown, as tiles
 */
export const loadStage = async (info, tiled) => {
  const stage = await stages.get(info.stage);
  return tiled || !stage.panes ? stage : lessons.get(info.stage);
};

/**
 * Whether all views are shown, as tiles: what a link says goes before what the reader likes.
 * @param {Pick<import('./store.js').State, 'show' | 'view'>} state
 */
export const isTiled = ({ show, view }) => (show === '' ? view === 'all' : show === 'all' || show === 'sweep');
