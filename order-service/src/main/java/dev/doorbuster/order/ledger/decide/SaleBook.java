package dev.doorbuster.order.ledger.decide;

import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.message.SaleAnswered.SaleRefusal;
import dev.doorbuster.contracts.message.SaleChange;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.message.SaleMarker.AwaitedOrder;
import dev.doorbuster.contracts.value.OrderNumber;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.ledger.DecidedChange;
import dev.doorbuster.order.ledger.SaleTerms;
import dev.doorbuster.order.ledger.read.LedgerPayment;
import dev.doorbuster.order.ledger.read.PaymentKey;
import dev.doorbuster.order.ledger.read.SaleStates;
import dev.doorbuster.runtime.amqp.consume.DataException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One sale during one transaction: what was read under the lock of its row, and the result of {@link LedgerDecisions}. It
 * maintains the sums: units sold and units per buyer always follow from the rows. No I/O.
 */
public final class SaleBook {
    /**
     * What was read under the lock.
     *
     * @param now the database's clock
     * @param latest the recount of the sale's epoch; null if there is none
     * @param latestAt when that was made; null with it
     * @param orders existing rows of the messages' orders by id; for a granted one also the row with its buyer's key
     * @param unitsOfBuyer units held by the messages' buyers
     * @param payments existing rows of the messages' payments
     * @param changes decided ones of the messages' changes of the sale, by request id
     */
    public record Read(
            SaleView sale,
            Instant now,
            Recount latest,
            Instant latestAt,
            Map<UUID, OrderRow> orders,
            Map<String, Integer> unitsOfBuyer,
            Map<PaymentKey, LedgerPayment> payments,
            Map<UUID, DecidedChange> changes) {}

    private final SaleView before;
    private final Instant now;
    private Instant latestAt;

    private record KeyOfBuyer(String buyer, String key) {}

    private final Map<UUID, OrderRow> orders;
    private final Map<KeyOfBuyer, UUID> idByKey = new HashMap<>();
    private final Map<String, Integer> unitsOfBuyer;
    private final Map<PaymentKey, LedgerPayment> payments;
    private final Map<UUID, OrderRow> inserted = new LinkedHashMap<>();
    private final Set<UUID> changed = new LinkedHashSet<>();
    private final Map<PaymentKey, LedgerPayment> paid = new LinkedHashMap<>();
    private final Map<UUID, Optional<OrderRow>> outcomes = new HashMap<>();
    private final Map<UUID, DecidedChange> changes;
    private final List<DecidedChange> newChanges = new ArrayList<>();
    private final DecidedNumbers decidedNumbers = new DecidedNumbers();
    private final Map<UUID, List<AwaitedOrder>> awaited = new LinkedHashMap<>();
    private SaleTerms terms;
    private long sold;
    private long newlyPaid;
    private SaleState state;
    private boolean paused;
    private Recount latest;
    private RecountCause cause;

    public SaleBook(Read read) {
        this.before = read.sale();
        this.now = read.now();
        this.latest = read.latest();
        this.latestAt = read.latestAt();
        this.orders = new HashMap<>(read.orders());
        this.unitsOfBuyer = new HashMap<>(read.unitsOfBuyer());
        this.payments = new HashMap<>(read.payments());
        this.changes = new HashMap<>(read.changes());
        this.terms = SaleTerms.of(before);
        this.sold = before.sold();
        orders.values().forEach(this::remember);
        this.state = SaleStates.ofRow(before.state());
        this.paused = before.state() == SaleState.PAUSED;
    }

    public SaleView before() {
        return before;
    }

    public Instant now() {
        return now;
    }

    /** The sale's values including edits so far. */
    SaleTerms terms() {
        return terms;
    }

    /** An order's current row, or null. */
    public OrderRow order(UUID id) {
        OrderRow row = orders.get(id);
        if (row != null && !row.view().saleId().equals(before.saleId())) {
            throw new DataException("order " + id + " is of another sale", null);
        }
        return row;
    }

    /**
     * The row of the granted order, or null. A buyer's key identifies one order of a sale permanently: if the
     * algorithm of ids has changed since, that order has another id.
     */
    public OrderRow order(OrderGranted granted) {
        OrderRow row = order(granted.orderId());
        return row != null ? row : orders.get(idByKey.get(new KeyOfBuyer(granted.buyer(), granted.key())));
    }

    /** A payment's row, or null. */
    public LedgerPayment payment(PaymentKey key) {
        return payments.get(key);
    }

    /** Units held or paid. */
    long sold() {
        return sold;
    }

    long left() {
        return terms.stock() - sold;
    }

    boolean limitAllows(String buyer, int quantity) {
        return unitsOfBuyer.getOrDefault(buyer, 0) + quantity <= terms.perBuyerLimit();
    }

    void insert(OrderRow row) {
        inserted.put(row.id(), row);
        put(row);
    }

    public void change(OrderRow row) {
        changed.add(row.id());
        put(row);
    }

    private void put(OrderRow row) {
        OrderRow was = orders.put(row.id(), row);
        remember(row);
        int units = row.unitsHeld() - (was == null ? 0 : was.unitsHeld());
        sold += units;
        newlyPaid += row.unitsPaid() - (was == null ? 0 : was.unitsPaid());
        unitsOfBuyer.merge(row.view().buyer(), units, Integer::sum);
    }

    private void remember(OrderRow row) {
        if (row.view().saleId().equals(before.saleId())) {
            idByKey.put(new KeyOfBuyer(row.view().buyer(), row.order().key()), row.id());
        }
    }

    void insert(LedgerPayment payment) {
        payments.put(payment.key(), payment);
        paid.put(payment.key(), payment);
    }

    /** Records an order's row, or null, as a request left it. A redelivered request keeps its first outcome. */
    void requestDone(UUID requestId, OrderRow row) {
        outcomes.putIfAbsent(requestId, Optional.ofNullable(row));
    }

    /** An order's row as this request left it, whatever later requests of the batch did; empty if there was none. */
    public Optional<OrderRow> outcome(UUID requestId) {
        return outcomes.get(requestId);
    }

    /** Records that a request is decided. */
    void decided(OrderNumber number) {
        decidedNumbers.add(number);
    }

    /** Records what a marker tells about requests. */
    void note(SaleMarker marker) {
        marker.decided().forEach(decidedNumbers::add);
        if (!marker.awaited().isEmpty()) {
            awaited.put(marker.markerId(), marker.awaited());
        }
    }

    /** Numbers of decided requests. */
    public DecidedNumbers decidedNumbers() {
        return decidedNumbers;
    }

    /** Requests that their edges await, by the marker that told of them. */
    public Map<UUID, List<AwaitedOrder>> awaited() {
        return awaited;
    }

    /** Opens a sale whose opening time has passed and whose closing time has not. */
    void open() {
        if (state == SaleState.SCHEDULED && terms.hasBegun(now) && !terms.isOver(now)) {
            state = SaleState.OPEN;
            recount(RecountCause.OPENED);
        }
    }

    /** Publishes a draft, which opens if its time has come; a published sale stays as it is. */
    void publish() {
        if (state == SaleState.DRAFT) {
            state = SaleState.SCHEDULED;
            terms = terms.opensNotBefore(now);
            open();
        }
    }

    /** Closes a published sale whose closing time has passed. */
    void close() {
        if (state != SaleState.DRAFT && terms.isOver(now)) {
            end();
        }
    }

    /** Closes a sale at any time. */
    void end() {
        if (state != SaleState.CLOSED) {
            state = SaleState.CLOSED;
            paused = false;
            recount(RecountCause.CLOSED);
        }
    }

    /** Pauses or resumes an open sale. Its counter stays as it is. */
    void pause(boolean pause) {
        paused = pause;
    }

    void edit(SaleTerms edited) {
        if (state == SaleState.OPEN && edited.stock() != terms.stock()) {
            recount(RecountCause.STOCK_EDITED);
        }
        terms = edited;
    }

    /** Whether edges are notified at once: the sale's state or values changed. */
    public boolean isAnnounced() {
        return after().state() != before.state() || !terms.equals(SaleTerms.of(before));
    }

    /** A decided change of the sale; null if the request is undecided. */
    public DecidedChange change(UUID requestId) {
        return changes.get(requestId);
    }

    /** Records a change with the sale's current values. */
    void changeDone(SaleChange change, SaleRefusal refusal) {
        var decided = new DecidedChange(change.requestId(), change.action(), refusal, after());
        changes.put(change.requestId(), decided);
        newChanges.add(decided);
    }

    /** Changes decided by this transaction. */
    public List<DecidedChange> newChanges() {
        return newChanges;
    }

    /** Whether the latest recount included this row. */
    boolean isRecounted(OrderRow row) {
        return latestAt != null && !row.decidedAt().isAfter(latestAt);
    }

    /** Requests a recount at the end of the decisions; the first cause is recorded. */
    void recount(RecountCause why) {
        if (cause == null) {
            cause = why;
        }
    }

    /** Ends the decisions: starts a new epoch if the counter is wrong. */
    public void settle() {
        if (cause != null) {
            latest = new Recount(before.epoch() + 1, left());
            latestAt = now;
        }
    }

    /** The sale after the messages. */
    public SaleView after() {
        return terms.view(before, sold, state, paused, cause == null ? before.epoch() : before.epoch() + 1);
    }

    /** Newly paid units. */
    long newlyPaid() {
        return newlyPaid;
    }

    /** The state in the row, which is never SOLD_OUT or PAUSED. */
    public SaleState rowState() {
        return state;
    }

    /** New rows as first decided. */
    public Collection<OrderRow> inserted() {
        return inserted.values();
    }

    /** Rows whose status changed, new ones included. */
    public List<OrderRow> changed() {
        return changed.stream().map(orders::get).toList();
    }

    /** New payments. */
    public Collection<LedgerPayment> paid() {
        return paid.values();
    }

    /** The cause of a new epoch, if one began. */
    public Optional<RecountCause> recounted() {
        return Optional.ofNullable(cause);
    }

    /** The recount of the sale's epoch. */
    public Optional<Recount> latest() {
        return Optional.ofNullable(latest);
    }
}
