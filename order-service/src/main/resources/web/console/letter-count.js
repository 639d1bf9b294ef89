// Notices that dead letters came or went, without hiding one: how many wait in the queues is asked, which takes none.
import { call } from '../common/api.js';
import { repeat } from '../common/pace.js';

const EVERY_MS = 2_000;

/**
 * Calls `changed` where another number of letters lies there than was seen. Two readings in a row have to say so: during
 * somebody's look there seem to be fewer. Returns `{seen(count), stop}`; seen is told what each look saw, null where that was not all.
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
    // also where the look saw otherwise: one number is worth one look
    known = now;
  });
  return { seen: (count) => { known = count; }, stop };
}

/** Null where nobody can tell. */
async function count() {
  try {
    const { queues, missing } = (await call('GET', '/api/operations')).json;
    return missing.includes('queues') ? null : queues.deadLetters + queues.unrouted + queues.undelivered;
  } catch {
    // the banner says that nothing is heard; the next reading is soon
    return null;
  }
}
