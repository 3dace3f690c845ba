// The page that `entry.js` has decided on, when that has asked for all that it takes. Where it does not come, or cannot be read,
// `boot.js` says so, as of any script of the page: hence the event.

const { page, asked } = document.documentElement.dataset;
const start = () => (page === 'start' ? import('./start/main.js') : import('./main.js')).catch((error) => {
  console.error(error);
  document.querySelector('script[type="module"]')?.dispatchEvent(new ErrorEvent('error', { error }));
});
// Without a decision nothing was asked for, and nothing will be.
if (page === undefined || asked !== undefined) start();
else document.addEventListener('asked', start, { once: true });
