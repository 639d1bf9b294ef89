// Repeating one request until its outcome is known. What makes that harmless, a key or a reference, is the caller's.
import { Problem, Unreachable } from '../common/api.js';
import { now } from '../common/clock.js';
import { sleep } from '../common/pace.js';

const PAUSE_MIN_MS = 1_000;
const PAUSE_MAX_MS = 10_000;
const GIVE_UP_AFTER_MS = 5 * 60_000;

/**
 * Sends until somebody decides. Where the server says when to come back, not a moment earlier.
 * send: makes the request; undecided(answer): whether this answer is to be asked about again; waiting({why, until}): told
 * before each pause, why being 'busy', 'lost' or 'pending'; stopped(): whether nobody waits any more
 * Returns the answer that decides; fails with the Problem that decides, or with the last failure once it has been given up.
 */
export async function persist({ send, undecided, waiting, stopped }) {
  const since = now();
  for (let failures = 0; ; ) {
    let pause;
    let why;
    let last;
    try {
      const answer = await send();
      if (!undecided(answer)) return answer;
      last = new Unreachable('undecided');
      why = 'pending';
      pause = answer.retryAfterSeconds * 1000;
    } catch (cause) {
      last = cause;
      if (cause instanceof Problem) {
        if (!cause.passes) throw cause;
        why = 'busy';
        pause = cause.retryAfterSeconds * 1000;
      } else if (cause instanceof Unreachable) {
        why = 'lost';
        pause = Math.min(PAUSE_MAX_MS, PAUSE_MIN_MS * 2 ** failures++);
      } else {
        throw cause;
      }
    }
    if (now() - since > GIVE_UP_AFTER_MS) throw last;
    // Later by up to a fifth, so that those who were put off together do not come back together.
    pause *= 1 + Math.random() / 5;
    waiting({ why, until: now() + pause });
    await sleep(pause);
    if (stopped()) throw last;
    waiting(null);
  }
}
