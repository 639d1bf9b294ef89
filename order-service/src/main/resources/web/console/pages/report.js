// The totals of several sales, chosen from the list.
import { call, callForAll } from '../../common/api.js';
import { h, setText } from '../../common/dom.js';
import { listEnd, saleChip, table } from '../../common/parts.js';
import { money, number, t } from '../../common/words.js';
import { refused } from '../refused.js';
import { bareSale, saleHead } from '../sale-rows.js';

/** As many as the API reports at once. */
const SALES_MAX = 20;
/** Sales to choose from, the latest. */
const CHOICES_MAX = 200;
const HEAD = ['title', 'state', 'orders', 'sold', 'paid', 'held', 'returned', 'revenue', 'buyers', 'views'];

export function reportPage() {
  const error = h('p', { class: 'error', role: 'alert' });
  const state = h('p', { class: 'soft section report-state', role: 'status' });
  const choices = h('div', {}, h('p', { class: 'soft' }, t('loading')));
  const result = h('div', { class: 'section' });
  const form = h('form', { class: 'card pad stack', on: { submit } }, choices, error,
    h('p', {}, h('button', { class: 'button' }, t('makeReport'))));
  const node = h('div', {}, h('h1', {}, t('report')),
    h('p', { class: 'soft' }, t('reportIntro', { most: number(SALES_MAX) })), form, state, result);
  let busy = false;

  async function load() {
    try {
      const { items, complete } = await callForAll('/api/sales', 'sales', 'saleId');
      const shown = items.slice(0, CHOICES_MAX);
      choices.replaceChildren(shown.length === 0 ? h('p', {}, t('noSales')) : h('fieldset', { class: 'choices' },
        h('legend', {}, t('sales')), shown.map(choice)), ...listEnd(complete && shown.length === items.length));
    } catch (cause) {
      choices.replaceChildren();
      setText(error, refused(cause));
    }
  }

  async function submit(event) {
    event.preventDefault();
    const chosen = [...form.querySelectorAll('input:checked')].map((box) => box.value);
    setText(error, '');
    if (chosen.length === 0 || chosen.length > SALES_MAX) {
      setText(error, t('reportChoose', { most: number(SALES_MAX) }));
      return;
    }
    if (busy) return;
    busy = true;
    setText(state, t('loading'));
    try {
      const { sales } = (await call('GET', `/api/sales-report?${chosen.map((id) => `sale=${id}`).join('&')}`)).json;
      result.replaceChildren(table(t('report'), HEAD, sales, row, bareSale));
      setText(state, t('reportDone', { count: number(sales.length) }));
    } catch (cause) {
      setText(state, '');
      setText(error, refused(cause));
    }
    busy = false;
  }

  load();
  return { title: t('report'), node };
}

function choice(sale) {
  return h('label', { class: 'choice' }, h('input', { type: 'checkbox', value: sale.saleId }),
    h('span', {}, sale.title, ' ', saleChip(sale.state)));
}

function row(sale) {
  return h('tr', {},
    saleHead(sale),
    h('td', {}, saleChip(sale.state)),
    [sale.orders, sale.sold, sale.paid, sale.held, sale.returned].map((units) => h('td', {}, number(units))),
    h('td', {}, money(sale.revenueCents, sale.currency)),
    h('td', {}, number(sale.buyers)),
    h('td', {}, sale.views === null ? '–' : number(sale.views)));
}
