// The server's time. The client's clock may be wrong or be set meanwhile, so the offset is measured with its
// monotonic clock, and the sample with the shortest round trip counts.

let offset = null;
let best = Infinity;

/** Milliseconds since the epoch, by the server's clock. */
export function now() {
  return performance.now() + (offset ?? Date.now() - performance.now());
}

/** Adds a sample: the server's time, read between these two values of `performance.now()`. */
export function sample(serverNow, sentAt, heardAt) {
  const roundTrip = heardAt - sentAt;
  if (roundTrip <= best) {
    best = roundTrip;
    offset = Date.parse(serverNow) - (sentAt + heardAt) / 2;
  }
}

/** After the machine was suspended, old samples are discarded. */
export function forget() {
  best = Infinity;
}
