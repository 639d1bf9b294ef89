// All sales: open ones, then scheduled ones with the next first, then closed ones.
import { callForAll } from '../../common/api.js';
import { now } from '../../common/clock.js';
import { h, setText } from '../../common/dom.js';
import { repeat, single } from '../../common/pace.js';
import { countdown, money, number, t } from '../../common/words.js';
import { drawEach, listEnd, saleChip } from '../../common/parts.js';
import { art } from '../parts.js';
import { grouped } from '../truth.js';

const LOOK_EVERY_MS = 12_000;
const TICK_MS = 500;

/** Delay after a sale's opening or closing before it is read. */
const LOOK_AFTER_MS = 1_500;

export function salesPage() {
  const list = h('div', {}, h('p', { class: 'soft' }, t('loading')));
  const node = h('div', {}, h('h1', {}, t('sales')), list);
  let drawn = '';
  let clocks = [];

  const look = single(async () => {
    const { items: sales, complete } = await callForAll('/api/sales', 'sales', 'saleId');
    const text = JSON.stringify(sales);
    if (text !== drawn) draw(sales, complete);
    drawn = text;
  }, () => {
    if (drawn === '') list.replaceChildren(h('p', { class: 'soft' }, t('cannotLoad')));
  });

  function draw(sales, complete) {
    const focused = document.activeElement?.closest?.('.sale-card')?.getAttribute('href');
    clocks = [];
    const groups = grouped(sales)
      .map(([title, members]) => h('section', { class: 'group' }, h('h2', {}, t(title)),
        h('ul', { class: 'cards' }, drawEach(members, (sale) => h('li', {}, card(sale)), bare))));
    list.replaceChildren(...(groups.length > 0 ? groups : [h('p', { class: 'notice' }, t('noSales'))]), ...listEnd(complete));
    if (focused) list.querySelector(`[href="${focused}"]`)?.focus();
    tick();
  }

  function bare(sale) {
    return h('li', {}, h('a', { class: 'card sale-card', href: `/sales/${sale.saleId}` }, sale.title));
  }

  function card(sale) {
    const line = h('span', { class: 'soft figures' });
    if (sale.state === 'SCHEDULED') clocks.push({ line, at: Date.parse(sale.opensAt), text: 'opensIn' });
    else if (sale.state !== 'CLOSED') setText(line, t('left', { available: number(sale.available), stock: number(sale.stock) }));
    return h('a', { class: 'card sale-card', href: `/sales/${sale.saleId}` },
      art(sale),
      h('span', { class: 'sale-card-text' },
        h('span', { class: 'sale-card-title' }, sale.title),
        h('span', { class: 'row' }, h('strong', {}, money(sale.priceCents, sale.currency)), saleChip(sale.state)),
        line));
  }

  function tick() {
    for (const clock of clocks) {
      const left = clock.at - now();
      setText(clock.line, left > 0 ? t(clock.text, { time: countdown(left) }) : t('opening'));
      if (left < -LOOK_AFTER_MS && !clock.looked) {
        clock.looked = true;
        look();
      }
    }
  }

  const ticking = setInterval(tick, TICK_MS);
  const stopLooking = repeat(LOOK_EVERY_MS, look);
  look();
  return {
    title: t('sales'),
    node,
    stop() {
      clearInterval(ticking);
      stopLooking();
    },
  };
}
