// What became of a sale that has ended: totals, and its units over time: `{node, take(sale)}`.
import { call } from '../common/api.js';
import { h, setText, show } from '../common/dom.js';
import { money, number, t } from '../common/words.js';
import { plot } from './plot.js';
import { refused } from './refused.js';
import { termNodes } from './sale-terms.js';

export function courseCard(saleId) {
  const error = h('p', { class: 'error', role: 'alert' });
  const totals = h('dl', { class: 'facts figures' });
  const plots = h('div', { class: 'grid' });
  const again = h('button', { type: 'button', class: 'button quiet', on: { click: () => look() } }, t('lookAgain'));
  const node = h('section', { class: 'section', 'aria-labelledby': 'course', hidden: true },
    h('div', { class: 'row between' }, h('h2', { id: 'course' }, t('course')), again),
    error, h('div', { class: 'card pad' }, totals), h('div', { class: 'section' }, plots));
  let asked = false;

  async function look() {
    setText(error, '');
    try {
      const [report, course] = await Promise.all([
        call('GET', `/api/sales-report?sale=${saleId}`), call('GET', `/api/sales/${saleId}/course`)]);
      draw(report.json.sales[0], course.json.points);
    } catch (cause) {
      setText(error, refused(cause));
    }
  }

  function draw(sale, points) {
    totals.replaceChildren(...termNodes([
      ['orders', number(sale.orders)], ['buyers', number(sale.buyers)], ['paid', number(sale.paid)], ['held', number(sale.held)],
      ['returned', number(sale.returned)], ['revenue', money(sale.revenueCents, sale.currency)],
      ['views', sale.views === null ? '–' : number(sale.views)]]));
    const series = (...names) => names.map((name) => ({ name, text: t(name) }));
    const units = plot({ title: t('courseUnits'), series: series('sold', 'paid'), most: () => sale.stock, seconds: Infinity });
    const orders = plot({ title: t('courseRefused'), series: series('turnedAway'), seconds: Infinity });
    plots.replaceChildren(units.node, orders.node);
    let sold = 0;
    let paid = 0;
    for (const point of points) {
      const at = Date.parse(point.at);
      sold += point.reserved - point.returned;
      paid += point.paid;
      units.add(at, { sold, paid });
      orders.add(at, { turnedAway: point.refused });
    }
    show(plots, points.length > 0);
  }

  return {
    node,
    take({ state }) {
      show(node, state === 'CLOSED');
      if (state !== 'CLOSED' || asked) return;
      asked = true;
      look();
    },
  };
}
