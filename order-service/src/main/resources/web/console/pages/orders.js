// All orders of a sale, the newest first: filters, pages, and files of what the filters select.
import { call, download, Problem } from '../../common/api.js';
import { h, setText, show } from '../../common/dom.js';
import { table } from '../../common/parts.js';
import { go, retitle } from '../../common/router.js';
import { moment, money, number, t } from '../../common/words.js';
import { ORDER_STATUSES } from '../order-statuses.js';
import { refused } from '../refused.js';

const HEAD = ['buyer', 'status', 'units', 'total', 'placed', 'holdEnds', 'orderId'];

export function ordersPage(saleId) {
  const api = `/api/sales/${saleId}/orders`;
  const title = h('h1', {}, t('orders'));
  const fields = filters();
  const state = h('p', { class: 'soft orders-state', role: 'status' }, t('loading'));
  const error = h('p', { class: 'error', role: 'alert' });
  const list = h('div', {});
  const more = button('quiet orders-more', 'nextPage', () => look(next));
  const files = ['csv', 'jsonl'].map((format) => button(`quiet export-${format}`, format === 'csv' ? 'exportCsv' : 'exportJson', () => save(format)));
  const node = h('div', {},
    h('p', {}, h('a', { href: `/console/sales/${saleId}` }, t('toSale'))),
    h('div', { class: 'row between' }, title, h('div', { class: 'row' }, files)),
    h('form', { class: 'card pad stack', 'aria-label': t('filter'), on: { submit } }, fields.node,
      h('p', {}, h('button', { class: 'button' }, t('show')))),
    h('div', { class: 'section' }, state, error, list, h('p', { class: 'section' }, more)));
  let sale = null;
  let query = '';
  let next = null;
  let asked = 0;
  let gone = false;

  function button(kind, text, click) {
    return h('button', { type: 'button', class: `button ${kind}`, on: { click } }, t(text));
  }

  function submit(event) {
    event.preventDefault();
    if (fields.orderId() !== '') {
      go(`/console/orders/${fields.orderId()}`);
      return;
    }
    query = fields.query();
    look(`${api}?${query}`);
  }

  /** Shows the page at the path; of several that were asked for, the last one. */
  async function look(path) {
    const mine = ++asked;
    setText(error, '');
    try {
      const [{ json }, page] = await Promise.all([sale ? { json: sale } : call('GET', `/api/sales/${saleId}`), call('GET', path)]);
      if (mine !== asked || gone) return;
      sale = json;
      next = page.next ?? null;
      draw(page.json.orders);
    } catch (cause) {
      if (mine !== asked || gone) return;
      setText(state, '');
      const unknown = cause instanceof Problem && cause.status === 404;
      setText(error, unknown ? t('noSuchSale') : refused(cause));
    }
  }

  function draw(orders) {
    setText(title, t('ordersOf', { title: sale.title }));
    retitle(title.textContent);
    const rows = (order) => row(order, sale.currency);
    list.replaceChildren(...(orders.length > 0 ? [table(t('orders'), HEAD, orders, rows, bare)] : []));
    setText(state, orders.length > 0 ? t('ordersShown', { count: number(orders.length) }) : t('noOrders'));
    show(more, next !== null);
  }

  async function save(format) {
    setText(error, '');
    setText(state, t('exporting'));
    try {
      await download(`${api}/export?format=${format}${query === '' ? '' : `&${query}`}`);
      setText(state, t('exported'));
    } catch (cause) {
      setText(state, '');
      setText(error, refused(cause));
    }
  }

  show(more, false);
  look(api);
  return { title: t('orders'), node, stop: () => { gone = true; } };
}

/** The filters' fields, and the query that they stand for. */
function filters() {
  const status = h('select', { id: 'status' }, h('option', { value: '' }, t('anyStatus')),
    Object.entries(ORDER_STATUSES).map(([value, text]) => h('option', { value }, t(text))));
  const buyer = h('input', { id: 'buyer', maxlength: 64, autocomplete: 'off' });
  const order = h('input', { id: 'order-id', maxlength: 36, autocomplete: 'off', pattern: '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}' });
  const from = h('input', { id: 'placed-from', type: 'datetime-local', step: 1 });
  const to = h('input', { id: 'placed-to', type: 'datetime-local', step: 1 });
  const field = (text, input) => h('p', {}, h('label', { for: input.id }, t(text)), input);
  return {
    node: h('div', { class: 'fields even' },
      field('status', status), field('buyer', buyer), field('placedFrom', from), field('placedTo', to),
      field('orderId', order)),
    orderId: () => order.value.trim(),
    query() {
      const values = { status: status.value, buyer: buyer.value, placedFrom: instant(from.value), placedTo: instant(to.value) };
      return new URLSearchParams(Object.entries(values).filter(([, value]) => value !== '')).toString();
    },
  };
}

function instant(local) {
  return local === '' ? '' : new Date(local).toISOString();
}

function bare(order) {
  return h('tr', {}, h('th', { scope: 'row' }, order.buyer ?? '–'));
}

function row(order, currency) {
  return h('tr', {},
    h('th', { scope: 'row' }, order.buyer),
    h('td', {}, ORDER_STATUSES[order.status] ? t(ORDER_STATUSES[order.status]) : order.status, order.reason ? ` (${order.reason})` : null),
    h('td', {}, number(order.quantity)),
    h('td', {}, money(order.totalCents, currency)),
    h('td', {}, moment(order.placedAt)),
    h('td', {}, order.holdExpiresAt && order.status === 'RESERVED' ? moment(order.holdExpiresAt) : '–'),
    h('td', {}, h('a', { href: `/console/orders/${order.id}` }, h('code', {}, order.id))));
}
