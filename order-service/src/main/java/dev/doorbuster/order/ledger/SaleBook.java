package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.message.OrderStatus;
import dev.doorbuster.contracts.message.OrderView;
import dev.doorbuster.contracts.message.RefusalReason;
import dev.doorbuster.contracts.message.SaleState;
import dev.doorbuster.contracts.message.SaleView;
import dev.doorbuster.runtime.amqp.DataException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One sale during one transaction: what was read under the lock of its row, and what the messages make of it, in their
 * order. No I/O: the same book and the same messages always give the same decisions.
 */
final class SaleBook {
    private final SaleView before;
    private final Instant now;
    private final Map<UUID, OrderRow> orders;
    private final Map<String, Integer> unitsOfBuyer;
    private final Map<UUID, OrderRow> inserted = new LinkedHashMap<>();
    private long sold;
    private SaleState state;
    private Recount latest;
    private RecountCause cause;

    /**
     * Opens the book of a sale.
     *
     * @param now the database's clock
     * @param latest the recount of the sale's epoch; null while there was none
     * @param orders those rows of the messages' orders that exist
     * @param unitsOfBuyer what the messages' buyers hold
     */
    SaleBook(
            SaleView sale, Instant now, Recount latest, Map<UUID, OrderRow> orders, Map<String, Integer> unitsOfBuyer) {
        this.before = sale;
        this.now = now;
        this.latest = latest;
        this.orders = new HashMap<>(orders);
        this.unitsOfBuyer = new HashMap<>(unitsOfBuyer);
        this.sold = sale.sold();
        this.state = sale.state() == SaleState.SOLD_OUT ? SaleState.OPEN : sale.state();
    }

    /** The first decision about an order; one that has a row keeps it. */
    void decide(OrderGranted granted) {
        OrderRow known = orders.get(granted.orderId());
        if (known == null) {
            post(granted, refusalOf(granted));
        } else if (!known.view().saleId().equals(before.saleId())
                || !known.view().buyer().equals(granted.buyer())) {
            throw new DataException("order " + granted.orderId() + " is of another sale or buyer", null);
        }
    }

    /** Refuses an order that cannot be decided; one that has a row keeps it. */
    void refuse(OrderGranted granted) {
        if (!orders.containsKey(granted.orderId())) {
            post(granted, RefusalReason.INVALID);
        }
    }

    private RefusalReason refusalOf(OrderGranted granted) {
        long left = before.stock() - sold;
        if (unitsOfBuyer.getOrDefault(granted.buyer(), 0) + granted.quantity() > before.perBuyerLimit()) {
            return RefusalReason.LIMIT_REACHED;
        }
        if (left >= granted.quantity()) {
            return null;
        }
        return left <= 0 ? RefusalReason.SOLD_OUT : RefusalReason.NOT_ENOUGH_LEFT;
    }

    private void post(OrderGranted granted, RefusalReason refusal) {
        boolean accepted = refusal == null;
        var view = new OrderView(
                granted.orderId(),
                before.saleId(),
                granted.buyer(),
                granted.quantity(),
                accepted ? OrderStatus.RESERVED : OrderStatus.REJECTED,
                refusal,
                refusal == RefusalReason.INVALID ? 0 : Math.multiplyExact(before.priceCents(), granted.quantity()),
                granted.receivedAt().truncatedTo(ChronoUnit.MICROS),
                accepted ? now.plusSeconds(before.holdSeconds()) : null);
        var order = new LedgerOrder(view, granted.key(), granted.requestId(), accepted);
        var row = new OrderRow(order, granted.counted(), false, before.perBuyerLimit());
        orders.put(row.id(), row);
        inserted.put(row.id(), row);
        if (accepted) {
            sold += granted.quantity();
            unitsOfBuyer.merge(granted.buyer(), granted.quantity(), Integer::sum);
        }
        if (accepted != granted.counted()) {
            recount(accepted ? RecountCause.UNCOUNTED_RESERVED : RecountCause.COUNTED_REFUSED);
        }
    }

    /** Opens a sale whose time has come and is not over. */
    void open() {
        boolean due = !before.opensAt().isAfter(now) && !over();
        if (state == SaleState.SCHEDULED && due) {
            state = SaleState.OPEN;
            recount(RecountCause.OPENED);
        }
    }

    /** Closes a sale whose time is over. */
    void close() {
        if (state != SaleState.CLOSED && over()) {
            state = SaleState.CLOSED;
            recount(RecountCause.CLOSED);
        }
    }

    private boolean over() {
        return before.closesAt() != null && !before.closesAt().isAfter(now);
    }

    /** Asks for a recount when all is decided; the first cause is the one recorded. */
    void recount(RecountCause why) {
        if (cause == null) {
            cause = why;
        }
    }

    /** Ends the decisions: whatever made the counter wrong begins a new epoch. */
    void settle() {
        if (cause != null) {
            latest = new Recount(before.epoch() + 1, before.stock() - sold);
        }
    }

    SaleView before() {
        return before;
    }

    /** The sale as the messages leave it. */
    SaleView after() {
        return new SaleView(
                before.saleId(),
                before.title(),
                before.priceCents(),
                before.currency(),
                before.stock(),
                sold,
                before.perBuyerLimit(),
                before.opensAt(),
                before.closesAt(),
                before.holdSeconds(),
                before.counter(),
                Sales.shown(state, before.stock(), sold),
                cause == null ? before.epoch() : latest.epoch());
    }

    /** The state as the row has it, which never says "sold out". */
    SaleState rowState() {
        return state;
    }

    Instant now() {
        return now;
    }

    OrderRow order(UUID id) {
        return orders.get(id);
    }

    Collection<OrderRow> inserted() {
        return inserted.values();
    }

    /** Why a new epoch began, if one did. */
    Optional<RecountCause> recounted() {
        return Optional.ofNullable(cause);
    }

    /** The recount of the sale's epoch. */
    Optional<Recount> latest() {
        return Optional.ofNullable(latest);
    }
}
