// The server's time. The client's own clock may be wrong and may be set meanwhile, so only its monotonic one is used: the
// sample with the shortest round trip says how far apart the two are.

let offset = null;
let best = Infinity;

/** Milliseconds since the epoch, on the server's clock. */
export function now() {
  return performance.now() + (offset ?? Date.now() - performance.now());
}

/** Takes a sample: what the server called now, between these two readings of `performance.now()`. */
export function sample(serverNow, sentAt, heardAt) {
  const roundTrip = heardAt - sentAt;
  if (roundTrip <= best) {
    best = roundTrip;
    offset = Date.parse(serverNow) - (sentAt + heardAt) / 2;
  }
}

/** After a sleep of the machine old samples are worth nothing. */
export function forget() {
  best = Infinity;
}
