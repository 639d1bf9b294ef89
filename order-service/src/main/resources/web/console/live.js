// Plots of a running sale, once per second, from the sale and the metrics of the whole system.
import { call } from '../common/api.js';
import { h, setText } from '../common/dom.js';
import { repeat, single } from '../common/pace.js';
import { number, t } from '../common/words.js';
import { plot } from './plot.js';
import { Rates } from './rates.js';

const EVERY_MS = 1_000;

/** The plots: `{node, take(sale), stop}`; take receives the sale after each read. */
export function livePicture(saleId) {
  let sale = null;
  const series = (...names) => names.map((name) => ({ name, text: t(name) }));
  const rate = (value) => number(Math.round(value * 10) / 10);
  const units = plot({ title: t('plotUnits'), series: series('sold', 'held', 'paid'), most: () => sale?.stock ?? 1 });
  const orders = plot({ title: t('plotOrders'), series: series('reserved', 'turnedAway', 'told', 'busy'), format: rate });
  const times = plot({ title: t('plotTimes'), series: series('p50', 'p99'), format: rate });
  const queues = plot({ title: t('plotQueues'), series: series('entrance', 'ledger', 'waiting') });
  const rounds = plot({ title: t('plotRounds'), series: series('lostRounds'), format: rate });
  const drift = plot({ title: t('plotDrift'), series: series('drift') });
  const missing = h('p', { class: 'soft', role: 'status' });
  const instances = h('p', { class: 'soft figures section' });
  const node = h('section', { class: 'section', 'aria-labelledby': 'live' },
    h('h2', { id: 'live' }, t('live')), missing,
    h('div', { class: 'grid' }, [units, orders, times, queues, rounds, drift].map((each) => each.node)),
    instances);
  const rates = new Rates();

  const look = single(async () => {
    const [operations, holds] = await Promise.allSettled([
      call('GET', '/api/operations'),
      call('GET', `/api/sales/${saleId}/holds`),
    ]);
    const whole = operations.value?.json.missing.length === 0 && holds.value !== undefined;
    setText(missing, whole ? '' : t('figuresMissing'));
    if (operations.value) system(operations.value.json);
    if (sale && holds.value) {
      const { held } = holds.value.json;
      const sold = sale.stock - sale.available;
      units.add(Date.now(), { sold, held, paid: Math.max(0, sold - held) });
    }
  });

  /** A missing part leaves a gap in its own plot only. */
  function system(operations) {
    const at = Date.parse(operations.at);
    const figures = !operations.missing.includes('figures');
    const rate = rates.take(operations);
    if (figures && rate === null) return;
    orders.add(at, rate?.perSecond ?? {});
    rounds.add(at, rate?.perSecond ?? {});
    times.add(at, rate ?? {});
    queues.add(at, { ...operations.queues, waiting: figures ? operations.waiting : undefined });
    drift.add(at, { drift: operations.sales.find((each) => each.saleId === saleId)?.drift });
    setText(instances, figures ? t('instances', {
      said: Object.entries(operations.instances).sort().map(([service, count]) => `${service} ${number(count)}`).join(', '),
    }) : '');
  }

  const stop = repeat(EVERY_MS, look);
  look();
  return { node, take: (now) => { sale = now; }, stop };
}
