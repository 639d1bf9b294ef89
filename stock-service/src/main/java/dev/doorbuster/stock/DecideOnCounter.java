package dev.doorbuster.stock;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.message.SaleRecount;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.counter.CounterDecisions;
import dev.doorbuster.counter.StockCounter;
import dev.doorbuster.counter.StockCounter.MissingCounterException;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.store.StoreUnavailableException;
import dev.doorbuster.stock.StockConfig.DeciderConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides on the counter of a sale. Waits for a missing one: requests a recount from the ledger at once and again at each
 * interval, and polls the counter in between.
 *
 * <p>Only the sale without a counter waits: the other sales of its partition are decided and acknowledged meanwhile, up to the
 * prefetch, which the waiting orders fill eventually if no ledger is running. An attempt ends after a limit only so that the
 * problem is reported; the orders are kept.
 */
final class DecideOnCounter {
    private static final Logger LOG = LoggerFactory.getLogger(DecideOnCounter.class);

    private final Vertx vertx;
    private final Map<CounterKind, StockCounter> counters;
    private final Publisher publisher;
    private final DeciderConfig config;
    private final StockMetrics metrics;

    DecideOnCounter(
            Vertx vertx,
            Map<CounterKind, StockCounter> counters,
            Publisher publisher,
            DeciderConfig config,
            StockMetrics metrics) {
        this.vertx = vertx;
        this.counters = Map.copyOf(counters);
        this.publisher = publisher;
        this.config = config;
        this.metrics = metrics;
    }

    Future<CounterDecisions> decide(SaleId sale, SaleBatch.Orders orders) {
        return new Wait(sale, counters.get(orders.counter()), orders).decide();
    }

    private final class Wait {
        private final SaleId sale;
        private final StockCounter counter;
        private final SaleBatch.Orders orders;
        private final long begunNanos = System.nanoTime();
        private long recountsRequested;

        Wait(SaleId sale, StockCounter counter, SaleBatch.Orders orders) {
            this.sale = sale;
            this.counter = counter;
            this.orders = orders;
        }

        Future<CounterDecisions> decide() {
            return counter.decide(sale, orders.placed(), orders.again())
                    .recover(cause ->
                            cause instanceof MissingCounterException ? waitForRecount() : Future.failedFuture(cause));
        }

        private Future<CounterDecisions> waitForRecount() {
            long waitedNanos = System.nanoTime() - begunNanos;
            if (waitedNanos > config.missingMax().toNanos()) {
                return Future.failedFuture(new StoreUnavailableException(
                        "sale " + sale + " has no counter; requested " + recountsRequested + " recounts"));
            }
            if (waitedNanos >= config.recountInterval().toNanos() * recountsRequested) {
                recountsRequested++;
                requestRecount();
            }
            return vertx.timer(config.missingPoll().toMillis()).compose(elapsed -> decide());
        }

        private void requestRecount() {
            metrics.recountAsked();
            var command = Message.of(sale, new SaleRecount(SaleRecount.Cause.MISSING));
            publisher
                    .publish(Route.command(MessageType.SALE_RECOUNT, sale), command)
                    .onFailure(cause -> LOG.warn("cannot request a recount of sale {}: {}", sale, cause.toString()));
        }
    }
}
