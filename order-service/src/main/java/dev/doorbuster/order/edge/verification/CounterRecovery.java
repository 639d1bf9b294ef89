package dev.doorbuster.order.edge.verification;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.message.SaleRecount;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.counter.CounterReader;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * Requests a recount for a verification and waits until the counter has it. The reconciler checks only running and
 * recently closed sales; any other may have lost its counter unnoticed. Concurrent requests for one sale share one
 * recount. To be used on one event loop only.
 */
public final class CounterRecovery {
    private static final long LOOK_EVERY_MS = 20;

    private final Vertx vertx;
    private final Publisher publisher;
    private final CounterReader counters;
    private final Duration max;
    private final Map<SaleId, Future<Void>> underWay = new HashMap<>();

    public CounterRecovery(Vertx vertx, Publisher publisher, CounterReader counters, Duration max) {
        this.vertx = vertx;
        this.publisher = publisher;
        this.counters = counters;
        this.max = max;
    }

    /** Completes when the counter has a later epoch; fails if it cannot be read, or after a time limit. */
    public Future<Void> laterThan(long epoch, SaleView sale) {
        Future<Void> already = underWay.get(sale.saleId());
        if (already != null) {
            return already;
        }
        Future<Void> recovered = hasLater(epoch, sale)
                .compose(there -> there ? Future.succeededFuture() : ask(sale.saleId()))
                .compose(asked -> await(epoch, sale, System.nanoTime() + max.toNanos()));
        underWay.put(sale.saleId(), recovered);
        return recovered.onComplete(done -> underWay.remove(sale.saleId(), recovered));
    }

    private Future<Void> ask(SaleId sale) {
        var command = Message.of(sale, new SaleRecount(SaleRecount.Cause.VERIFICATION));
        return publisher.publish(Route.command(MessageType.SALE_RECOUNT, sale), command);
    }

    private Future<Void> await(long epoch, SaleView sale, long until) {
        return hasLater(epoch, sale).compose(there -> {
            if (there) {
                return Future.succeededFuture();
            }
            return until - System.nanoTime() < 0
                    ? Future.failedFuture(new TimeoutException("no recount within " + max.toMillis() + " ms"))
                    : vertx.timer(LOOK_EVERY_MS).compose(tick -> await(epoch, sale, until));
        });
    }

    private Future<Boolean> hasLater(long epoch, SaleView sale) {
        return counters.read(sale.saleId(), sale.counter())
                .map(value -> value.filter(counter -> counter.epoch() > epoch).isPresent());
    }
}
