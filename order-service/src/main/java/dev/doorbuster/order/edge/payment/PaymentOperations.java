package dev.doorbuster.order.edge.payment;

import dev.doorbuster.contracts.message.HoldAnswered;
import dev.doorbuster.order.edge.http.ApiOperation;
import dev.doorbuster.order.edge.order.OrderIds;
import dev.doorbuster.order.edge.order.OrderLookups;
import dev.doorbuster.order.edge.order.PlacementConfig;
import dev.doorbuster.order.edge.pending.PendingRequests;
import dev.doorbuster.order.edge.rate.RateLimit;
import dev.doorbuster.order.ledger.Payment;
import dev.doorbuster.runtime.amqp.Publisher;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Assembles what one edge needs for payments and cancels. To be used on one event loop only. */
public final class PaymentOperations {
    private final Duration drainMax;
    private final PendingRequests<PendingCommand, Optional<HoldAnswered>> pending;
    private final PayOrderOperation payOrder;
    private final CancelOrderOperation cancelOrder;

    /**
     * Creates the operations of an edge.
     *
     * @param buyersPay whether a buyer may pay for the own order, as where the demo log-in is on
     */
    public PaymentOperations(
            Vertx vertx,
            Clock clock,
            LongSupplier nanoTime,
            PaymentConfig config,
            PlacementConfig placement,
            boolean buyersPay,
            OrderIds ids,
            OrderLookups lookups,
            Function<Payment.Key, Future<Optional<Payment>>> payments,
            Publisher publisher,
            Supplier<String> edgeId) {
        this.drainMax = placement.drainMax();
        this.pending = new PendingRequests<>(vertx, config.heldMax());
        var buyers = new RateLimit(
                placement.buyerPerSecond(), placement.buyerBurst(), placement.buyersTrackedMax(), nanoTime);
        var payers = new RateLimit(config.payerPerSecond(), config.payerBurst(), config.payersTrackedMax(), nanoTime);
        var commands = new OrderCommands(
                lookups,
                ids,
                new CommandPublisher(publisher, config.commandsWaitingMax()),
                pending,
                edgeId,
                config,
                placement);
        this.payOrder = new PayOrderOperation(clock, buyersPay, commands, payments, buyers, payers);
        this.cancelOrder = new CancelOrderOperation(clock, commands, buyers);
    }

    public ApiOperation payOrder() {
        return payOrder;
    }

    public ApiOperation cancelOrder() {
        return cancelOrder;
    }

    /** Ignores answers to requests that are not pending here: they were told "pending" already. */
    public void answered(HoldAnswered answer) {
        pending.answer(answer.requestId(), Optional.of(answer));
    }

    /** The reply queue was deleted; answers to the pending requests may be lost. */
    public void answersLost() {
        pending.readLedger();
    }

    /** Answers all pending requests, within the limit. */
    public Future<Void> drain() {
        return pending.drain(drainMax);
    }
}
