// Parts of the tables of sales.
import { h } from '../common/dom.js';

/** The heading of a sale's row. */
export function saleHead({ saleId, title }) {
  return h('th', { scope: 'row' }, h('a', { href: `/console/sales/${saleId}` }, title));
}

/** The row of a sale that cannot be shown. */
export function bareSale(sale) {
  return h('tr', {}, saleHead(sale));
}
