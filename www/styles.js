// Styles that are fetched with what they are for.

/** @param {string} name of the file in styles/stages */
export const addStyles = (name) => new Promise((load, error) => {
  const link = document.createElement('link');
  Object.assign(link, { rel: 'stylesheet', href: `./styles/stages/${name}.css`, onload: load, onerror() {
    // What could not be fetched leaves nothing behind.
    link.remove();
    error(new Error(link.href));
  } });
  document.head.append(link);
});
