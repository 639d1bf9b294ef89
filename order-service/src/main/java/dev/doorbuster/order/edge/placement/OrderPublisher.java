package dev.doorbuster.order.edge.placement;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.batch.Batcher;
import dev.doorbuster.runtime.batch.KeyedBatcher;
import io.micrometer.core.instrument.DistributionSummary;
import io.vertx.core.Future;
import java.util.Collections;
import java.util.List;

/**
 * Publishes the orders of each sale in batches, one batch in flight, so that they enter the queue in order of
 * arrival. To be used on one event loop only.
 */
final class OrderPublisher {
    /** Maximum JSON size of an order without buyer and key; a test checks it against the codec. */
    static final int ORDER_BYTES_MAX = 480;
    /** Bytes per UTF-16 character in JSON: three, or two if it is ASCII and escaped. */
    private static final int CHARACTER_BYTES_MAX = 3;
    /** Size of the message around its elements. */
    private static final int MESSAGE_BYTES = 200;

    private final Publisher publisher;
    private final UnansweredOrders unanswered;
    private final DistributionSummary batchSizes;
    private final KeyedBatcher<SaleId, OrderPlaced, Void> sales;

    OrderPublisher(Publisher publisher, UnansweredOrders unanswered, int waitingMax, DistributionSummary batchSizes) {
        this.publisher = publisher;
        this.unanswered = unanswered;
        this.batchSizes = batchSizes;
        this.sales = new KeyedBatcher<>(sale -> new Batcher<OrderPlaced, Void>(
                        Limits.MESSAGE_ELEMENTS_MAX,
                        Limits.MESSAGE_BYTES_MAX - MESSAGE_BYTES,
                        OrderPublisher::weight,
                        waitingMax,
                        batch -> send(sale, batch))
                .failingWaiting());
    }

    /**
     * Completes when the broker has confirmed the order. Fails with {@link
     * dev.doorbuster.runtime.amqp.publish.PublishException}; unsent with {@link
     * dev.doorbuster.runtime.batch.BatcherFullException} if too many orders are waiting, or with {@link
     * dev.doorbuster.runtime.batch.RoundTripFailedException} if the batch before got no confirm.
     */
    Future<Void> publish(SaleId sale, OrderPlaced order) {
        return sales.submit(sale, order);
    }

    private Future<List<Void>> send(SaleId sale, List<OrderPlaced> batch) {
        batchSizes.record(batch.size());
        List<OrderPlaced> numbered = unanswered.number(sale, batch);
        return publisher
                .publish(Route.entrance(sale), Message.of(sale, numbered))
                .onSuccess(confirmed -> unanswered.confirmed(numbered))
                .onFailure(cause -> unanswered.failed(sale, numbered))
                .map(confirmed -> Collections.nCopies(batch.size(), null));
    }

    /** Upper bound of the order's JSON size. */
    static int weight(OrderPlaced order) {
        return ORDER_BYTES_MAX
                + CHARACTER_BYTES_MAX * order.buyer().length()
                + 2 * order.key().length();
    }
}
