// The session of this tab: two tabs may have two buyers. The token leaves the tab in headers only. A document may use
// a session of its own, as the console does.

const KEY = document.documentElement.dataset.session ?? 'doorbuster.session';
/** Maximum delay of a browser's timer. */
const TIMER_MAX_MS = 2 ** 31 - 1;
const listeners = new Set();
let timer;

function stored() {
  return JSON.parse(sessionStorage.getItem(KEY) || 'null');
}

/** `{name, token, label}`, or null; label is what to show instead of a name that is no text for people. */
export function session() {
  const last = stored();
  return last && last.expiresAt > Date.now() ? last : null;
}

/** Logs out when the session has expired, by a timer too. */
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

export function logIn(name, answer, label = name) {
  const expiresAt = Date.now() + answer.expiresInSeconds * 1000;
  sessionStorage.setItem(KEY, JSON.stringify({ name, token: answer.token, expiresAt, label }));
  endIfOver();
  listeners.forEach((listener) => listener());
}

export function logOut() {
  sessionStorage.removeItem(KEY);
  listeners.forEach((listener) => listener());
}

/** Calls back on each log-in and log-out, until the returned function is called. */
export function onSession(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

endIfOver();
