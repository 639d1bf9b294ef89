package dev.doorbuster.order.edge.place;

import dev.doorbuster.contracts.message.Limits;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.runtime.amqp.Publisher;
import dev.doorbuster.runtime.batch.Batcher;
import io.micrometer.core.instrument.DistributionSummary;
import io.vertx.core.Future;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Publishes orders, each sale's in batches of their own with one in flight, so that a sale's orders enter in the order in
 * which they came here. To be used on one event loop only.
 */
final class Entrance {
    /** Everything of an order's JSON but buyer and key, at its longest; checked by a test against the codec. */
    static final int ORDER_BYTES_MAX = 420;
    /** Of one character (UTF-16) in JSON: three bytes, or two where it is ASCII and escaped. */
    private static final int CHARACTER_BYTES_MAX = 3;
    /** The message around its elements. */
    private static final int MESSAGE_BYTES = 200;

    private final Publisher publisher;
    private final int waitingMax;
    private final DistributionSummary batchSizes;
    private final Map<SaleId, Batcher<OrderPlaced, Void>> sales = new HashMap<>();

    Entrance(Publisher publisher, int waitingMax, DistributionSummary batchSizes) {
        this.publisher = publisher;
        this.waitingMax = waitingMax;
        this.batchSizes = batchSizes;
    }

    /**
     * Completes when the broker has confirmed the order. Fails with {@link dev.doorbuster.runtime.amqp.PublishException},
     * or with {@link dev.doorbuster.runtime.batch.BatcherFullException} where too many wait already.
     */
    Future<Void> publish(SaleId sale, OrderPlaced order) {
        Batcher<OrderPlaced, Void> batcher = sales.get(sale);
        if (batcher == null) {
            sales.values().removeIf(Batcher::idle);
            batcher = batcher(sale);
            sales.put(sale, batcher);
        }
        return batcher.submit(order);
    }

    int sales() {
        return sales.size();
    }

    private Batcher<OrderPlaced, Void> batcher(SaleId sale) {
        return new Batcher<>(
                Limits.MESSAGE_ELEMENTS_MAX,
                Limits.MESSAGE_BYTES_MAX - MESSAGE_BYTES,
                Entrance::weight,
                waitingMax,
                batch -> send(sale, batch));
    }

    private Future<List<Void>> send(SaleId sale, List<OrderPlaced> batch) {
        batchSizes.record(batch.size());
        return publisher
                .publish(Route.entrance(sale), Message.of(sale, batch))
                .map(confirmed -> Collections.nCopies(batch.size(), null));
    }

    /** Not less than the bytes of the order's JSON. */
    static int weight(OrderPlaced order) {
        return ORDER_BYTES_MAX
                + CHARACTER_BYTES_MAX * order.buyer().length()
                + 2 * order.key().length();
    }
}
