package dev.doorbuster.order.edge.payment;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.HoldAnswered;
import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.order.edge.auth.Caller;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.order.OrderIds;
import dev.doorbuster.order.edge.order.OrderLookups;
import dev.doorbuster.order.edge.order.PlacementConfig;
import dev.doorbuster.order.edge.pending.PendingRequests;
import dev.doorbuster.order.edge.pending.Preference;
import dev.doorbuster.order.edge.pending.ResponseHeaders;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.ledger.LedgerOrder;
import dev.doorbuster.runtime.http.Problem;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** What payments and cancels have in common: they find the order, publish a command and wait for the ledger's answer. */
final class OrderCommands {
    private final OrderLookups lookups;
    private final OrderIds ids;
    private final CommandPublisher publisher;
    private final PendingRequests<PendingCommand, Optional<HoldAnswered>> pending;
    private final Supplier<String> edgeId;
    private final Duration answerMax;
    private final Duration waitMax;
    private final String retryAfterSeconds;

    OrderCommands(
            OrderLookups lookups,
            OrderIds ids,
            CommandPublisher publisher,
            PendingRequests<PendingCommand, Optional<HoldAnswered>> pending,
            Supplier<String> edgeId,
            PaymentConfig config,
            PlacementConfig placement) {
        this.lookups = lookups;
        this.ids = ids;
        this.publisher = publisher;
        this.pending = pending;
        this.edgeId = edgeId;
        this.answerMax = config.answerMax();
        this.waitMax = placement.waitMax();
        this.retryAfterSeconds = Integer.toString(placement.retryAfterSeconds());
    }

    /** Where the ledger routes its answer. */
    String edgeId() {
        return edgeId.get();
    }

    /** The row of an order, or empty. */
    Future<Optional<LedgerOrder>> find(UUID orderId) {
        return lookups.find(orderId);
    }

    /** The row of the caller's own order; fails with 404 where there is none, and with 409 where it is not decided. */
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
     * Publishes a command. The answer is empty where it did not come in time; fails where the command was not published, or
     * perhaps not.
     *
     * @param reading the answer read from the ledger's rows; empty where they show none
     * @param unconfirmed what the client is told where the broker did not confirm the command
     */
    Future<Optional<HoldAnswered>> send(
            ApiRequest request,
            SaleId sale,
            UUID requestId,
            UUID orderId,
            Element command,
            Supplier<Future<Optional<HoldAnswered>>> reading,
            String unconfirmed) {
        Duration preferred = Preference.patience(request.http(), waitMax);
        ResponseHeaders.preferenceApplied(request.response(), preferred);
        return pending.publish(
                new PendingCommand(
                        requestId,
                        orderId,
                        preferred.isZero() ? answerMax : preferred,
                        reading,
                        unconfirmed,
                        PendingRequests.closed(request.response())),
                () -> publisher.publish(sale, command));
    }

    /** The command is published and undecided; answers with the order as it was read before. */
    void pending(ApiRequest request, UUID orderId, JsonObject order) {
        ResponseHeaders.location(request.response(), orderId);
        request.response().putHeader(Problem.RETRY_AFTER, retryAfterSeconds);
        request.json(202, order);
    }
}
