// What readings of the whole system say of the time between them.

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
 * Made of one reading after another. Counts are sums over the instances that show theirs, so where others show theirs than a
 * second ago, because one ended, stalled, or the board was emptied, a difference is nothing that happened: it begins anew.
 */
export class Rates {
  #readings = [];

  /** `{perSecond, p50, p99}`, undefined what cannot be known yet; null where the reading is none, or not a new one. */
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

/** A figure that fell, because an instance began anew, gives none. */
function perSecond(last, now) {
  return Object.fromEntries(Object.entries(now.counts).map(([name, value]) => {
    const more = value - last.counts[name];
    return [name, more < 0 ? undefined : (more * 1000) / (now.at - last.at)];
  }));
}
