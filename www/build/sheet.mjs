// A page to read, without a script: its frame, in a language, with the way to the other one.

import { LANGUAGES } from '../languages.js';
import { escape } from './words.mjs';

/** What a page's file is called in a language. @param {string} name @param {string} language */
export const fileOf = (name, language) => (language === 'en' ? `${name}.html` : `${name}.${language}.html`);

/**
 * @param {object} given
 * @param {string} given.name of the page
 * @param {string} given.language
 * @param {string} given.policy what it may do, as the other pages say it
 * @param {(key: string) => string} given.t
 * @param {string} given.title as HTML
 * @param {string} given.sub as HTML
 * @param {string} given.body as HTML
 */
export function sheet({ name, language, policy, t, title, sub, body }) {
  const others = LANGUAGES.map((one) => `<a lang="${one}" hreflang="${one}" href="${fileOf(name, one)}"${one === language ? ' aria-current="page"' : ''}>${escape(t(`language.${one}`))}</a>`).join(' ');
  return `<!doctype html>
<html lang="${language}" data-page="start">
<head>
<meta charset="utf-8">
${policy}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Pollscope</title>
<link rel="icon" href="favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="styles/ground.css"><link rel="stylesheet" href="styles/start.css"><link rel="stylesheet" href="styles/sheet.css">
</head>
<body>
<div class="start sheet">
<header class="bar"><a class="brand" href="./">${escape(t('brand'))}</a><nav class="tools" aria-label="${escape(t('bar.language'))}">${others}</nav></header>
<main><section class="top"><h1>${title}</h1><p class="what">${sub}</p></section>
${body}
</main>
</div>
</body>
</html>
`;
}
