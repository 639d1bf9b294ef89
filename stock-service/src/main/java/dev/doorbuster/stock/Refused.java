package dev.doorbuster.stock;

import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.RefusalReason;
import dev.doorbuster.stock.counter.Decisions;
import java.util.List;

/** A request that the counter refused. */
record Refused(OrderPlaced placed, RefusalReason reason) {
    static List<Refused> of(Decisions decisions) {
        return decisions.all().stream()
                .flatMap(each -> each.outcome().refusal().map(reason -> new Refused(each.placed(), reason)).stream())
                .toList();
    }
}
