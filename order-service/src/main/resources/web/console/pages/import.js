// Makes several sales at once from JSON, all or none.
import { call, Problem } from '../../common/api.js';
import { h, setText } from '../../common/dom.js';
import { saleChip, table } from '../../common/parts.js';
import { errorsOf } from '../../common/problems.js';
import { moment, number, t } from '../../common/words.js';
import { refused } from '../refused.js';
import { confirmOpening } from '../sale-dialogs.js';
import { bareSale, saleHead } from '../sale-rows.js';

const EXAMPLE = JSON.stringify([{
  title: 'Lamps', priceCents: 4900, currency: 'EUR', stock: 100, perBuyerLimit: 1,
  opensAt: '2031-01-31T18:00:00Z', closesAt: null, holdSeconds: 600, counter: 'redis',
}], null, 2);

export function importPage() {
  const rows = h('textarea', { id: 'rows', required: true, rows: 14, spellcheck: 'false', 'aria-describedby': 'rows-hint' });
  rows.value = EXAMPLE;
  const file = h('input', { id: 'file', type: 'file', accept: '.json,application/json', on: { change: read } });
  const error = h('div', { class: 'error', role: 'alert' });
  const done = h('p', { class: 'done section', role: 'status' });
  const made = h('div', { class: 'section' });
  const node = h('div', {}, h('h1', {}, t('importSales')), h('p', { class: 'soft' }, t('importIntro')),
    h('form', { class: 'card pad stack', on: { submit } },
      h('p', {}, h('label', { for: 'file' }, t('file')), file),
      h('p', {}, h('label', { for: 'rows' }, t('rows')), rows, h('span', { id: 'rows-hint', class: 'soft fine' }, t('rowsHint'))),
      error,
      h('p', {}, h('button', { class: 'button' }, t('importYes')))),
    done, made);
  let busy = false;

  async function read() {
    if (file.files.length > 0) rows.value = await file.files[0].text();
  }

  async function submit(event) {
    event.preventDefault();
    if (busy) return;
    error.replaceChildren();
    // announced again if it is done again
    setText(done, '');
    const sales = parsed(rows.value);
    if (sales === null) {
      error.replaceChildren(h('p', {}, t('rowsNoJson')));
      return;
    }
    busy = true;
    try {
      if (!(await confirmOpening(sales.map((sale) => sale?.opensAt)))) {
        busy = false;
        return;
      }
      const { json } = await call('POST', '/api/sales/import', { body: { sales } });
      setText(done, t('imported', { count: number(json.sales.length) }));
      made.replaceChildren(table(t('sales'), ['title', 'state', 'stock', 'opens'], json.sales, row, bareSale));
    } catch (cause) {
      const errors = cause instanceof Problem ? errorsOf(cause.body) : [];
      error.replaceChildren(h('p', {}, refused(cause, 'notSaved')), h('ul', {}, errors.map((each) => h('li', {}, each))));
    }
    busy = false;
  }

  return { title: t('importSales'), node };
}

/** The list, or the list in `sales`; null if the text is neither. */
function parsed(text) {
  try {
    const json = JSON.parse(text);
    const sales = Array.isArray(json) ? json : json.sales;
    return Array.isArray(sales) ? sales : null;
  } catch {
    return null;
  }
}

function row(sale) {
  return h('tr', {}, saleHead(sale), h('td', {}, saleChip(sale.state)), h('td', {}, number(sale.stock)), h('td', {}, moment(sale.opensAt)));
}
