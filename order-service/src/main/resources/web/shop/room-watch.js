// The buyer's place in a sale's waiting room. The server keeps the place, so a reload, the back button and a second tab
// find it again; a room that was lost is entered again. Events tell how far the queue has moved: each page computes its
// own place from them, and reads it when it is near the front or others have left.
import { call } from '../common/api.js';
import { now } from '../common/clock.js';
import { facts } from '../common/facts.js';
import { repeat, single } from '../common/pace.js';
import { buyer } from '../common/session.js';
import { remembered, takesAgain } from './room-memory.js';
import { work } from './work.js';

const PART = 'waiting room';
const LOOK_MS = 5_000;
/** So that pages that heard the same event do not read at the same moment. */
const SPREAD_MS = 800;
/** By all pages of a room together, but for those near the front: after the draw, and at all other times. */
const FIRST_READS_PER_SECOND = 1_000;
const READS_PER_SECOND = 250;
/** From here on the place is read after each move. */
const NEAR = 50;

export class RoomWatch {
  /** As in the API, or null while it is not known. */
  place = null;
  #id;
  #orders;
  #changed;
  #who = buyer();
  #read = null;
  #stop;
  #soon = null;
  #due = 0;

  /** orders(): the buyer's orders of this sale, as far as they are known; changed(): called after each change */
  constructor(id, { orders, changed }) {
    this.#id = id;
    this.#orders = orders;
    this.#changed = changed;
    this.#stop = repeat(() => Math.max(LOOK_MS, this.#pause(READS_PER_SECOND)), () => this.look());
    this.look();
  }

  stop() {
    this.#stop();
    clearTimeout(this.#soon);
  }

  look = single(async () => {
    await this.#ask('GET');
    if (takesAgain(localStorage.getItem(this.#key()), this.place, this.#orders())) await this.#enter('');
  // A failure is in the page's banner; the next reading comes by itself.
  }, () => {});

  /** Takes a place, or one among those who wait for returned units; fails as `call` does. */
  async join({ standby = false } = {}) {
    if (this.place === null) await this.#ask('GET');
    await this.#enter(standby ? '?standby=true' : '');
  }

  async #enter(query) {
    const { workBits = 0, entrant } = this.place ?? {};
    const headers = workBits === 0 ? {} : { 'Queue-Work': await work(this.#id, entrant, workBits) };
    await this.#ask('POST', query, headers);
  }

  async leave() {
    this.#remember(null);
    await this.#ask('DELETE');
  }

  /** The pass while it is valid. */
  pass() {
    return this.place?.place === 'ADMITTED' && Date.parse(this.place.passUntil) > now() ? this.place.pass : undefined;
  }

  /** An event of the sale's stream. */
  moved(room) {
    if (this.place === null || this.#read === null) return;
    const left = room.left !== this.place.left || room.passedOver < this.place.passedOver;
    const { standby } = this.place;
    const phase = room.phase !== this.place.phase;
    const ahead = Math.max(0, this.#read.ahead - (room.admitted - this.#read.admitted));
    Object.assign(this.place, room, this.place.place === 'QUEUE' ? { ahead, estimatedSeconds: Math.ceil((ahead + 1) / room.perSecond) } : {});
    this.#changed();
    const near = this.place.place === 'QUEUE' && ahead < NEAR;
    const nextOnStandby = this.place.place === 'STANDBY' && room.standby < standby;
    if (near || nextOnStandby) this.#lookWithin(SPREAD_MS);
    else if (phase || left) this.#lookWithin(Math.max(SPREAD_MS, this.#pause(phase ? FIRST_READS_PER_SECOND : READS_PER_SECOND)));
  }

  /** The pause between two readings if all pages read equally often. */
  #pause(readsPerSecond) {
    return ((this.place?.waiting ?? 0) * 1000) / readsPerSecond;
  }

  /** At a random time; a reading that comes earlier anyway stays. */
  #lookWithin(milliseconds) {
    const due = performance.now() + Math.random() * milliseconds;
    if (this.#soon !== null && this.#due <= due) return;
    clearTimeout(this.#soon);
    this.#due = due;
    this.#soon = setTimeout(() => {
      this.#soon = null;
      this.look();
    }, due - performance.now());
  }

  async #ask(method, query = '', headers = {}) {
    // The log-in may have ended since.
    if (this.#who === undefined || this.#who !== buyer()) return;
    const { json } = await call(method, `/api/sales/${this.#id}/waiting-room/place${query}`, { headers, origin: facts.eventsOrigin, part: PART });
    this.place = json;
    this.#read = { ahead: json.ahead ?? 0, admitted: json.admitted };
    this.#remember(remembered(localStorage.getItem(this.#key()), json, now()));
    this.#changed();
  }

  #remember(text) {
    if (text === null) localStorage.removeItem(this.#key());
    else localStorage.setItem(this.#key(), text);
  }

  #key() {
    return `doorbuster.room.${this.#id}.${this.#who}`;
  }
}

/** The share of those before the buyer that was admitted, from 0 to 1. */
export function progressOf({ ahead, admitted }) {
  return admitted / (admitted + ahead + 1);
}
