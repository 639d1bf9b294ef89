// One order: status, payment, cancellation.
import { call, Problem } from '../../common/api.js';
import { now } from '../../common/clock.js';
import { h, setText, show } from '../../common/dom.js';
import { facts } from '../../common/facts.js';
import { repeat, single } from '../../common/pace.js';
import { retitle } from '../../common/router.js';
import { onSession, session } from '../../common/session.js';
import { countdown, moment, money, number, t, timeLeft } from '../../common/words.js';
import { askWho } from '../log-in.js';
import { onOwnEvents } from '../own-events.js';
import { notice } from '../../common/parts.js';
import { reasonOf } from '../../common/problems.js';
import { art, orderChip } from '../parts.js';
import { persist } from '../persist.js';
import { randomKey } from '../placing.js';
import { confirmGivingBack } from './give-back.js';

const TICK_MS = 250;
const LOOK_EVERY_MS = 6_000;

export function orderPage(id) {
  const title = h('h1', {}, t('order'));
  const chip = h('span', {});
  const says = h('p', { class: 'says figures', role: 'status' });
  const time = h('p', { class: 'clock figures', role: 'timer', hidden: true });
  const pay = payment();
  const giveBack = h('button', { type: 'button', class: 'button danger', hidden: true, on: { click: startGivingBack } }, t('giveBack'));
  const payHint = h('p', { class: 'soft fine', hidden: true }, t(facts.demoLogin ? 'payHint' : 'payElsewhere'));
  const outcome = h('p', { class: 'outcome', role: 'status' });
  const details = h('dl', { class: 'facts' });
  const back = h('p', {});
  const picture = h('div', {});
  const node = h('div', {}, h('div', { class: 'sale' }, picture,
    h('div', { class: 'sale-side' }, title, h('p', { class: 'row' }, chip), h('div', { class: 'card pad stack' },
      says, time, pay, payHint, giveBack, outcome), h('div', { class: 'card pad' }, details), back)));

  /** Otherwise only the payment provider reports payments. */
  const payable = facts.demoLogin || facts.shopUrl !== '';
  let order = null;
  let sale = null;
  let busy = null;
  let stopped = false;

  const look = single(async () => {
    if (session() === null) {
      node.replaceChildren(notice(t('order'), t('logInForOrders'),
        h('button', { type: 'button', class: 'button', on: { click: () => askWho() } }, t('logIn'))));
      return;
    }
    take((await call('GET', `/api/orders/${id}`)).json);
    if (sale === null && order.saleId) {
      sale = (await call('GET', `/api/sales/${order.saleId}`)).json;
      draw();
    }
  }, (cause) => {
    const gone = cause instanceof Problem && cause.status === 404;
    if (gone && order === null) node.replaceChildren(notice(t('notFound'), t('noSuchOrder')));
    else if (order === null) setText(says, t('cannotLoad'));
  });

  function take(newer) {
    order = newer;
    draw();
  }

  function draw() {
    if (sale !== null) {
      setText(title, t('orderOf', { title: sale.title }));
      retitle(t('orderOf', { title: sale.title }));
      if (!picture.hasChildNodes()) picture.replaceChildren(art(sale));
      back.replaceChildren(h('a', { href: `/sales/${sale.saleId}` }, t('backToSale')));
      const rows = [[t('units'), number(order.quantity)], [t('total'), money(order.totalCents, sale.currency)],
        [t('placedAt'), moment(order.placedAt)], [t('orderNumber'), h('span', { class: 'order-id' }, order.id)]];
      details.replaceChildren(...rows.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]));
      setText(pay, t('pay', { price: money(order.totalCents, sale.currency) }));
    }
    if (chip.dataset.status !== order.status) {
      chip.dataset.status = order.status;
      chip.replaceChildren(orderChip(order.status));
    }
    tick();
  }

  function tick() {
    if (order === null) return;
    const held = order.status === 'RESERVED';
    const left = held ? Date.parse(order.holdExpiresAt) - now() : 0;
    setText(says, held ? (left > 0 ? t('nowYours') : t('textLate')) : t(`text${order.status}`));
    show(time, held && left > 0);
    if (held && left > 0) setText(time, t('textRESERVED', { time: timeLeft(left) }));
    show(pay, held && sale !== null && payable);
    show(payHint, held && (facts.demoLogin || !payable));
    show(giveBack, held);
    for (const button of [pay, giveBack]) button.setAttribute('aria-disabled', String(busy !== null));
    if (busy !== null) setText(outcome, busyText());
  }

  function busyText() {
    if (busy.waiting?.why === 'busy') return t('busy', { time: countdown(busy.waiting.until - now()) });
    if (busy.waiting?.why === 'lost') return t('noConnection', { time: countdown(busy.waiting.until - now()) });
    return t(busy.text);
  }

  async function move(text, send) {
    if (busy !== null) return;
    busy = { text, waiting: null };
    tick();
    try {
      take((await persist({
        send,
        undecided: (answer) => answer.status === 202,
        waiting: (waiting) => {
          busy.waiting = waiting;
          tick();
        },
        stopped: () => stopped,
      })).json);
      setText(outcome, '');
    } catch (cause) {
      if (cause instanceof Problem && cause.body.order) take(cause.body.order);
      setText(outcome, cause instanceof Problem && !cause.passes ? t('refused', { detail: reasonOf(cause) }) : t('notHeard'));
    } finally {
      busy = null;
      tick();
    }
    if (!stopped && order.status !== 'RESERVED') title.focus();
  }

  /** The demonstration pays here, a shop on its own page. */
  function payment() {
    if (facts.demoLogin) return h('button', { type: 'button', class: 'button big', hidden: true, on: { click: startPaying } });
    return h('a', { class: 'button big', href: `${facts.shopUrl}?order=${id}`, target: '_self', hidden: true });
  }

  function startPaying() {
    return move('paying', () => call('POST', `/api/orders/${id}/payment`, { body: { reference: reference() } }));
  }

  async function startGivingBack() {
    if (busy === null && (await confirmGivingBack())) {
      await move('givingBack', () => call('DELETE', `/api/orders/${id}`));
    }
  }

  /** One payment per tab, however often it is sent. */
  function reference() {
    const key = `doorbuster.payment.${id}`;
    const known = sessionStorage.getItem(key) ?? `demo-${randomKey()}`;
    sessionStorage.setItem(key, known);
    return known;
  }

  title.setAttribute('tabindex', '-1');
  const ticking = setInterval(tick, TICK_MS);
  const stops = [
    () => clearInterval(ticking),
    repeat(LOOK_EVERY_MS, () => (order === null || order.status === 'RESERVED' || order.status === 'PENDING' ? look() : null)),
    onOwnEvents({ order: (newer) => newer.id === id && take(newer), up: () => look() }),
    onSession(() => location.reload()),
  ];
  look();
  return {
    title: t('order'),
    node,
    stop() {
      stopped = true;
      stops.forEach((stop) => stop());
    },
  };
}
