// The values of a sale that an operator sets, as names and texts.
import { moment, money, number, t } from '../common/words.js';
import { h } from '../common/dom.js';
import { endText } from './sale-end.js';

/** Rows of `[key, text]`; opens: the text instead of the opening time */
export function saleTerms(sale, { opens = moment(sale.opensAt) } = {}) {
  return [
    ['price', money(sale.priceCents, sale.currency)],
    ['perBuyer', number(sale.perBuyerLimit)],
    ['holdSeconds', number(sale.holdSeconds)],
    ['opens', opens],
    ['ends', endText(sale)],
    ['counter', sale.counter],
  ];
}

/** The terms and descriptions of a list. */
export function termNodes(rows) {
  return rows.flatMap(([name, value]) => [h('dt', {}, t(name)), h('dd', {}, value)]);
}
