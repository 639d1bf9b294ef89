package dev.doorbuster.order.edge.place;

import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.SaleView;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.edge.sale.SaleCache;
import dev.doorbuster.order.edge.sale.SaleCacheConfig;
import dev.doorbuster.order.edge.sale.SaleReading;
import dev.doorbuster.runtime.amqp.PublishException;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The life of an order on the edge: join a request in flight, ask the sale's reading, look before refusing, enter. To be
 * used on one event loop only.
 */
final class PlaceOrder {
    private final SaleCache board;
    private final SaleCacheConfig readings;
    private final LongSupplier nanoTime;
    private final Waiters waiters;
    private final Lookups lookups;
    private final Entrance entrance;
    private final Supplier<String> edgeId;

    PlaceOrder(
            SaleCache board,
            SaleCacheConfig readings,
            LongSupplier nanoTime,
            Waiters waiters,
            Lookups lookups,
            Entrance entrance,
            Supplier<String> edgeId) {
        this.board = board;
        this.readings = readings;
        this.nanoTime = nanoTime;
        this.waiters = waiters;
        this.lookups = lookups;
        this.entrance = entrance;
        this.edgeId = edgeId;
    }

    /** Fails where there is no such sale, and where the sale cannot be read. */
    Future<Outcome> place(Wish wish) {
        return waiters.join(wish)
                .orElseGet(() -> board.find(wish.sale()).compose(reading -> askReading(wish, reading)));
    }

    private Future<Outcome> askReading(Wish wish, Optional<SaleReading> reading) {
        if (reading.isEmpty()) {
            return Future.failedFuture(ProblemType.UNKNOWN_SALE.exception());
        }
        long now = nanoTime.getAsLong();
        if (reading.get().mayHaveEnded(wish.receivedAt(), readings.endGrace(), now, readings.soldOutFreshMax())) {
            // Not "closed", for only the database could tell: its clock, and whether the end has been moved.
            return told(new Outcome.NotTaken(ProblemType.OVERLOADED));
        }
        return reading.get()
                .refusal(wish.quantity(), now, readings.soldOutFreshMax())
                .map(why -> lookBeforeRefusing(wish, why))
                .orElseGet(() -> enter(wish, reading.get().sale()));
    }

    /** An order whose key we have just made is new: nothing can be in the ledger. */
    private Future<Outcome> lookBeforeRefusing(Wish wish, ProblemType why) {
        if (!wish.keyGiven()) {
            return told(new Outcome.Refused(why, false));
        }
        return lookups.find(wish.orderId())
                .map(row -> row.map(order -> Outcome.decided(order, wish.quantity(), true))
                        .orElse(new Outcome.Refused(why, false)))
                .otherwise(new Outcome.NotTaken(ProblemType.OUTCOME_UNKNOWN));
    }

    private Future<Outcome> enter(Wish wish, SaleView sale) {
        // The sale may have had to be read first, and the same order may have come in meanwhile.
        return waiters.join(wish).orElseGet(() -> {
            if (!waiters.admits()) {
                return told(new Outcome.NotTaken(ProblemType.OVERLOADED));
            }
            Future<Outcome> outcome = waiters.register(wish);
            entrance.publish(wish.sale(), placed(wish, sale))
                    .onSuccess(confirmed -> waiters.confirmed(wish.requestId()))
                    .onFailure(cause -> waiters.notTaken(wish.requestId(), why(cause)));
            return outcome;
        });
    }

    private OrderPlaced placed(Wish wish, SaleView sale) {
        return new OrderPlaced(
                wish.requestId(),
                wish.orderId(),
                wish.buyer(),
                wish.quantity(),
                wish.key(),
                sale.counter(),
                sale.perBuyerLimit(),
                sale.epoch(),
                edgeId.get(),
                wish.receivedAt(),
                wish.trace());
    }

    /** Whatever else went wrong, the order was not sent. */
    private static ProblemType why(Throwable cause) {
        boolean unknown =
                cause instanceof PublishException failure && failure.kind() == PublishException.Kind.UNCONFIRMED;
        return unknown ? ProblemType.OUTCOME_UNKNOWN : ProblemType.OVERLOADED;
    }

    private static Future<Outcome> told(Outcome outcome) {
        return Future.succeededFuture(outcome);
    }
}
