package dev.doorbuster.order.edge.placement;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.batch.Batcher;
import dev.doorbuster.runtime.batch.KeyedBatcher;
import dev.doorbuster.runtime.batch.RoundTripLimit;
import io.micrometer.core.instrument.DistributionSummary;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Publishes the orders of each sale in batches, one batch in flight, so that they enter the queue in order of
 * arrival. To be used on one event loop only.
 */
final class OrderPublisher {
    /** Maximum JSON size of an order without its texts; a test checks it against the codec. */
    private static final int ORDER_BYTES_MAX = 332;

    /** Of a control character. */
    private static final int ESCAPE_BYTES = 6;

    private static final int ASCII_END = 0x80;
    /** Of one UTF-16 unit. */
    private static final int UTF_8_BYTES_MAX = 3;
    /** Size of the message around its elements. */
    private static final int MESSAGE_BYTES = 200;

    /** Orders that are published without waiting for the answer to those before. */
    private static final int GATHERED_ENOUGH = 64;

    /** Time after which orders are published although those before are not answered. */
    private static final Duration GATHER_MAX = Duration.ofMillis(20);

    /**
     * Batches of all sales that are published and not answered; meanwhile other sales gather orders. Batches cost processor time
     * by themselves, and most of it is not the edge's.
     */
    static final int UNANSWERED_MAX = 4 * Math.max(2, Runtime.getRuntime().availableProcessors());

    /** Time after which a batch no longer counts as unanswered. */
    static final Duration LATE = Duration.ofMillis(250);

    /** Time for which the batches of a sale do not count where nothing is decided. */
    static final Duration BLOCKED = Duration.ofSeconds(5);

    private final Function<Duration, Future<Void>> after;
    private final Publisher publisher;
    private final UnansweredOrders unanswered;
    private final DistributionSummary batchSizes;
    private final KeyedBatcher<SaleId, OrderPlaced, Void> sales;
    /** Requests by order, until the broker's confirm. */
    private final Map<UUID, Integer> unconfirmed = new HashMap<>();
    /** By the request that is last in a batch. */
    private final Map<UUID, Promise<Void>> awaited = new HashMap<>();

    private final RoundTripLimit limit = new RoundTripLimit(UNANSWERED_MAX);
    private final Set<SaleId> blocked = new HashSet<>();
    private long batchesAnswered;

    OrderPublisher(
            Function<Duration, Future<Void>> after,
            Publisher publisher,
            UnansweredOrders unanswered,
            int waitingMax,
            DistributionSummary batchSizes) {
        this.after = after;
        this.publisher = publisher;
        this.unanswered = unanswered;
        this.batchSizes = batchSizes;
        this.sales = new KeyedBatcher<>(sale -> new Batcher<OrderPlaced, Void>(
                        Limits.MESSAGE_ELEMENTS_MAX,
                        Limits.MESSAGE_BYTES_MAX - MESSAGE_BYTES,
                        OrderPublisher::weight,
                        waitingMax,
                        batch -> send(sale, batch))
                .failingWaiting()
                .collecting(GATHERED_ENOUGH, this::answered)
                .limitedBy(limit, () -> !blocked.contains(sale)));
    }

    /**
     * Completes when the broker has confirmed the order. Fails with {@link
     * dev.doorbuster.runtime.amqp.publish.PublishException}; unsent with {@link
     * dev.doorbuster.runtime.batch.Batcher.BatcherFullException} if too many orders are waiting, or with {@link
     * dev.doorbuster.runtime.batch.Batcher.RoundTripFailedException} if the batch before got no confirm.
     */
    Future<Void> publish(SaleId sale, OrderPlaced order) {
        unconfirmed.merge(order.orderId(), 1, Integer::sum);
        return sales.submit(sale, order)
                .onComplete(done ->
                        unconfirmed.computeIfPresent(order.orderId(), (id, count) -> count > 1 ? count - 1 : null));
    }

    /** Whether an earlier request for the order is in its queue, as far as is known here. */
    boolean isQueued(UUID orderId, int quantity) {
        return unanswered.isQueued(orderId, quantity);
    }

    /** Whether an earlier request for the order is not decided, as far as is known here: not yet sent, queued, lost or a dead letter. */
    boolean isUndecided(UUID orderId) {
        return unconfirmed.containsKey(orderId) || unanswered.isUndecided(orderId);
    }

    /** The same about an order of which one request was answered, perhaps before its confirm came. */
    boolean isUndecidedOtherwise(UUID orderId) {
        return unanswered.isUndecided(orderId);
    }

    /** An order has its answer, which is not the confirm. */
    void answered(UUID requestId) {
        Promise<Void> promise = awaited.get(requestId);
        if (promise != null && promise.tryComplete()) {
            batchesAnswered++;
        }
    }

    /** Completes when the last order of the batch is answered, and so probably all, or after {@link #GATHER_MAX}. */
    private Future<Void> answered(List<OrderPlaced> batch) {
        Promise<Void> answered = awaited.get(last(batch));
        return answered == null
                ? Future.succeededFuture()
                : Future.any(answered.future(), after.apply(GATHER_MAX)).mapEmpty();
    }

    private Future<List<Void>> send(SaleId sale, List<OrderPlaced> batch) {
        batchSizes.record(batch.size());
        List<OrderPlaced> numbered = unanswered.number(sale, batch);
        Promise<Void> answered = awaitAnswer(sale, last(batch));
        return publisher
                .publish(Route.entrance(sale), Message.of(sale, numbered))
                .onSuccess(confirmed -> unanswered.confirmed(numbered))
                .onFailure(cause -> unanswered.failed(sale, numbered))
                .onFailure(answered::tryFail)
                .map(confirmed -> Collections.nCopies(batch.size(), null));
    }

    private Promise<Void> awaitAnswer(SaleId sale, UUID last) {
        Promise<Void> answered = Promise.promise();
        boolean counts = !blocked.contains(sale);
        awaited.put(last, answered);
        answered.future().onComplete(done -> {
            awaited.remove(last);
            if (counts) {
                limit.end();
            }
        });
        long answeredBefore = batchesAnswered;
        after.apply(LATE).onSuccess(late -> {
            if (!answered.future().isComplete()) {
                late(sale, batchesAnswered - answeredBefore);
                answered.complete();
            }
        });
        return answered;
    }

    /**
     * No sale waits long for another of which nothing is decided. A system that is slow answers batches in their order, and
     * stays limited.
     *
     * @param answeredMeanwhile batches, also of other sales
     */
    private void late(SaleId sale, long answeredMeanwhile) {
        if (answeredMeanwhile == 0) {
            limit.lift();
            after.apply(LATE).onSuccess(later -> limit.restore());
        } else if (answeredMeanwhile >= 2L * UNANSWERED_MAX && blocked.add(sale)) {
            after.apply(BLOCKED).onSuccess(later -> blocked.remove(sale));
        }
    }

    private static UUID last(List<OrderPlaced> batch) {
        return batch.get(batch.size() - 1).requestId();
    }

    /** Upper bound of the order's JSON size, and near it: under load it limits the batches. */
    static int weight(OrderPlaced order) {
        return ORDER_BYTES_MAX
                + jsonBytesMax(order.buyer())
                + jsonBytesMax(order.key())
                + jsonBytesMax(order.edgeId())
                + (order.trace() == null ? 0 : jsonBytesMax(order.trace()));
    }

    private static int jsonBytesMax(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ') {
                bytes += ESCAPE_BYTES;
            } else if (c == '"' || c == '\\') {
                bytes += 2;
            } else {
                bytes += c < ASCII_END ? 1 : UTF_8_BYTES_MAX;
            }
        }
        return bytes;
    }
}
