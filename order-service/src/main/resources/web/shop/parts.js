// Components that several pages of the storefront share.
import { h } from '../common/dom.js';
import { t } from '../common/words.js';

const ORDER_CHIPS = { PENDING: 'accent', RESERVED: 'warn', PAID: 'good', REFUND_DUE: 'bad', REJECTED: 'bad' };
const HUE_STEPS = 360;

export function orderChip(status) {
  return h('span', { class: `chip ${ORDER_CHIPS[status] ?? ''}` }, t(`status${status}`));
}

/** A placeholder picture: a colour and the first letter. */
export function art(saleId, title) {
  const hue = [...saleId].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % HUE_STEPS, 7);
  const picture = h('div', { class: 'art', 'aria-hidden': 'true' }, h('span', {}, [...title.trim()][0] ?? ''));
  picture.style.setProperty('--hue', String(hue));
  return picture;
}
