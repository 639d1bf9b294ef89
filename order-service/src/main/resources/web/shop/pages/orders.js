// The buyer's orders, newest first.
import { callForAll } from '../../common/api.js';
import { h } from '../../common/dom.js';
import { repeat, single } from '../../common/pace.js';
import { drawEach, listEnd } from '../../common/parts.js';
import { onSession, session } from '../../common/session.js';
import { moment, money, number, t } from '../../common/words.js';
import { askWho } from '../log-in.js';
import { onOwnEvents } from '../own-events.js';
import { orderChip } from '../parts.js';

const LOOK_EVERY_MS = 15_000;

export function ordersPage() {
  const list = h('div', {}, h('p', { class: 'soft' }, t('loading')));
  const node = h('div', {}, h('h1', {}, t('myOrders')), list);
  let drawn = '';

  const look = single(async () => {
    if (session() === null) {
      drawn = '';
      list.replaceChildren(h('div', { class: 'notice' }, h('p', {}, t('logInForOrders')),
        h('button', { type: 'button', class: 'button', on: { click: () => askWho() } }, t('logIn'))));
      return;
    }
    const [orders, sales] = await Promise.all([
      callForAll('/api/orders', 'orders', 'id'),
      callForAll('/api/sales', 'sales', 'saleId'),
    ]);
    const saleOf = new Map(sales.items.map((sale) => [sale.saleId, sale]));
    const text = JSON.stringify(orders.items);
    if (text !== drawn) draw(orders.items, saleOf, orders.complete);
    drawn = text;
  }, () => {
    if (drawn === '') list.replaceChildren(h('p', { class: 'soft' }, t('cannotLoad')));
  });

  function draw(orders, saleOf, complete) {
    if (orders.length === 0) {
      list.replaceChildren(h('div', { class: 'notice' }, h('p', {}, t('noOrders')),
        h('a', { class: 'button', href: '/' }, t('findSales'))));
      return;
    }
    const focused = document.activeElement?.closest?.('.order-line')?.getAttribute('href');
    list.replaceChildren(h('ul', { class: 'card lines' }, drawEach(orders, (order) => h('li', {}, line(order, saleOf.get(order.saleId))), bare)), ...listEnd(complete));
    if (focused) list.querySelector(`[href="${focused}"]`)?.focus();
  }

  function bare(order) {
    return h('li', {}, h('a', { class: 'order-line', href: `/orders/${order.id}` }, order.id));
  }

  function line(order, sale) {
    return h('a', { class: 'order-line', href: `/orders/${order.id}` },
      h('span', { class: 'order-line-text' },
        h('strong', {}, sale?.title ?? t('order')),
        h('span', { class: 'soft' }, moment(order.placedAt))),
      h('span', { class: 'order-line-sum figures' },
        `${number(order.quantity)} · ${sale ? money(order.totalCents, sale.currency) : ''}`),
      orderChip(order.status));
  }

  const stops = [repeat(LOOK_EVERY_MS, look), onSession(look), onOwnEvents({ order: () => look(), up: () => look() })];
  look();
  return {
    title: t('myOrders'),
    node,
    stop() {
      stops.forEach((stop) => stop());
    },
  };
}
