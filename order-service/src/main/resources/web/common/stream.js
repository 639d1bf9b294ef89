// One stream of server-sent events that reconnects after a failure or the server's end. Closed while the page is
// hidden, so that hidden tabs hold no connection. Callers read the state after each reconnect: streams do not repeat
// the past.
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
   * Opens the stream.
   * part: name in the banner; url: creates the URL for each connection; listeners: by event name, with the data; up:
   * called after each connect
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
    // The browser's own reconnect would reuse the consumed ticket.
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
