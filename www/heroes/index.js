// The heroes: the large picture of each scenario, by the name that its manifest gives. Each is fetched when it is first
// shown, with the styles that all of them share; their words are the part `heroes` of the catalogues.

import { fetchOnce } from '../fetch.js';
import { addStyles } from '../styles.js';

/** @typedef {import('./kit/hero.js').Host} Host */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {{ element: HTMLElement, list: HTMLElement, update: (state: State) => void, destroy: () => void }} Hero */
/** @typedef {{ createHero: (host: Host) => Hero }} HeroModule */
/** @typedef {Exclude<import('../types.js').Info['hero'], 'wall'>} Name the wall is drawn by its own stage */

/** @type {Record<Name, () => Promise<HeroModule>>} */
const HEROES = {
  lanes: () => import('./lanes.js'),
  ways: () => import('./ways.js'),
  comb: () => import('./comb.js'),
  wake: () => import('./wake.js'),
  ring: () => import('./ring.js'),
  layout: () => import('./layout.js'),
  guard: () => import('./guard.js'),
  gate: () => import('./gate.js'),
  line: () => import('./line.js'),
  frames: () => import('./frames.js'),
  cut: () => import('./cut.js'),
  orders: () => import('./orders.js'),
  machine: () => import('./machine.js'),
  slots: () => import('./slots.js'),
  pins: () => import('./pins.js'),
  doors: () => import('./doors.js'),
  boxes: () => import('./boxes.js'),
  rules: () => import('./rules.js'),
  staffings: () => import('./staffings.js'),
  workers: () => import('./workers.js'),
  schedulers: () => import('./schedulers.js'),
  border: () => import('./border.js'),
  turns: () => import('./turns.js'),
  fetches: () => import('./fetches.js'),
  pipe: () => import('./pipe.js'),
  stacks: () => import('./stacks.js'),
  shells: () => import('./shells.js'),
  costs: () => import('./costs.js'),
  table: () => import('./table.js'),
  loops: () => import('./loops.js'),
  levels: () => import('./levels.js'),
};

const styles = fetchOnce(addStyles);
const heroes = fetchOnce(async (name) => {
  const [hero] = await Promise.all([HEROES[/** @type {Name} */ (name)](), styles.get('heroes')]);
  return hero;
});

/** Whether a picture of that name is here. @param {string} name @returns {name is Name} */
export const hasHero = (name) => name in HEROES;

/** @param {string} name @returns {Promise<HeroModule>} */
export const loadHero = (name) => heroes.get(name);
