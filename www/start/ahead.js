// What a scenario takes, fetched before it is opened: as soon as a reader points at a link to one, or focuses it. Nothing of
// it is wanted by this page.

/** @param {string} href @param {string} rel */
function fetchAhead(href, rel) {
  if (document.head.querySelector(`link[href="${href}"]`)) return;
  const link = document.createElement('link');
  link.rel = rel;
  link.href = href;
  document.head.append(link);
}

/**
 * @param {Record<string, string[]>} files what each scenario takes, by id
 */
export function fetchAheadOf(files) {
  /** @param {string} id */
  const ahead = (id) => {
    for (const file of files[id] ?? []) fetchAhead(file, file.endsWith('.js') ? 'modulepreload' : 'prefetch');
  };
  for (const type of ['pointerover', 'focusin']) {
    document.addEventListener(type, ({ target }) => {
      const link = target instanceof Element && target.closest('a[href^="?s="]');
      if (link) ahead(new URLSearchParams(link.getAttribute('href') ?? '').get('s') ?? '');
    });
  }
  return ahead;
}
