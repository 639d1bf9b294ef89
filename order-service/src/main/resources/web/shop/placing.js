// Places one order exactly once. The request and its key are stored before the first attempt and kept until the
// outcome is known, so that a reload, a retry or a lost answer repeats the same order.
import { call, Problem } from '../common/api.js';
import { now } from '../common/clock.js';
import { persist } from './persist.js';

const WAIT_SECONDS = 10;

/** An older request is not sent again automatically: the buyer may not want it any more. */
const RESUME_MAX_MS = 2 * 60_000;

export class Placing {
  #saleId;
  #storageKey;
  #changed;
  #decided;
  #running = false;
  #stopped = false;
  #waiting = null;
  #pass;

  /**
   * pass(): the pass of the waiting room, or undefined; changed(): called whenever the state changes; decided(outcome): called once for each start, with
   * `{order}` or `{kind}`: 'refused' with the problem, 'unheard' or 'too-old'
   */
  constructor({ saleId, buyer, pass, changed, decided }) {
    this.#saleId = saleId;
    this.#storageKey = `doorbuster.wish.${saleId}.${buyer}`;
    this.#pass = pass;
    this.#changed = changed;
    this.#decided = decided;
  }

  /** Null, or `{why, until}` with why null while a request is in flight. */
  get state() {
    return this.#running ? (this.#waiting ?? { why: null }) : null;
  }

  /** Continues what an earlier document began. */
  resume() {
    const wish = this.#wish();
    if (wish === null) return;
    if (now() - wish.at <= RESUME_MAX_MS) {
      this.#run(wish);
    } else {
      this.#forget();
      this.#decided({ kind: 'too-old' });
    }
  }

  /** Begins, or repeats one whose outcome is unknown. */
  start(quantity) {
    if (this.#running) return;
    const wish = this.#wish() ?? { key: randomKey(), quantity };
    wish.at = now();
    sessionStorage.setItem(this.#storageKey, JSON.stringify(wish));
    this.#run(wish);
  }

  /** The page is left; the request stays stored. */
  stop() {
    this.#stopped = true;
  }

  async #run(wish) {
    this.#running = true;
    this.#waiting = null;
    this.#changed();
    const outcome = await this.#outcome(wish);
    if (this.#stopped) return;
    this.#running = false;
    this.#decided(outcome);
  }

  async #outcome(wish) {
    try {
      const { json } = await persist({
        send: () => call('POST', `/api/sales/${this.#saleId}/orders`, {
          body: { quantity: wish.quantity },
          headers: { 'Idempotency-Key': wish.key, Prefer: `wait=${WAIT_SECONDS}`, ...this.#passHeader() },
        }),
        undecided: (answer) => answer.status === 202,
        waiting: (waiting) => {
          this.#waiting = waiting;
          if (!this.#stopped) this.#changed();
        },
        stopped: () => this.#stopped,
      });
      this.#forget();
      return { order: json };
    } catch (cause) {
      // Logged out: the request waits for the same buyer, and the page is stopped.
      if (cause instanceof Problem && cause.status === 401) return { kind: 'logged-out' };
      if (cause instanceof Problem && !cause.passes) {
        this.#forget();
        return { kind: 'refused', problem: cause };
      }
      return { kind: 'unheard' };
    }
  }

  #passHeader() {
    const pass = this.#pass();
    return pass === undefined ? {} : { 'Queue-Pass': pass };
  }

  #wish() {
    return JSON.parse(sessionStorage.getItem(this.#storageKey) || 'null');
  }

  #forget() {
    sessionStorage.removeItem(this.#storageKey);
  }
}

/** randomUUID is not available on pages loaded over plain HTTP from another machine. */
export function randomKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

