// Client-side navigation. A page is a function of the URL's parts that returns `{title, node, stop}`; it may be shown
// before its data is loaded.

let current = null;
let routes = [];
let missing = null;
let titleOf = (title) => title;

/** Starts with the document's URL. routes: `[[/pattern/, page], …]`. */
export function startRouter({ pages, notFound, title }) {
  routes = pages;
  missing = notFound;
  titleOf = title;
  document.addEventListener('click', follow);
  window.addEventListener('popstate', () => render(true));
  render(false);
}

export function go(path) {
  history.pushState(null, '', path);
  render(true);
}

/** Renders the same URL again: the page also depends on other state. */
export function renew() {
  render(true);
}

/** New tabs, downloads and other origins are left to the browser. */
function follow(event) {
  const link = event.target.closest?.('a[href]');
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!link || !plain || link.target || link.hash || link.origin !== location.origin) return;
  event.preventDefault();
  if (link.pathname !== location.pathname) go(link.pathname);
}

function render(moveFocus) {
  current?.stop?.();
  const found = routes
    .map(([pattern, page]) => [pattern.exec(location.pathname), page])
    .find(([match]) => match);
  current = found ? found[1](...found[0].slice(1)) : missing();
  document.title = titleOf(current.title);
  document.getElementById('main').replaceChildren(current.node);
  for (const link of document.querySelectorAll('nav a')) {
    if (link.pathname === location.pathname) {
      link.setAttribute('aria-current', 'page');
      // On a phone the entries are in one row that scrolls.
      link.parentElement.scrollLeft = link.offsetLeft - link.parentElement.offsetLeft;
    } else {
      link.removeAttribute('aria-current');
    }
  }
  if (moveFocus) {
    window.scrollTo(0, 0);
    focusHeading();
  }
}

/** Screen readers start at the page's heading. */
function focusHeading() {
  const heading = document.querySelector('#main h1');
  heading?.setAttribute('tabindex', '-1');
  heading?.focus({ preventScroll: true });
}

/** Sets the title of a page that loads it later. */
export function retitle(title) {
  document.title = titleOf(title);
}
