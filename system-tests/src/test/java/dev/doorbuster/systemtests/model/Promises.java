package dev.doorbuster.systemtests.model;

import com.google.errorprone.annotations.FormatMethod;
import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderEvent;
import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.message.SaleAnswered;
import dev.doorbuster.contracts.message.SaleChange;
import dev.doorbuster.contracts.message.SaleEvent;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.edge.placement.OrderOutcome;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.ledger.ModelLedger.PaymentsOf;
import dev.doorbuster.order.ledger.read.LedgerOrder;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Checks the guarantees that hold in every state. Accepted anomalies, possible when a store loses data during a
 * redelivery, are only counted, and only for the affected request.
 */
final class Promises {
    private record Seen(LedgerOrder first, LedgerOrder last, long since) {
        OrderStatus status() {
            return last.view().status();
        }
    }

    private record Event(UUID order, OrderStatus says) {}

    /** Transitions across one batch: a batch may contain several messages about an order. */
    private static final Map<OrderStatus, Set<OrderStatus>> TABLE = Map.of(
            OrderStatus.RESERVED,
            EnumSet.of(OrderStatus.PAID, OrderStatus.CANCELLED, OrderStatus.EXPIRED, OrderStatus.REFUND_DUE),
            OrderStatus.EXPIRED,
            EnumSet.of(OrderStatus.PAID, OrderStatus.REFUND_DUE),
            OrderStatus.CANCELLED,
            EnumSet.of(OrderStatus.REFUND_DUE),
            OrderStatus.REJECTED,
            EnumSet.of(OrderStatus.REFUND_DUE),
            OrderStatus.PAID,
            Set.of(),
            OrderStatus.REFUND_DUE,
            Set.of());

    private final World world;
    private final Map<UUID, Seen> seen = new HashMap<>();
    private final Set<Event> published = new HashSet<>();
    private boolean endPublished;
    private final Map<Long, Long> unpublished = new HashMap<>();
    private final Map<Promise, Integer> excused = new EnumMap<>(Promise.class);

    Promises(World world) {
        this.world = world;
    }

    @FormatMethod
    void require(boolean kept, Promise promise, String how, Object... about) {
        if (!kept) {
            throw new Violation(promise, String.format(how, about));
        }
    }

    /** Number of occurrences of each accepted anomaly. */
    Map<Promise, Integer> excused() {
        return excused;
    }

    private void excuse(Promise promise) {
        excused.merge(promise, 1, Integer::sum);
    }

    /** A ledger committed. */
    void committed() {
        SaleView sale = world.ledger().sale();
        require(sale.sold() <= sale.stock(), Promise.NEVER_SOLD_BEYOND_STOCK, "%s of %s", sale.sold(), sale.stock());
        requireChanges(sale);
        long held = 0;
        var units = new HashMap<String, Integer>();
        for (LedgerOrder order : world.ledger().orders()) {
            look(order);
            if (order.view().status().holdsUnits()) {
                held += order.view().quantity();
                units.merge(order.view().buyer(), order.view().quantity(), Integer::sum);
            }
        }
        require(held == sale.sold(), Promise.SOLD_IS_THE_SUM_OF_HOLDS, "sold %s, held %s", sale.sold(), held);
        units.forEach((buyer, has) -> require(
                has <= world.limit(), Promise.NOBODY_OVER_THE_LIMIT, "%s has %s of %s", buyer, has, world.limit()));
    }

    /** The row agrees with the recorded changes. */
    private void requireChanges(SaleView sale) {
        long stock = world.operator().initialStock();
        boolean ended = sale.closesAt() != null && !sale.closesAt().isAfter(world.now());
        boolean mayBeOpen = true;
        boolean paused = false;
        for (SaleAnswered decided : world.ledger().changes()) {
            SaleChange change = world.operator().change(decided.requestId());
            if (decided.refusal() == null
                    && change.edit() != null
                    && change.edit().stock() != null) {
                stock = change.edit().stock();
            }
            mayBeOpen &= change.action() != SaleChange.Action.END;
            if (decided.refusal() == null) {
                paused = switch (change.action()) {
                    case PAUSE -> true;
                    case RESUME -> false;
                    default -> paused;
                };
            }
        }
        require(sale.stock() == stock, Promise.A_CHANGE_IS_MADE_ONCE, "stock %s, not %s", sale.stock(), stock);
        boolean closed = sale.state() == SaleState.CLOSED;
        require(
                (sale.state() == SaleState.PAUSED) == (paused && !closed),
                Promise.A_CHANGE_IS_MADE_ONCE,
                "%s, last paused: %s",
                sale,
                paused);
        require(closed ? ended || !mayBeOpen : mayBeOpen, Promise.AN_END_IS_FINAL, "%s", sale);
    }

    /** An operator was answered: the answer agrees with the record and with the request. */
    void told(SaleChange change, SaleAnswered answer) {
        require(
                world.ledger().change(change.requestId()).equals(Optional.of(answer)),
                Promise.ANSWERS_ARE_TRUE,
                "told %s, recorded %s",
                answer,
                world.ledger().change(change.requestId()));
        if (answer.refusal() == null) {
            boolean made = switch (change.action()) {
                case OPEN -> answer.sale().state() != SaleState.SCHEDULED;
                case EDIT ->
                    change.edit().stock() == null
                            || change.edit().stock() == answer.sale().stock();
                case END -> answer.sale().state() == SaleState.CLOSED;
                case PUBLISH -> answer.sale().state() != SaleState.DRAFT;
                case PAUSE -> answer.sale().state() == SaleState.PAUSED;
                case RESUME -> answer.sale().state() != SaleState.PAUSED;
            };
            require(made, Promise.ANSWERS_ARE_TRUE, "%s told %s", change, answer);
        }
    }

    /** The store was written. */
    void counted(Optional<CounterValue> before, Optional<CounterValue> after) {
        before.filter(was -> after.filter(is -> is.epoch() == was.epoch()).isPresent())
                .ifPresent(was -> unpublished.merge(
                        was.epoch(), was.available() - after.orElseThrow().available(), Long::sum));
        boolean down = before.isEmpty()
                || (after.isPresent()
                        && (after.get().epoch() > before.get().epoch()
                                || (after.get().epoch() == before.get().epoch()
                                        && after.get().available()
                                                <= before.get().available())));
        require(down, Promise.A_COUNTER_ONLY_GOES_DOWN, "%s -> %s", before, after);
    }

    /** A decider published its grants. */
    void passedOn(OrderGranted granted) {
        if (granted.counted()) {
            unpublished.merge(granted.epoch(), (long) -granted.quantity(), Long::sum);
        }
    }

    /** A counter of this epoch was decremented by so many units without a known order. */
    long unpublished(long epoch) {
        return unpublished.getOrDefault(epoch, 0L);
    }

    private void look(LedgerOrder order) {
        OrderStatus now = order.view().status();
        Seen before = seen.get(order.view().id());
        if (before != null && order.equals(before.last())) {
            return;
        } else if (before == null) {
            seen.put(order.view().id(), new Seen(order, order, world.tick()));
            if (order.accepted()) {
                requireAsked(order);
                requireNoRefusedRepeat(order);
            }
        } else {
            LedgerOrder first = before.first();
            require(
                    first.accepted() == order.accepted()
                            && first.requestId().equals(order.requestId())
                            && first.view().quantity() == order.view().quantity(),
                    Promise.A_FIRST_DECISION_STANDS,
                    "%s became %s",
                    first,
                    order);
            if (now == before.status()) {
                return;
            }
            require(
                    TABLE.get(before.status()).contains(now),
                    Promise.ORDERS_MOVE_BY_THE_TABLE,
                    "%s -> %s",
                    before,
                    now);
            seen.put(order.view().id(), new Seen(first, order, before.since()));
        }
        PaymentsOf payments = world.ledger().paymentsOf(order.view().id());
        require(
                payments.paid() == (now == OrderStatus.PAID ? 1 : 0)
                        && (now != OrderStatus.REFUND_DUE || payments.refundDue() > 0),
                Promise.MONEY_IS_ACCOUNTED_FOR,
                "%s has %s",
                order,
                payments);
    }

    /** Whether an unrefused request for it exists. */
    private void requireAsked(LedgerOrder order) {
        List<ModelRequest> requests = world.edges().requestsFor(order.view().id());
        if (requests.stream().anyMatch(asked -> !asked.refused())) {
            return;
        }
        require(requests.stream().anyMatch(this::isExcused), Promise.NOBODY_REFUSED_HOLDS_UNASKED, "%s", order);
        excuse(Promise.NOBODY_REFUSED_HOLDS_UNASKED);
    }

    /** No later request for it was refused while it was queued. */
    private void requireNoRefusedRepeat(LedgerOrder order) {
        List<ModelRequest> requests = world.edges().requestsFor(order.view().id());
        requests.stream()
                .filter(asked -> asked.requestId.equals(order.requestId()))
                .filter(granted -> requests.stream()
                        .anyMatch(asked -> asked.refused()
                                && asked.quantity == granted.quantity
                                && asked.askedAt > granted.askedAt))
                .forEach(granted -> {
                    boolean excused = granted.deliveries > 1 || world.chaos().hasBrokerLost();
                    require(excused, Promise.NO_REFUSED_REPEAT_IS_GRANTED_LATER, "%s", order);
                    excuse(Promise.NO_REFUSED_REPEAT_IS_GRANTED_LATER);
                });
    }

    /** Whether it was redelivered while the store's record of it was lost. */
    private boolean isExcused(ModelRequest asked) {
        boolean forgotten = world.chaos().storeLostSince(asked.askedAt)
                || (world.plan().kind() == CounterKind.MEMCACHED
                        && world.chaos().deposedSince(asked.askedAt));
        return asked.deliveries > 1 && forgotten;
    }

    /** A ledger's answer arrived at an edge. */
    void ledgerSaid(ModelRequest asked, boolean accepted) {
        require(
                world.ledger()
                        .order(asked.orderId)
                        .filter(row -> row.accepted() == accepted)
                        .isPresent(),
                Promise.ANSWERS_ARE_TRUE,
                "%s: told %s",
                asked,
                accepted);
    }

    /** A buyer was answered; a refusal may be delivered later than it was decided. */
    void told(ModelRequest asked, long madeAt) {
        if (!(asked.told instanceof OrderOutcome.Refused refused) || refused.why() == ProblemType.KEY_REUSED) {
            return;
        }
        Seen row = seen.get(asked.orderId);
        boolean had = row != null && row.first().accepted() && row.since() < madeAt;
        require(
                !had || row.first().view().quantity() != asked.quantity,
                Promise.REFUSALS_ARE_LOOKED_UP,
                "%s is told %s, and has %s",
                asked,
                refused,
                row);
    }

    /** An event was published. */
    void published(Message message) {
        for (Element element : message.elements()) {
            if (element instanceof OrderEvent event) {
                published.add(new Event(event.order().id(), event.order().status()));
            }
            endPublished |= element instanceof SaleEvent.SaleClosed;
        }
    }

    /** No message is in flight. */
    void atRest() {
        for (LedgerOrder order : world.ledger().orders()) {
            require(
                    published.contains(new Event(order.view().id(), order.view().status())),
                    Promise.EVERYTHING_IS_PUBLISHED,
                    "%s",
                    order);
        }
        require(
                endPublished || world.ledger().sale().state() != SaleState.CLOSED,
                Promise.EVERYTHING_IS_PUBLISHED,
                "the end of %s",
                world.ledger().sale());
        world.operator()
                .changes()
                .forEach(change -> require(
                        world.ledger().change(change.requestId()).isPresent(),
                        Promise.EVERY_REQUEST_COMES_TO_SOMETHING,
                        "%s",
                        change));
        world.edges().requests().stream().filter(asked -> asked.published).forEach(this::requireOutcome);
    }

    void lostOrdersAreFound() {
        require(world.edges().unanswered() == 0, Promise.A_LOST_ORDER_IS_FOUND, "edges wait for answers");
        Set<UUID> missing = world.ledger().missing();
        for (UUID order : missing) {
            require(
                    world.edges().requestsFor(order).stream().anyMatch(this::isLost),
                    Promise.A_LOST_ORDER_IS_FOUND,
                    "%s is decided",
                    order);
        }
        for (ModelRequest asked : world.edges().requests()) {
            boolean reported = asked.number != null && world.ledger().isReported(asked.number);
            require(
                    !reported
                            || hasOutcome(asked)
                            || asked.cacheLost
                            || isExcused(asked)
                            || missing.contains(asked.orderId),
                    Promise.A_LOST_ORDER_IS_FOUND,
                    "%s is not missing",
                    asked);
        }
    }

    /** Whether the broker may have lost it, and nothing can publish it again. */
    private boolean isLost(ModelRequest asked) {
        return asked.forgotten && world.chaos().hasBrokerLost();
    }

    private boolean hasOutcome(ModelRequest asked) {
        return asked.decided()
                || asked.cached
                || world.ledger().order(asked.orderId).isPresent();
    }

    private void requireOutcome(ModelRequest asked) {
        if (!hasOutcome(asked)) {
            require(
                    asked.cacheLost || isLost(asked) || isExcused(asked),
                    Promise.EVERY_REQUEST_COMES_TO_SOMETHING,
                    "%s, told %s",
                    asked,
                    asked.told);
            excuse(Promise.EVERY_REQUEST_COMES_TO_SOMETHING);
        }
    }
}
