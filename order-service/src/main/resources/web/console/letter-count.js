// Detects new or removed dead letters by the queues' depths, without fetching any.
import { call } from '../common/api.js';
import { repeat } from '../common/pace.js';

const EVERY_MS = 2_000;

/**
 * Calls `changed` if the number of dead letters differs from the number shown in two readings in a row: while another
 * client fetches them there seem to be fewer. Returns `{seen(count), stop}`; seen receives the number fetched, null
 * if incomplete.
 */
export function watchLetters(changed) {
  let known = null;
  let before = null;
  const stop = repeat(EVERY_MS, async () => {
    const now = await count();
    if (now === null) return;
    const settled = now === before;
    before = now;
    if (!settled || now === known) return;
    const first = known === null;
    if (!first) await changed();
    // even if the last fetch differed: one number causes one fetch only
    known = now;
  });
  return { seen: (count) => { known = count; }, stop };
}

/** Null if unknown. */
async function count() {
  try {
    const { queues, missing } = (await call('GET', '/api/operations')).json;
    return missing.includes('queues') ? null : queues.deadLetters + queues.unrouted + queues.undelivered;
  } catch {
    // the banner shows the lost connection; the next reading follows soon
    return null;
  }
}
