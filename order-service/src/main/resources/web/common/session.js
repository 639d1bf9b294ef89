// Who is logged in, in this tab: two tabs may be two buyers. The token never leaves the tab but as a header. A document may
// name a session of its own, as the console does: an operator is no buyer.

const KEY = document.documentElement.dataset.session ?? 'doorbuster.session';
/** A browser's timers can wait no longer. */
const TIMER_MAX_MS = 2 ** 31 - 1;
const listeners = new Set();
let timer;

function stored() {
  return JSON.parse(sessionStorage.getItem(KEY) || 'null');
}

/** `{name, token}`, or null. */
export function session() {
  const last = stored();
  return last && last.expiresAt > Date.now() ? last : null;
}

/** A log-in whose time is over ends like any other, now and, unasked, when that time comes. */
export function endIfOver() {
  clearTimeout(timer);
  const last = stored();
  if (last === null) return;
  if (session() === null) logOut();
  else timer = setTimeout(endIfOver, Math.min(last.expiresAt - Date.now(), TIMER_MAX_MS));
}

export function token() {
  return session()?.token;
}

export function buyer() {
  return session()?.name;
}

export function logIn(name, answer) {
  const expiresAt = Date.now() + answer.expiresInSeconds * 1000;
  sessionStorage.setItem(KEY, JSON.stringify({ name, token: answer.token, expiresAt }));
  endIfOver();
  listeners.forEach((listener) => listener());
}

export function logOut() {
  sessionStorage.removeItem(KEY);
  listeners.forEach((listener) => listener());
}

/** Is told of each log-in and log-out, until the function that is returned is called. */
export function onSession(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

endIfOver();
