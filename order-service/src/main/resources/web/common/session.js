// Who is logged in, in this tab: two tabs may be two buyers. The token never leaves the tab but as a header. A document may
// name a session of its own, as the console does: an operator is no buyer.

const KEY = document.documentElement.dataset.session ?? 'doorbuster.session';
const listeners = new Set();

/** `{name, token}`, or null. */
export function session() {
  const stored = JSON.parse(sessionStorage.getItem(KEY) || 'null');
  return stored && stored.expiresAt > Date.now() ? stored : null;
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
