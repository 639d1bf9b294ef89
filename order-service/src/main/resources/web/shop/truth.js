// What the sale's page says: a pure function of the known state.

/** The longest list of quantities. */
const QUANTITY_MAX = 100;

/**
 * The button and the result of the last order.
 * sale, holds, orders, place and entry as in the API (all but the sale may be null or empty), placing as in Placing or null, last as
 * Placing reports it or null, now in milliseconds by the server's clock.
 * Returns `{kind, order, left, held, known, placing, quantityMax, outcome}`; quantityMax is 0 where nothing can be
 * ordered, outcome is null or `{kind, status, problem}`.
 */
export function truth({ sale, holds, orders, place, entry, placing, last, now }) {
  const active = orders.filter((order) => order.status === 'RESERVED' || order.status === 'PAID');
  const units = active.reduce((sum, order) => sum + order.quantity, 0);
  const buyable = sale.state === 'OPEN' ? Math.min(sale.perBuyerLimit - units, sale.available, QUANTITY_MAX) : 0;
  const found = button({ sale, holds, active, units, place, entry, placing, now });
  found.quantityMax = found.kind === 'buy' ? Math.max(1, buyable) : found.kind === 'yours' ? Math.max(0, buyable) : 0;
  found.outcome = placing ? null : outcome(last, orders, now);
  return found;
}

function button({ sale, holds, active, units, place, entry, placing, now }) {
  if (placing) return { kind: 'placing', placing };
  const reserved = active.filter((order) => order.status === 'RESERVED');
  if (reserved.length > 0) {
    const first = reserved.reduce((one, other) => (end(other) < end(one) ? other : one));
    return { kind: 'yours', order: first, left: end(first) - now };
  }
  if (units >= sale.perBuyerLimit) return { kind: 'limit', order: active[0] };
  if (sale.state === 'CLOSED') return { kind: 'ended', order: active[0] };
  if (sale.state === 'DRAFT') return { kind: 'draft' };
  if (sale.raffle) return inTheRaffle({ sale, entry, left: Date.parse(sale.opensAt) - now });
  if (sale.state === 'SCHEDULED') {
    const left = Date.parse(sale.opensAt) - now;
    if (sale.waitingRoom) return { kind: where(place) === 'LOBBY' ? 'lobby' : 'enter', left };
    return left > 0 ? { kind: 'opens', left } : { kind: 'opening' };
  }
  if (sale.state === 'PAUSED') return { kind: 'paused', order: active[0] };
  if (sale.state === 'SOLD_OUT') {
    if (where(place) === 'STANDBY') return { kind: 'standby', place, order: active[0] };
    if (sale.waitingRoom && holds && holds.held > 0) return { kind: 'stand-by', order: active[0], held: holds.held };
    if (!holds || holds.held === 0) return { kind: 'sold-out', order: active[0], known: Boolean(holds) };
    return { kind: 'might-return', order: active[0], held: holds.held, left: Date.parse(holds.nextEndsAt) - now };
  }
  if (sale.waitingRoom) return atTheRoom({ place, order: active[0], now });
  return { kind: 'buy', order: active[0] };
}

/** An open sale with a waiting room: a turn lasts as long as its pass. */
function atTheRoom({ place, order, now }) {
  if (where(place) === 'STANDBY') return { kind: 'standby', place, order };
  if (where(place) === 'QUEUE' || where(place) === 'LOBBY') return { kind: 'queue', place, order };
  const passLeft = where(place) === 'ADMITTED' ? Date.parse(place.passUntil) - now : 0;
  return passLeft > 0 ? { kind: 'buy', order, passLeft } : { kind: 'enter', order };
}

/** A buyer without units in a raffle that has not ended. */
function inTheRaffle({ sale, entry, left }) {
  const result = entry && entry.result !== 'WITHDRAWN' ? entry.result : 'NOT_ENTERED';
  if (result === 'ENTERED') return { kind: sale.state === 'SCHEDULED' && left > 0 ? 'entered' : 'drawing', left };
  if (result === 'NEXT') return { kind: 'next', place: entry.place };
  if (result === 'NOT_ENTERED' && sale.state === 'SCHEDULED' && left > 0) return { kind: 'enter-raffle', left };
  return { kind: result === 'NOT_ENTERED' ? 'not-entered' : 'raffle-over' };
}

function where(place) {
  return place ? place.place : null;
}

/** An order is described as it is now, not as it was when it was placed. */
function outcome(last, orders, now) {
  if (!last) return null;
  if (!last.order) return last;
  const order = orders.find((each) => each.id === last.order.id);
  if (!order || (order.status === 'RESERVED' && end(order) <= now)) return null;
  return { kind: 'order', status: order.status };
}

/** Whether a reservation's time is over by the server's clock, so that its state may have changed. */
export function isOverdue(order, now) {
  return order.status === 'RESERVED' && end(order) <= now;
}

function end(order) {
  return Date.parse(order.holdExpiresAt);
}

/** Sales by group, in the order of the page: those that are on, those that open next, those that ended. */
export function grouped(sales) {
  const among = (states) => sales.filter((sale) => states.includes(sale.state));
  const next = among(['SCHEDULED']).sort((one, other) => Date.parse(one.opensAt) - Date.parse(other.opensAt));
  return [['onNow', among(['OPEN', 'SOLD_OUT', 'PAUSED'])], ['comingUp', next], ['ended', among(['CLOSED'])]]
    .filter((group) => group[1].length > 0);
}
