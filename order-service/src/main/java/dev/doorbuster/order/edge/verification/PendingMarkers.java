package dev.doorbuster.order.edge.verification;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Markers in flight: each is published to the queue of the orders and returned by the ledger, so that everything
 * published before it is decided by then. To be used on one event loop only.
 */
public final class PendingMarkers {
    private final Publisher publisher;
    private final Supplier<String> edgeId;
    private final Function<SaleId, Future<Void>> awaitedReported;
    private final VerificationConfig config;
    private final Map<UUID, Promise<Void>> underWay = new HashMap<>();

    /**
     * Creates an empty set.
     *
     * @param awaitedReported completes when the edges have reported the sale's orders that they await; a marker follows
     *     these reports
     */
    public PendingMarkers(
            Publisher publisher,
            Supplier<String> edgeId,
            Function<SaleId, Future<Void>> awaitedReported,
            VerificationConfig config) {
        this.publisher = publisher;
        this.edgeId = edgeId;
        this.awaitedReported = awaitedReported;
        this.config = config;
    }

    /** Empty if the marker returned in time; fails if too many are in flight. */
    Future<Optional<PendingReason>> send(SaleId sale) {
        if (underWay.size() >= config.runningMax()) {
            return Future.failedFuture(ProblemType.OVERLOADED.exception());
        }
        var marker = new SaleMarker(UUID.randomUUID(), edgeId.get());
        Promise<Void> back = Promise.promise();
        underWay.put(marker.markerId(), back);
        return awaitedReported
                .apply(sale)
                .compose(reported -> publisher.publish(Route.entrance(sale), Message.of(sale, marker)))
                .timeout(config.markerMax().toMillis() / 2, TimeUnit.MILLISECONDS)
                .compose(
                        confirmed -> back.future()
                                .timeout(config.markerMax().toMillis(), TimeUnit.MILLISECONDS)
                                .map(Optional.<PendingReason>empty())
                                .otherwise(Optional.of(undecided(sale))),
                        cause -> Future.succeededFuture(Optional.of(new PendingReason(
                                PendingReason.Kind.BROKER, DoorbusterTopology.orders(sale.partition())))))
                .onComplete(done -> underWay.remove(marker.markerId()));
    }

    private PendingReason undecided(SaleId sale) {
        int partition = sale.partition();
        return new PendingReason(
                PendingReason.Kind.ORDERS,
                DoorbusterTopology.orders(partition) + ", " + DoorbusterTopology.ledger(partition));
    }

    public void back(SaleMarker marker) {
        Promise<Void> waiting = underWay.get(marker.markerId());
        if (waiting != null) {
            boolean unused = waiting.tryComplete();
        }
    }
}
