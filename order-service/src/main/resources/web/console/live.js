// The picture of a running sale, once a second: from the sale itself and from the figures of the whole system. Rates are
// differences of two readings; a figure that fell, because an instance ended, gives none.
import { call } from '../common/api.js';
import { h, setText } from '../common/dom.js';
import { repeat, single } from '../common/pace.js';
import { number, t } from '../common/words.js';
import { plot } from './plot.js';

const EVERY_MS = 1_000;

/** Times of orders are those of the last seconds: in one alone there may be too few. */
const TIMES_OVER = 5;

const SUM = (values, names) => names.reduce((sum, name) => sum + (values[name] ?? 0), 0);
const REFUSALS = ['sold-out', 'not-enough-left', 'limit-reached'];

/** What is counted of orders, by what they came to. */
function counts(operations) {
  return {
    reserved: operations.ledger.reserved ?? 0,
    turnedAway: SUM(operations.orders, REFUSALS),
    told: operations.orders.pending ?? 0,
    busy: SUM(operations.orders, ['overloaded', 'outcome-unknown']),
    lostRounds: operations.lostRounds,
  };
}

/** The time within which that share of the orders between two readings was answered, in milliseconds; undefined where there were none. */
export function percentile(before, after, share) {
  const within = after.upTo.map(({ seconds, count }, i) => ({ seconds, count: count - (before.upTo[i]?.count ?? 0) }));
  const all = after.count - before.count;
  if (all <= 0 || within.length === 0) return undefined;
  const wanted = share * all;
  let lower = { seconds: 0, count: 0 };
  for (const upper of within) {
    if (upper.count >= wanted) {
      const part = (wanted - lower.count) / Math.max(1, upper.count - lower.count);
      return (lower.seconds + part * (upper.seconds - lower.seconds)) * 1000;
    }
    lower = upper;
  }
  return lower.seconds * 1000;
}

/** The plots: `{node, take(sale), stop}`; take is told the sale each time it was read. */
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
  const instances = h('p', { class: 'soft figures' });
  const node = h('section', { class: 'section', 'aria-labelledby': 'live' },
    h('h2', { id: 'live' }, t('live')), missing,
    h('div', { class: 'grid' }, [units, orders, times, queues, rounds, drift].map((each) => each.node)),
    instances);
  let readings = [];
  let figures = {};

  const look = single(async () => {
    const [{ json }, holds] = await Promise.all([
      call('GET', '/api/operations'),
      call('GET', `/api/sales/${saleId}/holds`),
    ]);
    figures = json.sales.find((each) => each.saleId === saleId) ?? {};
    setText(missing, json.missing.length === 0 ? '' : t('figuresMissing'));
    if (json.missing.length === 0) system(json);
    if (sale) {
      const sold = sale.stock - sale.available;
      units.add(Date.now(), { sold, held: holds.json.held, paid: Math.max(0, sold - holds.json.held) });
    }
  }, () => setText(missing, t('figuresMissing')));

  function system(operations) {
    const at = Date.parse(operations.at);
    const last = readings[readings.length - 1];
    if (last && last.at >= at) return;
    readings = [...readings, { at, counts: counts(operations), times: operations.orderTimes }].slice(-TIMES_OVER - 1);
    if (last) {
      const perSecond = {};
      for (const [name, value] of Object.entries(readings[readings.length - 1].counts)) {
        const more = value - last.counts[name];
        perSecond[name] = more < 0 ? undefined : (more * 1000) / (at - last.at);
      }
      orders.add(at, perSecond);
      rounds.add(at, perSecond);
    }
    const first = readings[0];
    times.add(at, {
      p50: percentile(first.times, operations.orderTimes, 0.5),
      p99: percentile(first.times, operations.orderTimes, 0.99),
    });
    queues.add(at, { ...operations.queues, waiting: operations.waiting });
    drift.add(at, { drift: figures.drift });
    setText(instances, t('instances', {
      said: Object.entries(operations.instances).map(([service, count]) => `${service} ${number(count)}`).join(', '),
    }));
  }

  const stop = repeat(EVERY_MS, look);
  look();
  return { node, take: (now) => { sale = now; }, stop };
}
