package dev.doorbuster.order.edge.payment;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.HoldAnswered;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.edge.auth.Caller;
import dev.doorbuster.order.edge.http.ApiOperation;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.id.OrderIds;
import dev.doorbuster.order.edge.order.OrderJson;
import dev.doorbuster.order.edge.order.OrderLookups;
import dev.doorbuster.order.edge.pending.OrderHeaders;
import dev.doorbuster.order.edge.pending.PendingAnswer;
import dev.doorbuster.order.edge.pending.PendingRequests;
import dev.doorbuster.order.edge.pending.Preference;
import dev.doorbuster.order.edge.placement.PlacementConfig;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.ledger.read.LedgerOrder;
import dev.doorbuster.order.ledger.read.LedgerReader;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.http.Problem;
import dev.doorbuster.runtime.http.ProblemException;
import dev.doorbuster.runtime.rate.RateLimit;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Payments and cancels of one edge: both find the order, publish a command and wait for the ledger's answer. To be used on one
 * event loop only.
 */
public final class PaymentOperations {
    /** Requests that may wait for an answer; further ones are answered "overloaded". */
    private static final int PENDING_MAX = 10_000;

    /** Commands of one sale that may wait for the batch in flight. */
    private static final int COMMANDS_WAITING_MAX = 5_000;

    private static final int PAYER_PER_SECOND = 1_000;
    private static final int PAYER_BURST = 2_000;
    private static final int PAYERS_TRACKED_MAX = 1_000;

    private final OrderLookups lookups;
    private final OrderIds ids;
    private final CommandPublisher publisher;
    private final PendingRequests<PendingAnswer<HoldAnswered>, Optional<HoldAnswered>> pending;
    private final Supplier<String> edgeId;
    private final Duration answerMax;
    private final PlacementConfig placement;
    private final PayOrderOperation payOrder;
    private final CancelOrderOperation cancelOrder;
    private final PaymentEventOperation takeEvent;

    /** @param buyersPay whether buyers may pay their own orders, as with the demo log-in */
    public PaymentOperations(
            Vertx vertx,
            PaymentConfig config,
            PlacementConfig placement,
            boolean buyersPay,
            OrderIds ids,
            OrderLookups lookups,
            LedgerReader ledger,
            Publisher publisher,
            Supplier<String> edgeId) {
        this.lookups = lookups;
        this.ids = ids;
        this.publisher = new CommandPublisher(publisher, COMMANDS_WAITING_MAX);
        this.pending = new PendingRequests<>(vertx, PENDING_MAX);
        this.edgeId = edgeId;
        this.answerMax = config.answerMax();
        this.placement = placement;
        var buyers = new RateLimit(
                placement.buyerPerSecond(), placement.buyerBurst(), placement.buyersTrackedMax(), System::nanoTime);
        var payers = new RateLimit(PAYER_PER_SECOND, PAYER_BURST, PAYERS_TRACKED_MAX, System::nanoTime);
        this.payOrder = new PayOrderOperation(buyersPay, this, ledger, buyers, payers);
        this.takeEvent = new PaymentEventOperation(config, this, payOrder, payers);
        this.cancelOrder = new CancelOrderOperation(this, buyers);
    }

    public ApiOperation payOrder() {
        return payOrder;
    }

    public ApiOperation takeEvent() {
        return takeEvent;
    }

    public ApiOperation cancelOrder() {
        return cancelOrder;
    }

    /** Ignores answers to requests that are not pending here: they were already answered "pending". */
    public void answered(HoldAnswered answer) {
        pending.answer(answer.requestId(), Optional.of(answer));
    }

    /** The reply queue was deleted; answers to the pending requests may be lost. */
    public void answersLost() {
        pending.readLedger();
    }

    /** Answers all pending requests, within the limit. */
    public Future<Void> drain() {
        return pending.drain(placement.drainMax());
    }

    /** Route of the ledger's answers. */
    String edgeId() {
        return edgeId.get();
    }

    /** The row of an order, or empty. */
    Future<Optional<LedgerOrder>> find(UUID orderId) {
        return lookups.find(orderId);
    }

    /** The row of the caller's own order; fails with 404 if there is none, and with 409 if it is undecided. */
    Future<LedgerOrder> findOwn(UUID orderId, Caller caller) {
        return find(orderId).map(row -> {
            if (row.isEmpty()) {
                throw (ids.mintedFor(caller.name(), orderId) ? ProblemType.ORDER_PENDING : ProblemType.UNKNOWN_ORDER)
                        .exception();
            } else if (!row.get().view().buyer().equals(caller.name())) {
                throw ProblemType.UNKNOWN_ORDER.exception();
            }
            return row.get();
        });
    }

    /**
     * Publishes a command. The answer is empty if it did not arrive in time; fails if the command was not published,
     * or if that is unknown.
     *
     * @param reading the answer read from the ledger's rows; empty if they contain none
     * @param unconfirmed detail of the response if the broker did not confirm the command
     */
    Future<Optional<HoldAnswered>> send(
            ApiRequest request,
            SaleId sale,
            UUID requestId,
            UUID orderId,
            Element command,
            Supplier<Future<Optional<HoldAnswered>>> reading,
            String unconfirmed) {
        Duration preferred = Preference.maxWait(request.http(), placement.waitMax());
        OrderHeaders.preferenceApplied(request.response(), preferred);
        return pending.publish(
                new PendingAnswer<>(
                        requestId,
                        preferred.isZero() ? answerMax : preferred,
                        reading,
                        new ProblemException(
                                ProblemType.OUTCOME_UNKNOWN.problem(unconfirmed).with("id", orderId.toString())),
                        PendingRequests.closed(request.response())),
                () -> publisher.publish(sale, command));
    }

    /**
     * Sends a command about an order and responds with the ledger's answer or, if it did not arrive in time, with the order as
     * read before.
     *
     * @param order its row; empty if the ledger has none
     */
    void answer(
            ApiRequest request,
            UUID orderId,
            Future<Optional<LedgerOrder>> order,
            Function<Optional<LedgerOrder>, Future<Optional<HoldAnswered>>> command,
            Consumer<HoldAnswered> tell) {
        request.answer(
                order.compose(command),
                answer -> answer.ifPresentOrElse(tell, () -> pending(request, orderId, order.result())));
    }

    private void pending(ApiRequest request, UUID orderId, Optional<LedgerOrder> order) {
        OrderHeaders.location(request.response(), orderId);
        request.response().putHeader(Problem.RETRY_AFTER, Integer.toString(placement.retryAfterSeconds()));
        request.json(202, order.map(row -> OrderJson.order(row.view())).orElseGet(() -> OrderJson.pending(orderId)));
    }
}
