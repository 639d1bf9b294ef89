package dev.doorbuster.order.edge.pending;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.start.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Markers in flight: each is published to the queue of the orders and returned by the ledger, so that every order of its sales
 * that was published before it is decided by then. To be used on one event loop only.
 */
public final class PendingMarkers {
    private final Vertx vertx;
    private final Publisher publisher;
    private final Supplier<String> edgeId;
    private final int underWayMax;
    private final Map<UUID, Promise<Void>> underWay = new HashMap<>();

    /** What became of a marker in time. */
    public enum Outcome {
        RETURNED,
        UNCONFIRMED,
        NOT_RETURNED
    }

    public PendingMarkers(Vertx vertx, Publisher publisher, Supplier<String> edgeId, int underWayMax) {
        this.vertx = vertx;
        this.publisher = publisher;
        this.edgeId = edgeId;
        this.underWayMax = underWayMax;
    }

    /**
     * Sends a marker behind the orders of some sales. Fails if too many are in flight.
     *
     * @param sales of one partition, at least one and at most {@link Limits#MESSAGE_ELEMENTS_MAX}
     * @param max time limit of its return after its confirm, which may take half as long
     */
    public Future<Outcome> send(List<SaleId> sales, Duration max) {
        return inFlight(
                sales,
                (published, back) -> EventLoop.within(vertx, max.dividedBy(2), "no confirm of a marker", published)
                        .compose(
                                confirmed -> EventLoop.within(vertx, max, "the marker did not return", back.future())
                                        .map(Outcome.RETURNED)
                                        .otherwise(Outcome.NOT_RETURNED),
                                cause -> Future.succeededFuture(Outcome.UNCONFIRMED)));
    }

    /**
     * Sends a marker as {@link #send} does, and completes when it is back, however late. Fails once it is not expected any more:
     * it was not published, its reply queue was deleted, or {@code keptMax} has passed.
     */
    public Future<Void> sendAndKeep(List<SaleId> sales, Duration keptMax) {
        return inFlight(sales, (published, back) -> {
            Future<Void> unused = published.onFailure(back::tryFail);
            return EventLoop.within(vertx, keptMax, "the marker did not return", back.future());
        });
    }

    private <T> Future<T> inFlight(List<SaleId> sales, BiFunction<Future<Void>, Promise<Void>, Future<T>> outcome) {
        if (underWay.size() >= underWayMax) {
            return Future.failedFuture(ProblemType.OVERLOADED.exception());
        }
        SaleId sale = sales.get(0);
        var marker =
                new SaleMarker(UUID.randomUUID(), edgeId.get(), List.of(), List.of(), sales.subList(1, sales.size()));
        Promise<Void> back = Promise.promise();
        underWay.put(marker.markerId(), back);
        Future<Void> published = publisher.publish(Route.entrance(sale), Message.of(sale, marker));
        return outcome.apply(published, back).onComplete(done -> underWay.remove(marker.markerId()));
    }

    /** Ignores markers that are not in flight here. */
    public void back(SaleMarker marker) {
        Promise<Void> waiting = underWay.get(marker.markerId());
        if (waiting != null) {
            boolean unused = waiting.tryComplete();
        }
    }

    /** The reply queue was deleted: no marker in flight returns. */
    public void answersLost() {
        List.copyOf(underWay.values()).forEach(waiting -> {
            boolean unused = waiting.tryFail("the reply queue was lost");
        });
    }
}
