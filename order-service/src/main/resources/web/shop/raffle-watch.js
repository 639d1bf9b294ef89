// The buyer's entry into a sale's raffle. The server keeps it, so any page of the buyer finds it again.
import { call } from '../common/api.js';
import { repeat, single } from '../common/pace.js';
import { buyer } from '../common/session.js';

const PART = 'raffle';
const LOOK_MS = 10_000;
/** So that pages that heard the same event do not read at the same moment. */
const SPREAD_MS = 3_000;

export class RaffleWatch {
  /** As in the API, or null while it is not known. */
  entry = null;
  #id;
  #changed;
  #who = buyer();
  #stop;
  #soon = null;

  /** changed(): called after each change */
  constructor(id, changed) {
    this.#id = id;
    this.#changed = changed;
    this.#stop = repeat(LOOK_MS, () => this.look());
    this.look();
  }

  stop() {
    this.#stop();
    clearTimeout(this.#soon);
  }

  // A failure is in the page's banner; the next reading comes by itself.
  look = single(() => this.#ask('GET'), () => {});

  lookSoon() {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.look(), Math.random() * SPREAD_MS);
  }

  /** Fails as `call` does. */
  async enter() {
    await this.#ask('POST');
  }

  /** Fails as `call` does. */
  async withdraw() {
    await this.#ask('DELETE');
  }

  async #ask(method) {
    // The log-in may have ended since.
    if (this.#who !== buyer()) return;
    const { json } = await call(method, `/api/sales/${this.#id}/raffle/entry`, { part: PART });
    this.entry = json;
    this.#changed();
  }
}
