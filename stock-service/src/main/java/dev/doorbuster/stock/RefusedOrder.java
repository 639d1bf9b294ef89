package dev.doorbuster.stock;

import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.value.OrderNumber;
import dev.doorbuster.contracts.value.RefusalReason;
import dev.doorbuster.counter.CounterDecisions;
import java.util.List;
import java.util.Objects;

record RefusedOrder(OrderPlaced placed, RefusalReason reason) {
    static List<RefusedOrder> of(CounterDecisions counterDecisions) {
        return counterDecisions.all().stream()
                .flatMap(each ->
                        each.outcome().refusal().map(reason -> new RefusedOrder(each.placed(), reason)).stream())
                .toList();
    }

    /** Reports to the ledger that these requests are decided; none for orders of edges of an older version. */
    static List<SaleMarker> report(List<RefusedOrder> refused) {
        List<OrderNumber> numbers = refused.stream()
                .map(each -> each.placed().number())
                .filter(Objects::nonNull)
                .toList();
        return numbers.isEmpty()
                ? List.of()
                : SaleMarker.ofDecided(refused.get(0).placed().edgeId(), numbers);
    }
}
