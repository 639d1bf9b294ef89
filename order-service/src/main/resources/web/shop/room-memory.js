// What a browser remembers of a place in a waiting room, so that a place that is lost is taken again: pure functions.

/** After any other place there is nothing to take again: a turn was used or has passed, and a room that has ended is over. */
const TAKEN_AGAIN = ['LOBBY', 'QUEUE'];

/** The text to remember after an answer, or null; before: the text so far; now in milliseconds by the server's clock. */
export function remembered(before, { place, phase }, now) {
  if (TAKEN_AGAIN.includes(place)) return `${place} ${Math.round(now)}`;
  return place === 'NOT_HERE' && phase !== 'ENDED' ? before : null;
}

/** Whether a new place is taken unasked: the buyer waited, the place is lost, and none of the buyer's orders was placed since. */
export function takesAgain(text, answer, orders) {
  const [place, at] = (text ?? '').split(' ');
  const lost = TAKEN_AGAIN.includes(place) && answer?.place === 'NOT_HERE' && answer.phase !== 'ENDED';
  return lost && orders.every((order) => Date.parse(order.placedAt) < Number(at));
}
