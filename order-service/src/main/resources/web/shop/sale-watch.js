// The state of one sale: read periodically, updated by events in between. Event counts are approximate and reads
// exact; "sold out" is never derived from events.
import { call, callForAll, Problem } from '../common/api.js';
import { now } from '../common/clock.js';
import { repeat, single } from '../common/pace.js';
import { buyer, onSession } from '../common/session.js';
import { Stream } from '../common/stream.js';
import { facts } from '../common/facts.js';
import { onOwnEvents } from './own-events.js';
import { isOverdue } from './truth.js';

const CALM_MS = 60_000;
const BUSY_MS = 8_000;
const OPENING_MS = 1_000;
const SOON_MS = 10_000;

/** Random delay, so that clients that received the same event do not read at the same moment. */
const SPREAD_MS = 800;

export class SaleWatch {
  sale = null;
  holds = null;
  orders = [];
  missing = false;
  #id;
  #changed;
  #activity;
  #room;
  #visited;
  #stops;
  #ordersAt = -Infinity;
  #ordersWanted = true;
  #taken = 0;

  /**
   * changed(): called after each change; activity({sold, returned}): called with units sold and returned;
   * visited(visitors): called with the buyers who came; room(room): called after each move of the waiting room
   */
  constructor(id, { changed, activity, visited, room }) {
    this.#id = id;
    this.#changed = changed;
    this.#activity = activity;
    this.#visited = visited;
    this.#room = room;
    const stream = new Stream({
      part: 'sale events',
      url: () => `${facts.eventsOrigin}/api/sales/${id}/events`,
      listeners: {
        'sale.opened': (event) => this.#told(event),
        'sale.sold-out': (event) => this.#told(event),
        'sale.paused': (event) => this.#told(event),
        'sale.resumed': (event) => this.#told(event),
        'sale.closed': (event) => this.#told(event),
        'sale.activity': (event) => this.#moved(event.units),
        'room.moved': (event) => this.#room(event),
        'sale.pulse': (event) => this.#visited(event.visitors),
      },
      up: () => {
        this.look();
        this.#countVisitors();
      },
    });
    this.#stops = [
      () => stream.stop(),
      repeat(() => this.#pause(), () => this.look()),
      onOwnEvents({ order: (order) => this.take(order), up: () => this.lookAtAll() }),
      onSession(() => this.#forgetOrders()),
    ];
    this.look();
  }

  stop() {
    this.#stops.forEach((stop) => stop());
  }

  /** Another buyer, or none. */
  #forgetOrders() {
    this.orders = [];
    this.lookAtAll();
  }

  /** Reads the sale and the buyer's orders. */
  lookAtAll() {
    this.#ordersWanted = true;
    return this.look();
  }

  /** Reads the sale, and the buyer's orders less often, because events report those. */
  look = single(async () => {
    const who = buyer();
    const asked = now();
    const taken = this.#taken;
    const due = who !== undefined && (this.#ordersWanted || asked - this.#ordersAt > CALM_MS || this.orders.some((order) => isOverdue(order, asked)));
    if (due) this.#ordersWanted = false;
    const [sale, orders] = await Promise.all([
      call('GET', `/api/sales/${this.#id}`),
      due ? callForAll(`/api/orders?saleId=${this.#id}`, 'orders', 'id') : null,
    ]);
    this.sale = sale.json;
    if (who === undefined) this.orders = [];
    if (orders && who === buyer() && taken === this.#taken) {
      this.orders = orders.items;
      this.#ordersAt = asked;
    } else if (orders) {
      // An event arrived meanwhile: the response may be older.
      this.#ordersWanted = true;
    }
    this.holds = sale.json.state === 'SOLD_OUT' ? (await call('GET', `/api/sales/${this.#id}/holds`)).json : null;
    this.#changed();
  }, (cause) => {
    this.#ordersWanted = true;
    this.missing = this.sale === null && cause instanceof Problem && (cause.status === 404 || cause.status === 400);
    this.#changed();
  });

  /** Later counts arrive as events. */
  #countVisitors = single(async () => {
    const { json } = await call('GET', `/api/sales/${this.#id}/pulse`, { origin: facts.eventsOrigin, part: 'sale events' });
    this.#visited(json.visitors);
  }, () => {
    // The line of visitors stays hidden.
  });

  /** The current state of one of the buyer's orders. */
  take(order) {
    if (order.saleId !== this.#id || order.buyer !== buyer()) return;
    this.#taken++;
    this.orders = [order, ...this.orders.filter((other) => other.id !== order.id)];
    this.#changed();
  }

  #told({ title, state, stock, available }) {
    if (this.sale === null) return;
    Object.assign(this.sale, { title, state, stock, available });
    this.#changed();
    if (state === 'SOLD_OUT') this.#lookSoon();
  }

  #moved(units) {
    if (this.sale === null) return;
    const sold = units['order.confirmed'] ?? 0;
    const returned = (units['order.cancelled'] ?? 0) + (units['order.expired'] ?? 0);
    const { stock, available, state } = this.sale;
    this.sale.available = Math.min(stock, Math.max(0, available - sold + returned));
    this.#activity({ sold, returned });
    this.#changed();
    if (state === 'SOLD_OUT' || this.sale.available === 0) this.#lookSoon();
  }

  #lookSoon() {
    setTimeout(() => this.look(), Math.random() * SPREAD_MS);
  }

  #pause() {
    if (this.sale === null) return OPENING_MS;
    if (this.sale.state === 'CLOSED') return CALM_MS;
    if (this.sale.state !== 'SCHEDULED') return BUSY_MS;
    const left = Date.parse(this.sale.opensAt) - now();
    return left <= SOON_MS ? Math.max(OPENING_MS, left) : Math.min(CALM_MS, left / 2);
  }
}
