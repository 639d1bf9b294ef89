package dev.doorbuster.stock;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.runtime.amqp.consume.DataException;
import dev.doorbuster.runtime.amqp.consume.MessageBatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The orders of a batch, in order; consecutive ones of one counter are decided together. */
record SaleBatch(SaleId sale, List<Orders> steps) {
    /**
     * Orders of one counter.
     *
     * @param again ids of the redelivered requests
     */
    record Orders(CounterKind counter, List<OrderPlaced> placed, Set<UUID> again) {}

    static SaleBatch of(MessageBatch batch) {
        var work = new SaleBatch(batch.sale(), new ArrayList<>());
        batch.messages().forEach(message -> work.add(message, batch.isRedelivered(message)));
        return work;
    }

    private void add(Message message, boolean redelivered) {
        switch (message.type()) {
            case ORDER_PLACED -> message.elements(OrderPlaced.class).forEach(placed -> add(placed, redelivered));
            case SALE_MARKER -> {}
            default -> throw new DataException("unexpected type for the decider: " + message.type(), null);
        }
    }

    private void add(OrderPlaced placed, boolean redelivered) {
        Orders orders = ordersFor(placed.counter());
        orders.placed().add(placed);
        if (redelivered) {
            orders.again().add(placed.requestId());
        }
    }

    /** The last step if it has orders of the same counter, else a new step. */
    private Orders ordersFor(CounterKind counter) {
        Orders last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
        if (last != null && last.counter() == counter) {
            return last;
        }
        var begun = new Orders(counter, new ArrayList<>(), new HashSet<>());
        steps.add(begun);
        return begun;
    }
}
