// Which arrangement of views shows a scenario, by the stage that its manifest names: each is fetched when it is first
// shown, with the styles that only it has.

import { fetchOnce } from './fetch.js';
import { addStyles } from './styles.js';

/** @typedef {import('./types.js').Stage} Stage */
/** @typedef {import('./types.js').Info} Info */

/** @type {Record<Info['stage'], () => Promise<{ stage: Stage }>>} */
const STAGES = {
  scene: () => import('./stages/scene.js'),
  trace: () => import('./stages/trace.js'),
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

/** How a run is shown: as a lesson, on a projector, inside another page, or in all views. @typedef {'lesson' | 'present' | 'embed' | 'all'} Mode */

/** The stage of a scenario as a lesson: its views, told as a story. */
const lessons = fetchOnce(async (name) => {
  const [stage, { lessonOf }] = await Promise.all([stages.get(name), import('./lesson/stage.js'), addStyles('lesson')]);
  return lessonOf(stage);
});

/** The same, on a projector. */
const presentations = fetchOnce(async (name) => {
  const [stage, { presentOf }] = await Promise.all([stages.get(name), import('./lesson/present.js'), addStyles('lesson').then(() => addStyles('present'))]);
  return presentOf(stage);
});

/** The same, inside another page. */
const embeds = fetchOnce(async (name) => {
  const [stage, { embedOf }] = await Promise.all([stages.get(name), import('./lesson/embed.js'), addStyles('lesson').then(() => addStyles('embed'))]);
  return embedOf(stage);
});

/** A stage without a trace, told in one of these ways; as it is, where it has none of its own for that. */
const variantStages = fetchOnce(async (name) => {
  const [id, mode] = /** @type {[Info['stage'], 'lesson' | 'present' | 'embed']} */ (name.split(' '));
  const stage = await stages.get(id);
  const variants = await stage.variants?.();
  const mount = variants?.[mode];
  if (mode === 'embed') await addStyles('embed');
  if (!mount) return stage;
  await addStyles('lesson');
  if (mode !== 'lesson') await addStyles(mode);
  return { ...stage, mount, mode };
});

/** Whether a scenario has more views than its lesson shows. @param {Pick<Info, 'stage'>} info */
export const hasViews = ({ stage }) => stage !== 'wall' && stage !== 'trace';

/**
 * @param {Info} info
 * @param {Mode} mode
 */
export const loadStage = async (info, mode) => {
  const stage = await stages.get(info.stage);
  if (mode === 'all') return stage;
  if (!stage.panes) return variantStages.get(`${info.stage} ${mode}`);
  return { present: presentations, embed: embeds, lesson: lessons }[mode].get(info.stage);
};

/**
 * Whether all views are shown, as tiles: what a link says goes before what the reader likes.
 * @param {Pick<import('./store.js').State, 'show' | 'view' | 'embeds'>} state
 */
export const isTiled = ({ show, view, embeds: isEmbedded }) => !isEmbedded && (show === '' ? view === 'all' : show === 'all' || show === 'sweep');

/** @param {Pick<import('./store.js').State, 'show' | 'view' | 'presents' | 'embeds'>} state @returns {Mode} */
export const modeOf = (state) => (state.embeds ? 'embed' : state.presents ? 'present' : isTiled(state) ? 'all' : 'lesson');
