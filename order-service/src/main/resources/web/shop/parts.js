// Components that several pages of the storefront share.
import { h } from '../common/dom.js';
import { t } from '../common/words.js';

const ORDER_CHIPS = { PENDING: 'accent', RESERVED: 'warn', PAID: 'good', REFUND_DUE: 'bad', REJECTED: 'bad' };
const HUE_STEPS = 360;

export function orderChip(status) {
  return h('span', { class: `chip ${ORDER_CHIPS[status] ?? ''}` }, t(`status${status}`));
}

/** A sale's picture: its image, else a colour and the first letter of the title. */
export function art({ saleId, title, image }) {
  if (image) {
    return h('div', { class: 'art' }, h('img', { src: image.url, width: image.width, height: image.height, alt: '', decoding: 'async' }));
  }
  const hue = [...saleId].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % HUE_STEPS, 7);
  const picture = h('div', { class: 'art', 'aria-hidden': 'true' }, h('span', {}, [...title.trim()][0] ?? ''));
  picture.style.setProperty('--hue', String(hue));
  return picture;
}
