// The start page as HTML, in the language in which it is built: whole without a script, and with the name of each text beside
// it, so that the script speaks another language by going through them.
//
// Part, path, order and minutes are the manifest's; what is counted is counted here.

import { LANGUAGES } from '../languages.js';
import { TRACE } from '../tracefile.js';
import { LANGUAGE, escape } from './words.mjs';

/** @typedef {import('../types.js').Info} Info */
/** @typedef {import('./words.mjs').Words} Words */

/** @param {Record<string, string | number | true | undefined>} given */
const attributes = (given) => Object.entries(given).filter(([, value]) => value !== undefined)
  .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escape(value)}"`)).join('');

/** @param {number} sum */
const hours = (sum) => ({ hours: Math.floor(sum / 60), min: sum % 60 });
/** @param {Info[]} infos */
const minutes = (infos) => infos.reduce((sum, info) => sum + info.minutes, 0);

/**
 * @param {object} given
 * @param {import('../types.js').Manifest} given.manifest
 * @param {Words} given.words
 * @param {{ size: { width: number, height: number }, svg: string }} given.still
 * @param {import('../start/timing.js').Timing} given.timing
 * @param {Map<string, string>} given.links the address of each scenario
 * @param {string} given.version of the project
 * @param {string | null} given.repository where its sources are
 * @param {number} given.tasks how many the figure has
 */
export function startPage({ manifest: { scenarios, path }, words, still, timing, links, version, repository, tasks }) {
  const { t, html } = words;
  /**
   * An element that says a text.
   * @param {string} tag
   * @param {string} key
   * @param {Record<string, string | number | true | undefined> & { args?: object }} [given]
   */
  const says = (tag, key, { args, ...given } = {}) => `<${tag}${attributes({ ...given, 'data-t': key, 'data-a': args && JSON.stringify(args) })}>${html(key, args)}</${tag}>`;
  /** A label that only some hear. @param {string} key @param {object} [args] */
  const label = (key, args) => attributes({ 'aria-label': t(key, args), 'data-label': key, 'data-a': args && JSON.stringify(args) });
  /** @param {string} name */
  const icon = (name) => `<i class="ic ic-${name}" aria-hidden="true"></i>`;

  const steps = path.map((id) => /** @type {Info} */ (scenarios.find((info) => info.id === id)));
  const parts = [...new Set(scenarios.map(({ part }) => part))].sort((a, b) => a - b);
  const onPath = { n: steps.length, min: minutes(steps) };
  const all = { n: scenarios.length, min: minutes(scenarios) };
  const { args: stands } = timing.still;

  /** @param {Info} info */
  const time = ({ minutes }) => `<small>${says('span', 'start.min', { args: { min: minutes } })}<span class="vh">, ${says('span', 'start.seen.no', { class: 'seen', args: {} })}</span></small>`;
  const bar = '<span class="pic"></span><i class="bar0"></i>';

  /** @param {Info} info @param {number} i */
  const step = (info, i) => `<li data-id="${info.id}"><a href="${escape(links.get(info.id))}"><span class="look">${bar}</span><b>${i + 1}</b>${says('span', `scenario.${info.id}.title`, { class: 'nm' })}${time(info)}</a></li>`;
  /** @param {Info} info */
  const entry = (info) => `<li data-id="${info.id}"><a href="${escape(links.get(info.id))}"><span class="look">${bar}</span><span class="tx">${says('b', `scenario.${info.id}.title`)}${says('span', `scenario.${info.id}.promise`)}</span>${time(info)}</a></li>`;
  /** @param {number} part */
  const partOf = (part) => {
    const mine = scenarios.filter((info) => info.part === part);
    const n = mine.length;
    return `<section class="part" id="part-${part}"><header><h3><i>${part}</i>${says('span', `part.${part}`)}</h3>${says('p', `part.${part}.asks`, { args: { n } })}${says('small', 'start.part', { args: { n, min: minutes(mine), seen: 0 } })}</header><ul>${mine.map(entry).join('')}</ul></section>`;
  };
  const keys = ['running', 'pending', 'waker', 'wake', 'ready', 'done'];
  const logo = '<svg viewBox="0 0 18 18" aria-hidden="true"><circle cx="9" cy="9" r="7.6" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M1.4 9H6M12 9h4.6" stroke="currentColor" stroke-width="1.6"/><rect x="6" y="6" width="6" height="6" rx="1" fill="currentColor"/></svg>';

  return `<div class="start">
${says('a', 'start.skip', { class: 'skip', href: '#map' })}
<header class="bar">
<a class="brand" href="./" aria-current="page">${logo}${says('span', 'brand')}</a>
<nav class="rooms"${label('start.nav')}>${says('a', 'start.nav.map', { href: '#map' })}${says('a', 'start.nav.beliefs', { href: 'beliefs.html' })}</nav>
<div class="tools"><button class="tool" id="theme"${label('bar.theme')}>${icon('theme')}</button><div class="seg" role="group"${label('bar.language')}>${LANGUAGES.map((l) => `<button lang="${l}" data-lang="${l}" aria-pressed="${l === LANGUAGE}">${t(`language.${l}.short`)}</button>`).join('')}</div></div>
</header>
<main>
<section class="hero">
<div class="lead">${says('h1', 'brand.line')}${says('p', 'start.what', { class: 'what' })}${says('p', 'start.whom', { class: 'whom' })}
<ul class="doors"><li><a href="#path">${says('b', 'start.path')}${says('small', 'start.path.short', { args: onPath })}</a></li><li><a href="#map">${says('b', 'start.door.map')}${says('small', 'start.door.map.sub', { args: all })}</a></li><li><a href="${escape(links.get(TRACE))}">${says('b', 'start.door.trace')}${says('small', 'start.door.trace.sub')}</a></li></ul></div>
<figure class="run" id="run"${label('start.run', { n: tasks })}>
${says('figcaption', 'start.still', { class: 'say', id: 'say', args: stands })}
<svg class="fig" id="fig" viewBox="0 0 ${still.size.width} ${still.size.height}" aria-hidden="true">${still.svg}</svg>
<ul class="keyline">${keys.map((key) => `<li class="${key === 'wake' || key === 'waker' ? '' : key}"><i class="m m-${key}" aria-hidden="true"></i>${says('span', `start.key.${key}`)}</li>`).join('')}${says('li', 'start.key.still', { class: 'still' })}</ul>
<div class="ride"><button class="pause" id="pause"${label('start.pause')}>${icon('pause')}</button><svg class="scrub" id="scrub" role="slider" tabindex="0"${label('start.scrub')} aria-valuemin="0" aria-valuemax="${timing.last}" aria-valuenow="0"></svg>${says('output', 'start.where', { class: 'where', id: 'where', args: { at: 0, last: timing.last } })}${says('button', 'start.go', { class: 'go', id: 'go' })}<div class="hand" id="hand" hidden>${says('a', 'start.open', { class: 'also', id: 'open', href: links.get('first-poll') })}<div class="step"><button id="back"${label('start.back')}>${icon('prev')}</button>${says('span', 'start.step')}<button id="on"${label('start.on')}>${icon('next')}</button></div></div></div>
</figure>
</section>
<section class="path" id="path"><header>${says('h2', 'start.path')}${says('p', 'start.path.sub', { args: onPath })}${says('a', 'start.begin', { class: 'more', id: 'next', href: links.get(path[0]), args: { title: t(`scenario.${path[0]}.title`) } })}</header><ol id="steps">${steps.map(step).join('')}</ol></section>
<section class="map" id="map"><header>${says('h2', 'start.map')}${says('p', 'start.map.sum', { args: { parts: parts.length, n: all.n, ...hours(all.min) } })}<span class="mark"><i class="bar0"></i>${says('span', 'start.mark')}</span></header>${parts.map(partOf).join('')}</section>
</main>
<footer class="foot">${says('p', 'start.foot')}<div id="offline"></div><p>${says('a', 'start.beliefs', { href: 'beliefs.html' })} · ${says('a', 'start.words', { href: 'words.html' })}</p><p>Pollscope ${escape(version)} · ${says('a', 'start.licence', { href: 'licences.txt' })}${repository ? ` · ${says('a', 'start.repository', { href: repository, rel: 'noreferrer' })}` : ''}</p></footer>
</div>`;
}
