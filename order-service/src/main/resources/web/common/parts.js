// Small parts that several pages show.
import { h } from './dom.js';
import { t } from './words.js';

const SALE_CHIPS = {
  SCHEDULED: ['accent', 'stateScheduled'],
  OPEN: ['good', 'stateOpen'],
  SOLD_OUT: ['warn', 'stateSoldOut'],
  CLOSED: ['', 'stateClosed'],
};

export function saleChip(state) {
  const [kind, key] = SALE_CHIPS[state];
  return h('span', { class: `chip ${kind}` }, t(key));
}

/** A page that says one thing. */
export function notice(title, text, ...more) {
  return h('div', {}, h('h1', {}, title), h('div', { class: 'notice' }, h('p', {}, text), ...more));
}
