package dev.doorbuster.order.edge.payment;

import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.ledger.read.LedgerReader.DueRefund;
import dev.doorbuster.order.ledger.read.PaymentKey;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;

/** {@code /api/refunds}: the payments to give back, worked off by operators. The refund itself is the shop's to make. */
public final class RefundOperations {
    private static final int SHOWN_MAX = 100;

    private final IntFunction<Future<List<DueRefund>>> due;
    private final Marking marking;

    /** See {@link dev.doorbuster.order.operator.RefundMarks#mark}. */
    @FunctionalInterface
    public interface Marking {
        Future<Boolean> mark(PaymentKey payment, String operator, String note);
    }

    /**
     * Creates the use cases.
     *
     * @param due the oldest payments to give back, up to a limit
     */
    public RefundOperations(IntFunction<Future<List<DueRefund>>> due, Marking marking) {
        this.due = due;
        this.marking = marking;
    }

    public void list(ApiRequest request) {
        request.answer(due.apply(SHOWN_MAX + 1), all -> {
            var refunds = new JsonArray();
            all.stream().limit(SHOWN_MAX).forEach(each -> refunds.add(json(each)));
            request.json(200, new JsonObject().put("refunds", refunds).put("complete", all.size() <= SHOWN_MAX));
        });
    }

    /** Marking again is a 404, so that two operators do not both give the money back unnoticed. */
    public void mark(ApiRequest request) {
        JsonObject body = request.body();
        var payment = new PaymentKey(UUID.fromString(body.getString("orderId")), body.getString("reference"));
        request.answer(marking.mark(payment, request.caller().name(), body.getString("note")), marked -> {
            if (!marked) {
                throw ProblemType.NOT_FOUND.exception("No such payment is due back. It may have been marked already.");
            }
            request.response().setStatusCode(204).end();
        });
    }

    private static JsonObject json(DueRefund refund) {
        return new JsonObject()
                .put("orderId", refund.payment().orderId().toString())
                .put("reference", refund.payment().reference())
                .put("saleId", refund.saleId())
                .put("title", refund.title())
                .put("currency", refund.currency())
                .put("buyer", refund.buyer())
                .put("totalCents", refund.totalCents())
                .put("receivedAt", refund.receivedAt().toString());
    }
}
