package dev.doorbuster.order.edge.hold;

import dev.doorbuster.contracts.message.HoldAnswered;
import dev.doorbuster.contracts.message.OrderCancel;
import dev.doorbuster.contracts.message.OrderStatus;
import dev.doorbuster.contracts.message.OrderView;
import dev.doorbuster.order.edge.http.ApiOperation;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.place.OrderPages;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.edge.rate.RateLimit;
import dev.doorbuster.order.ledger.LedgerOrder;
import dev.doorbuster.runtime.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** {@code DELETE /api/orders/{orderId}}: the buyer gives the units back. */
final class Cancelling implements ApiOperation {
    private static final String UNCONFIRMED =
            "The order may or may not have been cancelled. GET it by its id, or repeat: it is cancelled once.";

    private final Clock clock;
    private final Holds holds;
    private final Moves moves;
    private final Supplier<String> edgeId;
    private final RateLimit buyers;
    private final HoldAnswers answers;

    Cancelling(Clock clock, Holds holds, Moves moves, Supplier<String> edgeId, RateLimit buyers, HoldAnswers answers) {
        this.clock = clock;
        this.holds = holds;
        this.moves = moves;
        this.edgeId = edgeId;
        this.buyers = buyers;
        this.answers = answers;
    }

    @Override
    public void handle(ApiRequest request) {
        Instant receivedAt = clock.instant();
        buyers.require(request.caller().name());
        UUID orderId = UUID.fromString(request.path("orderId"));
        Future<LedgerOrder> order = holds.own(orderId, request.caller());
        request.answer(
                order.compose(row -> cancel(request, row.view(), receivedAt)),
                answer -> answer.ifPresentOrElse(
                        told -> request.json(200, cancelled(told.order())),
                        () -> answers.notYet(
                                request, OrderPages.order(order.result().view()))));
    }

    /** Only what is held can be given back, and what is held no more never will be again. */
    private Future<Optional<HoldAnswered>> cancel(ApiRequest request, OrderView order, Instant receivedAt) {
        if (order.status() != OrderStatus.RESERVED) {
            return Future.failedFuture(refusal(order, whyNotAsked(order.status())));
        }
        UUID requestId = UUID.randomUUID();
        var command = new OrderCancel(requestId, order.id(), order.buyer(), edgeId.get(), receivedAt, request.trace());
        return answers.unconfirmed(
                moves.make(new Move(
                        requestId,
                        order.saleId(),
                        command,
                        answers.patience(request),
                        () -> reading(requestId, order.id()),
                        HoldAnswers.gone(request))),
                UNCONFIRMED,
                order.id());
    }

    private Future<Optional<HoldAnswered>> reading(UUID requestId, UUID orderId) {
        return holds.find(orderId)
                .map(row -> row.filter(order -> order.view().status() != OrderStatus.RESERVED)
                        .map(order -> new HoldAnswered(requestId, orderId, null, order.view(), false)));
    }

    private static JsonObject cancelled(OrderView order) {
        if (order.status() != OrderStatus.CANCELLED) {
            throw refusal(order, whyNotCancelled(order.status()));
        }
        return OrderPages.order(order);
    }

    /** Of an order that was not held when the cancel came. */
    static ProblemType whyNotAsked(OrderStatus status) {
        return status == OrderStatus.REFUND_DUE ? ProblemType.ALREADY_PAID : whyNotCancelled(status);
    }

    /** Of an order that was held when the cancel was sent: money that is due back came after its units had been given back. */
    static ProblemType whyNotCancelled(OrderStatus status) {
        return status == OrderStatus.PAID ? ProblemType.ALREADY_PAID : ProblemType.NOT_HELD;
    }

    private static ProblemException refusal(OrderView order, ProblemType why) {
        return new ProblemException(why.problem().with("order", OrderPages.order(order)));
    }
}
