// Visitors and recent orders of a sale, and the rankings of all sales, as the notifier counts them.
import { call, callForAll } from '../common/api.js';
import { h, setText, show } from '../common/dom.js';
import { facts } from '../common/facts.js';
import { single } from '../common/pace.js';
import { Stream } from '../common/stream.js';
import { moment, number, t } from '../common/words.js';

const PART = 'statistics';
const ORDERS_SHOWN = 5;

function ask(path) {
  return call('GET', path, { origin: facts.eventsOrigin, part: PART });
}

/** The statistics of one sale: `{node, stop}`. */
export function pulseCard(saleId) {
  const rows = h('dl', { class: 'facts figures' });
  const none = h('p', { class: 'soft' }, t('loading'));
  const orders = h('ol', { class: 'figures recent-orders' });
  const other = h('select', { id: 'other-sale', on: { change: compare } }, h('option', { value: '' }, t('noOtherSale')));
  const both = h('p', { class: 'figures both', role: 'status' });
  const node = h('section', { class: 'card pad stack pulse', 'aria-labelledby': 'pulse' },
    h('h2', { id: 'pulse' }, t('pulse')), rows, h('h3', {}, t('recentOrders')), none, orders,
    h('p', { class: 'row' }, h('label', { for: 'other-sale' }, t('cameToo')), other), both);

  const look = single(async () => draw((await ask(`/api/sales/${saleId}/pulse`)).json), () => setText(none, t('cannotLoad')));
  const stream = new Stream({
    part: PART,
    url: () => `${facts.eventsOrigin}/api/sales/${saleId}/events`,
    listeners: { 'sale.pulse': draw },
    up: look,
  });
  listOthers();

  function draw(pulse) {
    const found = [
      ['visitors', number(pulse.visitors)],
      ['visitorsByHyperLogLog', number(pulse.visitorsByHyperLogLog)],
      ...(pulse.sold === null ? [] : [['sold', number(pulse.sold)], ['held', number(pulse.held)]]),
    ];
    rows.replaceChildren(...found.flatMap(([name, value]) => [h('dt', {}, t(name)), h('dd', {}, value)]));
    const recent = pulse.recentOrders.slice(0, ORDERS_SHOWN);
    setText(none, t('noOrdersYet'));
    show(none, recent.length === 0);
    orders.replaceChildren(...recent.map((order) => h('li', {},
      `${moment(order.placedAt)} · ${t('unitsOrdered', { units: order.quantity })}`)));
  }

  async function listOthers() {
    try {
      const { items } = await callForAll('/api/sales', 'sales', 'saleId');
      other.append(...items.filter((sale) => sale.saleId !== saleId).map((sale) => h('option', { value: sale.saleId }, sale.title)));
    } catch {
      // The list of sales shows the problem; only the comparison is missing here.
    }
  }

  async function compare() {
    setText(both, '');
    if (other.value === '') return;
    try {
      const { json } = await ask(`/api/sales/${saleId}/pulse/${other.value}`);
      setText(both, t('cameToBoth', { visitors: number(json.visitorsOfBoth) }));
    } catch {
      setText(both, t('cannotLoad'));
    }
  }

  return { node, stop: () => stream.stop() };
}

/** The rankings of all sales: `{node, take(sales), stop}`; take receives the sales for their titles. */
export function rankings() {
  const lists = [['hottest', 'hottestAmount'], ['fastest', 'fastestAmount']]
    .map(([name, amounts]) => {
      const list = h('ol', { class: 'figures' });
      return { name, amounts, list, card: h('div', { class: 'card pad' }, h('h2', {}, t(name)), list) };
    });
  const node = h('section', { class: 'grid rankings', hidden: true }, lists.map(({ card }) => card));
  const titles = new Map();
  let last = null;
  const stream = new Stream({
    part: PART,
    url: () => `${facts.eventsOrigin}/api/pulse/events`,
    listeners: { 'sales.pulse': draw },
    up: single(async () => draw((await ask('/api/pulse')).json), () => show(node, false)),
  });

  function draw(rankings) {
    last = rankings;
    show(node, rankings.hottest.length + rankings.fastest.length > 0);
    for (const { name, amounts, list, card } of lists) {
      show(card, rankings[name].length > 0);
      const known = rankings[name].filter((each) => titles.has(each.saleId));
      const text = JSON.stringify(known);
      // A link that stays keeps its focus.
      if (list.dataset.text === text) continue;
      list.dataset.text = text;
      list.replaceChildren(...known.map(({ saleId, amount }) => h('li', {},
        h('a', { href: `/console/sales/${saleId}` }, titles.get(saleId)), ` · ${t(amounts, { amount: number(amount), one: amount === 1 })}`)));
    }
  }

  return {
    node,
    take(sales) {
      sales.forEach((sale) => titles.set(sale.saleId, sale.title));
      if (last) draw(last);
    },
    stop: () => stream.stop(),
  };
}
