// Components that several pages share.
import { h } from './dom.js';
import { t } from './words.js';

const SALE_CHIPS = {
  DRAFT: ['', 'stateDraft'],
  SCHEDULED: ['accent', 'stateScheduled'],
  OPEN: ['good', 'stateOpen'],
  SOLD_OUT: ['warn', 'stateSoldOut'],
  PAUSED: ['warn', 'statePaused'],
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

/**
 * A table that scrolls sideways where it is wide.
 * head: keys of the columns' texts; row: an item's row; bare: the row of an item that cannot be shown; kind: 'figures', with the
 * columns from the third on to the right, or 'texts'
 */
export function table(label, head, items, row, bare, kind = 'figures') {
  return h('div', { class: 'card scroll', tabindex: '0', role: 'region', 'aria-label': label },
    h('table', { class: `table ${kind}` },
      h('thead', {}, h('tr', {}, head.map((key) => h('th', { scope: 'col' }, t(key))))),
      h('tbody', {}, drawEach(items, row, bare))));
}
