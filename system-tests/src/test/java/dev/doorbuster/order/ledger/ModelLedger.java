package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.HoldAnswered;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.message.OrderCancel;
import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.message.OrderHoldOver;
import dev.doorbuster.contracts.message.OrderPayment;
import dev.doorbuster.contracts.message.SaleAnswered;
import dev.doorbuster.contracts.message.SaleChange;
import dev.doorbuster.contracts.message.SaleCounted;
import dev.doorbuster.contracts.message.SaleMarker.AwaitedOrder;
import dev.doorbuster.contracts.value.OrderNumber;
import dev.doorbuster.contracts.value.OrderNumber.OrderNumbers;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.ledger.decide.Consequences;
import dev.doorbuster.order.ledger.decide.LedgerDecisions;
import dev.doorbuster.order.ledger.decide.OrderRow;
import dev.doorbuster.order.ledger.decide.Recount;
import dev.doorbuster.order.ledger.decide.RecountCause;
import dev.doorbuster.order.ledger.decide.SaleBook;
import dev.doorbuster.order.ledger.read.LedgerOrder;
import dev.doorbuster.order.ledger.read.LedgerPayment;
import dev.doorbuster.order.ledger.read.PaymentKey;
import dev.doorbuster.order.ledger.read.SaleStates;
import dev.doorbuster.runtime.amqp.publish.Publisher.Addressed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Model of the ledger's tables with one sale. All decisions and consequences are the product's own code; only the
 * SQL is simulated: a transaction reads the rows its messages name, and its writes are atomic.
 */
public final class ModelLedger {
    /** Bugs that the model must detect. */
    public enum Flaw {
        /** Skips the stock check. */
        SELLS_BEYOND_STOCK,
        /** Treats orders that have a row as new. */
        FORGETS_ROWS,
        RECOUNTS_FROM_INITIAL_STOCK,
        NO_RECOUNT_WHEN_UNITS_COME_BACK,
        /** Publishes consequences only for rows inserted by the same delivery. */
        FOLLOWS_ONLY_WRITTEN,
        /** Answers with the order's state at the end of the batch. */
        ANSWERS_AFTER_THE_BATCH,
        /** Treats a redelivered change of the sale as new. */
        FORGETS_CHANGES,
        /** Answers with the sale's state at the end of the batch. */
        ANSWERS_CHANGES_AFTER_THE_BATCH,
        /** Decides a change by the sale's row before the last transaction. */
        CHANGES_WHAT_IT_READ_BEFORE,
        NO_RECOUNT_WHEN_THE_STOCK_IS_EDITED,
        /** Accepts an edit of a sale that has ended. */
        EDITS_AN_ENDED_SALE,
        /** Answers and records the end of a sale, but leaves the row open. */
        ENDS_IN_THE_ANSWER_ONLY,
        /** Publishes a change's consequences only by the delivery that made the change. */
        FOLLOWS_ONLY_NEW_CHANGES
    }

    private static final long PLENTY = 1_000_000;

    private final Set<Flaw> flaws;
    private final long initialStock;
    private final Map<UUID, OrderRow> orders = new LinkedHashMap<>();
    private final Map<PaymentKey, LedgerPayment> payments = new LinkedHashMap<>();
    private final Map<Long, Recount> recounts = new HashMap<>();
    private final Map<UUID, DecidedChange> changes = new LinkedHashMap<>();
    private final Set<OrderNumber> decided = new HashSet<>();
    private final Map<OrderNumber, UUID> awaited = new LinkedHashMap<>();
    private Instant recountedAt;
    private SaleView sale;
    private SaleView saleBefore;

    public ModelLedger(SaleView sale, Set<Flaw> flaws) {
        this.sale = sale;
        this.saleBefore = sale;
        this.initialStock = sale.stock();
        this.flaws = flaws.isEmpty() ? Set.of() : EnumSet.copyOf(flaws);
    }

    /** Result of a transaction, and what must be published about it. */
    public final class Posted {
        private final List<Message> messages;
        private final SaleBook book;

        private Posted(List<Message> messages, SaleBook book) {
            this.messages = messages;
            this.book = book;
        }

        public List<Addressed> answers() {
            return LedgerAnswers.of(messages, book).stream()
                    .map(this::afterTheBatch)
                    .toList();
        }

        public List<Addressed> markers() {
            return LedgerAnswers.markers(messages);
        }

        private Addressed afterTheBatch(Addressed answer) {
            List<Element> told = answer.message().elements().stream()
                    .map(Element.class::cast)
                    .map(this::afterTheBatch)
                    .toList();
            return new Addressed(answer.route(), answer.message().with(told));
        }

        private Element afterTheBatch(Element element) {
            if (flaws.contains(Flaw.ANSWERS_AFTER_THE_BATCH)
                    && element instanceof HoldAnswered told
                    && told.order() != null) {
                return new HoldAnswered(
                        told.requestId(),
                        told.orderId(),
                        told.payment(),
                        book.order(told.orderId()).view(),
                        told.replayed());
            } else if (flaws.contains(Flaw.ANSWERS_CHANGES_AFTER_THE_BATCH) && element instanceof SaleAnswered told) {
                return new SaleAnswered(told.requestId(), told.refusal(), book.after(), told.trace());
            }
            return element;
        }

        public List<Addressed> consequences() {
            boolean onlyWritten =
                    flaws.contains(Flaw.FOLLOWS_ONLY_WRITTEN) || flaws.contains(Flaw.FOLLOWS_ONLY_NEW_CHANGES);
            List<Message> about = onlyWritten ? written() : messages;
            var consequences = new ArrayList<Addressed>();
            for (Addressed each : Consequences.of(about, book)) {
                flawed(each).ifPresent(consequences::add);
            }
            return consequences;
        }

        private Optional<Addressed> flawed(Addressed consequence) {
            Message message = consequence.message();
            if (flaws.isEmpty() || !(message.elements().get(0) instanceof SaleCounted counted)) {
                return Optional.of(consequence);
            } else if (!recounts(book)) {
                return book.recounted().isPresent() ? Optional.empty() : Optional.of(consequence);
            }
            var wrong = new SaleCounted(
                    counted.epoch(), recounts.get(counted.epoch()).available(), counted.counter());
            return Optional.of(new Addressed(consequence.route(), message.with(List.of(wrong))));
        }

        private List<Message> written() {
            var written = new ArrayList<Message>();
            for (Message message : messages) {
                List<? extends Element> kept =
                        message.elements().stream().filter(this::isWritten).toList();
                if (!kept.isEmpty()) {
                    written.add(message.with(kept));
                }
            }
            return written;
        }

        private boolean isWritten(Element element) {
            if (element instanceof SaleChange change) {
                return book.newChanges().stream()
                        .anyMatch(decided -> decided.requestId().equals(change.requestId()));
            } else if (!flaws.contains(Flaw.FOLLOWS_ONLY_WRITTEN)) {
                return true;
            } else if (element instanceof OrderGranted granted) {
                return book.inserted().stream().anyMatch(row -> row.id().equals(granted.orderId()));
            } else if (element instanceof OrderPayment payment) {
                return book.paid().stream()
                        .anyMatch(paid -> paid.key().equals(new PaymentKey(payment.orderId(), payment.reference())));
            } else if (element instanceof OrderCancel cancel) {
                return isChanged(cancel.orderId());
            }
            return !(element instanceof OrderHoldOver over) || isChanged(over.orderId());
        }

        private boolean isChanged(UUID order) {
            return book.changed().stream().anyMatch(row -> row.id().equals(order));
        }

        public boolean announced() {
            return book.isAnnounced();
        }

        public SaleView after() {
            return book.after();
        }

        public Optional<RecountCause> recounted() {
            return book.recounted();
        }
    }

    /** One transaction. */
    public Posted post(List<Message> messages, Instant now) {
        Posted posted = rehearse(messages, now);
        write(posted.book);
        return posted;
    }

    /** A transaction that is rolled back. */
    public Posted rehearse(List<Message> messages, Instant now) {
        var book = new SaleBook(read(messages, now));
        messages.forEach(message -> LedgerDecisions.apply(book, message));
        book.settle();
        return new Posted(messages, book);
    }

    private SaleBook.Read read(List<Message> messages, Instant now) {
        var found = new HashMap<UUID, OrderRow>();
        var units = new HashMap<String, Integer>();
        var paid = new HashMap<PaymentKey, LedgerPayment>();
        for (Message message : messages) {
            message.elements().forEach(element -> read(element, found, units, paid));
        }
        SaleView row = row(messages);
        return new SaleBook.Read(
                row, now, recounts.get(row.epoch()), recountedAt, found, units, paid, changesOf(messages));
    }

    private SaleView row(List<Message> messages) {
        if (flaws.contains(Flaw.SELLS_BEYOND_STOCK)) {
            return changed(PLENTY, sale.sold(), sale.state(), sale.closesAt());
        } else if (!hasChange(messages)) {
            return sale;
        } else if (flaws.contains(Flaw.CHANGES_WHAT_IT_READ_BEFORE)) {
            return saleBefore;
        }
        boolean ended = sale.state() == SaleState.CLOSED;
        return ended && flaws.contains(Flaw.EDITS_AN_ENDED_SALE)
                ? changed(
                        sale.stock(),
                        sale.sold(),
                        SaleStates.shown(SaleState.OPEN, false, sale.stock(), sale.sold()),
                        sale.closesAt())
                : sale;
    }

    private static boolean hasChange(List<Message> messages) {
        return messages.stream().anyMatch(message -> message.type() == MessageType.SALE_CHANGE);
    }

    private Map<UUID, DecidedChange> changesOf(List<Message> messages) {
        var found = new HashMap<>(changes);
        found.keySet()
                .retainAll(messages.stream()
                        .filter(message -> message.type() == MessageType.SALE_CHANGE)
                        .flatMap(message -> message.elements(SaleChange.class).stream())
                        .map(SaleChange::requestId)
                        .toList());
        return flaws.contains(Flaw.FORGETS_CHANGES) ? Map.of() : found;
    }

    private void read(
            Element element,
            Map<UUID, OrderRow> found,
            Map<String, Integer> units,
            Map<PaymentKey, LedgerPayment> paid) {
        if (element instanceof OrderGranted granted) {
            if (!flaws.contains(Flaw.FORGETS_ROWS)) {
                find(granted.orderId(), found);
                orders.values().stream()
                        .filter(row -> row.view().buyer().equals(granted.buyer())
                                && row.order().key().equals(granted.key()))
                        .forEach(row -> found.put(row.id(), row));
            }
            units.put(granted.buyer(), unitsOf(granted.buyer()));
        } else if (element instanceof OrderCancel cancel) {
            find(cancel.orderId(), found);
        } else if (element instanceof OrderHoldOver over) {
            find(over.orderId(), found);
        } else if (element instanceof OrderPayment payment) {
            find(payment.orderId(), found);
            OrderRow row = orders.get(payment.orderId());
            if (row != null) {
                units.put(row.view().buyer(), unitsOf(row.view().buyer()));
            }
            payments.values().stream()
                    .filter(each -> each.key().orderId().equals(payment.orderId()))
                    .forEach(each -> paid.put(each.key(), each));
        }
    }

    private void find(UUID order, Map<UUID, OrderRow> found) {
        OrderRow row = orders.get(order);
        if (row != null) {
            found.put(order, row);
        }
    }

    private int unitsOf(String buyer) {
        return orders.values().stream()
                .filter(row -> row.view().buyer().equals(buyer))
                .mapToInt(OrderRow::unitsHeld)
                .sum();
    }

    private void write(SaleBook book) {
        book.inserted().forEach(row -> orders.put(row.id(), row));
        book.changed().forEach(row -> orders.put(row.id(), row));
        book.paid().forEach(payment -> payments.put(payment.key(), payment));
        book.newChanges().forEach(change -> changes.putIfAbsent(change.requestId(), change));
        book.decidedNumbers().byStream().values().forEach(ranges -> ranges.forEach(this::decide));
        book.awaited().values().forEach(reported -> reported.forEach(this::await));
        saleBefore = sale;
        SaleView after = book.after();
        long stock = after.stock() == PLENTY ? sale.stock() : after.stock();
        boolean paused = after.state() == SaleState.PAUSED;
        sale = changed(
                stock, after.sold(), SaleStates.shown(stateOf(book), paused, stock, after.sold()), after.closesAt());
        if (recounts(book)) {
            recount(after.epoch(), book.now());
        }
    }

    private void decide(OrderNumbers numbers) {
        for (long number = numbers.first(); number <= numbers.last(); number++) {
            decided.add(new OrderNumber(numbers.stream(), number));
        }
    }

    private void await(AwaitedOrder reported) {
        awaited.put(new OrderNumber(reported.stream(), reported.number()), reported.orderId());
    }

    /** Those of these requests that are not decided. */
    public List<OrderNumber> undecided(Collection<OrderNumber> numbers) {
        return numbers.stream().filter(each -> !decided.contains(each)).toList();
    }

    public boolean isReported(OrderNumber number) {
        return awaited.containsKey(number);
    }

    /** Orders that a verification would find missing. */
    public Set<UUID> missing() {
        var missing = new HashSet<UUID>();
        awaited.forEach((number, order) -> {
            if (!decided.contains(number) && !orders.containsKey(order)) {
                missing.add(order);
            }
        });
        return missing;
    }

    private SaleState stateOf(SaleBook book) {
        boolean staysOpen = flaws.contains(Flaw.ENDS_IN_THE_ANSWER_ONLY)
                && book.newChanges().stream().anyMatch(change -> change.action() == SaleChange.Action.END);
        return staysOpen ? SaleStates.ofRow(sale.state()) : book.rowState();
    }

    private boolean recounts(SaleBook book) {
        return book.recounted().filter(cause -> !isLeftOut(cause)).isPresent();
    }

    private boolean isLeftOut(RecountCause cause) {
        return switch (cause) {
            case CANCELLED, EXPIRED -> flaws.contains(Flaw.NO_RECOUNT_WHEN_UNITS_COME_BACK);
            case STOCK_EDITED -> flaws.contains(Flaw.NO_RECOUNT_WHEN_THE_STOCK_IS_EDITED);
            default -> false;
        };
    }

    private void recount(long epoch, Instant now) {
        long left = Math.max(0, sale.available());
        var recount = new Recount(epoch, flaws.contains(Flaw.RECOUNTS_FROM_INITIAL_STOCK) ? initialStock : left);
        recounts.put(epoch, recount);
        recountedAt = now;
        sale = new SaleView(
                sale.saleId(),
                sale.title(),
                sale.priceCents(),
                sale.currency(),
                sale.stock(),
                sale.sold(),
                sale.perBuyerLimit(),
                sale.opensAt(),
                sale.closesAt(),
                sale.holdSeconds(),
                sale.counter(),
                sale.state(),
                epoch,
                null,
                null);
    }

    private SaleView changed(long stock, long sold, SaleState state, Instant closesAt) {
        return new SaleView(
                sale.saleId(),
                sale.title(),
                sale.priceCents(),
                sale.currency(),
                stock,
                sold,
                sale.perBuyerLimit(),
                sale.opensAt(),
                closesAt,
                sale.holdSeconds(),
                sale.counter(),
                state,
                sale.epoch(),
                null,
                null);
    }

    public SaleView sale() {
        return sale;
    }

    /** The sale's recorded changes in the order of their decisions. */
    public List<SaleAnswered> changes() {
        return changes.values().stream().map(change -> change.answer(null)).toList();
    }

    public Optional<SaleAnswered> change(UUID request) {
        return Optional.ofNullable(changes.get(request)).map(change -> change.answer(null));
    }

    public Optional<LedgerOrder> order(UUID id) {
        return Optional.ofNullable(orders.get(id)).map(OrderRow::order);
    }

    public Collection<LedgerOrder> orders() {
        return orders.values().stream().map(OrderRow::order).toList();
    }

    /** Payments that were accepted for an order, and those to be refunded. */
    public record PaymentsOf(int paid, int refundDue) {}

    public PaymentsOf paymentsOf(UUID order) {
        int paid = 0;
        int refundDue = 0;
        for (LedgerPayment payment : payments.values()) {
            if (payment.key().orderId().equals(order)) {
                if (payment.pays()) {
                    paid++;
                } else {
                    refundDue++;
                }
            }
        }
        return new PaymentsOf(paid, refundDue);
    }
}
