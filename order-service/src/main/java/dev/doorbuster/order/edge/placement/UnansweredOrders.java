package dev.doorbuster.order.edge.placement;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.message.SaleMarker.AwaitedOrder;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.OrderNumber;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.amqp.publish.Publisher.Addressed;
import dev.doorbuster.runtime.batch.LimitedMap;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The orders that an edge published, until they are answered: a broker may lose what it has confirmed.
 *
 * <p>Orders are numbered as they are published. Those without an answer are reported to the ledger, by a marker that takes
 * the orders' route. What the ledger does not have as decided when the marker is back was lost, and is published again under
 * the same ids and number. The report stays in the ledger: if this edge dies, a verification still finds the order. An
 * answered order is never reported, so a system without faults sends no report. To be used on one event loop only.
 */
final class UnansweredOrders {
    private static final Logger LOG = LoggerFactory.getLogger(UnansweredOrders.class);
    /** Orders beyond this are neither reported nor published again; a busy edge has some hundreds. */
    static final int ORDERS_MAX = 20_000;

    private static final int SALES_MAX = 10_000;
    private static final int PUBLISHED_AGAIN_MAX = 10;
    private static final int LOGGED_MAX = 20;
    /** An order is reported, or published again, after so many checks without an answer. */
    private static final int CHECKS_MIN = 2;
    /** A report that is not back after so many checks is repeated: it may be lost as well. */
    private static final int REPORTED_AGAIN_AFTER = 15;
    /** After a look at dead letters: an order among them must not be published again. */
    private static final int DEAD_LETTERS_AGAIN_AFTER = 10;

    private final Publisher publisher;
    private final Supplier<String> edgeId;
    private final BiFunction<SaleId, Collection<OrderNumber>, Future<List<OrderNumber>>> undecided;
    private final Function<SaleId, Future<Boolean>> nothingSetAside;
    private final Counter publishedAgain;
    private final LongSupplier random;
    private final Map<SaleId, OrderNumber> last = new LimitedMap<>(SALES_MAX);
    /** By request. */
    private final Map<UUID, Published> orders = new LimitedMap<>(ORDERS_MAX);
    /** By order; of several requests for it, the last. */
    private final Map<UUID, Published> lastOf = new LimitedMap<>(ORDERS_MAX);

    private long check;

    private enum Step {
        PUBLISHED,
        CONFIRMED,
        REPORTED,
        /** The report is back: everything published before it is decided. */
        PASSED,
        BEING_CHECKED
    }

    private static final class Published {
        private final SaleId sale;
        /** The request for the same order before this one; null if there is none. */
        private final Published earlier;

        private OrderPlaced order;
        private Step step = Step.PUBLISHED;
        private long since;
        private UUID report;
        private boolean answered;
        private int timesAgain;

        private Published(SaleId sale, OrderPlaced order, Published earlier) {
            this.sale = sale;
            this.order = order;
            this.earlier = earlier;
        }

        private void reach(Step reached, long check) {
            step = reached;
            since = check;
        }

        private boolean is(Step asked, long checks, long now) {
            return step == asked && now - since >= checks;
        }
    }

    /**
     * Creates an empty set.
     *
     * @param undecided those of a sale's requests that the ledger does not have as decided
     * @param nothingSetAside whether certainly no order of the sale is a dead letter; never fails
     * @param random any numbers, for ids
     */
    UnansweredOrders(
            Publisher publisher,
            Supplier<String> edgeId,
            BiFunction<SaleId, Collection<OrderNumber>, Future<List<OrderNumber>>> undecided,
            Function<SaleId, Future<Boolean>> nothingSetAside,
            Counter publishedAgain,
            LongSupplier random) {
        this.publisher = publisher;
        this.edgeId = edgeId;
        this.undecided = undecided;
        this.nothingSetAside = nothingSetAside;
        this.publishedAgain = publishedAgain;
        this.random = random;
    }

    /** Numbers orders that are published now. */
    List<OrderPlaced> number(SaleId sale, List<OrderPlaced> batch) {
        var numbered = new ArrayList<OrderPlaced>(batch.size());
        OrderNumber number = last.get(sale);
        for (OrderPlaced order : batch) {
            number = number == null
                    ? new OrderNumber(Math.max(1, random.getAsLong() & OrderNumber.STREAM_MAX), 1)
                    : new OrderNumber(number.stream(), number.number() + 1);
            OrderPlaced next = order.withNumber(number);
            var published = new Published(
                    sale, next, undecidedOf(next.orderId()).findFirst().orElse(null));
            orders.put(next.requestId(), published);
            lastOf.put(next.orderId(), published);
            numbered.add(next);
        }
        last.put(sale, number);
        return numbered;
    }

    void confirmed(List<OrderPlaced> batch) {
        for (OrderPlaced order : batch) {
            Published published = orders.get(order.requestId());
            if (published != null) {
                published.reach(Step.CONFIRMED, check);
            }
        }
    }

    /**
     * Whether the same order, with the same quantity, is in its queue, as far as is known here. Published again it would only
     * prolong the queue, and a queue that is long makes buyers repeat their orders.
     */
    boolean isQueued(UUID orderId, int quantity) {
        return undecidedOf(orderId)
                .anyMatch(each -> each.order.quantity() == quantity
                        && (each.step == Step.CONFIRMED || each.step == Step.REPORTED));
    }

    /** Whether an earlier request for the order is not decided, as far as is known here: queued, lost or a dead letter. */
    boolean isUndecided(UUID orderId) {
        return undecidedOf(orderId).findAny().isPresent();
    }

    /** Its requests that are not decided, as far as is known here, the last one first. */
    private Stream<Published> undecidedOf(UUID orderId) {
        return Stream.iterate(lastOf.get(orderId), Objects::nonNull, each -> each.earlier)
                .filter(each -> orders.containsKey(each.order.requestId()) && !each.answered);
    }

    /** The order of a request; null if it is not known here, or answered. */
    OrderPlaced find(UUID requestId) {
        Published published = orders.get(requestId);
        return published == null ? null : published.order;
    }

    private void forget(UUID requestId) {
        Published published = orders.remove(requestId);
        if (published != null
                && undecidedOf(published.order.orderId()).findAny().isEmpty()) {
            lastOf.remove(published.order.orderId());
        }
    }

    /** Their requests are answered "overloaded" or "outcome unknown". Another stream: in each, few numbers are unused. */
    void failed(SaleId sale, List<OrderPlaced> batch) {
        batch.forEach(order -> forget(order.requestId()));
        last.remove(sale);
    }

    /** An order that was reported is kept until the ledger has it as decided. */
    void answered(UUID requestId) {
        Published published = orders.get(requestId);
        if (published == null) {
            return;
        } else if (published.report == null) {
            forget(requestId);
            return;
        }
        published.answered = true;
        if (published.step != Step.BEING_CHECKED) {
            published.reach(Step.PASSED, check);
        }
    }

    /** Number of orders without an answer, or with a report. */
    int size() {
        return orders.size();
    }

    /** To be called in regular intervals. */
    void check() {
        check++;
        Future<Void> unused = report(each ->
                each.is(Step.CONFIRMED, CHECKS_MIN, check) || each.is(Step.REPORTED, REPORTED_AGAIN_AFTER, check));
        bySale(each -> each.is(Step.PASSED, CHECKS_MIN, check)).forEach(this::publishLost);
    }

    /** Reports a sale's unanswered orders at once, because it is verified. */
    void reportNow(SaleId sale) {
        Future<Void> unused = report(each -> each.sale.equals(sale) && each.step == Step.CONFIRMED);
    }

    /** Reports all unanswered orders, because this edge stops; an earlier report may be lost as well. */
    Future<Void> reportAll() {
        return report(each -> each.step == Step.CONFIRMED || each.step == Step.REPORTED);
    }

    /** A report passed through decider and ledger. */
    void reportBack(SaleMarker marker) {
        if (!marker.awaited().isEmpty()) {
            orders.values().stream()
                    .filter(each ->
                            each.step == Step.REPORTED && marker.markerId().equals(each.report))
                    .forEach(each -> each.reach(Step.PASSED, check));
        }
    }

    private Future<Void> report(Predicate<Published> which) {
        var reports = new ArrayList<Future<Void>>();
        bySale(which).forEach((sale, unanswered) -> {
            for (int from = 0; from < unanswered.size(); from += Limits.MESSAGE_ELEMENTS_MAX) {
                int to = Math.min(unanswered.size(), from + Limits.MESSAGE_ELEMENTS_MAX);
                reports.add(report(sale, unanswered.subList(from, to)));
            }
        });
        return Future.join(reports).mapEmpty();
    }

    private Future<Void> report(SaleId sale, List<Published> unanswered) {
        var marker = new SaleMarker(
                new UUID(random.getAsLong(), random.getAsLong()),
                edgeId.get(),
                List.of(),
                unanswered.stream()
                        .map(each -> new AwaitedOrder(
                                each.order.number().stream(),
                                each.order.number().number(),
                                each.order.orderId()))
                        .toList());
        unanswered.forEach(each -> {
            each.report = marker.markerId();
            each.reach(Step.REPORTED, check);
        });
        return publisher
                .publish(Route.entrance(sale), Message.of(sale, marker))
                .onFailure(cause -> LOG.debug("orders of sale {} are reported again: {}", sale, cause.toString()));
    }

    private void publishLost(SaleId sale, List<Published> unanswered) {
        unanswered.forEach(each -> each.reach(Step.BEING_CHECKED, check));
        Future<Void> unused = undecided
                .apply(
                        sale,
                        unanswered.stream().map(each -> each.order.number()).toList())
                .map(numbers -> keepLost(unanswered, new HashSet<>(numbers)))
                .map(undecidedOnes -> tellAnswered(sale, undecidedOnes))
                .compose(lost -> lost.isEmpty()
                        ? Future.succeededFuture()
                        : nothingSetAside.apply(sale).compose(none -> none ? publishAgain(sale, lost) : leave(lost)))
                .onFailure(cause -> {
                    LOG.warn("unanswered orders of sale {} could not be checked: {}", sale, cause.toString());
                    unanswered.forEach(each -> each.reach(Step.PASSED, check));
                });
    }

    /** Forgets decided ones, whose answer was lost. */
    private List<Published> keepLost(List<Published> unanswered, Set<OrderNumber> lost) {
        for (Published each : unanswered) {
            if (!lost.contains(each.order.number())) {
                forget(each.order.requestId());
            }
        }
        return unanswered.stream()
                .filter(each -> orders.containsKey(each.order.requestId()))
                .toList();
    }

    /**
     * An answer shows that an order is decided, even if the ledger does not have its number, because a report was lost or a
     * component is of an older version. Returns the others.
     */
    private List<Published> tellAnswered(SaleId sale, List<Published> undecidedOnes) {
        List<Published> answered =
                undecidedOnes.stream().filter(each -> each.answered).toList();
        answered.forEach(each -> each.reach(Step.PASSED, check));
        List<OrderNumber> numbers =
                answered.stream().map(each -> each.order.number()).toList();
        Message.split(sale, SaleMarker.ofDecided(edgeId.get(), numbers))
                .forEach(message -> publisher.tell(Route.command(MessageType.SALE_MARKER, sale), message));
        return undecidedOnes.stream().filter(each -> !each.answered).toList();
    }

    private Future<Void> leave(List<Published> lost) {
        lost.forEach(each -> each.reach(Step.PASSED, check + DEAD_LETTERS_AGAIN_AFTER));
        return Future.succeededFuture();
    }

    private Future<Void> publishAgain(SaleId sale, List<Published> lost) {
        LOG.warn(
                "the broker lost {} confirmed orders of sale {}; they are published again: {}",
                lost.size(),
                sale,
                lost.stream()
                        .limit(LOGGED_MAX)
                        .map(each -> each.order.orderId())
                        .toList());
        var again = new ArrayList<OrderPlaced>(lost.size());
        for (Published each : lost) {
            each.order = each.order.withEdgeId(edgeId.get());
            again.add(each.order);
        }
        List<Addressed> messages = Message.split(sale, again).stream()
                .map(message -> new Addressed(Route.entrance(sale), message))
                .toList();
        return publisher.publishAll(messages).onSuccess(confirmed -> {
            publishedAgain.increment(lost.size());
            lost.forEach(this::confirmedAgain);
        });
    }

    private void confirmedAgain(Published published) {
        published.reach(Step.CONFIRMED, check);
        if (++published.timesAgain == PUBLISHED_AGAIN_MAX) {
            LOG.error("order {} was lost {} times; given up", published.order.orderId(), PUBLISHED_AGAIN_MAX);
            forget(published.order.requestId());
        }
    }

    private Map<SaleId, List<Published>> bySale(Predicate<Published> which) {
        var bySale = new LinkedHashMap<SaleId, List<Published>>();
        for (Published each : orders.values()) {
            if (which.test(each)) {
                bySale.computeIfAbsent(each.sale, sale -> new ArrayList<>()).add(each);
            }
        }
        return bySale;
    }
}
