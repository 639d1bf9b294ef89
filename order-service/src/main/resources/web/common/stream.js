// One stream of server-sent events that is always there again: after a lost connection, after the server has ended it, and
// after the page was hidden, when it is given up so that hidden tabs take no connection. Whoever listens fetches the state
// each time it is up again: streams begin with now.
import { connection } from './status.js';

const PAUSE_MIN_MS = 500;
const PAUSE_MAX_MS = 10_000;

export class Stream {
  #part;
  #url;
  #listeners;
  #up;
  #source = null;
  #timer = null;
  #failures = 0;
  #stopped = false;

  /**
   * Opens it.
   * part: its name for the banner; url: makes its address, anew each time; listeners: by the name of the event, with its
   * data; up: called each time it is open
   */
  constructor({ part, url, listeners, up }) {
    this.#part = part;
    this.#url = url;
    this.#listeners = listeners;
    this.#up = up;
    document.addEventListener('visibilitychange', this.#visibility);
    window.addEventListener('online', this.#soon);
    this.#visibility();
  }

  stop() {
    this.#stopped = true;
    document.removeEventListener('visibilitychange', this.#visibility);
    window.removeEventListener('online', this.#soon);
    this.#close();
    connection(this.#part, true);
  }

  #visibility = () => {
    if (document.hidden) this.#close();
    else this.#soon();
  };

  #soon = () => {
    if (this.#source === null) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#open(), 0);
    }
  };

  #close() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  async #open() {
    this.#close();
    let address;
    try {
      address = await this.#url();
    } catch {
      this.#again();
      return;
    }
    if (this.#stopped || document.hidden || this.#source !== null) return;
    const source = new EventSource(address);
    this.#source = source;
    source.onopen = () => {
      this.#failures = 0;
      connection(this.#part, true);
      this.#up();
    };
    // Not left to the browser: it would come again with a ticket that is used up.
    source.onerror = () => {
      if (source === this.#source) this.#again();
    };
    for (const [name, listener] of Object.entries(this.#listeners)) {
      source.addEventListener(name, (event) => listener(JSON.parse(event.data)));
    }
  }

  #again() {
    this.#close();
    if (this.#stopped || document.hidden) return;
    connection(this.#part, false);
    const longest = Math.min(PAUSE_MAX_MS, PAUSE_MIN_MS * 2 ** this.#failures++);
    this.#timer = setTimeout(() => this.#open(), longest / 2 + (Math.random() * longest) / 2);
  }
}
