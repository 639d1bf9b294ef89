package dev.doorbuster.counter;

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
 * The decisions of a counter about orders of one sale, in order.
 *
 * @param after the counter's new value
 * @param all one decision per request; a duplicate request is decided once
 * @param fresh those whose outcome is not recorded yet
 */
public record CounterDecisions(CounterValue after, List<CounterDecision> all, List<CounterDecision> fresh) {
    /**
     * Decides. Pure, except that counted orders are added to the claims of {@code before}.
     *
     * @param again ids of requests that may have been decided before
     */
    public static CounterDecisions of(CounterSnapshot<?> before, List<OrderPlaced> orders, Set<UUID> again) {
        return new Round(before, again).decide(orders);
    }

    /** Whether there is anything to write; counted orders are always fresh. */
    public boolean changeAnything() {
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
         * A recorded outcome is final. A repeat of an order that is decided in this batch gets the same outcome without being
         * counted. A refusal recorded for one request does not apply to another request for the same order, which is decided
         * anew.
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
         * The request was delivered before, and the counter was recounted since the order was received, perhaps because the
         * store had lost its data, including this order. That recount then includes the order if the ledger granted it, and
         * counting it again would hide its units. Without counting, the counter is at worst too high, if the ledger has no row;
         * the ledger then reserves the units and recounts.
         */
        private boolean mayBeForgotten(OrderPlaced placed) {
            return again.contains(placed.requestId())
                    && placed.epoch() != null
                    && before.value().epoch() > placed.epoch();
        }
    }

    public record CounterDecision(OrderPlaced placed, CounterOutcome outcome) {}

    /**
     * Everything a decision depends on, as read from the store.
     *
     * @param recorded outcomes of the requests to decide, by request id
     */
    public record CounterSnapshot<C extends Claims>(CounterValue value, Map<UUID, CounterOutcome> recorded, C claims) {}
}
