// One order: its values, what is recorded about it from the request on, and operators' notes.
import { call, Problem } from '../../common/api.js';
import { h, setText, show } from '../../common/dom.js';
import { repeat, single } from '../../common/pace.js';
import { notice, table } from '../../common/parts.js';
import { moment, money, number, t } from '../../common/words.js';
import { ask } from '../dialog.js';
import { noteForm } from '../note-form.js';
import { ORDER_STATUSES } from '../order-statuses.js';
import { refused } from '../refused.js';
import { termNodes } from '../sale-terms.js';

const LOOK_EVERY_MS = 5_000;
/** What a mail is about. */
const MAILS = {
  'order.confirmed': 'orderReserved', 'order.paid': 'orderPaid', 'order.cancelled': 'orderCancelled',
  'order.expired': 'orderExpired', 'order.refund-due': 'orderRefundDue',
};
const HEAD = ['when', 'event', 'details', 'operator'];

export function orderPage(orderId) {
  const said = h('p', { class: 'soft', role: 'status' }, t('loading'));
  const back = h('p', {});
  const facts = h('dl', { class: 'facts figures' });
  const list = h('div', { class: 'section' });
  const erase = h('button', { type: 'button', class: 'button danger erase', on: { click: () => pseudonymise() } }, t('pseudonymise'));
  const done = h('p', { class: 'done', role: 'status' });
  const notes = h('div', { class: 'section card pad', hidden: true });
  const node = h('div', {}, back, h('h1', {}, t('order')), said, done, h('div', { class: 'card pad' }, facts), list, notes, h('p', { class: 'section' }, erase));
  let sale = null;
  let buyer = null;
  let drawn = '';

  const look = single(async () => {
    const { order, entries } = (await call('GET', `/api/orders/${orderId}/timeline`)).json;
    if (order) sale ??= (await call('GET', `/api/sales/${order.saleId}`)).json;
    const text = JSON.stringify([order, entries]);
    if (text === drawn) return;
    drawn = text;
    draw(order, entries);
  }, (cause) => {
    if (cause instanceof Problem && (cause.status === 404 || cause.status === 400)) {
      node.replaceChildren(notice(t('notFound'), t('noSuchOrder'), h('a', { class: 'button', href: '/console' }, t('allSales'))));
    } else {
      setText(said, refused(cause));
    }
  });

  function draw(order, entries) {
    setText(said, order ? '' : t('paymentOnly'));
    back.replaceChildren(...(order ? [h('a', { href: `/console/sales/${order.saleId}/orders` }, t('ordersOf', { title: sale.title }))] : []));
    facts.replaceChildren(...termNodes([['orderId', orderId], ...(order ? values(order) : [])]));
    list.replaceChildren(table(t('timeline'), HEAD, entries, row, bare, 'texts'));
    show(notes, order !== null);
    buyer = order?.buyer ?? null;
    show(erase, buyer !== null);
  }

  async function pseudonymise() {
    setText(done, '');
    const replaced = await ask({
      title: t('pseudonymiseTitle', { buyer }),
      content: h('p', {}, t('pseudonymiseText')),
      yes: h('button', { class: 'button danger' }, t('pseudonymiseYes')),
      careful: true,
      send: async () => (await call('POST', '/api/buyers/pseudonym', { body: { buyer } })).json,
    });
    if (!replaced) return;
    await look();
    setText(done, t('pseudonymised', { pseudonym: replaced.pseudonym }));
  }

  function values(order) {
    const status = t(ORDER_STATUSES[order.status]);
    return [
      ['buyer', order.buyer],
      ['status', order.reason ? `${status} (${order.reason})` : status],
      ['units', number(order.quantity)],
      ['total', money(order.totalCents, sale.currency)],
    ];
  }

  show(erase, false);
  notes.append(noteForm(`/api/orders/${orderId}/notes`, look));
  const stop = repeat(LOOK_EVERY_MS, look);
  look();
  return { title: t('order'), node, stop };
}

function bare(entry) {
  return h('tr', {}, h('th', { scope: 'row' }, entry.at), h('td', {}, entry.what));
}

function row(entry) {
  return h('tr', { class: `event-${entry.what}` },
    h('th', { scope: 'row' }, moment(entry.at, { seconds: true })),
    h('td', {}, t(`event_${entry.what.replaceAll('-', '_')}`)),
    h('td', { class: 'audit-request' }, entry.detail in MAILS ? t(MAILS[entry.detail]) : entry.detail ?? ''),
    h('td', {}, entry.operator ?? ''));
}
