// One sale: clock, units left, and the button.
import { Problem, Unreachable } from '../../common/api.js';
import { now } from '../../common/clock.js';
import { h, setText, show } from '../../common/dom.js';
import { go, retitle } from '../../common/router.js';
import { buyer, onSession } from '../../common/session.js';
import { announce } from '../../common/status.js';
import { countdown, moment, money, number, t } from '../../common/words.js';
import { askWho } from '../log-in.js';
import { notice, saleChip } from '../../common/parts.js';
import { beforeOpening } from '../before-opening.js';
import { art } from '../parts.js';
import { Placing } from '../placing.js';
import { RaffleWatch } from '../raffle-watch.js';
import { progressOf, RoomWatch } from '../room-watch.js';
import { SaleWatch } from '../sale-watch.js';
import { truth } from '../truth.js';
import { buttonText, factsOf, hintText, outcomeText } from './sale-texts.js';

const TICK_MS = 250;
/** The kinds of the button that do something. */
const PRESSED = ['buy', 'enter', 'enter-raffle', 'stand-by', 'yours', 'limit'];
const CHANGES = { OPEN: 'nowOpen', SOLD_OUT: 'nowSoldOut', PAUSED: 'nowPaused', CLOSED: 'nowClosed' };

export function salePage(id) {
  const title = h('h1', {}, t('loading'));
  const chip = h('span', {});
  const price = h('strong', { class: 'price' });
  const picture = h('div', {});
  const description = h('p', { class: 'description', hidden: true });
  const clock = h('p', { class: 'clock figures', role: 'timer', hidden: true });
  const bar = h('progress', { max: 1, value: 0, 'aria-label': t('loading') });
  const left = h('p', { class: 'left figures soft' });
  const button = h('button', { type: 'button', class: 'button big figures', 'aria-disabled': 'true', on: { click: press } }, t('loading'));
  const quantity = h('select', { id: 'quantity' });
  const quantityRow = h('p', { class: 'quantity', hidden: true }, h('label', { for: 'quantity' }, t('quantity')), quantity);
  const more = h('button', { type: 'button', class: 'button quiet more', hidden: true, on: { click: order } });
  const leave = h('button', { type: 'button', class: 'button quiet leave', hidden: true, on: { click: leaveRoom } }, t('leaveRoom'));
  const hint = h('p', { class: 'hint figures soft' });
  const outcome = h('p', { class: 'outcome', role: 'status' });
  const mine = h('p', { hidden: true });
  const just = h('p', { class: 'just soft' });
  const came = h('p', { class: 'came soft fine figures', hidden: true });
  const facts = h('dl', { class: 'facts' });
  const fairness = h('p', { class: 'soft fine' }, t('fairness'));
  const early = beforeOpening(id);
  const content = h('div', { class: 'sale' }, picture,
    h('div', { class: 'sale-side' }, title, h('p', { class: 'row' }, price, chip), description, clock,
      h('div', { class: 'card pad stack' }, bar, left, quantityRow, button, more, leave, early.node, hint, outcome, mine, just, came),
      h('div', { class: 'card pad' }, facts, fairness)));
  const node = h('div', {}, content);

  let placing = null;
  let room = null;
  let raffle = null;
  let lastPlace = null;
  let last = null;
  let lastState = null;
  let current = { kind: 'loading' };
  const watch = new SaleWatch(id, { changed: draw, activity, visited, room: (moved) => room?.moved(moved) });
  const stopSession = onSession(renewPlacing);
  const ticking = setInterval(tick, TICK_MS);
  renewPlacing();

  function renewPlacing() {
    const who = buyer();
    last = who === undefined && placing?.state ? { kind: 'logged-out' } : null;
    placing?.stop();
    placing = who === undefined ? null : new Placing({ saleId: id, buyer: who, pass: () => room?.pass(), changed: tick, decided });
    placing?.resume();
    room?.stop();
    room = null;
    raffle?.stop();
    raffle = null;
    if (watch.sale) follow(watch.sale);
    tick();
  }

  function draw() {
    if (watch.missing) {
      node.replaceChildren(notice(t('notFound'), t('noSuchSale'), h('a', { class: 'button', href: '/' }, t('findSales'))));
      return;
    }
    const { sale } = watch;
    if (sale === null) {
      setText(title, t('cannotLoad'));
      return;
    }
    if (lastState === null) retitle(sale.title);
    if (lastState !== null && lastState !== sale.state) {
      raffle?.lookSoon();
      const back = sale.state === 'OPEN' ? { SOLD_OUT: 'nowBack', PAUSED: 'nowResumed' }[lastState] : undefined;
      announce(t(back ?? CHANGES[sale.state] ?? 'loading'));
    }
    const pictured = JSON.stringify([sale.title, sale.image]);
    if (picture.dataset.of !== pictured) {
      picture.dataset.of = pictured;
      picture.replaceChildren(art(sale));
    }
    setText(description, sale.description);
    show(description, sale.description !== '');
    setText(title, sale.title);
    setText(price, money(sale.priceCents, sale.currency));
    if (lastState !== sale.state) chip.replaceChildren(saleChip(sale.state));
    lastState = sale.state;
    drawFacts(sale);
    follow(sale);
    tick();
  }

  /** Follows the buyer's place or entry while the sale has a waiting room or a raffle that matters. */
  function follow(sale) {
    if (sale.raffle) setText(fairness, t('fairnessRaffle'));
    if (sale.raffle && raffle === null && buyer() !== undefined && sale.state !== 'DRAFT') raffle = new RaffleWatch(id, tick);
    if (room !== null || !sale.waitingRoom || buyer() === undefined || sale.state === 'CLOSED') return;
    setText(fairness, t('fairnessRoom'));
    room = new RoomWatch(id, { orders: () => watch.orders, changed: roomChanged });
  }

  function roomChanged() {
    const place = room?.place?.place;
    if (place === 'ADMITTED' && (lastPlace === 'QUEUE' || lastPlace === 'STANDBY')) announce(t('nowYourTurn'));
    lastPlace = place;
    if (room?.place?.phase === 'ENDED' && watch.sale?.state === 'OPEN') watch.look();
    tick();
  }

  function drawFacts(sale) {
    const rows = factsOf(sale);
    const text = JSON.stringify(rows);
    if (facts.dataset.text !== text) {
      facts.dataset.text = text;
      facts.replaceChildren(...rows.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]));
    }
  }

  function tick() {
    const { sale } = watch;
    if (sale === null || watch.missing) return;
    current = truth({ sale, holds: watch.holds, orders: watch.orders, place: room?.place ?? null, entry: raffle?.entry ?? null, placing: placing?.state ?? null, last, now: now() });
    button.dataset.kind = current.kind;
    setText(button, buttonText(current, sale));
    button.setAttribute('aria-disabled', String(!PRESSED.includes(current.kind)));
    setText(hint, hintText(current, sale, buyer() !== undefined));
    setText(outcome, outcomeText(current.outcome));
    setText(more, t('buyMore', { price: money(sale.priceCents, sale.currency) }));
    show(leave, ['lobby', 'queue', 'standby', 'entered'].includes(current.kind));
    setText(leave, t(current.kind === 'entered' ? 'withdraw' : 'leaveRoom'));
    drawBar(sale);
    show(more, current.kind === 'yours' && current.quantityMax > 0);
    drawQuantity(sale);
    early.take(sale);
    const linked = current.order && current.kind !== 'yours' && current.kind !== 'limit' ? current.order : null;
    show(mine, linked !== null);
    if (linked && mine.dataset.order !== linked.id) {
      mine.dataset.order = linked.id;
      mine.replaceChildren(h('a', { href: `/orders/${linked.id}` }, t('seeOrder')));
    }
    const end = !['OPEN', 'SOLD_OUT', 'PAUSED'].includes(sale.state) || !sale.closesAt ? null : Date.parse(sale.closesAt) - now();
    show(clock, end !== null && end > 0);
    if (end !== null) setText(clock, t('endsIn', { time: countdown(end) }));
  }

  /** One bar: how far the queue has moved while the buyer waits in it, else the units left. */
  function drawBar(sale) {
    const stock = t('left', { available: number(sale.available), stock: number(sale.stock) });
    const queued = current.kind === 'queue' && current.place.place === 'QUEUE';
    bar.max = queued ? 1 : Math.max(1, sale.stock);
    bar.value = queued ? progressOf(current.place) : sale.available;
    const label = queued ? t('inQueue', { number: number(current.place.ahead + 1) }) : stock;
    if (bar.getAttribute('aria-label') !== label) bar.setAttribute('aria-label', label);
    setText(left, stock);
  }

  function drawQuantity(sale) {
    const most = current.quantityMax;
    show(quantityRow, most > 1);
    const orders = current.kind === 'yours' ? more : button;
    if (quantityRow.nextSibling !== orders) orders.before(quantityRow);
    if (most > 1 && quantity.options.length !== most) {
      const chosen = Math.min(most, Number(quantity.value) || 1);
      quantity.replaceChildren(...Array.from({ length: most }, (_, i) => h('option', { value: i + 1 },
        `${number(i + 1)} · ${money(sale.priceCents * (i + 1), sale.currency)}`)));
      quantity.value = String(chosen);
    }
  }

  async function press() {
    if (current.kind === 'yours' || current.kind === 'limit') {
      go(`/orders/${current.order.id}`);
    } else if ((current.kind === 'enter' || current.kind === 'stand-by') && (buyer() !== undefined || (await askWho()))) {
      const standby = current.kind === 'stand-by';
      follow(watch.sale);
      askRoom(() => room?.join({ standby }));
    } else if (current.kind === 'enter-raffle' && (buyer() !== undefined || (await askWho()))) {
      follow(watch.sale);
      askRoom(() => raffle.enter());
    } else if (current.kind === 'buy' && (buyer() !== undefined || (await knownBuyer()))) {
      order();
    }
  }

  function leaveRoom() {
    askRoom(() => (current.kind === 'entered' ? raffle.withdraw() : room?.leave()));
  }

  async function askRoom(ask) {
    try {
      last = null;
      await ask();
    } catch (cause) {
      last = cause instanceof Problem && cause.slug === 'raffle-closed' ? { kind: 'refused', problem: cause } : { kind: 'room-away' };
      tick();
      if (!(cause instanceof Problem) && !(cause instanceof Unreachable)) throw cause;
    }
  }

  /** After the log-in the page may know of units that this buyer has already: then none is ordered. */
  async function knownBuyer() {
    if (!(await askWho())) return false;
    await watch.lookAtAll();
    return current.kind === 'buy' && current.order === undefined;
  }

  function order() {
    last = null;
    placing.start(current.quantityMax > 1 ? Number(quantity.value) : 1);
  }

  function decided(what) {
    last = what;
    if (what.order) watch.take(what.order);
    if (what.problem?.slug === 'queue-pass-required') room?.look();
    watch.lookAtAll();
    tick();
  }

  function activity({ sold, returned }) {
    const time = moment(new Date(now()).toISOString());
    if (returned > 0) setText(just, `${t('justReturned', { units: returned })} · ${time}`);
    if (sold > 0) setText(just, `${t('justSold', { units: sold })} · ${time}`);
  }

  function visited(visitors) {
    show(came, visitors > 0);
    setText(came, t('came', { visitors: number(visitors), one: visitors === 1 }));
  }

  return {
    title: t('sales'),
    node,
    stop() {
      clearInterval(ticking);
      stopSession();
      early.stop();
      placing?.stop();
      room?.stop();
      raffle?.stop();
      watch.stop();
    },
  };
}
