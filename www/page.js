// The page that `entry.js` has decided on. Where it does not come, or cannot be read, `boot.js` says so, as of any script of
// the page: hence the event.

const wanted = document.documentElement.dataset.page === 'start' ? import('./start/main.js') : import('./main.js');
wanted.catch((error) => {
  console.error(error);
  document.querySelector('script[type="module"]')?.dispatchEvent(new ErrorEvent('error', { error }));
});
