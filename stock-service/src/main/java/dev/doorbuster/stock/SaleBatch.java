package dev.doorbuster.stock;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.runtime.amqp.consume.DataException;
import dev.doorbuster.runtime.amqp.consume.MessageBatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The work of a batch for one sale, in order; consecutive orders of one counter are decided together. */
record SaleBatch(SaleId sale, List<Step> steps) {
    sealed interface Step {
        /**
         * Orders of one counter.
         *
         * @param again ids of the redelivered requests
         */
        record Orders(CounterKind counter, List<OrderPlaced> placed, Set<UUID> again) implements Step {}

        record Markers(List<SaleMarker> markers) implements Step {}
    }

    static List<SaleBatch> of(MessageBatch batch) {
        var bySale = new LinkedHashMap<SaleId, SaleBatch>();
        for (Message message : batch.messages()) {
            bySale.computeIfAbsent(message.sale(), sale -> new SaleBatch(sale, new ArrayList<>()))
                    .add(message, batch.isRedelivered(message));
        }
        return List.copyOf(bySale.values());
    }

    private void add(Message message, boolean redelivered) {
        switch (message.type()) {
            case ORDER_PLACED -> message.elements(OrderPlaced.class).forEach(placed -> add(placed, redelivered));
            case SALE_MARKER -> steps.add(new Step.Markers(message.elements(SaleMarker.class)));
            default -> throw new DataException("unexpected type for the decider: " + message.type(), null);
        }
    }

    private void add(OrderPlaced placed, boolean redelivered) {
        Step.Orders orders = ordersFor(placed.counter());
        orders.placed().add(placed);
        if (redelivered) {
            orders.again().add(placed.requestId());
        }
    }

    /** The last step if it has orders of the same counter, else a new step. */
    private Step.Orders ordersFor(CounterKind counter) {
        Step last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
        if (last instanceof Step.Orders orders && orders.counter() == counter) {
            return orders;
        }
        var begun = new Step.Orders(counter, new ArrayList<>(), new HashSet<>());
        steps.add(begun);
        return begun;
    }
}
