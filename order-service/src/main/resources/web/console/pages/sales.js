// All sales, latest first: the console's start page.
import { callForAll } from '../../common/api.js';
import { h } from '../../common/dom.js';
import { repeat, single } from '../../common/pace.js';
import { drawEach, listEnd, saleChip } from '../../common/parts.js';
import { moment, money, number, t } from '../../common/words.js';

const LOOK_EVERY_MS = 2_000;

export function salesPage() {
  const list = h('div', {}, h('p', { class: 'soft' }, t('loading')));
  const node = h('div', {},
    h('div', { class: 'row between' }, h('h1', {}, t('sales')),
      h('a', { class: 'button', href: '/console/new-sale' }, t('newSale'))),
    list);
  let drawn = '';

  const look = single(async () => {
    const { items: sales, complete } = await callForAll('/api/sales', 'sales', 'saleId');
    const text = JSON.stringify(sales);
    if (text !== drawn) draw(sales, complete);
    drawn = text;
  }, () => {
    if (drawn === '') list.replaceChildren(h('p', { class: 'soft' }, t('cannotLoad')));
  });

  function draw(sales, complete) {
    const focused = list.querySelector('a:focus')?.getAttribute('href');
    list.replaceChildren(sales.length > 0 ? table(sales) : h('p', { class: 'notice' }, t('noSales')), ...listEnd(complete));
    if (focused) list.querySelector(`a[href="${focused}"]`)?.focus();
  }

  const stopLooking = repeat(LOOK_EVERY_MS, look);
  look();
  return { title: t('sales'), node, stop: stopLooking };
}

function table(sales) {
  const head = ['title', 'state', 'sold', 'stock', 'price', 'opens', 'ends'];
  return h('div', { class: 'card scroll', tabindex: '0', role: 'region', 'aria-label': t('sales') },
    h('table', { class: 'table figures' },
      h('thead', {}, h('tr', {}, head.map((key) => h('th', { scope: 'col' }, t(key))))),
      h('tbody', {}, drawEach(sales, row, bare))));
}

function name(sale) {
  return h('th', { scope: 'row' }, h('a', { href: `/console/sales/${sale.saleId}` }, sale.title));
}

function bare(sale) {
  return h('tr', {}, name(sale));
}

function row(sale) {
  return h('tr', {},
    name(sale),
    h('td', {}, saleChip(sale.state)),
    h('td', {}, number(sale.stock - sale.available)),
    h('td', {}, number(sale.stock)),
    h('td', {}, money(sale.priceCents, sale.currency)),
    h('td', {}, moment(sale.opensAt)),
    h('td', {}, sale.closesAt ? moment(sale.closesAt) : t('openEnd')));
}
