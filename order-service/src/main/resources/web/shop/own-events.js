// Events of the buyer's own orders for the current page: one stream while logged in.
import { call } from '../common/api.js';
import { onSession, session } from '../common/session.js';
import { currentLanguage } from '../common/words.js';
import { Stream } from '../common/stream.js';
import { facts } from '../common/facts.js';

const PART = 'own events';
const EVENTS = ['order.confirmed', 'order.rejected', 'order.paid', 'order.cancelled', 'order.expired', 'order.refund-due'];
const listeners = new Set();
let stream = null;

/** listener: `{order(order), up()}`. Returns a function that removes it. */
export function onOwnEvents(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function startOwnEvents() {
  onSession(renew);
  renew();
}

function renew() {
  stream?.stop();
  stream = session() === null ? null : new Stream({
    part: PART,
    url: address,
    listeners: Object.fromEntries(EVENTS.map((name) => [name, (order) => listeners.forEach((each) => each.order(order))])),
    up: () => listeners.forEach((each) => each.up()),
  });
}

/** A ticket opens one stream once: the token is never part of a URL. Mails are in the page's language and time zone. */
async function address() {
  const wish = new URLSearchParams({ language: currentLanguage(), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone });
  const { json } = await call('POST', `/api/events/ticket?${wish}`, { origin: facts.eventsOrigin, part: PART });
  return `${facts.eventsOrigin}/api/events?ticket=${json.ticket}`;
}
