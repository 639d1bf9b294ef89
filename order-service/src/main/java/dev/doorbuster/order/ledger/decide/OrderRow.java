package dev.doorbuster.order.ledger.decide;

import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.order.ledger.read.LedgerOrder;
import java.time.Instant;
import java.util.UUID;

/**
 * An order's row with the columns that only the ledger uses.
 *
 * @param counted whether the counter had been decremented for it when it arrived
 * @param revived whether a late payment took units for it again
 * @param perBuyerLimit the limit in force when it last took units
 * @param decidedAt first decision, by the database's clock
 */
public record OrderRow(LedgerOrder order, boolean counted, boolean revived, int perBuyerLimit, Instant decidedAt) {
    public OrderView view() {
        return order.view();
    }

    public UUID id() {
        return view().id();
    }

    boolean holdsUnits() {
        return view().status().holdsUnits();
    }

    public int unitsHeld() {
        return holdsUnits() ? view().quantity() : 0;
    }

    int unitsPaid() {
        return view().status() == OrderStatus.PAID ? view().quantity() : 0;
    }

    public boolean isOf(String buyer) {
        return view().buyer().equals(buyer);
    }

    public boolean firstBroughtBy(UUID requestId) {
        return order.requestId().equals(requestId);
    }

    /** Whether the counter was decremented for it because of this request. */
    boolean countedFor(UUID requestId) {
        return counted && firstBroughtBy(requestId);
    }

    OrderRow with(OrderStatus status) {
        OrderView was = view();
        var is = new OrderView(
                was.id(),
                was.saleId(),
                was.buyer(),
                was.quantity(),
                status,
                was.reason(),
                was.totalCents(),
                was.placedAt(),
                was.holdExpiresAt());
        var moved = new LedgerOrder(is, order.key(), order.requestId(), order.accepted());
        return new OrderRow(moved, counted, revived, perBuyerLimit, decidedAt);
    }

    /** Paid after its hold expired: it takes units again, under the current limit. */
    OrderRow revived(int limit) {
        return new OrderRow(with(OrderStatus.PAID).order, counted, true, limit, decidedAt);
    }
}
