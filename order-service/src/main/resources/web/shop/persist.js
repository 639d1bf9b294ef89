// Repeats a request until its outcome is known. The caller makes it idempotent by a key or a reference.
import { Problem, Unreachable } from '../common/api.js';
import { now } from '../common/clock.js';
import { sleep } from '../common/pace.js';

const PAUSE_MIN_MS = 1_000;
const PAUSE_MAX_MS = 10_000;
const GIVE_UP_AFTER_MS = 5 * 60_000;

/**
 * Sends until there is a final answer, never earlier than the server's Retry-After.
 * send: makes the request; undecided(answer): whether to repeat after this answer; waiting({why, until}): called
 * before each pause, why being 'busy', 'lost' or 'pending'; stopped(): whether to stop
 * Returns the final answer; fails with the final Problem, or with the last failure when it gives up.
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
    // Up to a fifth later, so that rejected clients do not return at the same time.
    pause *= 1 + Math.random() / 5;
    waiting({ why, until: now() + pause });
    await sleep(pause);
    if (stopped()) throw last;
    waiting(null);
  }
}
