// Derives rates and latencies from consecutive readings of the whole system.

/** Latencies cover several seconds: a single one may have too few orders. */
const TIMES_OVER = 5;

const SUM = (values, names) => names.reduce((sum, name) => sum + (values[name] ?? 0), 0);
const REFUSALS = ['sold-out', 'not-enough-left', 'limit-reached'];

/** Order counters by outcome. */
function counts(operations) {
  return {
    reserved: operations.ledger.reserved ?? 0,
    turnedAway: SUM(operations.orders, REFUSALS),
    told: operations.orders.pending ?? 0,
    busy: SUM(operations.orders, ['overloaded', 'outcome-unknown']),
    lostRounds: operations.lostRounds,
  };
}

/** The latency quantile of the orders between two readings, in milliseconds; undefined if there were none. */
function percentile(before, after, share) {
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

/**
 * Computes rates from consecutive readings. Counters are sums over instances; if the set of reporting instances
 * changed (one ended, stalled, or the store was emptied), a difference is meaningless and the computation starts
 * again.
 */
export class Rates {
  #readings = [];

  /** `{perSecond, p50, p99}`, undefined where not known yet; null for a missing or repeated reading. */
  take(operations) {
    if (operations.missing.includes('figures')) {
      this.#readings = [];
      return null;
    }
    const now = {
      at: Date.parse(operations.at),
      instances: JSON.stringify(Object.entries(operations.instances).sort()),
      counts: counts(operations),
      times: operations.orderTimes,
    };
    let last = this.#readings[this.#readings.length - 1];
    if (last && last.at >= now.at) return null;
    if (last && last.instances !== now.instances) {
      this.#readings = [];
      last = undefined;
    }
    this.#readings = [...this.#readings, now].slice(-TIMES_OVER - 1);
    return {
      perSecond: last ? perSecond(last, now) : {},
      p50: percentile(this.#readings[0].times, now.times, 0.5),
      p99: percentile(this.#readings[0].times, now.times, 0.99),
    };
  }
}

/** A counter that fell, because an instance restarted, yields no rate. */
function perSecond(last, now) {
  return Object.fromEntries(Object.entries(now.counts).map(([name, value]) => {
    const more = value - last.counts[name];
    return [name, more < 0 ? undefined : (more * 1000) / (now.at - last.at)];
  }));
}
