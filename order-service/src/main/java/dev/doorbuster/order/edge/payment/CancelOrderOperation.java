package dev.doorbuster.order.edge.payment;

import dev.doorbuster.contracts.message.HoldAnswered;
import dev.doorbuster.contracts.message.OrderCancel;
import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.order.edge.http.ApiOperation;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.order.OrderJson;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.runtime.http.ProblemException;
import dev.doorbuster.runtime.rate.RateLimit;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** {@code DELETE /api/orders/{orderId}}: cancels an order of the caller. */
final class CancelOrderOperation implements ApiOperation {
    private static final String UNCONFIRMED =
            "The order may or may not have been cancelled. GET it by its id, or repeat: it is cancelled once.";

    private final PaymentOperations operations;
    private final RateLimit buyers;

    CancelOrderOperation(PaymentOperations operations, RateLimit buyers) {
        this.operations = operations;
        this.buyers = buyers;
    }

    @Override
    public void handle(ApiRequest request) {
        Instant receivedAt = Instant.now();
        buyers.require(request.caller().name());
        UUID orderId = UUID.fromString(request.path("orderId"));
        operations.answer(
                request,
                orderId,
                operations.findOwn(orderId, request.caller()).map(Optional::of),
                row -> cancel(request, row.orElseThrow().view(), receivedAt),
                told -> request.json(200, cancelled(told.order())));
    }

    /** Only a RESERVED order can be cancelled, and no other status ever becomes RESERVED again. */
    private Future<Optional<HoldAnswered>> cancel(ApiRequest request, OrderView order, Instant receivedAt) {
        if (order.status() != OrderStatus.RESERVED) {
            return Future.failedFuture(refusal(order, whyNotAsked(order.status())));
        }
        UUID requestId = UUID.randomUUID();
        var command =
                new OrderCancel(requestId, order.id(), order.buyer(), operations.edgeId(), receivedAt, request.trace());
        return operations.send(
                request,
                order.saleId(),
                requestId,
                order.id(),
                command,
                () -> reading(requestId, order.id()),
                UNCONFIRMED);
    }

    private Future<Optional<HoldAnswered>> reading(UUID requestId, UUID orderId) {
        return operations
                .find(orderId)
                .map(row -> row.filter(order -> order.view().status() != OrderStatus.RESERVED)
                        .map(order -> new HoldAnswered(requestId, orderId, null, order.view(), false)));
    }

    private static JsonObject cancelled(OrderView order) {
        if (order.status() != OrderStatus.CANCELLED) {
            throw refusal(order, whyNotCancelled(order.status()));
        }
        return OrderJson.order(order);
    }

    /** Response for an order that was not RESERVED when the cancel arrived. */
    static ProblemType whyNotAsked(OrderStatus status) {
        return status == OrderStatus.REFUND_DUE ? ProblemType.ALREADY_PAID : whyNotCancelled(status);
    }

    /**
     * Response for an order that was RESERVED when the cancel was sent: a refundable payment arrived after its units
     * were returned.
     */
    static ProblemType whyNotCancelled(OrderStatus status) {
        return status == OrderStatus.PAID ? ProblemType.ALREADY_PAID : ProblemType.NOT_HELD;
    }

    private static ProblemException refusal(OrderView order, ProblemType why) {
        return new ProblemException(why.problem().with("order", OrderJson.order(order)));
    }
}
