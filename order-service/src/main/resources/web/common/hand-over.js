// Takes a log-in from the shop, or from the command, which link here with `#token=<JWT>`: a browser sends a fragment to no server, and it
// leaves the address and the history at once.
import { call, Problem } from './api.js';
import { reasonOf } from './problems.js';
import { logIn } from './session.js';

const TOKEN = /^#token=([\w-]+\.[\w-]+\.[\w-]+)$/;

/** Logs in with the token of the address, if there is one; completes with the reason if the server refuses it. */
export async function takeHandedOver() {
  const token = TOKEN.exec(location.hash)?.[1];
  if (!token) return undefined;
  history.replaceState(history.state, '', location.pathname + location.search);
  const { sub, exp, name, preferred_username: username, email } = claims(token);
  if (typeof sub !== 'string' || typeof exp !== 'number') return '';
  logIn(sub, { token, expiresInSeconds: exp - Date.now() / 1000 }, name ?? username ?? email ?? sub);
  try {
    // logs out if the token is refused
    await call('GET', '/api/orders');
    return undefined;
  } catch (cause) {
    return cause instanceof Problem && cause.status === 401 ? reasonOf(cause) : undefined;
  }
}

/** For display and expiry only: the server checks the token. */
function claims(token) {
  try {
    const bytes = Uint8Array.from(atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)) ?? {};
  } catch {
    return {};
  }
}
