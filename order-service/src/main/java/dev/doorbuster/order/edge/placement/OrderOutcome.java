package dev.doorbuster.order.edge.placement;

import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.ledger.read.LedgerOrder;
import java.util.UUID;

/** The outcome of a request to place an order. */
public sealed interface OrderOutcome {
    /** The ledger accepted the order, which is shown in its present state. */
    record Accepted(OrderView order, boolean replayed) implements OrderOutcome {}

    /** The order was published and is not decided yet. */
    record Pending(UUID orderId) implements OrderOutcome {}

    /** This request was refused; {@code replayed} where the ledger had refused the order before. */
    record Refused(ProblemType why, boolean replayed) implements OrderOutcome {}

    /** The order was not published, or it is unknown whether it was. */
    record NotTaken(ProblemType why) implements OrderOutcome {}

    /** The order was published without a confirm, or the ledger could not be read before a refusal. */
    static OrderOutcome unknown() {
        return new NotTaken(ProblemType.OUTCOME_UNKNOWN);
    }

    /** The client closed its connection; an order that was published is still decided. */
    record Abandoned() implements OrderOutcome {}

    /** The ledger's decision of an order, for a request that asked for {@code asked} units. */
    static OrderOutcome decided(LedgerOrder row, int asked, boolean replayed) {
        return decided(row.view(), row.accepted(), asked, replayed);
    }

    static OrderOutcome decided(OrderView order, boolean accepted, int asked, boolean replayed) {
        if (order.quantity() != asked) {
            return new Refused(ProblemType.KEY_REUSED, replayed);
        }
        return accepted ? new Accepted(order, replayed) : new Refused(ProblemType.of(order.reason()), replayed);
    }

    /** One word for metrics. */
    default String label() {
        if (this instanceof Accepted accepted) {
            return accepted.replayed() ? "replayed" : "accepted";
        } else if (this instanceof Refused refused) {
            return refused.why().slug();
        } else if (this instanceof NotTaken notTaken) {
            return notTaken.why().slug();
        }
        return this instanceof Pending ? "pending" : "abandoned";
    }
}
