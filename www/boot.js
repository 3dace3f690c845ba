// Why there is no page, where main.js cannot say it: it did not come, or not yet, or the browser cannot read it. A script of
// old, and in old words: it runs where main.js does not. The sentences stand in index.html.

(function () {
  // A file that takes longer than this is said to be on its way, in ms.
  var PATIENCE = 5000;

  /** @param {string} id */
  function say(id) {
    var all = document.querySelectorAll('.boot');
    for (var i = 0; i < all.length; i += 1) /** @type {HTMLElement} */ (all[i]).hidden = all[i].id !== id;
  }

  /** Says it when the sentences are there: which is before main.js runs, or fails. @param {() => string} which */
  function sayThen(which) {
    if (document.readyState !== 'loading') return say(which());
    document.addEventListener('readystatechange', function later() {
      document.removeEventListener('readystatechange', later);
      say(which());
    });
  }

  // A browser that knows no modules leaves the sentence that stands there.
  if (!('noModule' in document.createElement('script'))) return;

  addEventListener('error', function (event) {
    var target = /** @type {any} */ (event.target);
    var isMain = target && target.tagName === 'SCRIPT' && target.type === 'module';
    // main.js, or a part of it, that this browser cannot read.
    var isUnread = event.error instanceof SyntaxError;
    if (isMain || isUnread) sayThen(function () { return isUnread ? 'boot' : reason(); });
  }, true);

  /** Why the page's own files do not come. */
  function reason() {
    if (location.protocol === 'file:') return 'file';
    return window.origin === 'null' ? 'sandboxed' : 'unfetched';
  }

  // Scripts run: what the sentence says that stands there is not so.
  sayThen(function () { return ''; });
  setTimeout(function () {
    var all = document.querySelectorAll('.boot');
    for (var i = 0; i < all.length; i += 1) if (!(/** @type {HTMLElement} */ (all[i])).hidden) return;
    say('slow');
  }, PATIENCE);
}());
