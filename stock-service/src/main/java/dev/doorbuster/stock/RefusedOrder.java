package dev.doorbuster.stock;

import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.value.RefusalReason;
import dev.doorbuster.counter.CounterDecisions;
import java.util.List;

record RefusedOrder(OrderPlaced placed, RefusalReason reason) {
    static List<RefusedOrder> of(CounterDecisions counterDecisions) {
        return counterDecisions.all().stream()
                .flatMap(each ->
                        each.outcome().refusal().map(reason -> new RefusedOrder(each.placed(), reason)).stream())
                .toList();
    }
}
