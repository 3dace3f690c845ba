// The run as trees, fetched for readers who want it: a line of a lesson opens it, and a tab of the page of tiles.

import { later } from './later.js';

export const createOutlineLater = later('outline', () => import('../views/outline.js').then((view) => view.createOutline), () => true, { part: 'outline', unfetched: 'notice.unfetched' });
