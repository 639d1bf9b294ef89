package dev.doorbuster.stock.counter;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.message.OrderPlaced;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What a counter decided about the orders of one sale, in their sequence.
 *
 * @param after the counter's value from now on
 * @param all one decision a request; a request that is there twice is decided once
 * @param fresh those among them whose outcome was not yet recorded and has to be
 */
public record CounterDecisions(CounterValue after, List<CounterDecision> all, List<CounterDecision> fresh) {
    /**
     * Decides. Pure but for the claims of {@code before}, which take what is counted.
     *
     * @param again the ids of those requests that somebody may have decided before
     */
    static CounterDecisions of(CounterSnapshot<?> before, List<OrderPlaced> orders, Set<UUID> again) {
        return new Round(before, again).decide(orders);
    }

    /** Whether there is anything to write; what is counted is always fresh. */
    boolean changeAnything() {
        return !fresh.isEmpty();
    }

    public List<OrderPlaced> counted() {
        return all.stream()
                .filter(each -> each.outcome() == CounterOutcome.GRANTED_COUNTED)
                .map(CounterDecision::placed)
                .toList();
    }

    private static final class Round {
        private final CounterSnapshot<?> before;
        private final Set<UUID> again;
        private final Set<UUID> requests = new HashSet<>();
        private final Map<UUID, CounterOutcome> orders = new HashMap<>();
        private long available;

        Round(CounterSnapshot<?> before, Set<UUID> again) {
            this.before = before;
            this.again = again;
            this.available = before.value().available();
        }

        CounterDecisions decide(List<OrderPlaced> placed) {
            var all = new ArrayList<CounterDecision>(placed.size());
            var fresh = new ArrayList<CounterDecision>(placed.size());
            for (OrderPlaced each : placed) {
                if (!requests.add(each.requestId())) {
                    continue;
                }
                var counterDecision = new CounterDecision(each, outcome(each));
                boolean isFresh = !before.recorded().containsKey(each.requestId());
                all.add(counterDecision);
                if (isFresh) {
                    fresh.add(counterDecision);
                }
                if (isFresh || counterDecision.outcome().granted()) {
                    orders.merge(
                            each.orderId(),
                            counterDecision.outcome(),
                            (first, later) -> first.granted() ? first : later);
                }
            }
            return new CounterDecisions(new CounterValue(before.value().epoch(), available), all, fresh);
        }

        /**
         * The same request keeps its outcome; a repeat of an order that is decided here shares that one's, but for the
         * counting; only then is there anything to decide. A refusal recorded for one request says nothing about another
         * for the same order: that one asks anew.
         */
        private CounterOutcome outcome(OrderPlaced placed) {
            CounterOutcome recorded = before.recorded().get(placed.requestId());
            CounterOutcome first = orders.get(placed.orderId());
            if ((recorded != null && recorded.granted()) || (first != null && first.granted())) {
                return CounterOutcome.GRANTED_UNCOUNTED;
            }
            if (recorded != null) {
                return recorded;
            }
            return first != null ? first : decide(placed);
        }

        private CounterOutcome decide(OrderPlaced placed) {
            if (before.claims().knows(placed) || before.claims().limitReached(placed)) {
                return CounterOutcome.GRANTED_UNCOUNTED;
            }
            if (available >= placed.quantity()) {
                if (mayBeForgotten(placed)) {
                    return CounterOutcome.GRANTED_UNCOUNTED;
                }
                available -= placed.quantity();
                before.claims().take(placed);
                return CounterOutcome.GRANTED_COUNTED;
            }
            return available == 0 ? CounterOutcome.REFUSED_SOLD_OUT : CounterOutcome.REFUSED_NOT_ENOUGH_LEFT;
        }

        /**
         * Somebody had it in hand before, and the counter was recounted since it came: perhaps because the store had lost
         * everything, this order with it, and then the recount has what the ledger made of it. Counted once more, its
         * units would be missing. Passed on as it is, the worst it can do is make the counter too high, if the ledger did
         * not have it; it reserves units for it then, and recounts.
         */
        private boolean mayBeForgotten(OrderPlaced placed) {
            return again.contains(placed.requestId())
                    && placed.epoch() != null
                    && before.value().epoch() > placed.epoch();
        }
    }
}
