package dev.doorbuster.stock;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.message.OrderAnswered;
import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.counter.CounterDecisions;
import dev.doorbuster.counter.CounterOutcome;
import dev.doorbuster.counter.UnknownSaleException;
import dev.doorbuster.runtime.amqp.consume.BatchHandler;
import dev.doorbuster.runtime.amqp.consume.DataException;
import dev.doorbuster.runtime.amqp.consume.MessageBatch;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.amqp.publish.Publisher.Addressed;
import dev.doorbuster.runtime.trace.BatchSpans;
import dev.doorbuster.runtime.trace.Tracing;
import dev.doorbuster.stock.RefusalCache.RefusedOrder;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Decides the orders of one partition: decides on the counter, publishes granted orders to the ledger, acknowledges, then
 * answers the refused orders' edges. Sales do not wait for each other; the work of one sale stays in order, so that a marker
 * reaches the ledger after all orders placed before it.
 */
final class Decider implements BatchHandler {
    private final DecideOnCounter onCounter;
    private final Publisher publisher;
    private final Function<List<RefusedOrder>, Future<Void>> answerCache;
    private final StockMetrics metrics;
    private final Tracing tracing;

    /**
     * Creates a decider.
     *
     * @param answerCache stores refusals for lookup; never fails
     */
    Decider(
            DecideOnCounter onCounter,
            Publisher publisher,
            Function<List<RefusedOrder>, Future<Void>> answerCache,
            StockMetrics metrics,
            Tracing tracing) {
        this.onCounter = onCounter;
        this.publisher = publisher;
        this.answerCache = answerCache;
        this.metrics = metrics;
        this.tracing = tracing;
    }

    @Override
    public Future<Void> handle(MessageBatch batch) {
        return decide(SaleBatch.of(batch), batch::stillOurs)
                .onSuccess(refused -> batch.afterAcknowledge(() -> tell(batch.sale(), refused)))
                .compose(decided -> passOnMarkers(batch.messages()));
    }

    /** A marker follows everything before it, so it waits for its whole batch. */
    private Future<Void> passOnMarkers(List<Message> messages) {
        return publisher.publishAll(messages.stream()
                .filter(message -> message.type() == MessageType.SALE_MARKER)
                .map(message -> new Addressed(
                        Route.command(message), Message.of(message.sale(), message.elements(SaleMarker.class))))
                .toList());
    }

    private Future<List<RefusedOrder>> decide(SaleBatch work, Supplier<Future<Void>> stillOurs) {
        var refused = new ArrayList<RefusedOrder>();
        Future<Void> done = Future.succeededFuture();
        for (SaleBatch.Orders orders : work.steps()) {
            done = done.compose(before -> decide(work.sale(), orders, refused, stillOurs));
        }
        return done.map(refused);
    }

    /**
     * Once it is in the answer cache, a refusal can be looked up and must be final. While the broker does not answer, or after
     * it has redelivered the message elsewhere, the order may be decided again, and differently if the store has lost the
     * recorded outcome. So the subscription is verified first. The ledger is told last that they are decided: an edge does not
     * publish them again then, and they must be found.
     */
    private Future<Void> decide(
            SaleId sale, SaleBatch.Orders orders, List<RefusedOrder> refused, Supplier<Future<Void>> stillOurs) {
        BatchSpans counting = tracing.asking(orders.counter().wireName(), "count orders", orders.placed());
        return onCounter
                .decide(sale, orders)
                .onComplete(counting::end)
                .recover(Decider::dataException)
                .compose(counterDecisions -> {
                    metrics.decided(counterDecisions);
                    List<RefusedOrder> losers = RefusedOrder.of(counterDecisions);
                    refused.addAll(losers);
                    Future<Void> kept = losers.isEmpty()
                            ? Future.succeededFuture()
                            : stillOurs
                                    .get()
                                    .compose(ours -> answerCache.apply(losers))
                                    .compose(cached ->
                                            publish(sale, MessageType.SALE_MARKER, RefusedOrder.report(losers)));
                    return Future.join(publish(sale, MessageType.ORDER_GRANTED, granted(counterDecisions)), kept);
                })
                .mapEmpty();
    }

    private static <T> Future<T> dataException(Throwable cause) {
        return Future.failedFuture(
                cause instanceof UnknownSaleException ? new DataException(cause.getMessage(), cause) : cause);
    }

    private static List<OrderGranted> granted(CounterDecisions counterDecisions) {
        return counterDecisions.all().stream()
                .filter(each -> each.outcome().granted())
                .map(each -> OrderGranted.of(
                        each.placed(),
                        each.outcome() == CounterOutcome.GRANTED_COUNTED,
                        counterDecisions.after().epoch()))
                .toList();
    }

    private Future<Void> publish(SaleId sale, MessageType type, List<? extends Element> elements) {
        Route route = Route.command(type, sale);
        return publisher.publishAll(Message.split(sale, elements).stream()
                .map(message -> new Addressed(route, message))
                .toList());
    }

    /** Each edge receives the answers to its own requests. */
    private void tell(SaleId sale, List<RefusedOrder> refused) {
        refused.stream()
                .collect(Collectors.groupingBy(
                        each -> each.placed().edgeId(),
                        Collectors.mapping(
                                each -> OrderAnswered.refused(each.placed(), each.reason()), Collectors.toList())))
                .forEach((edge, answered) ->
                        Message.split(sale, answered).forEach(message -> publisher.tell(Route.reply(edge), message)));
    }
}
