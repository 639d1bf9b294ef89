package dev.doorbuster.stock;

import dev.doorbuster.contracts.message.CounterKind;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.runtime.amqp.DataException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** What a gathering brings for one sale, in sequence: as many orders at once as nothing comes between. */
record SaleWork(SaleId sale, List<Step> steps) {
    sealed interface Step {
        record Orders(CounterKind counter, List<OrderPlaced> placed) implements Step {}

        record Markers(List<SaleMarker> markers) implements Step {}
    }

    static List<SaleWork> of(List<Message> messages) {
        var bySale = new LinkedHashMap<SaleId, SaleWork>();
        for (Message message : messages) {
            bySale.computeIfAbsent(message.sale(), sale -> new SaleWork(sale, new ArrayList<>()))
                    .add(message);
        }
        return List.copyOf(bySale.values());
    }

    private void add(Message message) {
        switch (message.type()) {
            case ORDER_PLACED -> message.elements(OrderPlaced.class).forEach(this::add);
            case SALE_MARKER -> steps.add(new Step.Markers(message.elements(SaleMarker.class)));
            default -> throw new DataException("not for the decider: " + message.type(), null);
        }
    }

    private void add(OrderPlaced placed) {
        Step last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
        if (last instanceof Step.Orders orders && orders.counter() == placed.counter()) {
            orders.placed().add(placed);
        } else {
            steps.add(new Step.Orders(placed.counter(), new ArrayList<>(List.of(placed))));
        }
    }
}
