package dev.doorbuster.stock;

import dev.doorbuster.contracts.message.CounterKind;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.runtime.amqp.DataException;
import dev.doorbuster.runtime.amqp.MessageBatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What a gathering brings for one sale, in sequence: as many orders at once as nothing comes between. */
record SaleBatch(SaleId sale, List<Step> steps) {
    sealed interface Step {
        /**
         * Orders of one counter.
         *
         * @param again the ids of those requests that somebody had in hand before
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
            default -> throw new DataException("not for the decider: " + message.type(), null);
        }
    }

    private void add(OrderPlaced placed, boolean redelivered) {
        Step.Orders orders = ordersFor(placed.counter());
        orders.placed().add(placed);
        if (redelivered) {
            orders.again().add(placed.requestId());
        }
    }

    /** Those that come last, where they are of the same counter; else new ones. */
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
