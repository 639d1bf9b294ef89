// All sales, latest first: the console's start page.
import { callForAll } from '../../common/api.js';
import { h, setText } from '../../common/dom.js';
import { repeat, single } from '../../common/pace.js';
import { listEnd, saleChip, table } from '../../common/parts.js';
import { reasonOf } from '../../common/problems.js';
import { moment, money, number, t } from '../../common/words.js';
import { rankings } from '../pulse.js';
import { postponeSales } from '../sale-dialogs.js';
import { endText } from '../sale-end.js';
import { bareSale, saleHead } from '../sale-rows.js';

const LOOK_EVERY_MS = 2_000;
const HEAD = ['title', 'state', 'sold', 'stock', 'price', 'opens', 'ends'];

export function salesPage() {
  const list = h('div', {}, h('p', { class: 'soft' }, t('loading')));
  const done = h('p', { class: 'done', role: 'status' });
  const undone = h('ul', { class: 'error undone' });
  const ranked = rankings();
  const node = h('div', {},
    h('div', { class: 'row between' }, h('h1', {}, t('sales')),
      h('div', { class: 'row' },
        h('button', { type: 'button', class: 'button quiet postpone', on: { click: postpone } }, t('postpone')),
        h('a', { class: 'button', href: '/console/new-sale' }, t('newSale')))),
    done, undone, ranked.node, list);
  let drawn = '';

  const look = single(async () => {
    const [sales, drafts] = await Promise.all(['/api/sales', '/api/drafts'].map((path) => callForAll(path, 'sales', 'saleId')));
    const text = JSON.stringify([sales.items, drafts.items]);
    if (text !== drawn) {
      ranked.take(sales.items);
      draw(sales, drafts);
    }
    drawn = text;
  }, () => {
    if (drawn === '') list.replaceChildren(h('p', { class: 'soft' }, t('cannotLoad')));
  });

  function draw({ items: sales, complete }, drafts) {
    const focused = list.querySelector('a:focus')?.getAttribute('href');
    list.replaceChildren(...drawDrafts(drafts), sales.length > 0 ? table(t('sales'), HEAD, sales, row, bareSale) : h('p', { class: 'notice' }, t('noSales')), ...listEnd(complete));
    if (focused) list.querySelector(`a[href="${focused}"]`)?.focus();
  }

  function drawDrafts({ items, complete }) {
    if (items.length === 0) return [];
    return [h('h2', {}, t('drafts')), table(t('drafts'), HEAD, items, row, bareSale), ...listEnd(complete), h('h2', { class: 'section' }, t('publishedSales'))];
  }

  async function postpone() {
    // announced again if it is done again
    setText(done, '');
    undone.replaceChildren();
    const result = await postponeSales();
    if (!result) return;
    setText(done, t('postponed', { count: number(result.changed.length) }));
    undone.replaceChildren(...result.notChanged.map(({ title, reason, detail }) =>
      h('li', {}, t('notPostponed', { title, detail: reasonOf({ slug: reason, message: detail, body: {} }) }))));
    await look();
  }

  const stopLooking = repeat(LOOK_EVERY_MS, look);
  look();
  return {
    title: t('sales'),
    node,
    stop() {
      stopLooking();
      ranked.stop();
    },
  };
}

function row(sale) {
  return h('tr', {},
    saleHead(sale),
    h('td', {}, saleChip(sale.state)),
    h('td', {}, number(sale.stock - sale.available)),
    h('td', {}, number(sale.stock)),
    h('td', {}, money(sale.priceCents, sale.currency)),
    h('td', {}, moment(sale.opensAt)),
    h('td', {}, endText(sale)));
}
