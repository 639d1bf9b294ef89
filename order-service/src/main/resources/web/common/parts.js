// Components that several pages share.
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

/** Renders each item of a list; `instead` renders an item that fails, so that it does not hide the others. */
export function drawEach(items, draw, instead) {
  return items.map((item, index) => {
    try {
      return draw(item, index);
    } catch (cause) {
      console.error(cause);
      return instead(item);
    }
  });
}

/** A note that the list continues beyond what is shown; empty if it does not. */
export function listEnd(complete) {
  return complete ? [] : [h('p', { class: 'soft' }, t('listGoesOn'))];
}

/** A page with one sentence. */
export function notice(title, text, ...more) {
  return h('div', {}, h('h1', {}, title), h('div', { class: 'notice' }, h('p', {}, text), ...more));
}
