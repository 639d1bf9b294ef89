package dev.doorbuster.order.edge.payment;

import dev.doorbuster.contracts.message.HoldAnswered;
import dev.doorbuster.contracts.message.OrderPayment;
import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.edge.auth.Caller;
import dev.doorbuster.order.edge.auth.Role;
import dev.doorbuster.order.edge.http.ApiOperation;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.order.OrderJson;
import dev.doorbuster.order.edge.pending.OrderHeaders;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.ledger.read.LedgerOrder;
import dev.doorbuster.order.ledger.read.LedgerReader;
import dev.doorbuster.order.ledger.read.PaymentKey;
import dev.doorbuster.runtime.http.Problem;
import dev.doorbuster.runtime.http.ProblemException;
import dev.doorbuster.runtime.rate.RateLimit;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code POST /api/orders/{orderId}/payment}. A payment provider reports payments of any order, unknown ones
 * included, because the money was received in any case. With the demo log-in, buyers pay their own orders.
 */
final class PayOrderOperation implements ApiOperation {
    private static final String UNCONFIRMED =
            "The payment may or may not have been taken. Repeat with the same reference: it is taken once.";

    private final boolean buyersPay;
    private final PaymentOperations operations;
    private final LedgerReader ledger;
    private final RateLimit buyers;
    private final RateLimit payers;

    PayOrderOperation(
            boolean buyersPay, PaymentOperations operations, LedgerReader ledger, RateLimit buyers, RateLimit payers) {
        this.buyersPay = buyersPay;
        this.operations = operations;
        this.ledger = ledger;
        this.buyers = buyers;
        this.payers = payers;
    }

    @Override
    public void handle(ApiRequest request) {
        Instant receivedAt = Instant.now();
        UUID orderId = UUID.fromString(request.path("orderId"));
        String reference = request.body().getString("reference");
        Future<Optional<LedgerOrder>> order = order(request.caller(), orderId);
        var payment = new PaymentKey(orderId, reference);
        operations.answer(
                request,
                orderId,
                order,
                row -> pay(request, request.caller().name(), payment, PaidAmount.UNKNOWN, row, receivedAt, UNCONFIRMED),
                told -> tell(request, reference, told));
    }

    private Future<Optional<LedgerOrder>> order(Caller caller, UUID orderId) {
        if (caller.is(Role.PAYMENTS)) {
            payers.require(caller.name());
            return operations.find(orderId);
        } else if (!buyersPay) {
            throw ProblemType.FORBIDDEN.exception("Payments are reported by the payment provider: role payments.");
        }
        buyers.require(caller.name());
        return operations.findOwn(orderId, caller).map(Optional::of);
    }

    /**
     * Publishes a payment and waits for the ledger's answer, which is empty if it did not arrive in time.
     *
     * @param unconfirmed detail of the response if the broker did not confirm the command
     * @param payer stands for the buyer of an order that the ledger does not have
     */
    Future<Optional<HoldAnswered>> pay(
            ApiRequest request,
            String payer,
            PaymentKey payment,
            PaidAmount amount,
            Optional<LedgerOrder> order,
            Instant receivedAt,
            String unconfirmed) {
        UUID requestId = UUID.randomUUID();
        String buyer = order.map(row -> row.view().buyer()).orElse(payer);
        var command = new OrderPayment(
                requestId,
                payment.orderId(),
                buyer,
                payment.reference(),
                amount.cents(),
                amount.currency(),
                operations.edgeId(),
                receivedAt,
                request.trace());
        return operations.send(
                request,
                order.map(row -> row.view().saleId()).orElse(SaleId.NONE),
                requestId,
                payment.orderId(),
                command,
                () -> reading(requestId, payment),
                unconfirmed);
    }

    /** Reads the payment before the order, so that the order includes the payment's effect. */
    private Future<Optional<HoldAnswered>> reading(UUID requestId, PaymentKey key) {
        return ledger.payment(key)
                .compose(payment -> payment.isEmpty()
                        ? Future.succeededFuture(Optional.empty())
                        : operations
                                .find(key.orderId())
                                .map(row -> Optional.of(new HoldAnswered(
                                        requestId,
                                        key.orderId(),
                                        payment.get().outcome(),
                                        row.map(LedgerOrder::view).orElse(null),
                                        payment.get().replays(requestId)))));
    }

    private void tell(ApiRequest request, String reference, HoldAnswered told) {
        OrderHeaders.replayed(request.response(), told.replayed());
        switch (told.payment()) {
            case PAID -> request.json(200, OrderJson.order(told.order()));
            case REFUND_DUE -> refundDue(request, reference, told);
            case ALREADY_PAID -> throw refused(ProblemType.ALREADY_PAID, reference, told);
        }
    }

    private static void refundDue(ApiRequest request, String reference, HoldAnswered told) {
        if (told.order() == null) {
            request.json(200, OrderJson.pending(told.orderId()).put("status", OrderStatus.REFUND_DUE.name()));
        } else if (told.order().status() == OrderStatus.REFUND_DUE) {
            request.json(200, OrderJson.order(told.order()));
        } else {
            throw refused(ProblemType.PAYMENT_REFUND_DUE, reference, told);
        }
    }

    private static ProblemException refused(ProblemType why, String reference, HoldAnswered told) {
        Problem problem = why.problem()
                .with("payment", new JsonObject().put("reference", reference).put("status", "REFUND_DUE"))
                .with("order", OrderJson.order(told.order()));
        return new ProblemException(problem);
    }
}
